"""Keeping the list under a name, coming back to it, changing it."""

import re

import pytest
from playwright.sync_api import expect

from users.models import SavedView

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def listed(console, sign_in, manager, make_member):
    make_member(name="대기중", status="pending", gender="female")
    make_member(name="승인됨", status="approved", gender="female")
    make_member(name="남회원", status="pending", gender="male")
    console.settle()
    page = sign_in(manager)
    page.goto(console.at("users:list"))
    return page


def shown(page):
    return page.locator("[data-row]")


def name_of(page):
    return page.locator(".views-current")


def save_as(page, name):
    page.locator("#views").get_by_role("link", name="보기로 저장").click()
    page.fill("dialog input[name=name]", name)
    page.locator("dialog").get_by_role("button", name="보기 저장").click()
    expect(name_of(page)).to_contain_text(name)
    # What has come is alive a moment after it is seen: until then nothing hears the filters.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_a_view_is_kept_changed_and_opened_again(console, listed):
    listed.get_by_label("상태").select_option("pending")
    expect(shown(listed)).to_have_text(["남회원", "대기중"])
    save_as(listed, "심사할 분")
    listed.get_by_label("성별").select_option("female")
    expect(shown(listed)).to_have_text(["대기중"])
    expect(listed.locator("#views")).to_contain_text("저장하지 않은 변경")
    listed.locator("#views").get_by_role("button", name="변경 저장").click()
    expect(listed.locator("#flashes")).to_contain_text("저장했습니다")
    expect(listed.locator("#views")).not_to_contain_text("저장하지 않은 변경")
    assert SavedView.objects.get().query == {"status": "pending", "gender": "female"}
    console.settle()
    listed.goto(console.at("users:list"))
    listed.keyboard.press("v")
    listed.locator("#views").get_by_role("link", name="심사할 분").click()
    expect(shown(listed)).to_have_text(["대기중"])
    expect(listed.get_by_label("성별")).to_have_value("female")


def test_a_change_is_left_again(listed):
    listed.get_by_label("상태").select_option("pending")
    save_as(listed, "심사할 분")
    listed.get_by_role("link", name="모두 해제").first.click()
    expect(name_of(listed)).to_contain_text("전체 회원")
    expect(shown(listed)).to_have_count(3)


def test_a_name_that_is_taken_is_said_so_in_the_dialog(console, sign_in, manager, listed):
    SavedView.keep(owner=manager, name="심사할 분", query={"gender": "male"})
    page = sign_in(manager, expected_statuses=(422,))
    page.goto(f"{console.at('users:list')}?status=pending")
    page.locator("#views").get_by_role("link", name="보기로 저장").click()
    page.fill("dialog input[name=name]", "심사할 분")
    page.keyboard.press("Enter")
    expect(page.locator("dialog .field-errors")).to_contain_text("같은 이름")
    expect(page.locator("dialog input[name=name]")).to_have_value("심사할 분")


def test_views_are_put_in_order_renamed_and_deleted(console, listed, manager):
    for name in ("하나", "둘"):
        SavedView.keep(owner=manager, name=name, query={"status": "pending"})
    listed.goto(console.at("users:views"))
    rows = listed.locator(".views-row .link")
    listed.get_by_role("button", name="‘둘’ 위로").click()
    expect(rows).to_have_text(["둘", "하나"])
    listed.get_by_role("link", name="수정: 둘").click()
    listed.fill("dialog input[name=name]", "셋")
    listed.locator("dialog input[name=is_shared]").check()
    listed.locator("dialog").get_by_role("button", name="저장").click()
    expect(rows).to_have_text(["셋", "하나"])
    listed.get_by_role("link", name="삭제: 하나").click()
    listed.locator("dialog").get_by_role("button", name="보기 삭제").click()
    expect(rows).to_have_text(["셋"])
    assert SavedView.objects.get().is_shared


def test_without_a_script(console, sign_in, manager, listed):
    page = sign_in(manager, java_script_enabled=False)
    page.goto(f"{console.at('users:list')}?status=pending")
    page.locator("#views").get_by_role("link", name="보기로 저장").click()
    page.fill("input[name=name]", "심사할 분")
    page.get_by_role("button", name="보기 저장").click()
    page.wait_for_url(re.compile("view=svw_"))
    expect(name_of(page)).to_contain_text("심사할 분")
