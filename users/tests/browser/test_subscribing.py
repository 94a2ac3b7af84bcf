"""Start, pause, resume, cancel: in the dialog, by mouse and by keyboard, and without a script."""

import pytest
from playwright.sync_api import expect

from users.models import SubscriptionSettlement, UserSubscription
from users.tests.subscribing import subscribed

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member, console):
    member = make_member(name="김철수")
    console.settle()
    return member


@pytest.fixture
def opened(console, sign_in, manager, member):
    page = sign_in(manager)
    page.goto(console.at("users:detail", member.pk))
    return page


def dialog_of(page, key):
    page.locator(f"[data-subscription-verb={key}]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(f"form[data-verb={key}]")).to_be_visible()
    return dialog


def send(dialog):
    dialog.locator("[type=submit]").click()
    expect(dialog).to_be_hidden()


def test_start_pause_resume_cancel(opened):
    start = dialog_of(opened, "start")
    start.locator("input[name=plan][value=basic]").check()
    send(start)
    expect(opened.locator("#subscription")).to_contain_text("690,000원")
    pause = dialog_of(opened, "pause")
    pause.locator("textarea").fill("출장")
    send(pause)
    expect(opened.locator("[data-subscription-verb=resume]")).to_be_visible()
    send(dialog_of(opened, "resume"))
    cancel = dialog_of(opened, "cancel")
    expect(cancel.locator("[data-refund=member]")).to_contain_text("₩690,000 × 90% = ₩621,000")
    expect(cancel.locator("[data-refund=company]")).to_contain_text("₩828,000")
    cancel.locator("input[name=fault][value=member]").check()
    cancel.locator("textarea").fill("변심")
    send(cancel)
    expect(opened.locator("#subscription")).to_contain_text("621,000원")
    assert UserSubscription.objects.get().status == "canceled"
    opened.locator("[data-flash] form button").last.click()
    expect(opened.locator("[data-subscription-verb=pause]")).to_be_visible()
    assert sum(SubscriptionSettlement.objects.values_list("settled_krw", flat=True)) == 0


def test_the_difference_of_a_plan_is_shown_in_the_dialog_first(opened, member, console):
    subscribed(member)
    console.settle()
    opened.reload()
    dialog = dialog_of(opened, "change-plan")
    dialog.locator("input[name=plan][value=standard]").check()
    dialog.locator("textarea").fill("상향")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[data-changes]")).to_contain_text("+₩800,000")
    send(dialog)
    expect(opened.locator("#subscription")).to_contain_text("1,490,000원")


def test_a_conflict_is_said_in_the_dialog(console, sign_in, manager, member):
    subscribed(member)
    page = sign_in(manager, expected_statuses=(409,))
    page.goto(console.at("users:detail", member.pk))
    dialog = dialog_of(page, "pause")
    UserSubscription.objects.update(price_krw=123_456)
    dialog.locator("textarea").fill("출장")
    dialog.locator("[type=submit]").click()
    expect(dialog.get_by_role("alert")).to_contain_text("₩123,456")
    expect(dialog.locator("textarea")).to_have_value("출장")
    send(dialog)
    expect(page.locator("[data-subscription-verb=resume]")).to_be_visible()


def test_a_missing_value_is_said_in_the_dialog(console, sign_in, manager, member):
    subscribed(member)
    page = sign_in(manager, expected_statuses=(422,))
    page.goto(console.at("users:detail", member.pk))
    dialog = dialog_of(page, "extend")
    dialog.locator("textarea").fill("사과")
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("input[name=days]")).to_have_attribute("aria-invalid", "true")


def test_it_works_without_a_script(console, sign_in, manager, member):
    subscribed(member)
    page = sign_in(manager, java_script_enabled=False)
    page.goto(console.at("users:detail", member.pk))
    page.locator("[data-subscription-verb=pause]").click()
    page.locator("textarea").fill("출장")
    page.locator("form[data-verb=pause] [type=submit]").click()
    page.locator("[data-subscription-verb=resume]").click()
    page.locator("form[data-verb=resume] [type=submit]").click()
    expect(page.locator("[data-subscription-verb=pause]")).to_be_visible()
