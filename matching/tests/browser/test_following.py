"""Follow one pair in Chromium: answers, a date, the meeting, feedback; each by the page's own controls."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from matching.models import MatchFeedback, MatchHistory
from matching.tests.introducing import days_ago, introduced

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "replica"])
LATER = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT19:00")


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


def side(page, user_id):
    return page.locator(f"[data-side={user_id}]")


def ask(page, key):
    """Open a verb's question in the dialog."""
    link = page.locator(f"#introduction a[href$='/{key}/']")
    if not link.is_visible():
        page.locator("#introduction summary").click()
    link.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(f"form[data-verb={key}]")).to_be_visible()
    return dialog


def send(dialog):
    dialog.locator("[type=submit]").click()
    expect(dialog).to_be_hidden()


def test_from_the_answers_to_the_feedback(opened, pair):
    for user_id in pair.user_ids:
        side(opened, user_id).locator("button[value=accepted]").click()
        expect(side(opened, user_id).locator("button[value=accepted]")).to_have_count(0)
    dialog = ask(opened, "fix-date")
    dialog.locator("input[name=meets_at]").fill(LATER)
    dialog.locator("input[name=place]").fill("강남역 카페")
    send(dialog)
    expect(opened.locator("#introduction")).to_contain_text("강남역 카페")
    dialog = ask(opened, "mark-met")
    dialog.locator("input[name=at]").fill(timezone.localtime(days_ago(1)).strftime("%Y-%m-%dT%H:%M"))
    send(dialog)
    side(opened, pair.user_a_id).locator("a[href*='/feedback/']").click()
    opened.locator("input[name=rating][value='4']").check()
    opened.locator("input[name=tags]").first.check()
    opened.locator("textarea[name=comment]").fill("대화가 즐거웠다")
    opened.locator("main [type=submit]").click()
    expect(side(opened, pair.user_a_id)).to_contain_text("대화가 즐거웠다")
    assert MatchHistory.objects.get().status == "met"
    assert MatchFeedback.objects.get().rating == 4


def test_an_answer_is_undone_from_the_flash(opened, pair):
    side(opened, pair.user_a_id).locator("button[value=declined]").click()
    opened.locator("[data-flash] form button").click()
    expect(side(opened, pair.user_a_id).locator("button[value=declined]")).to_be_visible()
    assert MatchHistory.objects.get().status == "introduced"
