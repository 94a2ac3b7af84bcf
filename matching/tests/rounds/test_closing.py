"""Closing a round and opening it again; the deadline of answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.models import MatchHistory, MatchWeek
from users.models import UserAccessAudit
from users.models.status import VerbRefusedError

pytestmark = pytest.mark.django_db


def ago(**time):
    return timezone.now() - timedelta(**time)


@pytest.fixture
def published(week):
    MatchWeek.objects.update(status="published", published_at=timezone.now())
    week.refresh_from_db()
    return week


def test_a_round_is_closed_and_opened_again(published, matchmaker):
    assert published.close(by=matchmaker)
    assert not published.close(by=matchmaker)
    assert (published.status, published.closed_at is not None) == ("closed", True)
    assert published.reopen(by=matchmaker)
    assert not published.reopen(by=matchmaker)
    assert (published.status, published.closed_at) == ("published", None)
    assert UserAccessAudit.objects.filter(resource_id=published.pk, actor_id=matchmaker.pk).count() == 2


@pytest.mark.parametrize(("status", "verb"), [("draft", "close"), ("review", "close"), ("review", "reopen")])
def test_a_round_that_is_not_published_is_neither_closed_nor_opened_again(week, status, verb):
    MatchWeek.objects.update(status=status)
    with pytest.raises(VerbRefusedError):
        getattr(week, verb)(by=None)


@pytest.mark.parametrize(
    ("days", "settings", "is_over"),
    [(4, {}, False), (6, {}, True), (6, {"answer_days": 7}, False), (2, {"answer_days": 1}, True)],
)
def test_outstanding_answers_hold_it_open_until_their_deadline(published, propose, couple, days, settings, is_over):
    MatchWeek.objects.update(settings=settings)
    pair = propose(*couple, status="introduced", introduced_at=ago(days=days))
    assert list(MatchHistory.objects.overdue()) == ([pair] if is_over else [])
    assert list(MatchHistory.objects.in_time()) == ([] if is_over else [pair])
    assert (MatchHistory.objects.get(pk=pair.pk).answer_due_at < timezone.now()) == is_over
    if is_over:
        assert published.close(by=None)
    else:
        with pytest.raises(VerbRefusedError):
            published.close(by=None)


def test_an_introduction_without_a_round_has_the_usual_days(propose, couple):
    pair = propose(*couple, match_week=None, status="introduced", introduced_at=ago(days=6))
    assert list(MatchHistory.objects.overdue()) == [pair]
    assert not MatchHistory.objects.in_time().exists()


def test_a_pair_that_was_not_introduced_has_no_deadline(propose, couple):
    assert propose(*couple).answer_due_at is None


@pytest.mark.parametrize("wrong", [0, "3", 500, None])
def test_days_that_a_round_says_wrongly_are_the_usual_ones(published, propose, couple, wrong):
    MatchWeek.objects.update(settings={"answer_days": wrong})
    propose(*couple, status="introduced", introduced_at=ago(days=6))
    assert MatchHistory.objects.overdue().count() == 1
