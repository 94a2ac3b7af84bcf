"""Incidents as a manager sees and decides them."""

import pytest
from django.db.transaction import atomic as another_transaction
from django.urls import reverse

from matching.incidents import blocked_member_ids
from matching.models import IncidentDecision, MatchFeedback
from users.models import User, UserAccessAudit
from ygs_admin.db.ids import new_id
from ygs_admin.testing.queries import domain_queries

from .pressing import hidden_of

pytestmark = pytest.mark.django_db(databases=["default", "replica"])
LIST = "/matching/incidents/"


@pytest.fixture
def office(signed_in, manager):
    return signed_in(manager)


def page_of(incident):
    return reverse("matching:incident", args=[incident.pk])


def send(client, incident, verb, hidden=None, **given):
    hidden = hidden_of(client.get(page_of(incident))) if hidden is None else hidden
    return client.post(f"{page_of(incident)}{verb}/", {**hidden, **given})


def test_what_waits_is_listed_and_what_is_decided_apart(office, incident, manager):
    assert [row.pk for row in office.get(LIST).context["page"].rows] == [incident.pk]
    incident.decide("warned", by=manager, reason="x")
    assert not office.get(LIST).context["page"].rows
    assert [row.pk for row in office.get(f"{LIST}?state=decided").context["page"].rows] == [incident.pk]


def test_the_list_costs_three_reads_and_is_on_record(office, incident):
    office.get(LIST)
    with domain_queries() as queries:
        office.get(LIST)
    assert [query.split()[0] for query in queries] == ["SELECT"] * 3 + ["INSERT"]
    assert set(UserAccessAudit.objects.filter(action="search")[0].detail["user_ids"]) == set(incident.user_ids)


def test_the_page_shows_what_was_said_and_is_on_record(office, incident):
    answered = office.get(page_of(incident))
    assert "폭언" in answered.text
    rows = UserAccessAudit.objects.filter(action="view", resource_id=incident.pk)
    assert {row.user_id for row in rows} == set(incident.user_ids)


def test_it_is_decided_and_reopened(office, incident):
    send(office, incident, "decide", decision="warned", reason="사과함")
    assert not blocked_member_ids().exists()
    page = office.get(page_of(incident))
    assert "사과함" in page.text
    send(office, incident, "reopen", reason="새 증언")
    assert blocked_member_ids().exists()
    assert list(IncidentDecision.objects.values_list("decision", flat=True).order_by("position")) == [
        "warned",
        "reopened",
    ]


def test_suspending_suspends(office, incident):
    send(office, incident, "decide", decision="suspended", reason="폭언")
    assert User.objects.get(pk=incident.reported_id).status == "suspended"


def test_who_may_not_suspend_is_not_offered_to(office, incident, manager):
    group = manager.groups.first()
    group.permissions.remove(group.permissions.get(codename="suspend_user"))
    assert send(office, incident, "decide", decision="suspended", reason="x").status_code == 422
    assert not IncidentDecision.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"decision": "", "reason": "x"}, {"decision": "warned", "reason": ""}, {"decision": "reopened", "reason": "x"}],
)
def test_what_is_missing_is_said(office, incident, given):
    assert send(office, incident, "decide", **given).status_code == 422
    assert send(office, incident, "reopen", reason="").status_code == 422
    assert not IncidentDecision.objects.exists()


@pytest.mark.parametrize("verb", ["decide", "reopen"])
def test_another_version_is_a_conflict(office, incident, manager, verb):
    if verb == "reopen":
        incident.decide("warned", by=manager, reason="x")
    hidden = hidden_of(office.get(page_of(incident)))
    before = IncidentDecision.objects.count()
    with another_transaction():
        MatchFeedback.objects.update(comment="정정")
    answered = send(office, incident, verb, hidden=hidden, decision="unfounded", reason="x")
    assert answered.status_code == 409
    assert IncidentDecision.objects.count() == before


def test_a_decision_that_stands_is_not_decided_over(office, incident, manager):
    incident.decide("warned", by=manager, reason="x")
    answered = send(office, incident, "decide", decision="unfounded", reason="y")
    assert "flash-error" in office.get(answered.url).text
    assert IncidentDecision.objects.get().decision == "warned"


@pytest.mark.parametrize("person", ["reviewer", "matchmaker", "consultant", "auditor", "outsider"])
def test_only_managers(signed_in, incident, person, request):
    client = signed_in(request.getfixturevalue(person))
    for url in (LIST, page_of(incident)):
        assert client.get(url).status_code == 403
    for verb in ("decide", "reopen"):
        assert client.post(f"{page_of(incident)}{verb}/").status_code == 403


def test_what_is_no_incident_is_not_found(office, incident):
    MatchFeedback.objects.update(is_incident=False)
    assert office.get(page_of(incident)).status_code == 404
    assert office.get(reverse("matching:incident", args=[new_id("mf")])).status_code == 404
    assert office.get(f"{page_of(incident)}decide/").status_code == 405


def test_the_introduction_leads_to_it_for_a_manager_only(office, desk, incident):
    url = reverse("matching:introduction", args=[incident.match_history_id])
    assert page_of(incident) in office.get(url).text
    assert page_of(incident) not in desk.get(url).text
