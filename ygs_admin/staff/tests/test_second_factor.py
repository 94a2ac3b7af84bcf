"""The second factor: nothing is shown before it, and each code lets in once."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator, StaffSession
from ygs_admin.testing.personas import current_code, make_staff, sign_in_without_second_factor

pytestmark = pytest.mark.django_db

VERIFY = "/staff/sign-in/second-factor/"
SET_UP = "/staff/second-factor/set-up/"
CLOSED = (
    "/",
    "/users/",
    "/users/usr_01M862E5M53YAK3Q3EK4NQ81MK/",
    "/staff/",
    "/staff/me/",
    "/staff/password/",
    "/admin/",
)


def give(client, code, **more):
    return client.post(VERIFY, {"code": code, **more})


@pytest.mark.parametrize("path", CLOSED)
def test_a_password_alone_leads_to_the_second_factor(half_signed_in, path):
    answer = half_signed_in.get(path)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, VERIFY)
    assert half_signed_in.post(path).status_code == 302


@pytest.mark.parametrize("path", CLOSED)
def test_without_any_it_leads_to_setting_one_up(client, path):
    sign_in_without_second_factor(client, make_staff("newcomer", role="manager"))
    assert client.get(path).url.split("?")[0] == SET_UP


def test_a_swap_is_told_to_leave_for_the_page(half_signed_in):
    answer = half_signed_in.get("/users/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/users/"})
    assert answer["HX-Redirect"] == f"{VERIFY}?next=%2Fusers%2F"


def test_language_theme_and_signing_out_are_open(half_signed_in):
    assert half_signed_in.post("/theme/", {"theme": "dark", "next": "/"}).status_code == 302
    assert half_signed_in.post("/language/", {"language": "en", "next": "/"}).status_code == 302
    assert half_signed_in.post("/staff/sign-out/").url == "/staff/sign-in/"


def test_a_code_lets_in_and_leads_on(half_signed_in):
    assert give(half_signed_in, current_code(), next="/users/?q=a").url == "/users/?q=a"
    assert half_signed_in.get("/users/").status_code == 200


@pytest.mark.parametrize(
    "next_url", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil", ""]
)
def test_it_never_leads_elsewhere(half_signed_in, next_url):
    assert give(half_signed_in, current_code(), next=next_url).url == "/"


def test_the_session_gets_a_new_key(half_signed_in):
    before = half_signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    give(half_signed_in, current_code())
    assert half_signed_in.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not StaffSession.objects.filter(pk=before).exists()


def test_signing_in_gives_a_new_key_too(client, kim, post_sign_in):
    client.get(reverse("staff:login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key
    post_sign_in(kim.email)
    assert client.session.session_key != planted
    assert not StaffSession.objects.filter(pk=planted).exists()


def test_a_code_is_good_once(half_signed_in, kim):
    code = current_code()
    give(half_signed_in, code)
    other = Client()
    sign_in_without_second_factor(other, kim)
    assert give(other, code).status_code == 422
    assert other.get("/").status_code == 302


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "１２３４５６", " ", "x" * 50, "a\x00b"])
def test_a_wrong_code_is_refused_and_recorded(half_signed_in, kim, code):
    answer = give(half_signed_in, code)
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"]
    assert half_signed_in.get("/").status_code == 302


def test_a_failure_is_on_record_with_the_masked_address(half_signed_in, kim):
    give(half_signed_in, "000000")
    row = UserAccessAudit.objects.get(action=Action.LOGIN_FAILED)
    assert kim.email not in str(row.detail)
    assert "000000" not in str(row.detail)


def test_after_a_wrong_code_even_the_right_one_waits(half_signed_in):
    give(half_signed_in, "000000")
    assert give(half_signed_in, current_code()).status_code == 422


def test_failures_end_in_a_lock_that_another_sign_in_does_not_lift(half_signed_in, kim, post_sign_in):
    for _attempt in range(4):
        give(half_signed_in, "000000")
        assert post_sign_in(kim.email).status_code == 302
    assert give(half_signed_in, "000000").status_code == 429
    assert give(half_signed_in, current_code()).status_code == 429


def test_another_persons_device_does_not_verify(client, kim, half_signed_in):
    other = make_staff("other")
    app = Authenticator.objects.get(user=kim)
    sign_in_without_second_factor(client, other)
    session = client.session
    session["otp_device_id"] = app.persistent_id
    session.save()
    assert client.get("/").status_code == 302
