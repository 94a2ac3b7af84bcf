"""Introductions in the admin: each speaks of two members."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.transaction import atomic as another_transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from matching.models import ConsultSchedule, MatchFeedback, MatchHistory, MatchWeek
from users.tests.admin.desk import page
from ygs_admin.testing.queries import domain_queries

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

TABLES = [MatchWeek, MatchHistory, MatchFeedback, ConsultSchedule]


@pytest.fixture
def introduction(introduce, pair):
    introduction = introduce(*pair)
    MatchFeedback.objects.create(match_history=introduction, user=pair[0], rating=4)
    ConsultSchedule.objects.create(user=pair[0], consultant_id="stf_x", scheduled_at=timezone.now(), channel="phone")
    return introduction


@pytest.mark.parametrize("model", TABLES)
def test_lists_and_pages_open_and_save(desk, introduction, model):
    row = model.objects.get()
    assert desk.rows(model) == [row]
    for view in ("history", "delete"):
        assert desk.get(page(model, view, row.pk)).status_code == 200
    assert desk.get(page(model, "add")).status_code == 200
    assert desk.save(desk.open(row)).status_code == 302
    row.refresh_from_db()
    assert row.updated_at is None


@pytest.mark.parametrize("model", TABLES)
def test_a_list_costs_two_queries(desk, introduction, model):
    desk.rows(model)
    with domain_queries() as queries:
        desk.rows(model, q="김철수" if model is not MatchWeek else "2026")
    reads = 3 if model is MatchHistory else 2
    assert [query.split()[0] for query in queries] == ["SELECT"] * reads + ["INSERT"]


def test_a_search_that_fits_too_many_members_says_so(desk, introduction, monkeypatch):
    monkeypatch.setattr("matching.admin.introduction.MOST_MEMBERS", 1)
    answered = desk.get(page(MatchHistory, "changelist"), q="010")
    assert list(answered.context["cl"].result_list) == [introduction]
    assert [str(message.level_tag) for message in answered.context["messages"]] == ["warning"]


@pytest.mark.parametrize("model", TABLES)
def test_deleting_stamps_and_restoring_brings_back(desk, introduction, model, recorded):
    row = model.objects.get()
    with CaptureQueriesContext(connection) as captured:
        assert desk.client.post(page(model, "delete", row.pk), {"post": "yes"}).status_code == 302
    assert not any(query["sql"].startswith("DELETE") for query in captured)
    assert not model.objects.exists()
    assert desk.rows(model, trash="deleted") == [row]
    desk.client.post(page(model, "restore", row.pk))
    assert model.objects.get() == row
    assert len(recorded(action="delete")) == len(recorded(action="restore")) == (2 if model is MatchHistory else 1)


def test_every_deed_speaks_of_both_members(desk, introduction, pair, recorded):
    opened = desk.open(introduction)
    desk.save(opened, memo="메모")
    desk.client.post(page(MatchHistory, "delete", introduction.pk), {"post": "yes"})
    for action in ("view", "update", "delete"):
        assert {row.user_id for row in recorded(action=action)} == {member.pk for member in pair}, action


def test_a_list_names_both_members_on_the_record(desk, introduction, pair, recorded):
    desk.rows(MatchHistory)
    (row,) = recorded(action="search")
    assert set(row.detail["user_ids"]) == {member.pk for member in pair}


@pytest.mark.parametrize("typed", ["김철수", "ㄱㅊㅅ", "이영희", "5678"])
def test_either_member_finds_the_introduction(desk, introduction, introduce, make_member, typed):
    introduce(make_member(name="박하나"), make_member(name="최두리"))
    assert desk.rows(MatchHistory, q=typed) == [introduction]


def test_ids_are_exact_look_ups(desk, introduction, introduce, make_member, pair, week):
    introduce(make_member(), make_member(), match_week=None)
    for typed in (introduction.pk, week.pk, pair[0].pk, pair[1].pk, introduction.pk.lower()):
        assert desk.rows(MatchHistory, q=typed) == [introduction]
    assert desk.rows(MatchFeedback, q=introduction.pk) == [MatchFeedback.objects.get()]


def test_a_pair_has_one_spelling(desk, introduction):
    answered = desk.save(desk.open(introduction), user_a=introduction.user_b_id, user_b=introduction.user_a_id)
    assert "user_b" in answered.context["adminform"].form.errors


def test_a_pair_that_a_deleted_introduction_holds_is_a_form_error(desk, introduction, introduce, make_member):
    other = introduce(make_member(), make_member())
    introduction.delete()
    sent = {"user_a": introduction.user_a_id, "user_b": introduction.user_b_id}
    answered = desk.save(desk.open(other), **sent)
    assert answered.status_code == 200
    assert page(MatchHistory, "change", introduction.pk) in str(answered.context["adminform"].form.non_field_errors())


def test_an_unknown_status_survives_and_filters(desk, introduction):
    MatchHistory.objects.update(status="eloped")
    assert desk.rows(MatchHistory, status__exact="eloped") == [introduction]
    desk.save(desk.open(introduction), memo="메모")
    introduction.refresh_from_db()
    assert (introduction.status, introduction.memo) == ("eloped", "메모")


def test_a_stale_page_is_refused(desk, introduction):
    opened = desk.open(introduction)
    with another_transaction():
        MatchHistory.objects.update(score=0.5)
    assert desk.save(opened, memo="메모").status_code == 409


def test_consultations_are_filtered_by_day_in_seoul(desk, introduction):
    consultation = ConsultSchedule.objects.get()
    ConsultSchedule.objects.update(scheduled_at="2026-03-10T15:00:00Z")
    day = "2026-03-11"
    assert desk.rows(ConsultSchedule, scheduled_at__from=day, scheduled_at__to=day) == [consultation]
    ConsultSchedule.objects.update(scheduled_at=ConsultSchedule.objects.get().scheduled_at - timedelta(microseconds=1))
    assert desk.rows(ConsultSchedule, scheduled_at__from=day, scheduled_at__to=day) == []


@pytest.mark.parametrize("typed", ["2026", "2026-W05", "2026-W5", "2026 5", "2026w05"])
def test_a_round_is_found_by_its_week(desk, week, typed):
    MatchWeek.objects.create(iso_year=2025, iso_week=6, starts_on="2025-02-03", ends_on="2025-02-09")
    assert desk.rows(MatchWeek, q=typed) == [week]


@pytest.mark.parametrize("typed", ["2027", "2026-W06", "김철수", "99999"])
def test_no_other_round_is_found(desk, week, typed):
    assert desk.rows(MatchWeek, q=typed) == []
