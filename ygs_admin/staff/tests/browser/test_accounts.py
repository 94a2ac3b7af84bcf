"""Second factor, sessions and confirmation as a person at the screen meets them."""

import re

import pytest
from playwright.sync_api import expect

from users.models import Action, UserAccessAudit
from ygs_admin.staff.models import Authenticator, StaffSession
from ygs_admin.testing.live_console import spend_no_code
from ygs_admin.testing.personas import current_code, make_staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


def test_an_app_is_set_up_from_what_the_page_shows(console, give_password):
    page = give_password(make_staff("newcomer", role="reviewer"))
    page.wait_for_url(f"{console.at('staff:set_up')}**")
    expect(page.locator("svg.qr")).to_be_visible()
    page.locator(".qr-typed summary").click()
    secret = re.sub(r"\s", "", page.locator("#secret").inner_text())
    page.fill("input[name=code]", current_code(secret))
    page.keyboard.press("Enter")
    expect(page.locator("#codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").or_(page.locator(".actions a")).first.click()
    page.wait_for_url(console.at("today"))


def test_a_session_that_was_ended_elsewhere_is_at_the_sign_in_with_the_next_click(console, sign_in, reviewer):
    office, home = sign_in(reviewer), sign_in(reviewer)
    home.goto(console.at("staff:me"))
    home.locator("[data-session] form button").click()
    expect(home.locator("[data-session]")).to_have_count(1)
    office.locator("a[href='/users/']").first.click()
    office.wait_for_url(f"{console.at('staff:login')}**")


def test_whoever_is_deactivated_is_out_at_once(console, sign_in, manager, reviewer):
    theirs, desk = sign_in(reviewer), sign_in(manager)
    desk.goto(console.at("staff:account", reviewer.pk))
    desk.locator("details.drop summary").click()
    desk.locator("a[href$='/deactivate/']").click()
    desk.locator("dialog .confirm [type=submit]").click()
    expect(desk.locator("a[href$='/reactivate/']")).to_be_visible()
    theirs.locator("a[href='/users/']").first.click()
    theirs.wait_for_url(f"{console.at('staff:login')}**")


def test_revealing_asks_in_the_dialog_who_it_is_and_then_for_the_reason(console, sign_in, manager, make_member):
    member = make_member(phone="01012345678")
    console.settle()
    page = sign_in(manager)
    forget_confirmations()
    page.goto(console.at("users:detail", member.pk))
    page.keyboard.press("v")
    spend_no_code(Authenticator.objects.get(user=manager))
    page.locator("dialog input[name=code]").fill(current_code())
    page.keyboard.press("Enter")
    page.locator("dialog textarea[name=reason]").fill("일정 확인 전화")
    page.locator("dialog [type=submit]").click()
    expect(page.locator("#contact")).to_contain_text("010-1234-5678")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url == console.at("users:detail", member.pk)
    assert UserAccessAudit.objects.filter(action=Action.REVEAL).count() == 1


def test_a_wrong_code_in_the_dialog_is_said_beside_the_field(console, sign_in, manager, make_member):
    member = make_member(phone="01012345678")
    console.settle()
    page = sign_in(manager, expected_statuses=(422,))
    forget_confirmations()
    page.goto(console.at("users:detail", member.pk))
    page.keyboard.press("v")
    page.locator("dialog input[name=code]").fill("000000")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .field-errors")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#contact")).not_to_contain_text("010-1234-5678")


def forget_confirmations():
    for row in StaffSession.objects.all():
        session = StaffSession.get_session_store_class()(row.session_key)
        session["confirmed_at"] = 0
        session.save()
