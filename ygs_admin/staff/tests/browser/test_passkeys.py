"""Passkeys in Chromium, with an authenticator of its own for the tests."""

import pytest
from django_otp_webauthn.models import WebAuthnCredential
from playwright.sync_api import expect

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator, RecoveryCodes, Staff
from ygs_admin.testing.live_console import LiveConsole
from ygs_admin.testing.personas import make_staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def console(console):
    """The console by a name: passkeys are for no address such as 127.0.0.1."""
    return LiveConsole(console.url.replace("127.0.0.1", "localhost"), console.settle)


@pytest.fixture
def with_authenticator():
    """Return a function that gives a page's browser a security key whose PIN is always right, or never."""

    def give(page, *, is_verified=True):
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": is_verified,
            "automaticPresenceSimulation": True,
        }
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

        def verify(verified):
            devtools.send(
                "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": verified}
            )

        return verify

    return give


def register(page, console, name="노트북"):
    page.goto(console.at("staff:me"))
    page.fill("#passkey-name", name)
    with page.expect_navigation():
        page.click("[data-passkey=create] button")


def sign_out(page, console):
    page.goto(console.at("today"))
    page.click("[popovertarget=account]")
    page.locator("#account form[action='/staff/sign-out/'] button").click()
    page.wait_for_url(console.at("staff:login"))


def test_register_sign_out_and_sign_in_with_it_alone(console, sign_in, reviewer, with_authenticator):
    page = sign_in(reviewer)
    with_authenticator(page)
    register(page, console)
    page.wait_for_url(console.at("staff:recovery_codes"))
    page.goto(console.at("staff:me"))
    expect(page.locator("[data-device=passkey] .entry-name")).to_have_text("노트북")
    sign_out(page, console)
    page.click("[data-passkey=get] button")
    page.wait_for_url(console.at("today"))
    assert WebAuthnCredential.objects.get().user == reviewer
    assert UserAccessAudit.objects.filter(action=Action.LOGIN, actor_id=reviewer.pk).count() == 2


def test_it_is_the_second_factor_after_a_password_and_leads_on(
    console, sign_in, reviewer, with_authenticator, give_password
):
    page = sign_in(reviewer)
    with_authenticator(page)
    register(page, console)
    sign_out(page, console)
    give_password(reviewer, page)
    page.wait_for_url(f"{console.at('staff:verify')}**")
    page.goto(f"{console.at('staff:verify')}?next=/users/")
    page.click("[data-passkey=get] button")
    page.wait_for_url(console.at("users:list"))


def test_without_finger_or_pin_it_lets_nobody_in(console, sign_in, reviewer, with_authenticator):
    page = sign_in(reviewer)
    verify = with_authenticator(page)
    register(page, console)
    sign_out(page, console)
    verify(False)
    page.click("[data-passkey=get] button")
    expect(page.locator("[data-passkey-error]")).to_be_visible()
    page.goto(console.at("users:list"))
    page.wait_for_url(f"{console.at('staff:login')}**")


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_a_deactivated_account_or_a_removed_passkey_is_refused(console, sign_in, reviewer, with_authenticator, change):
    page = sign_in(reviewer, expected_statuses=(403, 404))
    with_authenticator(page)
    register(page, console)
    sign_out(page, console)
    if change:
        Staff.objects.filter(pk=reviewer.pk).update(**change)
    else:
        WebAuthnCredential.objects.all().delete()
    page.click("[data-passkey=get] button")
    expect(page.locator("[data-passkey-error]")).to_be_visible()
    assert UserAccessAudit.objects.filter(action=Action.LOGIN_FAILED).exists()


def test_long_after_the_sign_in_adding_one_asks_who_it_is_first(
    console, sign_in, reviewer, with_authenticator, settings
):
    page = sign_in(reviewer, expected_statuses=(403,))
    with_authenticator(page)
    settings.CONFIRM_SECONDS = -1
    page.goto(console.at("staff:me"))
    page.fill("#passkey-name", "x")
    page.click("[data-passkey=create] button")
    page.wait_for_url(f"{console.at('staff:confirm')}**")
    assert not WebAuthnCredential.objects.exists()


def test_a_newcomer_may_begin_with_a_passkey(console, with_authenticator, give_password):
    newcomer = make_staff("newcomer", role="reviewer")
    page = give_password(newcomer)
    page.wait_for_url(f"{console.at('staff:set_up')}**")
    with_authenticator(page)
    page.fill("#passkey-name", "노트북")
    page.click("[data-passkey=create] button")
    page.wait_for_url(console.at("staff:recovery_codes"))
    page.locator(".confirm [type=submit]").click()
    expect(page.locator("#codes li")).to_have_count(10)
    assert RecoveryCodes.objects.get(user=newcomer).left == 10
    assert not Authenticator.objects.filter(user=newcomer, confirmed=True).exists()


def test_at_an_address_without_a_name_it_is_not_offered(console, open_page):
    page = open_page()
    page.goto(console.at("staff:login").replace("localhost", "127.0.0.1"))
    expect(page.locator("[data-passkey]")).to_be_hidden()
