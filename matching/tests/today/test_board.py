"""What matching shows on the first page."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from matching.models import ConsultSchedule, MatchFeedback, MatchHistory, MatchWeek
from matching.today.introductions import Outcome, outcomes_by_week
from users.models import UserAccessAudit
from ygs_admin.testing.queries import domain_queries
from ygs_admin.web.days import midnight, recent_mondays

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

TODAY = reverse("today")
DAY = timedelta(days=1)


@pytest.fixture
def introduced(make_member):
    """Return a function that makes an introduction between two new members."""

    def make(*, days_ago=0, **columns):
        first, second = sorted((make_member().pk, make_member(gender="female").pk))
        told = {"status": "introduced", "introduced_at": timezone.now() - days_ago * DAY, "source": "engine"}
        return MatchHistory.objects.create(user_a_id=first, user_b_id=second, **told | columns)

    return make


@pytest.fixture
def booked(make_member, consultant):
    """Return a function that books a new member for the n-th half hour of today."""
    halves = count(16)

    def make(by=consultant, **columns):
        at = midnight(timezone.localdate()) + timedelta(minutes=30 * next(halves))
        member = columns.pop("user", None) or make_member()
        rows = {"consultant_id": by.pk, "scheduled_at": at, "channel": "phone"}
        return ConsultSchedule.objects.create(user=member, **rows | columns)

    return make


def figures(client):
    return {card.key: figure for card, figure in client.get(TODAY).context["cards"]}


def panel(client, key):
    return next(content for shown, content in client.get(TODAY).context["panels"] if shown.key == key)


# Cards


def test_a_week_that_nobody_has_opened_is_to_be_opened(client, matchmaker):
    client.force_login(matchmaker)
    figure = figures(client)["this_week"]
    assert (bool(figure.hint), figure.url) == (True, reverse("matching:weeks"))


def test_the_round_of_the_running_week_is_shown_with_what_comes_next(client, matchmaker):
    year, number, _day = timezone.localdate().isocalendar()
    monday = recent_mondays(1)[0]
    week = MatchWeek.objects.create(
        iso_year=year, iso_week=number, starts_on=monday, ends_on=monday + 6 * DAY, status="review"
    )
    client.force_login(matchmaker)
    figure = figures(client)["this_week"]
    assert figure.url == reverse("matching:week", args=[week.pk])
    assert figure.value == MatchWeek(status="review").get_status_display()
    assert figure.hint


def test_a_status_that_the_console_does_not_know_is_shown_as_it_stands(client, matchmaker):
    year, number, _day = timezone.localdate().isocalendar()
    monday = recent_mondays(1)[0]
    MatchWeek.objects.create(
        iso_year=year, iso_week=number, starts_on=monday, ends_on=monday + 6 * DAY, status="archived"
    )
    client.force_login(matchmaker)
    assert (figures(client)["this_week"].value, figures(client)["this_week"].hint) == ("archived", "")


def test_answers_are_outstanding_until_they_are_given_and_overdue_after_their_days(
    client, matchmaker, introduced, settings
):
    introduced(days_ago=settings.MATCH_ANSWER_DAYS - 1)
    introduced(days_ago=10, status="declined")
    introduced(days_ago=10).delete()
    client.force_login(matchmaker)
    figure = figures(client)["answers"]
    assert (figure.value, figure.hint, figure.is_late) == ("1", "", False)
    introduced(days_ago=settings.MATCH_ANSWER_DAYS + 1)
    figure = figures(client)["answers"]
    assert (figure.value, figure.is_late) == ("2", True)
    assert "1" in figure.hint


def test_feedback_is_due_some_days_after_the_meeting_and_leads_to_its_list(client, matchmaker, introduced, settings):
    def met(days_ago):
        return introduced(status="met", met_at=timezone.now() - days_ago * DAY)

    met(settings.FEEDBACK_DUE_DAYS - 1)
    met(settings.FEEDBACK_DUE_DAYS + 1)
    client.force_login(matchmaker)
    figure = figures(client)["feedback"]
    assert (figure.value, figure.hint, figure.url) == ("1", "", reverse("matching:feedback_due"))
    heard = met(settings.FEEDBACK_OVERDUE_DAYS + 1)
    assert figures(client)["feedback"].is_late
    for user_id in (heard.user_a_id, heard.user_b_id):
        MatchFeedback.objects.create(match_history=heard, user_id=user_id, rating=4)
    assert figures(client)["feedback"].value == "1"


def test_incidents_are_counted_for_those_who_decide(client, manager, matchmaker, introduced):
    pair = introduced(status="met")
    MatchFeedback.objects.create(match_history=pair, user_id=pair.user_a_id, rating=1, is_incident=True)
    client.force_login(manager)
    figure = figures(client)["incidents"]
    assert (figure.value, figure.url) == ("1", reverse("matching:incidents"))
    client.force_login(matchmaker)
    assert "incidents" not in figures(client)


def test_answers_lead_to_the_round_in_which_somebody_has_waited_longest(client, matchmaker, introduced):
    client.force_login(matchmaker)
    assert figures(client)["answers"].url == reverse("matching:weeks")
    weeks = [
        MatchWeek.objects.create(iso_year=2026, iso_week=number, starts_on="2026-01-05", ends_on="2026-01-11")
        for number in (2, 3)
    ]
    introduced(days_ago=20)
    introduced(days_ago=12, match_week=weeks[0])
    introduced(days_ago=5, match_week=weeks[1])
    assert figures(client)["answers"].url == reverse("matching:week_answers", args=[weeks[0].pk])


# Consultations


def test_ones_own_consultations_come_first_then_the_others_by_time(client, manager, booked):
    others = booked()
    own = booked(by=manager)
    client.force_login(manager)
    shown = panel(client, "consultations")
    assert [row.pk for row in shown["consultations"]] == [own.pk, others.pk]
    assert [row.is_own for row in shown["consultations"]] == [True, False]


def test_only_what_takes_place_today_is_shown(client, consultant, manager, booked, make_member):
    day = midnight(timezone.localdate())
    last = booked(scheduled_at=day + DAY - timedelta(microseconds=1))
    first = booked(scheduled_at=day)
    for elsewhen in (day + DAY, day - timedelta(microseconds=1)):
        booked(by=manager, scheduled_at=elsewhen)
    booked(by=manager, status="canceled")
    booked(by=manager, user=make_member(deleted_at=timezone.now()))
    client.force_login(consultant)
    assert [row.pk for row in panel(client, "consultations")["consultations"]] == [first.pk, last.pk]


def test_whoever_is_shown_is_on_the_record(client, consultant, booked):
    rows = [booked(), booked()]
    client.force_login(consultant)
    client.get(TODAY)
    row = UserAccessAudit.objects.filter(action="view", actor_id=consultant.pk).get()
    assert row.detail["user_ids"] == [consultation.user_id for consultation in rows]


def test_a_full_day_is_shown_as_far_as_it_fits_and_counted(client, consultant, booked, monkeypatch):
    monkeypatch.setattr("matching.today.consultations.SHOWN", 1)
    booked()
    booked()
    client.force_login(consultant)
    shown = panel(client, "consultations")
    assert (len(shown["consultations"]), shown["count"]) == (1, "2")


def test_a_consultant_who_is_no_account_leaves_the_place_empty(client, consultant, booked):
    booked(consultant_id="stf_01HZZZZZZZZZZZZZZZZZZZZZZZ")
    client.force_login(consultant)
    assert client.get(TODAY).status_code == 200


# The chart


@pytest.fixture(params=["timestamp", "timestamptz"])
def column_type(request, db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone TO 'UTC'")
        cursor.execute(f"ALTER TABLE match_histories ALTER introduced_at TYPE {request.param}")


@pytest.mark.usefixtures("column_type")
def test_a_week_of_introductions_begins_on_monday_in_seoul(introduced):
    mondays = recent_mondays(2)
    begins = midnight(mondays[1])
    introduced(introduced_at=begins, a_response="accepted", b_response="accepted", status="met")
    introduced(introduced_at=begins, a_response="accepted")
    introduced(introduced_at=begins - timedelta(microseconds=1), a_response="declined", status="declined")
    introduced(introduced_at=midnight(mondays[0]) - timedelta(microseconds=1))
    introduced(introduced_at=None, status="proposed")
    assert outcomes_by_week(mondays) == [Outcome(neither=1), Outcome(accepted=1, waiting=1)]


def test_the_rate_is_that_of_the_decided_ones(client, matchmaker, introduced):
    introduced(a_response="accepted", b_response="accepted", status="accepted")
    introduced(status="expired")
    introduced()
    client.force_login(matchmaker)
    drawn = panel(client, "introductions_by_week")
    assert drawn.marks == [""] * 11 + ["50%"]
    assert "50%" in drawn.summary


def test_without_an_answer_there_is_no_rate(client, matchmaker, introduced):
    introduced()
    client.force_login(matchmaker)
    drawn = panel(client, "introductions_by_week")
    assert set(drawn.marks) == {""}
    assert "%" not in drawn.summary


# All of it


def test_nothing_of_matching_is_shown_to_who_may_not_see_it(client, reviewer, introduced, booked):
    introduced()
    booked()
    client.force_login(reviewer)
    assert {"this_week", "answers"}.isdisjoint(figures(client))
    keys = {shown.key for shown, _content in client.get(TODAY).context["panels"]}
    assert keys == {"sign_ups_by_week"}


def test_the_page_costs_as_many_queries_however_much_there_is(client, matchmaker, introduced, booked):
    client.force_login(matchmaker)
    client.get(TODAY)
    counted = []
    for _ in range(2):
        for _ in range(3):
            introduced(days_ago=9)
            booked()
        with domain_queries() as queries:
            client.get(TODAY)
        counted.append(len(queries))
    assert counted == [13, 13]
