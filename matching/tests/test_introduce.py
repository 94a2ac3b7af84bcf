"""Introducing a confirmed pair: both subscriptions once, both members on record, all or nothing."""

from datetime import timedelta

import pytest
from django.db.transaction import atomic as another_transaction
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from matching.models.introduction_changing import SideRefusedError
from users.models import User, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.tests.subscribing import adds_up
from ygs_admin.db.row_version import RowConflictError

from .introducing import days_ago, fresh, introduced, make_pair, records_of, subscriptions_of, together, used_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(make_member):
    return make_pair(make_member)


def test_each_side_pays_one_introduction_and_the_time_is_stamped(pair, matchmaker):
    assert pair.introduce(by=matchmaker) is True
    assert pair.status == "introduced"
    assert timezone.now() - pair.introduced_at < timedelta(minutes=1)
    assert used_by(pair) == [1, 1]
    assert all(map(adds_up, subscriptions_of(pair)))


def test_both_members_are_on_record(pair, matchmaker):
    pair.introduce(by=matchmaker)
    rows = [row for row in records_of(pair) if row.resource_type == "match_histories"]
    assert {row.user_id for row in rows} == set(pair.user_ids)
    for row in rows:
        assert (row.action, row.actor_id) == ("match", matchmaker.pk)
        assert row.detail["status"] == ["confirmed", "introduced"]


def test_a_second_press_moves_nothing(pair, matchmaker):
    pair.introduce(by=matchmaker)
    first, rows = pair.introduced_at, UserAccessAudit.objects.count()
    assert pair.introduce(by=matchmaker, version=1) is False
    assert (fresh(pair).introduced_at, used_by(pair)) == (first, [1, 1])
    assert UserAccessAudit.objects.count() == rows


@pytest.mark.parametrize("status", ["accepted", "declined", "met", "ended"])
def test_nor_once_the_pair_has_gone_on(make_member, matchmaker, status):
    pair = introduced(make_member, status=status)
    assert pair.introduce(by=matchmaker) is False
    assert (fresh(pair).status, used_by(pair)) == (status, [1, 1])


@pytest.mark.parametrize("status", ["proposed", "canceled", "eloped"])
def test_only_what_is_confirmed(make_member, matchmaker, status):
    pair = make_pair(make_member, status=status)
    with pytest.raises(VerbRefusedError):
        pair.introduce(by=matchmaker)
    assert_untouched(pair, status)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "paused"},
        {"status": "expired"},
        {"status": "canceled"},
        {"introductions_used": 5},
        {"expires_at": days_ago(1)},
        {"deleted_at": days_ago(1)},
    ],
)
@pytest.mark.parametrize("side", [0, 1])
def test_nothing_is_half_done_where_one_side_can_not_pay(pair, matchmaker, columns, side):
    unable = pair.user_ids[side]
    UserSubscription.objects.filter(user=unable).update(**columns)
    before = used_by(pair)
    with pytest.raises(SideRefusedError) as refused:
        pair.introduce(by=matchmaker)
    assert (refused.value.member.pk, used_by(pair)) == (unable, before)
    assert_untouched(pair)


@pytest.mark.parametrize("columns", [{"status": "suspended"}, {"status": "withdrawn"}, {"deleted_at": days_ago(1)}])
@pytest.mark.parametrize("side", [0, 1])
def test_both_must_be_members_in_good_standing(pair, matchmaker, columns, side):
    User.objects.filter(pk=pair.user_ids[side]).update(**columns)
    with pytest.raises(SideRefusedError) as refused:
        pair.introduce(by=matchmaker)
    assert refused.value.member.pk == pair.user_ids[side]
    assert used_by(pair) == [0, 0]
    assert_untouched(pair)


def test_the_refusal_names_nobody_to_whom_names_are_masked(pair, matchmaker):
    UserSubscription.objects.update(introductions_used=5)
    with pytest.raises(SideRefusedError) as refused:
        pair.introduce(by=matchmaker)
    assert "*" in str(refused.value)
    assert refused.value.why in str(refused.value)


def test_two_who_were_introduced_before_are_not_again(pair, matchmaker):
    pair.introduce(by=matchmaker)
    MatchHistory.objects.update(status="ended")
    week = MatchWeek.objects.create(iso_year=2026, iso_week=5, starts_on="2026-01-26", ends_on="2026-02-01")
    again = MatchHistory.objects.create(
        match_week=week, user_a=pair.user_a, user_b=pair.user_b, source="manual", status="confirmed"
    )
    with pytest.raises(VerbRefusedError):
        again.introduce(by=matchmaker)
    assert used_by(pair) == [1, 1]


def test_a_page_that_is_out_of_date_is_refused(pair, matchmaker):
    seen = fresh(pair)
    with another_transaction():
        MatchHistory.objects.update(memo="전화함")
    with pytest.raises(RowConflictError):
        pair.introduce(by=matchmaker, version=seen.row_version)
    assert_untouched(pair)


def test_a_deleted_introduction_is_refused(pair, matchmaker):
    pair.delete()
    with pytest.raises(VerbRefusedError):
        pair.introduce(by=matchmaker)


def assert_untouched(pair, status="confirmed"):
    row = fresh(pair)
    assert (row.status, row.introduced_at) == (status, None)
    assert not [record for record in records_of(pair) if record.action == "match"]
    assert all(adds_up(subscription) for subscription in subscriptions_of(pair) if not subscription.is_deleted)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestAtTheSameMoment:
    def test_twenty_who_press_introduce_once(self, make_member, matchmaker):
        pair = make_pair(make_member)
        press = lambda: MatchHistory.objects.get(pk=pair.pk).introduce(by=matchmaker)  # noqa: E731
        outcomes = together(*[press] * 20)
        assert (outcomes.count(True), outcomes.count(False)) == (1, 19)
        assert used_by(pair) == [1, 1]
        assert all(map(adds_up, subscriptions_of(pair)))

    def test_pairs_that_share_members_crosswise_wait_for_each_other(self, make_member, matchmaker):
        """Each member is in many pairs, in either place: whatever order the presses come in, none waits for ever."""
        first = make_pair(make_member)
        second = make_pair(make_member)
        members = sorted([*first.user_ids, *second.user_ids])
        crossed = [
            MatchHistory.objects.create(user_a_id=a, user_b_id=b, source="manual", status="confirmed")
            for a in members
            for b in members
            if a < b and (a, b) not in (first.user_ids, second.user_ids)
        ]
        pairs = [first, second, *crossed]
        outcomes = together(
            *(lambda key=pair.pk: MatchHistory.objects.get(pk=key).introduce(by=matchmaker) for pair in pairs)
        )
        assert outcomes == [True] * 6
        assert used_by(first) + used_by(second) == [3, 3, 3, 3]
