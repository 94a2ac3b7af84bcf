"""Setting up an authenticator app."""

import pytest
from django.test import Client

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator
from ygs_admin.testing.personas import current_code, make_staff, sign_in_without_second_factor

pytestmark = pytest.mark.django_db

VERIFY = "/staff/sign-in/second-factor/"
SET_UP = "/staff/second-factor/set-up/"


def code_of(app):
    return current_code(app.secret)


@pytest.fixture
def newcomer(client):
    staff = make_staff("newcomer", role="reviewer")
    sign_in_without_second_factor(client, staff)
    return staff


def set_up(client, staff, name="내 폰"):
    app = Authenticator.objects.get(user=staff, confirmed=False)
    return client.post(SET_UP, {"code": code_of(app), "name": name})


def test_the_page_shows_square_and_secret_without_inline_style(client, newcomer):
    page = client.get(SET_UP).text
    app = Authenticator.objects.get(user=newcomer)
    assert app.secret in page.replace(" ", "")
    assert "<svg" in page
    assert "style=" not in page


def test_the_first_code_confirms_lets_in_and_brings_recovery_codes(client, newcomer):
    client.get(SET_UP)
    answer = set_up(client, newcomer)
    assert len(answer.context["codes"]) == 10
    assert client.get("/").status_code == 200
    row = UserAccessAudit.objects.get(action=Action.PERMISSION_CHANGE)
    assert row.detail == {"second_factor": [None, "내 폰"]}


def test_the_secret_is_sealed_and_never_shown_again(client, newcomer):
    client.get(SET_UP)
    secret = Authenticator.objects.get(user=newcomer).secret
    set_up(client, newcomer)
    assert secret not in str(Authenticator.objects.values().get())
    for path in ("/staff/me/", SET_UP, "/"):
        assert secret not in client.get(path).text.replace(" ", "")


def test_a_wrong_code_confirms_nothing(client, newcomer):
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": "000000", "name": "x"}).status_code == 422
    assert not Authenticator.objects.filter(confirmed=True).exists()
    assert client.get("/").status_code == 302


def test_whoever_has_one_must_pass_it_before_another(half_signed_in):
    assert half_signed_in.get(SET_UP).url.startswith(VERIFY)
    assert half_signed_in.post(SET_UP, {"code": "000000", "name": "x"}).url.startswith(VERIFY)


def test_another_app_is_added_and_either_lets_in(client, kim):
    client.force_login(kim)
    client.get(SET_UP)
    assert set_up(client, kim).url == "/staff/me/"
    added = Authenticator.objects.get(user=kim, name="내 폰")
    other = Client()
    sign_in_without_second_factor(other, kim)
    Authenticator.objects.update(last_step=-1)
    assert other.post(VERIFY, {"code": code_of(added)}).status_code == 302


def test_a_seal_of_an_old_key_still_opens(kim, settings):
    app = Authenticator.objects.get(user=kim)
    secret = app.secret
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert Authenticator.objects.get(pk=app.pk).secret == secret
