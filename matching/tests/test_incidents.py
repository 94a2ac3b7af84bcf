"""Incidents: the member reported is introduced to nobody until a manager decides, and the decisions stay read."""

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.transaction import atomic as another_transaction

from matching.incidents import blocked_among, blocked_member_ids
from matching.models import IncidentDecision, MatchFeedback, MatchHistory
from matching.models.introduction_changing import SideRefusedError
from users.models import User
from users.models.status import VerbRefusedError
from users.models.written_once import AppendOnlyError
from users.tests.subscribing import subscribed
from ygs_admin.db.row_version import RowConflictError

from .introducing import days_ago, introduced, records_of, together

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(make_member, matchmaker):
    pair = introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))
    return MatchFeedback.give(pair, by=matchmaker, user_id=pair.user_a_id, rating=1, is_incident=True)


@pytest.fixture
def reported(incident):
    return User.objects.get(pk=incident.match_history.user_b_id)


def test_the_partner_is_blocked_and_nobody_else(incident, reported):
    assert incident.reported_id == reported.pk
    assert list(blocked_member_ids()) == [reported.pk]
    assert blocked_among([reported.pk, incident.user_id]) == {reported.pk}
    assert blocked_among([incident.user_id]) == set()


def test_a_report_by_the_second_side_blocks_the_first(make_member, matchmaker):
    pair = introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))
    MatchFeedback.give(pair, by=matchmaker, user_id=pair.user_b_id, rating=1, is_incident=True)
    assert blocked_among(pair.user_ids) == {pair.user_a_id}


def test_feedback_without_an_incident_blocks_nobody(incident):
    assert blocked_member_ids().exists()
    MatchFeedback.objects.update(is_incident=False)
    assert not blocked_member_ids().exists()


def test_who_is_blocked_is_not_introduced(incident, reported, make_member, matchmaker):
    other = make_member(gender="female")
    subscribed(other)
    a, b = sorted((reported.pk, other.pk))
    pair = MatchHistory.objects.create(user_a_id=a, user_b_id=b, source="manual", status="confirmed")
    with pytest.raises(SideRefusedError) as refused:
        pair.introduce(by=matchmaker)
    assert refused.value.member == reported


@pytest.mark.parametrize("decision", ["cleared", "warned", "unfounded"])
def test_a_decision_lets_the_member_go_on(incident, reported, manager, decision):
    assert incident.decide(decision, by=manager, reason="확인함") is True
    assert list(blocked_member_ids()) == []
    assert incident.standing == decision
    reported.refresh_from_db()
    assert reported.status == "approved"
    rows = [row for row in records_of(incident) if "decision" in (row.detail or {})]
    assert {(row.user_id, row.reason) for row in rows} == {(key, "확인함") for key in incident.user_ids}
    assert rows[0].detail["decision"] == [None, decision]


def test_suspending_goes_by_the_members_own_verb(incident, reported, manager):
    incident.decide("suspended", by=manager, reason="폭언")
    reported.refresh_from_db()
    assert reported.status == "suspended"
    assert list(blocked_member_ids()) == []
    assert reported.reinstate(by=manager) is True


def test_nothing_is_decided_where_the_member_can_not_be_suspended(incident, reported, manager):
    User.objects.filter(pk=reported.pk).update(status="withdrawn")
    with pytest.raises(VerbRefusedError):
        incident.decide("suspended", by=manager, reason="x")
    assert not IncidentDecision.objects.exists()
    assert list(blocked_member_ids()) == [reported.pk]


def test_the_same_decision_again_is_none(incident, manager):
    incident.decide("warned", by=manager, reason="x")
    assert incident.decide("warned", by=manager, reason="y", version=1) is False
    assert IncidentDecision.objects.count() == 1


def test_another_decision_needs_a_reopening(incident, reported, manager):
    incident.decide("warned", by=manager, reason="x")
    with pytest.raises(VerbRefusedError):
        incident.decide("unfounded", by=manager, reason="y")
    assert incident.reopen(by=manager, reason="새 증언") is True
    assert list(blocked_member_ids()) == [reported.pk]
    assert incident.reopen(by=manager, reason="again") is False
    assert incident.decide("unfounded", by=manager, reason="y") is True
    said = list(IncidentDecision.objects.order_by("position").values_list("decision", flat=True))
    assert said == ["warned", "reopened", "unfounded"]
    assert set(IncidentDecision.objects.values_list("user_id", flat=True)) == {reported.pk}


def test_there_is_nothing_to_decide_without_an_incident(incident, manager):
    MatchFeedback.objects.update(is_incident=False)
    with pytest.raises(VerbRefusedError):
        incident.decide("warned", by=manager, reason="x")
    with pytest.raises(VerbRefusedError):
        incident.reopen(by=manager, reason="x")


def test_it_is_not_deleted_before_it_is_decided(incident, manager):
    with pytest.raises(VerbRefusedError):
        incident.soft_delete(by=manager)
    incident.decide("unfounded", by=manager, reason="x")
    assert incident.soft_delete(by=manager) is True


def test_a_stale_page_decides_nothing(incident, manager):
    seen = MatchFeedback.objects.with_row_version().get().row_version
    with another_transaction():
        MatchFeedback.objects.update(comment="정정")
    with pytest.raises(RowConflictError):
        incident.decide("warned", by=manager, reason="x", version=seen)
    assert not IncidentDecision.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_decisions_are_append_only_at_the_database(incident, manager, statement):
    incident.decide("warned", by=manager, reason="x")
    with pytest.raises(DatabaseError, match="append only") as refused, transaction.atomic():  # noqa: SIM117
        with connection.cursor() as sql:
            sql.execute(statement.format(IncidentDecision._meta.db_table))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_decisions_go_with_the_member_whom_they_are_about(incident, reported, manager):
    incident.decide("warned", by=manager, reason="x")
    reported.delete()
    IncidentDecision.objects.all().delete()
    assert not IncidentDecision.objects.exists()


def test_and_in_python(incident, manager):
    incident.decide("warned", by=manager, reason="x")
    decision = IncidentDecision.objects.get()
    for change in (decision.save, decision.delete):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_position_is_taken_once(incident, manager):
    incident.decide("warned", by=manager, reason="x")
    standing = IncidentDecision.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentDecision(**standing | {"id": "inc_01ARZ3NDEKTSV4RRFFQ69G5FAV"}).save()


def test_looking_for_a_few_members_costs_two_queries(incident, reported, django_assert_num_queries):
    with django_assert_num_queries(2):
        blocked_among([reported.pk, incident.user_id])


@pytest.mark.django_db(transaction=True, databases=["default", "replica"])
def test_of_two_managers_one_decides(make_member, manager):
    pair = introduced(make_member, status="met", introduced_at=days_ago(9), met_at=days_ago(2))
    key = MatchFeedback.give(pair, by=manager, user_id=pair.user_a_id, rating=1, is_incident=True).pk
    works = [
        lambda decision=decision: MatchFeedback.objects.get(pk=key).decide(decision, by=manager, reason="x")
        for decision in ("warned", "unfounded", "cleared", "suspended")
    ]
    outcomes = together(*works)
    assert (outcomes.count(True), outcomes.count("VerbRefusedError")) == (1, 3)
    assert IncidentDecision.objects.count() == 1
