"""What every answer carries, and the pages for what went wrong."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import override_settings
from django.urls import include, path, reverse

pytestmark = pytest.mark.django_db


def _fail(request):
    raise RuntimeError("secret of a member")


def _refuse(request):
    raise SuspiciousOperation("secret of a member")


urlpatterns = [path("fail/", _fail), path("refuse/", _refuse), path("", include("ygs_admin.urls"))]


@pytest.fixture
def signed_in(client, outsider):
    client.force_login(outsider)
    client.raise_request_exception = False
    return client


def test_pages_are_kept_by_no_cache(client):
    response = client.get(reverse("staff:login"))
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))


def test_the_content_policy_is_strict(client):
    policy = client.get(reverse("staff:login"))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_devices_lend_their_pages_next_to_nothing(client):
    policy = client.get(reverse("staff:login"))["Permissions-Policy"]
    assert "camera=()" in policy
    assert "publickey-credentials-get=(self)" in policy


def test_each_request_has_a_number_of_its_own(client):
    first, second = (client.get(reverse("staff:login"))["X-Request-ID"] for _ in range(2))
    assert first != second
    assert len(first) == 26


@pytest.mark.parametrize(
    ("address", "status"), [("/fail/", 500), ("/refuse/", 400), ("/nowhere/", 404), ("/users/", 403)]
)
@override_settings(ROOT_URLCONF=__name__, DEBUG=False)
def test_what_went_wrong_is_said_without_its_inside(signed_in, address, status):
    response = signed_in.get(address)
    assert response.status_code == status
    assert "</html>" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@override_settings(DEBUG=False)
def test_a_forged_form_is_refused_in_plain_words(signed_in):
    signed_in.handler.enforce_csrf_checks = True
    response = signed_in.post(reverse("staff:logout"))
    assert response.status_code == 403
    assert "</html>" in response.text
