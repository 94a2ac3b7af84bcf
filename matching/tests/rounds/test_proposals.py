"""The verbs on a pair of a round, and their inverses."""

import pytest

from matching.models import ForbiddenPair, MatchHistory, MatchWeek
from users.models import Action, UserAccessAudit
from users.models.status import VerbRefusedError

pytestmark = pytest.mark.django_db

PAIRS_OF_VERBS = [("pin", "unpin"), ("confirm", "unconfirm"), ("drop", "take_back"), ("forbid", "allow")]
VERBS = [verb for verbs in PAIRS_OF_VERBS for verb in verbs]


def state_of(pair):
    row = MatchHistory.all_objects.get(pk=pair.pk)
    return row.is_pinned, row.status, row.is_deleted, ForbiddenPair.objects.of_pair(*row.user_ids).exists()


@pytest.mark.parametrize(("verb", "inverse"), PAIRS_OF_VERBS)
def test_each_verb_is_done_once_taken_back_once_and_recorded_for_both(verb, inverse, proposed, matchmaker):
    before = state_of(proposed)
    assert not getattr(proposed, inverse)(by=matchmaker)
    assert getattr(proposed, verb)(by=matchmaker)
    assert state_of(proposed) != before
    assert not getattr(proposed, verb)(by=matchmaker)
    subjects = UserAccessAudit.objects.filter(resource_id=proposed.pk).values_list("user_id", flat=True)
    assert sorted(subjects) == sorted(proposed.user_ids)
    assert getattr(proposed, inverse)(by=matchmaker)
    assert state_of(proposed) == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ["generating", "published", "closed"])
def test_no_verb_on_a_pair_of_a_round_in_another_state(verb, status, proposed):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        getattr(proposed, verb)(by=None)
    assert not UserAccessAudit.objects.filter(resource_id=proposed.pk).exists()


@pytest.mark.parametrize("verb", ["pin", "unpin", "confirm", "unconfirm", "drop", "forbid"])
def test_no_verb_on_what_was_introduced(verb, propose, couple):
    pair = propose(*couple, status="introduced")
    with pytest.raises(VerbRefusedError):
        getattr(pair, verb)(by=None)


def test_no_verb_on_an_introduction_without_a_round(propose, couple):
    with pytest.raises(VerbRefusedError):
        propose(*couple, match_week=None).pin(by=None)


@pytest.mark.parametrize("verb", ["pin", "confirm"])
def test_a_dropped_pair_is_taken_back_first(verb, proposed):
    proposed.drop(by=None)
    with pytest.raises(VerbRefusedError):
        getattr(proposed, verb)(by=None)


def test_who_confirms_looks_after_the_pair(proposed, matchmaker):
    proposed.confirm(by=matchmaker)
    assert proposed.matchmaker_id == matchmaker.pk


def test_a_dropped_pair_whose_side_has_another_partner_stays_dropped(proposed, propose, eligible):
    proposed.drop(by=None)
    propose(proposed.user_a, eligible(gender="female" if proposed.user_a.gender == "male" else "male"))
    with pytest.raises(VerbRefusedError):
        proposed.take_back(by=None)
    assert proposed.is_deleted


def test_a_forbidden_pair_is_allowed_before_it_is_taken_back(proposed):
    proposed.forbid(by=None)
    with pytest.raises(VerbRefusedError):
        proposed.take_back(by=None)


def test_a_pair_that_was_dropped_before_it_was_forbidden_stays_dropped_when_it_is_allowed(proposed):
    proposed.drop(by=None)
    assert proposed.forbid(by=None, reason="친척")
    assert ForbiddenPair.objects.get().reason == "친척"
    proposed.allow(by=None)
    assert proposed.is_deleted


def test_an_allowed_pair_comes_back_unless_its_side_has_another_partner(proposed, propose, eligible):
    proposed.forbid(by=None)
    propose(proposed.user_a, eligible(gender="female" if proposed.user_a.gender == "male" else "male"))
    assert proposed.allow(by=None)
    assert proposed.is_deleted
    assert not ForbiddenPair.objects.exists()


def test_the_record_says_what_was_done(proposed, matchmaker):
    proposed.drop(by=matchmaker, reason="동료")
    row = UserAccessAudit.objects.filter(resource_id=proposed.pk).first()
    assert (row.action, row.reason, row.actor_id) == (Action.DELETE, "동료", matchmaker.pk)
