"""Pages of consultations: the verbs' own, one consultation, booking."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.consultations.verbs import CONSULT_VERBS
from matching.models import ConsultSchedule
from matching.tests.consulting import as_shown, at, begun, booked, records_of
from users.models import UserAccessAudit
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True, databases=["default", "replica"])

STARTS = {"reopen": "canceled"}
ENDS = {"complete": "completed", "no-show": "no_show", "cancel": "canceled", "reopen": "scheduled"}


def given_to(key, row):
    """Return what a verb's form takes, beside what its page carries."""
    return {
        "complete": {"memo": "조건 확인"},
        "cancel": {"reason": "회원 요청"},
        "move": moved_to(row.consultant_id, 16),
        "edit": {"channel": "visit", "topic": "renewal", "memo": "연장 상담"},
    }.get(key, {})


def moved_to(consultant_id, hour, day=0, **more):
    moment = timezone.localtime(at(hour, day))
    return {
        "consultant": consultant_id,
        "scheduled_at": f"{moment:%Y-%m-%dT%H:%M}",
        "duration_minutes": "30",
        "channel": "phone",
        **more,
    }


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def row_for(member, consultant):
    def row_for(key, **columns):
        row = begun(member, consultant, **{"status": STARTS.get(key, "scheduled"), **columns})
        if key == "restore":
            row.soft_delete(by=None)
        return as_shown(row)

    return row_for


def url_of(key, row):
    return reverse(CONSULT_VERBS[key].url_name, args=[row.pk])


def hidden_of(page):
    return {name: re.search(f'name="{name}"[^>]* value="([^"]*)"', page.text)[1] for name in ("row_version", "shown")}


def press(client, key, row, hidden=None, **given):
    hidden = hidden_of(client.get(url_of(key, row))) if hidden is None else hidden
    return client.post(url_of(key, row), {**hidden, **given_to(key, row), **given})


@pytest.mark.parametrize("key", CONSULT_VERBS)
class TestEveryVerb:
    def test_get_explains_and_changes_nothing(self, client, manager, row_for, key):
        row = row_for(key)
        before = records_of(row)
        client.force_login(manager)
        page = client.get(url_of(key, row))
        assert page.status_code == 200
        assert "김철수" in page.text
        assert as_shown(row).updated_at == row.updated_at
        assert records_of(row) == before

    def test_post_does_it_and_records_it_once(self, client, manager, row_for, key):
        row = row_for(key)
        before = len(records_of(row))
        client.force_login(manager)
        assert press(client, key, row).status_code == 302
        now = as_shown(row)
        assert now.status == ENDS.get(key, "scheduled")
        assert now.is_deleted is (key == "delete")
        (record,) = records_of(row)[before:]
        assert (record.actor_id, record.user_id) == (manager.pk, row.user_id)

    def test_pressed_twice_it_is_done_once(self, client, manager, row_for, key):
        row = row_for(key)
        before = len(records_of(row))
        client.force_login(manager)
        hidden = hidden_of(client.get(url_of(key, row)))
        for _ in range(2):
            assert press(client, key, row, hidden).status_code == 302
        assert len(records_of(row)) == before + 1

    def test_the_wrong_role_may_not(self, client, request, row_for, key):
        row = row_for(key)
        client.logout()
        roles = ["reviewer", "matchmaker", "auditor", "outsider"]
        for role in [*roles, "consultant"] if key in {"delete", "restore"} else roles:
            person = row.consultant_id if role == "consultant" else None
            client.force_login(request.getfixturevalue(role))
            for send in (client.get, client.post):
                assert send(url_of(key, row)).status_code == 403, (role, person)

    def test_what_is_missing_is_not_found(self, client, manager, key):
        client.force_login(manager)
        assert client.get(reverse(CONSULT_VERBS[key].url_name, args=[new_id("cs")])).status_code == 404
        assert client.get(f"/matching/consults/cs_x/{key}/").status_code == 404

    def test_other_methods_are_refused(self, client, manager, row_for, key):
        client.force_login(manager)
        assert client.put(url_of(key, row_for(key))).status_code == 405

    def test_without_its_version_nothing_is_done(self, client, manager, row_for, key):
        row = row_for(key)
        client.force_login(manager)
        answer = client.post(url_of(key, row), given_to(key, row))
        assert answer.status_code == 422
        assert as_shown(row).updated_at == row.updated_at

    def test_it_leads_back_to_where_it_was_asked_from_and_nowhere_else(self, client, manager, row_for, key):
        client.force_login(manager)
        assert press(client, key, row_for(key), next="/matching/consults/?week=2026-W48").url.endswith("2026-W48")
        ConsultSchedule.all_objects.update(status="canceled")
        assert press(client, key, row_for(key), next="//evil.example/").url.startswith("/matching/consults/")

    @in_transactions
    def test_a_page_that_is_out_of_date_says_what_has_changed(self, client, manager, row_for, key):
        row = row_for(key, memo="처음")
        client.force_login(manager)
        hidden = hidden_of(client.get(url_of(key, row)))
        ConsultSchedule.all_objects.filter(pk=row.pk).update(memo="나중")
        answer = press(client, key, row, hidden)
        assert answer.status_code == 409
        for said in ("처음", "나중"):
            assert said in answer.text
        assert as_shown(row).status == row.status


