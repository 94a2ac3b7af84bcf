"""Opening a round, and its settings."""

import pytest
from django.urls import reverse

from matching.models import MatchWeek, WeekStatus

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

NEW = reverse("matching:week_new")
ASKED = {
    "quota": "2",
    "fairness_weight": "0.25",
    "minimum_score": "0.3",
    "candidates": "40",
    "seed": "7",
    "answer_days": "5",
    "note": "설 연휴",
}


def test_a_round_is_opened_with_its_settings(client, matchmaker):
    client.force_login(matchmaker)
    answer = client.post(NEW, ASKED | {"iso_year": "2026", "iso_week": "53"})
    week = MatchWeek.objects.get()
    assert answer.url == reverse("matching:week", args=[week.pk])
    assert (str(week), str(week.starts_on), week.note, week.status) == ("2026-W53", "2026-12-28", "설 연휴", "draft")
    assert (week.round_settings.quota, week.round_settings.fairness_weight, week.round_settings.seed) == (2, 0.25, 7)


def test_the_week_after_the_latest_round_is_suggested(client, matchmaker):
    MatchWeek.open(by=None, iso_year=2099, iso_week=53)
    client.force_login(matchmaker)
    form = client.get(NEW).context["form"]
    assert (form["iso_year"].value(), form["iso_week"].value()) == (2100, 1)


def test_a_round_that_is_open_already_is_the_one_that_there_is(client, matchmaker, in_review):
    client.force_login(matchmaker)
    asked = ASKED | {"iso_year": in_review.iso_year, "iso_week": in_review.iso_week}
    assert client.post(NEW, asked).url == reverse("matching:week", args=[in_review.pk])
    kept = MatchWeek.objects.get()
    assert (kept.status, kept.note, kept.round_settings.quota) == (WeekStatus.REVIEW, None, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"iso_year": "2025", "iso_week": "53"},
        {"iso_week": "54"},
        {"iso_week": ""},
        {"quota": "0"},
        {"quota": "1.5"},
        {"minimum_score": "1.1"},
        {"fairness_weight": "nan"},
        {"seed": "x"},
        {"note": "가" * 501},
        {"note": "\x00"},
    ],
)
def test_what_does_not_fit_is_said_in_the_form(client, matchmaker, changed):
    client.force_login(matchmaker)
    answer = client.post(NEW, ASKED | {"iso_year": "2026", "iso_week": "10"} | changed)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not MatchWeek.objects.exists()


def test_settings_are_changed_until_the_round_is_published(client, matchmaker, in_review):
    client.force_login(matchmaker)
    url = reverse("matching:week_settings", args=[in_review.pk])
    assert 'name="quota"' in client.get(url).text
    assert client.post(url, ASKED).url == reverse("matching:week", args=[in_review.pk])
    in_review.refresh_from_db()
    assert (in_review.round_settings.quota, in_review.note) == (2, "설 연휴")
    MatchWeek.objects.filter(pk=in_review.pk).update(status=WeekStatus.PUBLISHED)
    late = client.post(url, ASKED | {"quota": "3"})
    assert late.status_code == 409
    in_review.refresh_from_db()
    assert in_review.round_settings.quota == 2


def test_settings_that_do_not_fit_change_nothing(client, matchmaker, in_review):
    client.force_login(matchmaker)
    url = reverse("matching:week_settings", args=[in_review.pk])
    assert client.post(url, ASKED | {"quota": "99"}).status_code == 422
    in_review.refresh_from_db()
    assert (in_review.round_settings.quota, in_review.note) == (1, None)


def test_settings_are_seen_by_whoever_sees_rounds(client, consultant, reviewer, in_review):
    url = reverse("matching:week_settings", args=[in_review.pk])
    client.force_login(consultant)
    assert "disabled" in client.get(url).text
    assert client.post(url, ASKED).status_code == client.get(NEW).status_code == client.post(NEW).status_code == 403
    client.force_login(reviewer)
    assert client.get(url).status_code == 403
