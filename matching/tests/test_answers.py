"""The two sides' answers, apart: recorded, corrected, withdrawn, given up waiting for."""

import pytest
from django.db.transaction import atomic as another_transaction

from matching.models import MatchHistory
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError

from .introducing import days_ago, fresh, introduced, records_of, together, used_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(make_member):
    return introduced(make_member)


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("accepted", None, "introduced"),
        ("accepted", "accepted", "accepted"),
        ("accepted", "declined", "declined"),
        ("declined", None, "declined"),
        ("declined", "declined", "declined"),
    ],
)
def test_two_answers_make_the_status(pair, matchmaker, first, second, status):
    for user_id, response in zip(pair.user_ids, (first, second), strict=True):
        if response:
            assert pair.answer(by=matchmaker, side_of=user_id, response=response) is True
    assert pair.status == status
    assert (pair.closed_at is not None) is (status == "declined")
    assert pair.responses == (first, second or "pending")
    assert pair.a_responded_at is not None
    assert (pair.b_responded_at is not None) is (second is not None)


def test_an_answer_is_recorded_for_both_members(pair, matchmaker):
    pair.answer(by=matchmaker, side_of=pair.user_b_id, response="accepted")
    rows = records_of(pair)[:2]
    assert {row.user_id for row in rows} == set(pair.user_ids)
    assert {tuple(row.detail["b_response"]) for row in rows} == {("pending", "accepted")}
    assert "a_response" not in rows[0].detail


def test_the_same_answer_again_moves_nothing(pair, matchmaker):
    pair.answer(by=matchmaker, side_of=pair.user_a_id, response="accepted")
    first = pair.a_responded_at
    assert pair.answer(by=matchmaker, side_of=pair.user_a_id, response="accepted", version=1) is False
    assert fresh(pair).a_responded_at == first


def test_an_answer_is_corrected_and_the_story_opens_again(pair, matchmaker):
    for user_id in pair.user_ids:
        pair.answer(by=matchmaker, side_of=user_id, response="accepted")
    pair.answer(by=matchmaker, side_of=pair.user_a_id, response="declined")
    assert (pair.status, pair.closed_at is None) == ("declined", False)
    pair.answer(by=matchmaker, side_of=pair.user_a_id, response="accepted")
    assert (pair.status, pair.closed_at) == ("accepted", None)


def test_an_answer_is_withdrawn(pair, matchmaker):
    pair.answer(by=matchmaker, side_of=pair.user_a_id, response="declined")
    assert pair.withdraw_answer(by=matchmaker, side_of=pair.user_a_id) is True
    assert (pair.status, pair.a_response, pair.a_responded_at) == ("introduced", "pending", None)
    assert pair.withdraw_answer(by=matchmaker, side_of=pair.user_a_id) is False


@pytest.mark.parametrize("status", ["proposed", "confirmed", "expired", "date_fixed", "met", "canceled"])
@pytest.mark.parametrize("verb", ["answer", "withdraw_answer"])
def test_nobody_answers_out_of_turn(make_member, matchmaker, status, verb):
    pair = introduced(make_member, status=status, a_response="declined")
    given = {"response": "accepted"} if verb == "answer" else {}
    with pytest.raises(VerbRefusedError):
        getattr(pair, verb)(by=matchmaker, side_of=pair.user_a_id, **given)
    assert fresh(pair).a_response == "declined"


def test_a_stranger_is_no_side(pair, matchmaker, make_member):
    with pytest.raises(ValueError, match="not in tuple"):
        pair.answer(by=matchmaker, side_of=make_member().pk, response="accepted")


def test_no_answer_is_none_to_give(pair, matchmaker):
    with pytest.raises(ValueError, match="no_answer"):
        pair.answer(by=matchmaker, side_of=pair.user_a_id, response="no_answer")


def test_a_stale_page_is_refused(pair, matchmaker):
    seen = fresh(pair).row_version
    with another_transaction():
        MatchHistory.objects.update(memo="전화함")
    with pytest.raises(RowConflictError):
        pair.answer(by=matchmaker, side_of=pair.user_a_id, response="accepted", version=seen)


class TestExpiring:
    def test_who_has_not_answered_did_not_answer(self, pair, matchmaker):
        pair.answer(by=matchmaker, side_of=pair.user_a_id, response="accepted")
        assert pair.expire() is True
        assert (pair.status, pair.responses) == ("expired", ("accepted", "no_answer"))
        assert pair.closed_at is not None
        assert {row.actor_id for row in records_of(pair)[:2]} == {"system"}
        assert pair.expire() is False

    def test_it_is_undone(self, pair, matchmaker):
        pair.expire()
        assert pair.wait_again(by=matchmaker) is True
        assert (pair.status, pair.responses, pair.closed_at) == ("introduced", ("pending", "pending"), None)
        assert pair.wait_again(by=matchmaker) is False

    def test_the_introduction_stays_used(self, pair, matchmaker):
        pair.expire()
        assert used_by(pair) == [1, 1]

    @pytest.mark.parametrize("status", ["confirmed", "accepted", "declined", "met", "canceled"])
    def test_only_while_answers_are_waited_for(self, make_member, status):
        pair = introduced(make_member, status=status)
        with pytest.raises(VerbRefusedError):
            pair.expire()
        with pytest.raises(VerbRefusedError):
            pair.wait_again(by=None)


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
class TestAtTheSameMoment:
    def test_two_who_each_record_one_side_both_count(self, make_member, matchmaker):
        pair = introduced(make_member)
        works = [
            lambda user_id=user_id: MatchHistory.objects.get(pk=pair.pk).answer(
                by=matchmaker, side_of=user_id, response="accepted"
            )
            for user_id in pair.user_ids
        ]
        assert together(*works) == [True, True]
        assert fresh(pair).status == "accepted"

    def test_of_two_from_the_same_page_one_is_told_that_it_is_out_of_date(self, make_member, matchmaker):
        pair = introduced(make_member)
        version = pair.row_version
        works = [
            lambda user_id=user_id: MatchHistory.objects.get(pk=pair.pk).answer(
                by=matchmaker, side_of=user_id, response="accepted", version=version
            )
            for user_id in pair.user_ids
        ]
        assert sorted(map(str, together(*works))) == ["RowConflictError", "True"]
        assert fresh(pair).status == "introduced"

    def test_an_answer_and_the_deadline(self, make_member, matchmaker):
        """Whichever is first, the other is refused or finds a pair that it fits: never a lapsed pair with an answer."""
        pair = introduced(make_member, introduced_at=days_ago(7))
        first, _second = pair.user_ids
        together(
            lambda: MatchHistory.objects.get(pk=pair.pk).expire(),
            lambda: MatchHistory.objects.get(pk=pair.pk).answer(by=matchmaker, side_of=first, response="declined"),
        )
        assert (fresh(pair).status, fresh(pair).a_response) in {("expired", "no_answer"), ("declined", "declined")}