@pytest.mark.parametrize("key", ["complete", "no-show", "move", "cancel", "reopen"])
def test_where_it_does_not_apply_the_page_says_why(client, manager, row_for, key):
    row = row_for(key, status="archived")
    client.force_login(manager)
    assert "archived" in client.get(url_of(key, row), follow=True).text
    hidden = {"row_version": as_shown(row).row_version}
    assert "archived" in press(client, key, row, hidden).client.get(reverse("matching:consult", args=[row.pk])).text


@in_transactions
@pytest.mark.parametrize("key", ["complete", "no-show", "cancel", "move", "delete"])
def test_it_is_undone_by_the_flash(client, manager, row_for, key):
    row = row_for(key)
    client.force_login(manager)
    page = client.get(press(client, key, row).url)
    undo = re.search(r'action="([^"]*\?row_version=[^"]*)"', page.text)[1].replace("&amp;", "&")
    assert client.post(undo).status_code == 302
    now = as_shown(row)
    assert (now.status, now.slot, now.is_deleted) == ("scheduled", row.slot, False)


@in_transactions
def test_an_undo_that_comes_too_late_asks(client, manager, row_for):
    row = row_for("complete")
    client.force_login(manager)
    page = client.get(press(client, "complete", row).url)
    undo = re.search(r'action="([^"]*\?row_version=\d+)"', page.text)[1]
    ConsultSchedule.objects.filter(pk=row.pk).update(memo="덧붙임")
    assert client.post(undo).status_code == 409
    assert as_shown(row).status == "completed"


class TestMoving:
    def test_into_another_it_says_with_whom_and_when(self, client, consultant, member, make_member):
        row = booked(member, consultant)
        other = booked(make_member(name="이영희"), consultant, 16)
        client.force_login(consultant)
        answer = press(client, "move", row)
        assert answer.status_code == 409
        for said in ("이영희", "상담원", other.slot.label):
            assert said in answer.text
        assert as_shown(row).slot == row.slot

    def test_outside_the_hours_it_asks_and_then_does(self, client, consultant, member):
        row = booked(member, consultant)
        client.force_login(consultant)
        late = moved_to(consultant.pk, 21)
        answer = press(client, "move", row, **late)
        assert answer.status_code == 422
        assert "10:00–19:00" in answer.text
        assert re.search(r'type="checkbox" name="anyway"', answer.text)
        assert press(client, "move", row, anyway="on", **late).status_code == 302
        assert as_shown(row).slot.starts_at == at(21)
        assert "anyway" in records_of(row)[0].detail

    def test_a_time_that_was_left_alone_keeps_its_seconds(self, client, consultant, member):
        row = booked(member, consultant, scheduled_at=at(14).replace(second=7, microsecond=9))
        client.force_login(consultant)
        press(client, "move", row, **moved_to(consultant.pk, 14, duration_minutes="45"))
        assert (as_shown(row).scheduled_at, as_shown(row).duration_minutes) == (row.scheduled_at, 45)

    @pytest.mark.parametrize(
        "given",
        [
            {"scheduled_at": "soon"},
            {"scheduled_at": "0001-01-01T00:00"},
            {"scheduled_at": "9999-12-31T23:59"},
            {"duration_minutes": "0"},
            {"duration_minutes": "9999999999"},
            {"consultant": "stf_x"},
        ],
    )
    def test_what_is_none_is_refused(self, client, consultant, member, given):
        row = booked(member, consultant)
        client.force_login(consultant)
        assert press(client, "move", row, **given).status_code == 422
        assert as_shown(row).slot == row.slot


