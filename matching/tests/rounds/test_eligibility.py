"""Who may be introduced in a round: the list of everybody, and the reasons of one, agree."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from matching.models import MatchFeedback, MatchWeek
from matching.rounds.eligibility import decided_at, ineligibilities, ineligibilities_of
from matching.rounds.loading import load_members
from users.models import UserSubscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(eligible):
    return eligible(gender="male")


def codes(member, week):
    return [reason.code for reason in ineligibilities(member, week)]


def is_loaded(member, week):
    return [record.id for record in load_members(week)] == [member.pk]


def agree(member, week, *expected):
    assert codes(member, week) == list(expected)
    assert is_loaded(member, week) == (not expected)


def test_whoever_has_everything_is_eligible(member, week):
    agree(member, week)


@pytest.mark.parametrize("status", ["pending", "rejected", "suspended", "withdrawn"])
def test_who_is_not_approved_is_not(member, week, status):
    member.status = status
    member.save()
    agree(member, week, "not_approved")


def test_who_is_deleted_is_not(member, week):
    member.soft_delete(by=None)
    agree(member, week, "deleted", "no_subscription")


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM user_profiles WHERE user_id = %s", "no_profile"),
        ("DELETE FROM user_preferences WHERE user_id = %s", "no_preference"),
    ],
)
def test_who_lacks_a_profile_or_a_preference_is_not(member, week, statement, code):
    with connection.cursor() as cursor:
        cursor.execute(statement, [member.pk])
    agree(member, week, code)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"status": "paused"}, "paused"),
        ({"status": "expired"}, "not_active"),
        ({"status": "canceled"}, "not_active"),
        ({"introductions_used": 10}, "none_left"),
        ({"introductions_used": 11}, "none_left"),
        ({"introductions_total": 0}, "none_left"),
        ({"deleted_at": datetime(2026, 1, 1, tzinfo=UTC)}, "no_subscription"),
    ],
)
def test_whose_subscription_does_not_allow_it_is_not(member, week, columns, code):
    UserSubscription.objects.update(**columns)
    agree(member, week, code)


@pytest.mark.parametrize("columns", [{"introductions_total": None}, {"expires_at": None}, {"introductions_used": 9}])
def test_without_a_limit_or_an_end_it_is_eligible(member, week, columns):
    UserSubscription.objects.update(**columns)
    agree(member, week)


@pytest.mark.parametrize(("after", "expected"), [(timedelta(seconds=0), ["over"]), (timedelta(seconds=1), [])])
def test_the_subscription_must_run_when_the_round_begins(member, week, after, expected):
    UserSubscription.objects.update(expires_at=decided_at(week) + after)
    agree(member, week, *expected)


def test_the_round_begins_at_midnight_in_seoul(db):
    week = MatchWeek.open(by=None, iso_year=2099, iso_week=2)
    assert decided_at(week) == datetime(2099, 1, 4, 15, tzinfo=UTC)


def test_of_a_round_that_has_begun_what_counts_is_now(member):
    year, number, _day = timezone.localdate().isocalendar()
    week = MatchWeek.open(by=None, iso_year=year, iso_week=number)
    UserSubscription.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    agree(member, week, "over")


@pytest.mark.parametrize(
    ("status", "is_busy"),
    [
        ("proposed", False),
        ("confirmed", False),
        ("introduced", True),
        ("accepted", True),
        ("date_fixed", True),
        ("dating", True),
        ("married", True),
        ("declined", False),
        ("expired", False),
        ("met", False),
        ("no_show", False),
        ("ended", False),
        ("canceled", False),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_who_is_in_an_open_introduction_is_not(member, week, make_member, propose, status, is_busy, is_first):
    partner = make_member(gender="female")
    pair = propose(member, partner, match_week=None, status=status)
    pair.user_a, pair.user_b = (member, partner) if is_first else (partner, member)
    pair.save()
    agree(member, week, *(["busy"] if is_busy else []))


def test_with_a_larger_quota_one_open_introduction_leaves_room_for_another(member, week, make_member, propose):
    propose(member, make_member(gender="female"), match_week=None, status="introduced")
    week.change_settings(by=None, settings={"quota": 3})
    agree(member, week)
    assert [record.quota for record in load_members(week)] == [2]


def test_nobody_gets_more_than_the_subscription_has_left(member, week):
    week.change_settings(by=None, settings={"quota": 3})
    UserSubscription.objects.update(introductions_used=9)
    assert [record.quota for record in load_members(week)] == [1]


def test_who_was_reported_is_not_until_a_manager_has_decided(member, week, make_member, propose):
    partner = make_member(gender="female")
    pair = propose(member, partner, match_week=None, status="ended")
    MatchFeedback.objects.create(match_history=pair, user=partner, rating=1, is_incident=True)
    agree(member, week, "blocked")


def test_every_reason_is_told(member, week):
    member.suspend(by=None, reason="신고")
    UserSubscription.objects.update(status="paused", introductions_used=10)
    agree(member, week, "not_approved", "paused", "none_left")


def test_many_are_asked_about_in_a_few_statements(week, eligible, django_assert_num_queries):
    members = [eligible() for _ in range(4)]
    members[0].suspend(by=None, reason="신고")
    with django_assert_num_queries(5):
        found = ineligibilities_of([member.pk for member in members], week)
    assert list(found) == [members[0].pk]
