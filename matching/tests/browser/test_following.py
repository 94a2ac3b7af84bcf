"""Follow one pair in Chromium: answers, a date, the meeting, feedback; each by the page's own controls."""

import pytest
from playwright.sync_api import expect

from matching.models import MatchFeedback, MatchHistory
from matching.tests.introducing import days_ago, introduced

from .following import fix_a_date, give_feedback, mark_met, side

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])


@pytest.fixture
def pair(make_member, console):
    pair = introduced(make_member, introduced_at=days_ago(9))
    console.settle()
    return pair


@pytest.fixture
def opened(console, sign_in, matchmaker, pair):
    page = sign_in(matchmaker)
    page.goto(console.at("matching:introduction", pair.pk))
    return page


def test_from_the_answers_to_the_feedback(opened, pair):
    for user_id in pair.user_ids:
        side(opened, user_id).locator("button[value=accepted]").click()
        expect(side(opened, user_id).locator("button[value=accepted]")).to_have_count(0)
    fix_a_date(opened, "강남역 카페")
    mark_met(opened, days_ago=1)
    give_feedback(opened, pair.user_a_id, "대화가 즐거웠다")
    assert MatchHistory.objects.get().status == "met"
    assert MatchFeedback.objects.get().rating == 4


def test_an_answer_is_undone_from_the_flash(opened, pair):
    side(opened, pair.user_a_id).locator("button[value=declined]").click()
    opened.locator("[data-flash] form button").click()
    expect(side(opened, pair.user_a_id).locator("button[value=declined]")).to_be_visible()
    assert MatchHistory.objects.get().status == "introduced"
