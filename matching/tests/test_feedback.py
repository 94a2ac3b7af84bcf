"""What one side says after a meeting: written down once, recorded for both, deleted and brought back."""

import pytest
from django.db.transaction import atomic as another_transaction

from matching.models import MatchFeedback, MatchHistory
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.db.soft_delete import DeletedRowExistsError

from .introducing import days_ago, introduced, records_of, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def met(make_member):
    return introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))


def give(pair, by, **columns):
    return MatchFeedback.give(pair, by=by, **{"user_id": pair.user_a_id, "rating": 4, **columns})


def test_it_is_written_down_and_recorded_for_both(met, matchmaker):
    feedback = give(met, matchmaker, wants_to_meet_again=True, tags=["friendly"], comment="좋았다")
    stored = MatchFeedback.objects.get()
    assert (stored.rating, stored.wants_to_meet_again, stored.tags, stored.comment) == (4, True, ["friendly"], "좋았다")
    rows = records_of(feedback)
    assert {row.user_id for row in rows} == set(met.user_ids)
    assert {(row.action, row.actor_id) for row in rows} == {("create", matchmaker.pk)}


def test_each_side_once(met, matchmaker):
    give(met, matchmaker)
    give(met, matchmaker, user_id=met.user_b_id)
    with pytest.raises(VerbRefusedError):
        give(met, matchmaker, rating=1)
    assert sorted(MatchFeedback.objects.values_list("rating", flat=True)) == [4, 4]


@pytest.mark.parametrize("status", ["dating", "married", "ended", "no_show"])
def test_later_too(met, matchmaker, status):
    MatchHistory.objects.update(status=status)
    assert give(met, matchmaker).rating == 4


@pytest.mark.parametrize("status", ["introduced", "accepted", "date_fixed", "canceled"])
def test_not_before_they_met(met, matchmaker, status):
    MatchHistory.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        give(met, matchmaker)
    assert not MatchFeedback.all_objects.exists()


def test_a_stranger_has_no_say(met, matchmaker, make_member):
    with pytest.raises(ValueError, match="not in tuple"):
        give(met, matchmaker, user_id=make_member().pk)


def test_it_is_deleted_and_brought_back(met, matchmaker):
    feedback = give(met, matchmaker)
    assert feedback.soft_delete(by=matchmaker, reason="잘못 입력") is True
    assert feedback.soft_delete(by=matchmaker) is False
    assert not MatchFeedback.objects.exists()
    with pytest.raises(DeletedRowExistsError):
        give(met, matchmaker)
    assert feedback.undelete(by=matchmaker) is True
    assert feedback.undelete(by=matchmaker) is False
    assert MatchFeedback.objects.get().rating == 4
    deleted = [row for row in records_of(feedback) if row.action == "delete"]
    assert {(row.user_id, row.reason) for row in deleted} == {(key, "잘못 입력") for key in met.user_ids}


def test_a_stale_page_deletes_nothing(met, matchmaker):
    feedback = give(met, matchmaker)
    seen = MatchFeedback.objects.with_row_version().get().row_version
    with another_transaction():
        MatchFeedback.objects.update(comment="늦었다")
    with pytest.raises(RowConflictError):
        feedback.soft_delete(by=matchmaker, version=seen)
    assert MatchFeedback.objects.exists()


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_of_ten_who_write_it_down_one_does(make_member, matchmaker):
    pair = introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))
    outcomes = together(
        *(lambda rating=rating: give(MatchHistory.objects.get(pk=pair.pk), matchmaker, rating=rating).rating
          for rating in (1, 2, 3, 4, 5) * 2)
    )  # fmt: skip
    assert outcomes.count("VerbRefusedError") == 9
    assert MatchFeedback.objects.count() == 1
