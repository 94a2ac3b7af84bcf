"""The auditor's work in the browser: who saw this member, what stands out in a month, the signature under it."""

import re

import pytest
from playwright.sync_api import expect

from users.models import Explanation, Inspection, User
from users.tests.recording import recorded
from ygs_admin.staff.models import Staff

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

MONTH = "2026-10"


@pytest.fixture
def member(make_member, matchmaker, console) -> User:
    """A member at whom the matchmaker has looked often, and whom a list showed."""
    member = make_member(name="김철수")
    make_member(name="박영희")
    for minute in range(25):
        recorded("view", by=matchmaker, user_id=member.pk, at=f"{MONTH}-15 10:{minute:02}", ip_address="192.0.2.7")
    people = [member.pk, *(make_member(name=f"회원{n:02}").pk for n in range(3))]
    recorded("search", by=matchmaker, at=f"{MONTH}-16 10:00", detail={"asked": {"q": "ㄱ"}, "user_ids": people})
    console.settle()
    return member


@pytest.fixture
def inspector(auditor) -> Staff:
    """An auditor who may read names, as one's company may decide."""
    from django.contrib.auth.models import Permission

    auditor.user_permissions.add(Permission.objects.get(codename="see_names"))
    return auditor


def test_a_member_is_followed_from_a_name_to_the_signature(console, sign_in, inspector, member):
    page = sign_in(inspector)
    page.goto(console.at("users:audit"))

    # The name finds the member, and the member the rows; a list among them unfolds to those whom it showed.
    page.fill("input[name=member]", "김철수")
    page.keyboard.press("Enter")
    # Twenty-five looks, the list, and the look at the record by which this page began.
    expect(page.locator("#results .pager-count").first).to_contain_text("/ 27")
    page.select_option("select[name=action]", "search")
    row = page.locator("tr", has=page.locator(".unfold")).filter(has_text="매니저")
    expect(row).to_have_count(1)
    row.locator(".unfold").click()
    expect(page.locator(".audit-people")).to_contain_text("회원02")
    expect(row.locator(".unfold")).to_have_attribute("aria-expanded", "true")
    row.locator(".unfold").click()
    expect(page.locator(".audit-people")).to_have_count(0)

    # What stands out in the month, with the way to its rows.
    page.goto(console.at("users:inspections"))
    page.locator("tr", has_text=MONTH).locator("a").click()
    finding = page.locator("[data-finding^=same_member]")
    expect(finding).to_contain_text("김철수")
    finding.locator("[data-dialog]").click()
    page.fill("#dialog textarea[name=note]", "혼담이 오가던 회원, 팀장 확인")
    page.locator("#dialog button[type=submit]").click()
    expect(page.locator("[data-finding^=same_member] .finding-note")).to_contain_text("팀장 확인")
    assert Explanation.objects.count() == 1

    # The signature, after which nothing is explained any more.
    page.locator("a[href$='sign-off/']").click()
    page.fill("#dialog textarea[name=note]", "이상 없음")
    page.locator("#dialog button[type=submit]").click()
    expect(page.locator("#main")).to_contain_text("이상 없음")
    expect(page.locator("#main [data-dialog]")).to_have_count(0)
    assert Inspection.objects.get().actor_id == inspector.pk


def test_a_name_that_means_several_is_chosen_from(console, sign_in, inspector, member, make_member):
    make_member(name="김철수")
    console.settle()
    page = sign_in(inspector)
    page.goto(console.at("users:audit"))
    page.fill("input[name=member]", "철수")
    page.keyboard.press("Enter")
    choices = page.locator(".candidates a")
    expect(choices).to_have_count(2)
    page.locator(f".candidates a[href*='{member.pk}']").click()
    expect(page).to_have_url(re.compile(f"member={member.pk}"))
    expect(page.locator("#results .pager-count").first).to_contain_text("/")
    expect(page.locator("input[name=member]")).to_have_value(member.pk)


def test_everything_works_without_a_script(console, sign_in, inspector, member):
    page = sign_in(inspector, java_script_enabled=False)
    page.goto(f"{console.at('users:audit')}?member={member.pk}")
    page.locator(".unfold").first.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".audit-entry")).to_be_visible()
