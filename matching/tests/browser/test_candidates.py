"""Matching by hand by keys alone: two candidates side by side, and one introduced and taken back."""

import pytest
from playwright.sync_api import expect

from matching.models import MatchHistory
from matching.tests.candidates.conftest import eligible, member

from .following import focused

__all__ = ["eligible", "member"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def listed(console, sign_in, matchmaker, member, eligible):
    for name, education in (("박하나", "master"), ("이두리", "bachelor"), ("최세나", "high_school")):
        eligible(name=name, education=education)
    console.settle()
    page = sign_in(matchmaker)
    page.goto(console.at("candidates:list", member.pk))
    return page


def test_two_are_chosen_and_compared(listed):
    for key in "jxjx":
        listed.keyboard.press(key)
    expect(listed.locator("input[name=with]:checked")).to_have_count(2)
    listed.keyboard.press("c")
    expect(listed.locator(".compare-table thead th")).to_have_count(2)
    expect(listed.locator(".compare-table thead")).to_contain_text("박하나")


def test_one_is_read_introduced_and_taken_back(listed):
    listed.keyboard.press("j")
    listed.keyboard.press("Enter")
    expect(listed.locator(".candidate").first.locator("table").first).to_be_visible()
    expect(focused(listed)).to_be_visible()
    listed.keyboard.press("i")
    expect(listed.locator("form.confirm [type=submit]")).to_be_focused()
    listed.keyboard.press("Enter")
    expect(listed.locator("#flashes")).to_contain_text("박하나")
    assert MatchHistory.objects.get().status == "introduced"
    listed.keyboard.press("z")
    expect(listed.locator("#flashes")).to_contain_text("소개를 취소")
    assert MatchHistory.objects.get().status == "canceled"
