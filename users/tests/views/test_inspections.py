"""The monthly inspection's pages: findings explained, months signed off."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from users.inspection.inspecting import findings_of, rows_of
from users.inspection.month import Month
from users.models import Action, Explanation, Inspection, UserAccessAudit
from users.models.status import VerbRefusedError
from users.models.written_once import AppendOnlyError
from users.tests.recording import recorded

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

OCTOBER = Month(2026, 10)
MONTHS = reverse("users:inspections")


def url(month=OCTOBER, *, of="inspection", **query):
    address = reverse(f"users:{of}", args=[month])
    return f"{address}?{urlencode(query)}" if query else address


@pytest.fixture
def october(manager, make_member):
    """A month with one finding: the manager exported. Its rows name a member."""
    member = make_member(name="김철수")
    recorded("view", by=manager, user_id=member.pk)
    recorded("export", by=manager, reason="월간 보고", detail={"user_ids": [member.pk]})
    return member


@pytest.fixture
def finding(october):
    (finding,) = findings_of(OCTOBER)
    return finding


@pytest.fixture
def signing(client, auditor, finding):
    """The auditor's client, with the month's finding explained."""
    Explanation.give(OCTOBER, finding, "확인함", by=auditor)
    client.force_login(auditor)
    return client


def flashes(response):
    return [str(message) for message in response.context["messages"]]


# The months


def test_the_months_since_the_record_began_are_listed_the_newest_first(client, auditor, october):
    client.force_login(auditor)
    months = [str(standing.month) for standing in client.get(MONTHS).context["standings"]]
    assert months[-1] == "2026-10"
    assert months == sorted(months, reverse=True)
    assert months[0] == str(Month.of(timezone.now()))


def test_an_old_row_makes_no_endless_list(client, auditor, manager):
    recorded("view", by=manager, at="2001-01-01 00:00")
    client.force_login(auditor)
    assert len(client.get(MONTHS).context["standings"]) == 36


def test_an_empty_record_has_no_months(client, auditor):
    client.force_login(auditor)
    UserAccessAudit.objects.filter(action="login")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM user_access_audits")
        assert cursor.fetchone() == (1,)  # The sign-in itself is on record.
    assert [str(each.month) for each in client.get(MONTHS).context["standings"]] == [str(Month.of(timezone.now()))]


def test_today_counts_what_is_outstanding(client, auditor, manager, october):
    client.force_login(manager)
    assert MONTHS not in [figure.url for _card, figure in client.get(reverse("today")).context["cards"]]
    client.force_login(auditor)
    figures = {figure.url: figure for _card, figure in client.get(reverse("today")).context["cards"]}
    over = [each for each in client.get(MONTHS).context["standings"] if each.month.is_over()]
    assert figures[MONTHS].value == str(len(over))


# One month


def test_a_finding_is_shown_with_its_numbers_and_leads_to_its_rows(client, auditor, finding):
    client.force_login(auditor)
    response = client.get(url())
    (line,) = response.context["report"].lines
    assert (line.finding.key, line.note) == (finding.key, "")
    assert "월간 보고" in line.sentence
    rows = client.get(line.url).context["page"].rows
    assert [entry.row.action for entry in rows] == ["export"]


def test_a_look_at_a_month_names_the_members_whom_it_showed(client, auditor, matchmaker, october):
    for minute in range(20):
        recorded("view", by=matchmaker, user_id=october.pk, at=f"2026-10-15 10:{minute:02}")
    client.force_login(auditor)
    response = client.get(url())
    assert "김*수" in response.text
    told = UserAccessAudit.objects.get(request_id=response["X-Request-ID"])
    assert (told.action, told.resource_id, told.detail) == ("view", "2026-10", {"user_ids": [october.pk]})


@pytest.mark.parametrize("month", ["2019-01", "2099-12", "2026-13", "2026-1", "1999-01"])
def test_a_month_without_a_record_is_not_found(client, auditor, october, month):
    client.force_login(auditor)
    assert client.get(f"{MONTHS}{month}/").status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "matchmaker", "consultant", "outsider"])
def test_other_roles_may_not_look(client, request, role, october):
    client.force_login(request.getfixturevalue(role))
    assert [client.get(at).status_code for at in (MONTHS, url())] == [403, 403]


def test_a_manager_looks_and_does_not_inspect(client, manager, finding):
    client.force_login(manager)
    assert client.get(url()).status_code == 200
    assert "explain" not in client.get(url()).text
    for of in ("inspection_explain", "inspection_sign_off"):
        assert client.post(url(of=of, finding=finding.key)).status_code == 403


def test_methods(client, auditor, october):
    client.force_login(auditor)
    assert [client.post(at).status_code for at in (MONTHS, url())] == [405, 405]
    assert client.delete(url(of="inspection_sign_off")).status_code == 405


# Explaining


def test_a_finding_is_explained_and_that_is_taken_back(client, auditor, finding):
    client.force_login(auditor)
    at = url(of="inspection_explain", finding=finding.key)
    assert client.post(at, {"note": "보고서와 대조함"}).status_code == 302
    assert Explanation.objects.of_month(OCTOBER)[finding.key].note == "보고서와 대조함"
    told = UserAccessAudit.objects.filter(action=Action.INSPECT).latest("id")
    assert (told.actor_id, told.reason, told.detail["finding"]) == (auditor.pk, "보고서와 대조함", finding.key)
    assert "보고서와 대조함" in client.get(url()).text
    client.post(at, {"note": ""})
    assert Explanation.objects.of_month(OCTOBER) == {}


def test_the_same_explanation_again_says_nothing_new(auditor, finding):
    assert Explanation.give(OCTOBER, finding, "확인함", by=auditor)
    assert not Explanation.give(OCTOBER, finding, "확인함", by=auditor)
    assert Explanation.objects.count() == UserAccessAudit.objects.filter(action="inspect").count() == 1


@pytest.mark.parametrize("key", ["", "export", "nonsense.stf_x", "taken_out.stf_x", "taken_out.\x00"])
def test_what_does_not_stand_out_is_not_explained(client, auditor, finding, key):
    client.force_login(auditor)
    assert client.post(url(of="inspection_explain", finding=key), {"note": "x"}).status_code == 404


def test_too_long_an_explanation_is_asked_for_again(client, auditor, finding):
    client.force_login(auditor)
    response = client.post(url(of="inspection_explain", finding=finding.key), {"note": "x" * 501})
    assert response.status_code == 422
    assert Explanation.objects.count() == 0


def test_nobody_explains_what_they_did_themselves(client, manager, finding):
    with pytest.raises(VerbRefusedError):
        Explanation.give(OCTOBER, finding, "확인함", by=manager)


# Signing off


def test_a_month_is_signed_off_with_its_numbers(signing, auditor, finding):
    rows = rows_of(OCTOBER)
    assert "2" in signing.get(url(of="inspection_sign_off")).text
    signing.post(url(of="inspection_sign_off"), {"note": "이상 없음"})
    signed = Inspection.objects.get()
    assert (signed.month, signed.rows, signed.note) == ("2026-10", rows, "이상 없음")
    assert (signed.actor_id, signed.actor_name) == (auditor.pk, auditor.name)
    assert [(each["key"], each["note"]) for each in signed.findings] == [(finding.key, "확인함")]
    told = UserAccessAudit.objects.filter(action=Action.INSPECT, resource_id=signed.pk).get()
    assert told.detail == {"month": "2026-10", "rows": rows, "findings": 1}
    page = signing.get(url())
    assert "이상 없음" in page.text
    assert [line.note for line in page.context["report"].lines] == ["확인함"]


def test_signing_off_again_is_refused_in_plain_words(signing):
    signing.post(url(of="inspection_sign_off"))
    response = signing.post(url(of="inspection_sign_off"), follow=True)
    assert ["이미" in text for text in flashes(response)][-1]
    assert Inspection.objects.count() == 1
    assert UserAccessAudit.objects.filter(action="inspect", resource_type="console_inspections").count() == 1


def test_of_two_who_sign_at_one_moment_one_does(signing, auditor, finding, monkeypatch):
    """The second has looked before the first has written."""
    signing.post(url(of="inspection_sign_off"))
    late = Inspection(month="2026-10", rows=1, findings=[], actor_id=auditor.pk, actor_name=auditor.name)
    assert not late.insert()


def test_a_month_with_findings_that_nobody_explained_is_not_signed_off(client, auditor, finding):
    client.force_login(auditor)
    response = client.post(url(of="inspection_sign_off"), follow=True)
    assert "1" in flashes(response)[0]
    assert Inspection.objects.count() == 0


def test_the_month_that_goes_on_is_not_signed_off(client, auditor, october):
    month = Month.of(timezone.now())
    client.force_login(auditor)
    assert client.get(url(month, of="inspection_sign_off")).status_code == 302
    client.post(url(month, of="inspection_sign_off"))
    assert Inspection.objects.count() == 0


def test_who_is_found_does_not_sign(client, auditor, october):
    recorded("export", by=auditor, reason="기록 점검")
    client.force_login(auditor)
    response = client.post(url(of="inspection_sign_off"), follow=True)
    assert flashes(response)
    assert Inspection.objects.count() == 0


def test_what_is_signed_is_explained_no_more(signing, finding):
    signing.post(url(of="inspection_sign_off"))
    signing.post(url(of="inspection_explain", finding=finding.key), {"note": "다른 말"})
    assert Explanation.objects.of_month(OCTOBER)[finding.key].note == "확인함"
    assert "sign-off" not in signing.get(url()).text


def test_too_long_a_note_is_asked_for_again(signing):
    assert signing.post(url(of="inspection_sign_off"), {"note": "x" * 501}).status_code == 422


def test_signing_off_asks_who_it_is_again(signing, settings):
    settings.CONFIRM_SECONDS = -1
    response = signing.post(url(of="inspection_sign_off"))
    assert response.url.startswith(reverse("staff:confirm"))
    assert Inspection.objects.count() == 0


def test_rows_that_arrive_after_the_sign_off_are_told(signing, reviewer):
    signing.post(url(of="inspection_sign_off"))
    assert signing.get(url()).context["report"].late == []
    recorded("download", by=reviewer, user_id="usr_x", reason="뒤늦은 줄")
    report = signing.get(url()).context["report"]
    assert report.rows == report.signed.rows + 1
    assert [line.finding.actor_id for line in report.late] == [reviewer.pk]
    assert len(report.lines) == 1


@pytest.mark.parametrize("table", ["console_inspections", "console_inspection_explanations"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET month = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_signed_is_neither_changed_nor_deleted(signing, table, statement):
    signing.post(url(of="inspection_sign_off"))
    with pytest.raises(DatabaseError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    signed = Inspection.objects.get()
    with pytest.raises(AppendOnlyError):
        signed.save()
    with pytest.raises(AppendOnlyError):
        signed.delete()


def test_a_month_is_over_at_midnight_in_seoul(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: OCTOBER.until - timedelta(microseconds=1))
    assert not OCTOBER.is_over()
    monkeypatch.setattr("django.utils.timezone.now", lambda: OCTOBER.until)
    assert OCTOBER.is_over()
