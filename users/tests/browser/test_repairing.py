"""A superuser in the Django admin: find, open, edit, conflict, delete, restore."""

import pytest
from django.contrib.admin.utils import quote
from playwright.sync_api import expect

from users.models import User

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

LIST = "admin:users_user_changelist"
CHANGE = "admin:users_user_change"


@pytest.fixture
def member(make_member, console):
    make_member(name="박영희")
    member = make_member(name="김철수", status="pending")
    console.settle()
    return member


@pytest.fixture
def change_url(console, member):
    return console.at(CHANGE, quote(member.pk))


@pytest.mark.parametrize("typed", ["김처", "ㄱㅊㅅ"])
def test_finds_and_opens(console, sign_in, superuser, member, change_url, typed):
    page = sign_in(superuser)
    page.goto(console.at(LIST))
    page.fill("#searchbar", typed)
    page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.locator("#result_list tbody a").first.click()
    page.wait_for_url(f"{change_url}**")
    expect(page.locator("#id_name")).to_have_value("김철수")


def test_edits(sign_in, superuser, member, change_url):
    page = sign_in(superuser)
    page.goto(change_url)
    page.fill("#id_name", "김철호")
    page.select_option("#id_status", "approved")
    page.click("input[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    saved = User.objects.get(pk=member.pk)
    assert (saved.name, saved.status) == ("김철호", "approved")


def test_a_conflict_is_shown_and_not_saved(sign_in, superuser, member, change_url):
    page = sign_in(superuser, expected_statuses=(409,))
    page.goto(change_url)
    User.objects.filter(pk=member.pk).update(name="남이 먼저")
    page.fill("#id_name", "내가 나중")
    page.click("input[name=_save]")
    expect(page.locator("#content")).to_contain_text("남이 먼저")
    assert User.objects.get(pk=member.pk).name == "남이 먼저"


def test_deletes_and_restores(console, sign_in, superuser, member, change_url):
    page = sign_in(superuser)
    page.goto(change_url)
    page.locator(".deletelink").click()
    page.locator("#content form [type=submit]").click()
    page.wait_for_url(f"{console.at(LIST)}**")
    assert not User.objects.filter(pk=member.pk).exists()
    page.goto(change_url)
    page.locator(".object-tools").get_by_role("link", name="복구").click()
    page.locator("#content form [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert User.objects.filter(pk=member.pk).exists()


def test_deletes_and_restores_many_from_the_list(console, sign_in, superuser, member):
    page = sign_in(superuser)
    page.goto(console.at(LIST))
    page.check("#action-toggle")
    page.select_option("select[name=action]", index=1)
    page.click("button[name=index]")
    page.locator("#content form [type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert not User.objects.exists()