def test_a_time_taken_since_is_explained_where_it_is_reopened(client, consultant, member, make_member):
    row = booked(member, consultant, status="canceled")
    booked(make_member(name="이영희"), consultant)
    client.force_login(consultant)
    answer = press(client, "reopen", row)
    assert answer.status_code == 409
    assert "이영희" in answer.text


def test_a_value_that_the_console_does_not_know_survives_an_edit(client, consultant, member):
    row = booked(member, consultant, channel="kakao", topic="other")
    client.force_login(consultant)
    page = client.get(url_of("edit", row))
    assert 'value="kakao" selected' in page.text
    press(client, "edit", row, channel="kakao", topic="other", memo="메모")
    assert (as_shown(row).channel, as_shown(row).topic, as_shown(row).memo) == ("kakao", "other", "메모")


class TestOnePage:
    def test_it_shows_and_records(self, client, matchmaker, member, consultant):
        row = booked(member, consultant, memo="등산 좋아함")
        client.force_login(matchmaker)
        page = client.get(reverse("matching:consult", args=[row.pk]))
        for said in ("김철수", "상담원", row.slot.label, "등산 좋아함"):
            assert said in page.text
        assert url_of("move", row) not in page.text
        assert UserAccessAudit.objects.filter(action="view", user_id=member.pk, resource_id=row.pk).count() == 1

    def test_only_what_fits_is_offered(self, client, manager, member, consultant):
        client.force_login(manager)
        offered = {}
        for status in ("scheduled", "completed", "archived"):
            row = begun(member, consultant, status=status)
            page = client.get(reverse("matching:consult", args=[row.pk])).text
            offered[status] = [key for key in CONSULT_VERBS if url_of(key, row) in page]
        ahead = booked(member, consultant)
        page = client.get(reverse("matching:consult", args=[ahead.pk])).text
        offered["ahead"] = [key for key in CONSULT_VERBS if url_of(key, ahead) in page]
        assert offered == {
            "scheduled": ["complete", "no-show", "move", "edit", "cancel", "delete"],
            "completed": ["edit", "reopen", "delete"],
            "archived": ["edit", "delete"],
            "ahead": ["move", "edit", "cancel", "delete"],
        }

    def test_a_deleted_one_is_for_whoever_restores(self, client, manager, consultant, member):
        row = booked(member, consultant)
        row.soft_delete(by=manager)
        for person, status in ((consultant, 404), (manager, 200)):
            client.force_login(person)
            assert client.get(reverse("matching:consult", args=[row.pk])).status_code == status

    def test_a_deleted_member_is_not_named_to_whoever_may_not_know(self, client, consultant, member):
        row = booked(member, consultant)
        member.soft_delete(by=None)
        client.force_login(consultant)
        page = client.get(reverse("matching:consult", args=[row.pk])).text
        assert "김철수" not in page
        assert member.pk not in page
        assert press(client, "cancel", row).status_code == 302

    def test_who_may_not_see_consultations(self, client, reviewer, member, consultant):
        client.force_login(reviewer)
        assert client.get(reverse("matching:consult", args=[booked(member, consultant).pk])).status_code == 403


