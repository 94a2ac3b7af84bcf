"""Opening a member, editing, deciding, taking it back."""

import re

import pytest
from playwright.sync_api import expect

from users.models import User

MEMBER_PAGE = re.compile(r"/users/usr_\w+/(#\w+)?$")

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def member(make_member, console):
    member = make_member(name="김철수", status="pending", job="교사")
    console.settle()
    return member


@pytest.fixture
def opened(console, sign_in, manager, member):
    """The member's page, opened by the manager; a second person's page comes from `sign_in`."""
    page = sign_in(manager)
    page.goto(console.at("users:detail", member.pk))
    return page


def test_a_section_is_edited_in_place(opened, member):
    opened.evaluate("window.isSamePage = true")
    opened.locator("#profile [data-edit]").click()
    opened.fill("#profile input[name=job]", "약사")
    opened.locator("#profile button[type=submit]").click()
    expect(opened.locator("section#profile")).to_contain_text("약사")
    expect(opened.locator("#flashes")).to_contain_text("저장했습니다")
    assert opened.evaluate("window.isSamePage")


def test_a_bad_value_is_said_in_place_and_nothing_is_lost(open_page, console, sign_in, manager, member):
    page = sign_in(manager, expected_statuses=(422,))
    page.goto(console.at("users:detail", member.pk))
    page.locator("#profile [data-edit]").click()
    page.fill("#profile input[name=height]", "17")
    page.fill("#profile input[name=job]", "약사")
    page.locator("#profile button[type=submit]").click()
    expect(page.locator("#profile input[name=height]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#profile input[name=job]")).to_have_value("약사")


def test_an_edit_is_cancelled(opened):
    opened.locator("#profile [data-edit]").click()
    opened.locator("#profile [data-cancel]").click()
    expect(opened.locator("section#profile")).to_contain_text("교사")


def test_two_browsers_in_conflict(console, sign_in, manager, reviewer, member):
    mine, theirs = sign_in(manager, expected_statuses=(409,)), sign_in(reviewer)
    for page in (mine, theirs):
        page.goto(console.at("users:edit_member", member.pk))
    theirs.fill("input[name=name]", "김철호")
    theirs.get_by_role("button", name="저장").click()
    theirs.wait_for_url(MEMBER_PAGE)
    mine.fill("input[name=name]", "김철순")
    mine.fill("input[name=birth_year]", "91년생")
    mine.get_by_role("button", name="저장").click()
    expect(mine.locator("table.conflict")).to_contain_text("김철호")
    expect(mine.locator("table.conflict")).to_contain_text("김철순")
    assert User.objects.get(pk=member.pk).name == "김철호"
    mine.locator("input[name=keep_name][value=theirs]").check()
    mine.get_by_role("button", name="고른 값으로 저장").click()
    mine.wait_for_url(MEMBER_PAGE)
    saved = User.objects.get(pk=member.pk)
    assert (saved.name, saved.birth_year) == ("김철호", 1991)


def test_approve_and_undo(opened, member):
    opened.get_by_role("link", name="승인", exact=True).click()
    opened.get_by_role("dialog").get_by_role("button", name="승인").click()
    expect(opened.locator("#flashes")).to_contain_text("김철수 님을 승인했습니다")
    expect(opened.locator("#member")).to_contain_text("승인")
    assert User.objects.get(pk=member.pk).status == "approved"
    opened.get_by_role("button", name="실행 취소").click()
    expect(opened.locator("#member")).to_contain_text("승인 대기")
    assert User.objects.get(pk=member.pk).status == "pending"


def test_delete_and_restore(opened, member):
    opened.locator(".member-verbs summary").click()
    opened.get_by_role("link", name="삭제…").click()
    opened.get_by_role("dialog").locator("textarea").fill("중복 가입")
    opened.get_by_role("dialog").get_by_role("button", name="삭제").click()
    expect(opened.locator("main")).to_contain_text("삭제된 회원")
    assert not User.objects.filter(pk=member.pk).exists()
    opened.get_by_role("link", name="복구", exact=True).click()
    opened.get_by_role("dialog").get_by_role("button", name="복구").click()
    expect(opened.locator("#flashes")).to_contain_text("복구했습니다")
    assert User.objects.filter(pk=member.pk).exists()


def test_contact_details_are_revealed_for_a_reason(opened, member):
    member.refresh_from_db()
    expect(opened.locator("#contact")).not_to_contain_text("0000-0001")
    opened.locator("#contact").get_by_role("link", name="열람").click()
    opened.get_by_role("dialog").locator("textarea").fill("일정 확인")
    opened.get_by_role("dialog").get_by_role("button", name="열람").click()
    expect(opened.locator("#contact")).to_contain_text("010-0000-0001")


def test_everything_works_without_a_script(console, sign_in, manager, member):
    page = sign_in(manager, java_script_enabled=False)
    page.goto(console.at("users:detail", member.pk))
    page.locator("#profile").get_by_role("link", name="수정").click()
    page.fill("input[name=job]", "약사")
    page.get_by_role("button", name="저장").click()
    expect(page.locator("#profile")).to_contain_text("약사")
    page.get_by_role("link", name="승인", exact=True).click()
    page.get_by_role("button", name="승인").click()
    page.get_by_role("button", name="실행 취소").click()
    expect(page.locator("#member")).to_contain_text("승인 대기")


def test_in_english_and_in_the_dark(console, sign_in, manager, member):
    page = sign_in(manager, color_scheme="dark")
    page.locator("[popovertarget=account]").click()
    page.locator("#account").get_by_role("button", name="English").click()
    page.goto(console.at("users:detail", member.pk))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Approve", exact=True)).to_be_visible()
    page.locator("[popovertarget=account]").click()
    page.locator("#account").get_by_role("button", name="Light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
