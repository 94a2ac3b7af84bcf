"""Verbs on a card far down the list leave the page where it is, and the focus in sight."""

import pytest
from playwright.sync_api import expect

from matching.models import WeekStatus
from matching.tests.rounds.conftest import eligible, propose, week

from .following import focused

__all__ = ["eligible", "propose", "week"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

COUPLES, FAR = 16, 11


@pytest.fixture
def listed(console, sign_in, matchmaker, week, eligible, propose):
    week.status = WeekStatus.REVIEW
    week.save()
    for at in range(COUPLES):
        propose(eligible(gender="male"), eligible(gender="female"), score=0.9 - at / 100)
    console.settle()
    page = sign_in(matchmaker)
    page.goto(console.at("matching:week", week.pk))
    for _step in range(FAR):
        page.keyboard.press("j")
    expect(focused(page)).to_be_in_viewport()
    return page


def test_a_card_that_goes_and_comes_back_keeps_the_place(listed):
    before = listed.evaluate("scrollY")
    assert before > 0
    listed.keyboard.press("x")
    expect(listed.locator("li.pair")).to_have_count(COUPLES - 1)
    expect(focused(listed)).to_be_in_viewport()
    listed.keyboard.press("z")
    expect(listed.locator("li.pair")).to_have_count(COUPLES)
    expect(focused(listed)).to_be_in_viewport()
    assert abs(listed.evaluate("scrollY") - before) < listed.viewport_size["height"] / 2
