"""Selecting members by keys and by boxes, and pressing a verb on all of them."""

import re

import pytest
from playwright.sync_api import expect

from users.models import User

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

DRY_RUN = re.compile(r"/users/bulk/bpl_\w+/")
JOB = re.compile(r"/jobs/job_\w+/")


@pytest.fixture
def members(make_member, console):
    made = [make_member(name=f"김회원{number}", status="pending") for number in range(4)]
    console.settle()
    return made


@pytest.fixture
def listed(console, sign_in, manager, members):
    page = sign_in(manager)
    page.goto(console.at("users:list"))
    return page


def bar(page):
    return page.locator(".selection-bar")


def statuses():
    return sorted(User.objects.values_list("status", flat=True))


def test_by_keys_from_the_list_to_the_undo(console, listed, run_jobs):
    expect(bar(listed)).to_be_hidden()
    for key in "jxjx":
        listed.keyboard.press(key)
    expect(bar(listed)).to_contain_text("이 쪽에서 2명 선택")
    expect(listed.locator("#announcer")).to_have_text("이 쪽에서 2명 선택")
    bar(listed).get_by_role("button", name="승인").click()
    listed.wait_for_url(DRY_RUN)
    expect(listed.locator(".forecast")).to_contain_text("2")
    assert statuses() == ["pending"] * 4
    listed.get_by_role("button", name="승인", exact=True).click()
    listed.wait_for_url(JOB)
    run_jobs()
    expect(listed.locator("table")).to_contain_text("완료", timeout=10_000)
    assert statuses() == ["approved"] * 2 + ["pending"] * 2
    listed.get_by_role("link", name="실행 취소").click()
    listed.get_by_role("dialog").get_by_role("button", name="실행 취소").click()
    expect(listed.get_by_role("heading", level=1)).to_have_text("회원 일괄 재심사")
    run_jobs()
    expect(listed.locator("table")).to_contain_text("완료", timeout=10_000)
    assert statuses() == ["pending"] * 4


def test_a_destructive_verb_asks_for_its_reason(listed, run_jobs):
    listed.locator("[data-select]").first.check()
    bar(listed).get_by_text("더 보기").click()
    bar(listed).get_by_role("button", name="이용 정지").click()
    listed.wait_for_url(DRY_RUN)
    listed.fill("textarea[name=reason]", "신고")
    listed.get_by_role("button", name="이용 정지").click()
    listed.wait_for_url(JOB)
    run_jobs()
    assert statuses() == ["pending"] * 3 + ["suspended"]


def test_all_of_the_page_and_none(listed):
    everybody = listed.get_by_label("이 쪽의 회원 모두 선택")
    everybody.check()
    expect(bar(listed)).to_contain_text("4명")
    listed.locator("[data-select]").nth(1).uncheck()
    expect(bar(listed)).to_contain_text("3명")
    assert everybody.evaluate("box => box.indeterminate")
    bar(listed).get_by_role("button", name="선택 해제").click()
    expect(bar(listed)).to_be_hidden()
    expect(everybody).to_have_js_property("indeterminate", False)
    expect(everybody).to_have_js_property("checked", False)


def test_everybody_who_fits_is_more_than_the_page(console, sign_in, manager, members, monkeypatch):
    monkeypatch.setattr("users.views.members.PAGE_SIZE", 2)
    page = sign_in(manager)
    page.goto(console.at("users:list"))
    page.keyboard.press("j")
    page.keyboard.press("x")
    all_who_fit = bar(page).get_by_label("조건에 맞는 전체 4명 선택")
    all_who_fit.check()
    expect(page.locator("[data-selection-count]")).to_have_text("조건에 맞는 전체 4명")
    page.locator("[data-select]").first.uncheck()
    expect(all_who_fit).not_to_be_checked()
    expect(page.locator("[data-selection-count]")).to_have_text("이 쪽에서 1명 선택")
    all_who_fit.check()
    bar(page).get_by_role("button", name="승인").click()
    page.wait_for_url(DRY_RUN)
    expect(page.locator(".forecast-item").first).to_contain_text("4")


def test_a_new_page_of_the_list_has_nobody_selected(listed):
    listed.locator("[data-select]").first.check()
    listed.get_by_label("상태").select_option("pending")
    expect(listed).to_have_url(re.compile("status=pending"))
    expect(bar(listed)).to_be_hidden()


def test_without_a_script(console, sign_in, manager, members):
    page = sign_in(manager, java_script_enabled=False)
    page.goto(console.at("users:list"))
    expect(bar(page)).to_be_hidden()
    page.locator("[data-select]").first.check()
    bar(page).get_by_role("button", name="승인").click()
    page.wait_for_url(DRY_RUN)
    page.get_by_role("button", name="승인", exact=True).click()
    page.wait_for_url(JOB)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_scrolls_sideways(console, sign_in, manager, members, width):
    page = sign_in(manager, viewport={"width": width, "height": 800})
    page.goto(console.at("users:list"))
    page.locator("[data-select]").first.check()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    bar(page).get_by_role("button", name="승인").click()
    page.wait_for_url(DRY_RUN)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
