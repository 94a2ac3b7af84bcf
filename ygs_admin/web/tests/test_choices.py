"""Language and theme: chosen by a form, kept in a cookie."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("staff:login")


def test_korean_whatever_the_browser_prefers(client):
    response = client.get(SIGN_IN, headers={"Accept-Language": "en"})
    assert 'lang="ko"' in response.text


def test_english_once_chosen(client):
    client.post(reverse("set_language"), {"language": "en", "next": SIGN_IN})
    assert 'lang="en"' in client.get(SIGN_IN).text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_kept(client, theme):
    response = client.post(reverse("theme"), {"theme": theme, "next": SIGN_IN})
    assert response.url == SIGN_IN
    assert f'data-theme="{theme}"' in client.get(SIGN_IN).text


def test_an_unknown_theme_and_an_outside_address_are_ignored(client):
    response = client.post(reverse("theme"), {"theme": "pink", "next": "https://evil.example/"})
    assert response.url == "/"
    assert "theme" not in client.cookies


def test_the_theme_needs_a_post(client):
    assert client.get(reverse("theme")).status_code == 405