class TestBooking:
    URL = "/matching/consults/book/"

    def book(self, client, member, consultant, hour=14, **given):
        return client.post(f"{self.URL}?member={member.pk}", moved_to(consultant.pk, hour, **given))

    def test_for_whom_is_asked_first(self, client, consultant, member):
        client.force_login(consultant)
        assert client.get(self.URL).status_code == 200
        page = client.get(f"{self.URL}?{urlencode({'q': '김처', 'at': '2026-12-01T10:00'})}")
        assert "김철수" in page.text
        assert f"member={member.pk}" in page.text
        assert "at=2026-12-01T10%3A00" in page.text
        record = UserAccessAudit.objects.get(action="search")
        assert record.subjects == [member.pk]
        assert "김처" not in str(record.detail)

    def test_nobody_is_found(self, client, consultant):
        client.force_login(consultant)
        assert "usr_" not in client.get(f"{self.URL}?q=없는이름").text

    def test_it_is_booked(self, client, consultant, member):
        client.force_login(consultant)
        page = client.get(f"{self.URL}?member={member.pk}&at=2026-12-01T10:30&consultant={consultant.pk}")
        assert 'value="2026-12-01T10:30"' in page.text
        assert f'value="{consultant.pk}" selected' in page.text
        answer = self.book(client, member, consultant, topic="intake", memo="첫 상담")
        row = ConsultSchedule.objects.get()
        assert answer.url == reverse("matching:consult", args=[row.pk])
        assert (row.slot.starts_at, row.topic, row.memo) == (at(14), "intake", "첫 상담")

    def test_sent_twice_it_is_booked_once(self, client, consultant, member):
        client.force_login(consultant)
        for _ in range(2):
            assert self.book(client, member, consultant).status_code == 302
        assert ConsultSchedule.objects.count() == 1

    def test_a_taken_time_is_explained(self, client, consultant, member, make_member):
        taken = booked(make_member(name="이영희"), consultant)
        client.force_login(consultant)
        answer = self.book(client, member, consultant)
        assert answer.status_code == 409
        for said in ("이영희", taken.slot.label):
            assert said in answer.text

    def test_outside_the_hours_it_asks_and_then_does(self, client, consultant, member):
        client.force_login(consultant)
        answer = self.book(client, member, consultant, 20)
        assert answer.status_code == 422
        assert re.search(r'type="checkbox" name="anyway"', answer.text)
        assert self.book(client, member, consultant, 20, anyway="on").status_code == 302

    def test_what_is_malformed_is_refused(self, client, consultant, member):
        client.force_login(consultant)
        for given in ({"channel": "pigeon"}, {"scheduled_at": ""}, {"memo": "가" * 2001}, {"memo": "\x00"}):
            assert self.book(client, member, consultant, **given).status_code == 422
        assert client.get(f"{self.URL}?member={member.pk}&at=2026-99-99T99:99&consultant=x").status_code == 200
        assert not ConsultSchedule.objects.exists()

    def test_nobody_who_is_not_there(self, client, consultant, member):
        client.force_login(consultant)
        assert client.get(f"{self.URL}?member={new_id('usr')}").status_code == 404
        assert client.get(f"{self.URL}?member=nobody").status_code == 404
        member.soft_delete(by=None)
        assert self.book(client, member, consultant).status_code == 404

    def test_the_wrong_role_may_not(self, client, request, member, consultant):
        for role in ("reviewer", "matchmaker", "auditor", "outsider"):
            client.force_login(request.getfixturevalue(role))
            assert client.get(self.URL).status_code == 403
            assert self.book(client, member, consultant).status_code == 403

    def test_it_is_offered_on_the_members_page(self, client, consultant, matchmaker, member):
        for person, is_offered in ((consultant, True), (matchmaker, False)):
            client.force_login(person)
            page = client.get(reverse("users:detail", args=[member.pk])).text
            assert (f"{self.URL}?member={member.pk}" in page) is is_offered
