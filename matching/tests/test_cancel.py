"""Calling an introduction off and reopening it: both ledgers add up, however often and by however many."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.models import MatchHistory
from matching.models.introduction_changing import SideRefusedError
from users.models import User, UserSubscription
from users.models.status import VerbRefusedError
from users.subscriptions.plans import Terms
from users.tests.subscribing import adds_up, entries

from .introducing import fresh, introduced, make_pair, records_of, subscriptions_of, together, used_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(make_member):
    return introduced(make_member)


def test_both_sides_get_it_back_once(pair, matchmaker):
    assert pair.cancel(by=matchmaker, reason="회원 변심") is True
    assert (pair.status, pair.close_reason) == ("canceled", "회원 변심")
    assert pair.cancel(by=matchmaker, reason="again") is False
    assert used_by(pair) == [0, 0]
    for subscription in subscriptions_of(pair):
        assert [entry.kind for entry in entries(subscription)] == ["granted", "used", "given_back"]
        assert adds_up(subscription)


def test_the_time_of_the_introduction_stays(pair, matchmaker):
    introduced_at = pair.introduced_at
    pair.cancel(by=matchmaker, reason="x")
    assert pair.introduced_at == introduced_at


def test_both_members_are_on_record_with_the_reason(pair, matchmaker):
    pair.cancel(by=matchmaker, reason="회원 변심")
    rows = records_of(pair)[:2]
    assert {row.user_id for row in rows} == set(pair.user_ids)
    assert {row.reason for row in rows} == {"회원 변심"}
    assert "kept_from" not in rows[0].detail


@pytest.mark.parametrize("status", ["proposed", "confirmed"])
def test_what_was_never_used_is_not_given_back(make_member, matchmaker, status):
    pair = make_pair(make_member, status=status)
    pair.cancel(by=matchmaker, reason="x")
    assert [len(entries(subscription)) for subscription in subscriptions_of(pair)] == [1, 1]


@pytest.mark.parametrize("status", ["met", "no_show", "dating", "married", "ended", "declined", "expired"])
def test_nothing_is_called_off_afterwards(make_member, matchmaker, status):
    pair = introduced(make_member, status=status)
    with pytest.raises(VerbRefusedError):
        pair.cancel(by=matchmaker, reason="x")
    assert used_by(pair) == [1, 1]


def test_a_side_that_was_settled_gets_nothing_back_and_the_other_does(pair, matchmaker):
    settled = pair.user_a_id
    UserSubscription.objects.filter(user=settled).update(status="canceled")
    assert pair.refusal_to_give_back(pair.user_a) != ""
    assert pair.refusal_to_give_back(pair.user_b) == ""
    assert pair.cancel(by=matchmaker, reason="x") is True
    assert used_by(pair) == [1, 0]
    assert list(records_of(pair)[0].detail["kept_from"]) == [settled]


def test_a_side_in_a_new_term_gets_nothing_back(pair, matchmaker):
    UserSubscription.objects.filter(user=pair.user_b).update(status="expired")
    UserSubscription.start(pair.user_b, Terms.of("basic"), by=matchmaker)
    pair.cancel(by=matchmaker, reason="x")
    assert used_by(pair) == [0, 0]
    assert list(records_of(pair)[0].detail["kept_from"]) == [pair.user_b_id]
    assert all(map(adds_up, subscriptions_of(pair)))


@pytest.mark.parametrize("status", ["introduced", "accepted", "date_fixed"])
def test_reopening_takes_it_again_from_where_it_was(make_member, matchmaker, status):
    pair = introduced(make_member, status=status)
    for _ in range(2):
        pair.cancel(by=matchmaker, reason="x")
        assert used_by(pair) == [0, 0]
        assert pair.reopen(by=matchmaker) is True
        assert pair.reopen(by=matchmaker) is False
        assert (pair.status, pair.closed_at, pair.close_reason) == (status, None, None)
        assert used_by(pair) == [1, 1]
    assert all(map(adds_up, subscriptions_of(pair)))


def test_reopening_before_the_introduction_takes_nothing(make_member, matchmaker):
    pair = make_pair(make_member)
    pair.cancel(by=matchmaker, reason="x")
    pair.reopen(by=matchmaker)
    assert (pair.status, used_by(pair)) == ("confirmed", [0, 0])


def test_what_the_app_canceled_is_reopened_by_its_answers(make_member, matchmaker):
    pair = introduced(make_member, status="canceled", a_response="accepted", b_response="accepted")
    pair.reopen(by=matchmaker)
    assert (pair.status, used_by(pair)) == ("accepted", [1, 1])


def test_it_takes_only_from_a_side_that_got_it_back(pair, matchmaker):
    UserSubscription.objects.filter(user=pair.user_a).update(status="canceled")
    pair.cancel(by=matchmaker, reason="x")
    pair.reopen(by=matchmaker)
    assert used_by(pair) == [1, 1]
    assert all(map(adds_up, subscriptions_of(pair)))


@pytest.mark.parametrize("columns", [{"introductions_used": 5}, {"status": "paused"}])
def test_reopening_is_refused_where_none_is_left(pair, matchmaker, columns):
    pair.cancel(by=matchmaker, reason="x")
    UserSubscription.objects.filter(user=pair.user_b).update(**columns)
    before = used_by(pair)
    with pytest.raises(SideRefusedError) as refused:
        pair.reopen(by=matchmaker)
    assert refused.value.member == pair.user_b
    assert (fresh(pair).status, used_by(pair)) == ("canceled", before)


def test_reopening_is_refused_where_one_has_left(pair, matchmaker):
    pair.cancel(by=matchmaker, reason="x")
    User.objects.filter(pk=pair.user_a_id).update(status="withdrawn")
    with pytest.raises(SideRefusedError):
        pair.reopen(by=matchmaker)
    assert used_by(pair) == [0, 0]


@pytest.mark.parametrize("status", ["declined", "met"])
def test_only_what_is_canceled_is_reopened(make_member, matchmaker, status):
    pair = introduced(make_member, status=status)
    with pytest.raises(VerbRefusedError):
        pair.reopen(by=matchmaker)


VERBS = {
    "introduce": {},
    "cancel": {"reason": "x"},
    "reopen": {},
    "expire": {},
    "wait_again": {},
    "fix_date": {},
    "unfix_date": {},
    "mark_met": {},
    "unmark_met": {},
    "mark_no_show": {},
    "start_dating": {},
    "marry": {},
    "end": {"reason": "x"},
    "resume": {},
}
ANSWERS = ["a accepted", "b accepted", "a declined"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*VERBS, *ANSWERS]), max_size=14))
def test_whatever_is_pressed_the_ledgers_and_the_times_hold(make_member, matchmaker, presses):
    pair = make_pair(make_member)
    stamps = dict.fromkeys(("introduced_at", "date_fixed_at", "met_at"))
    for press in presses:
        with suppress(VerbRefusedError):
            take(pair, press, matchmaker)
        row = fresh(pair)
        assert all(map(adds_up, subscriptions_of(pair)))
        is_used = row.introduced_at is not None and row.status != "canceled"
        assert used_by(pair) == [int(is_used)] * 2, (press, row.status)
        for column, first in stamps.items():
            assert first is None or getattr(row, column) == first or press == "unmark_met"
            stamps[column] = getattr(row, column)


def take(pair, press, by):
    if press in VERBS:
        getattr(pair, press)(by=by, **VERBS[press])
    else:
        side, response = press.split()
        pair.answer(by=by, side_of=getattr(pair, f"user_{side}_id"), response=response)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestAtTheSameMoment:
    def test_ten_who_cancel_give_back_once(self, make_member, matchmaker):
        pair = introduced(make_member)
        press = lambda: MatchHistory.objects.get(pk=pair.pk).cancel(by=matchmaker, reason="x")  # noqa: E731
        assert together(*[press] * 10).count(True) == 1
        assert used_by(pair) == [0, 0]
        assert all(map(adds_up, subscriptions_of(pair)))

    def test_canceling_and_reopening_at_once_end_in_one_of_the_two(self, make_member, matchmaker):
        pair = introduced(make_member)
        cancel = lambda: MatchHistory.objects.get(pk=pair.pk).cancel(by=matchmaker, reason="x")  # noqa: E731
        reopen = lambda: MatchHistory.objects.get(pk=pair.pk).reopen(by=matchmaker)  # noqa: E731
        together(*[cancel, reopen] * 8)
        is_used = fresh(pair).status == "introduced"
        assert used_by(pair) == [int(is_used)] * 2
        assert all(map(adds_up, subscriptions_of(pair)))
