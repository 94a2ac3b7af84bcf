"""Booking, moving and concluding consultations: what each verb does, records, refuses and undoes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.destruction import destroy_of_members
from matching.models import ConsultationReminder, ConsultSchedule
from matching.models.consultation_booking import OutsideHoursError
from matching.models.consultation_clash import ClashError
from matching.models.consultation_slot import Slot
from matching.tests.consulting import as_shown, at, begun, booked, records_of, slot_of
from users.models.status import VerbRefusedError
from ygs_admin.db.row_version import RowConflictError
from ygs_admin.testing.personas import make_staff
from ygs_admin.web.viewer import viewed_by

pytestmark = pytest.mark.django_db

# A row's version is its transaction's, and most tests are one transaction.
in_transactions = pytest.mark.django_db(transaction=True)


@pytest.fixture
def member(make_member):
    return make_member(name="김철수")


@pytest.fixture
def book(member, consultant):
    def book(user=member, hour=14, minutes=30, **given):
        given.setdefault("slot", slot_of(consultant, hour, minutes))
        return ConsultSchedule.book(user, by=consultant, channel="phone", **given)

    return book


def press(verb, row, by):
    """Press a verb with what it needs."""
    given = {"cancel": {"reason": "회원 요청"}, "complete": {"memo": "조건 확인"}}.get(verb, {})
    return getattr(row, verb)(by=by, **given)


CONCLUDING = {"complete": "completed", "cancel": "canceled", "mark_no_show": "no_show"}


class TestBooking:
    def test_it_is_kept_and_recorded(self, book, member, consultant):
        row, is_new = book(topic="intake")
        assert is_new
        kept = ConsultSchedule.objects.get(pk=row.pk)
        assert (kept.user_id, kept.slot, kept.status, kept.topic) == (
            member.pk,
            slot_of(consultant),
            "scheduled",
            "intake",
        )
        (record,) = records_of(row)
        assert (record.action, record.user_id, record.actor_id) == ("create", member.pk, consultant.pk)
        assert record.detail["consultant_id"] == [None, consultant.pk]
        assert "anyway" not in record.detail

    def test_booked_twice_it_is_one(self, book):
        first, _ = book()
        second, is_new = book()
        assert (second.pk, is_new) == (first.pk, False)
        assert len(records_of(first)) == 1

    @pytest.mark.parametrize(("hour", "minutes"), [(14, 30), (13.75, 30), (14.25, 30), (14.1, 10), (13, 120)])
    def test_a_consultant_is_in_one_at_a_time(self, book, make_member, consultant, hour, minutes):
        book()
        with viewed_by(consultant), pytest.raises(ClashError) as refused:
            book(make_member(), hour=hour, minutes=minutes)
        for said in ("상담원", "김철수", slot_of(consultant).label):
            assert said in str(refused.value)
        assert ConsultSchedule.objects.count() == 1

    def test_a_member_is_in_one_at_a_time(self, book, member, manager):
        book()
        with pytest.raises(ClashError) as refused:
            book(slot=slot_of(manager, 14.25))
        assert "상담원" in str(refused.value)

    @pytest.mark.parametrize("hour", [13.5, 14.5])
    def test_the_next_begins_when_one_ends(self, book, make_member, hour):
        book()
        assert book(make_member(), hour=hour)[1]

    @pytest.mark.parametrize(
        "columns", [{"status": "canceled"}, {"status": "completed"}, {"deleted_at": timezone.now()}]
    )
    def test_what_is_over_or_deleted_takes_no_time(self, book, make_member, consultant, columns):
        booked(make_member(), consultant, **columns)
        assert book()[1]

    def test_who_reads_no_names_is_told_none(self, book, make_member, consultant, outsider):
        book()
        with viewed_by(outsider), pytest.raises(ClashError) as refused:
            book(make_member())
        assert "김*수" in str(refused.value)

    def test_a_deleted_member_is_named_to_nobody_who_may_not_know(self, book, member, make_member, consultant, manager):
        book()
        member.soft_delete(by=None)
        for viewer, is_told in ((consultant, False), (manager, True)):
            with viewed_by(viewer), pytest.raises(ClashError) as refused:
                book(make_member())
            assert ("김철수" in str(refused.value)) is is_told

    def test_members_who_are_gone_are_refused(self, book, make_member):
        gone = make_member(status="withdrawn")
        with pytest.raises(VerbRefusedError):
            book(gone)
        deleted = make_member()
        deleted.soft_delete(by=None)
        with pytest.raises(VerbRefusedError):
            book(deleted)

    def test_only_consultants_are_booked(self, book, reviewer, consultant):
        with pytest.raises(VerbRefusedError):
            book(slot=slot_of(reviewer))
        consultant.is_active = False
        consultant.save()
        with pytest.raises(VerbRefusedError):
            book()

    @pytest.mark.parametrize("minutes", [-30, 0, 9, 241])
    def test_a_length_that_is_none_is_refused(self, book, minutes):
        with pytest.raises(VerbRefusedError):
            book(minutes=minutes)

    @pytest.mark.parametrize("hour", [9.75, 18.75, 22])
    def test_outside_the_hours_it_wants_to_be_meant(self, book, hour):
        with pytest.raises(OutsideHoursError) as refused:
            book(hour=hour)
        assert "10:00–19:00" in str(refused.value)
        row, _ = book(hour=hour, anyway=True)
        assert "10:00–19:00" in records_of(row)[0].detail["anyway"]

    def test_what_is_over_is_booked_on_purpose_only(self, book, consultant):
        slot = Slot(consultant.pk, timezone.now() - timedelta(hours=2), 30)
        with pytest.raises(OutsideHoursError):
            book(slot=slot)
        assert book(slot=slot, anyway=True)[1]


class TestMoving:
    def test_to_another_time_and_consultant_and_back(self, member, consultant, manager):
        row = booked(member, consultant)
        before, after = row.slot, slot_of(manager, 16, 60, day=1)
        assert row.move(after, by=consultant)
        assert ConsultSchedule.objects.get(pk=row.pk).slot == after
        assert row.move(before, by=consultant)
        assert [sorted(record.detail) for record in records_of(row)] == [
            ["consultant_id", "duration_minutes", "scheduled_at"]
        ] * 2

    def test_to_where_it_is_nothing_is_done(self, member, consultant):
        row = booked(member, consultant)
        assert not row.move(row.slot, by=consultant)
        assert records_of(row) == []

    def test_into_another_it_is_refused(self, member, make_member, consultant):
        row = booked(member, consultant)
        booked(make_member(), consultant, 15)
        with pytest.raises(ClashError):
            row.move(slot_of(consultant, 14.75), by=consultant)
        assert as_shown(row).slot == slot_of(consultant, 14)
        assert records_of(row) == []

    def test_within_its_own_time_it_may(self, member, consultant):
        assert booked(member, consultant).move(slot_of(consultant, 14.25), by=consultant)

    def test_outside_the_hours_it_wants_to_be_meant(self, member, consultant):
        row = booked(member, consultant)
        with pytest.raises(OutsideHoursError):
            row.move(slot_of(consultant, 20), by=consultant)
        assert row.move(slot_of(consultant, 20), by=consultant, anyway=True)
        assert "anyway" in records_of(row)[0].detail

    def test_what_is_over_stays(self, member, consultant):
        row = booked(member, consultant, status="completed")
        with pytest.raises(VerbRefusedError):
            row.move(slot_of(consultant, 16), by=consultant)

    @in_transactions
    def test_what_somebody_else_has_changed_stays(self, member, consultant, manager):
        row = booked(member, consultant)
        row.describe(by=manager, channel="visit", topic="renewal", memo="")
        with pytest.raises(RowConflictError):
            row.move(slot_of(consultant, 16), by=consultant, version=row.row_version or 1)


@pytest.mark.parametrize("verb", CONCLUDING)
class TestConcluding:
    def test_once_on_the_record_and_taken_back(self, member, consultant, verb):
        row = begun(member, consultant)
        assert press(verb, row, consultant)
        assert not press(verb, row, consultant)
        assert as_shown(row).status == CONCLUDING[verb]
        assert row.reopen(by=consultant)
        assert not row.reopen(by=consultant)
        assert as_shown(row).status == "scheduled"
        assert [record.detail["status"] for record in records_of(row)] == [
            ["scheduled", CONCLUDING[verb]],
            [CONCLUDING[verb], "scheduled"],
        ]

    def test_only_what_is_scheduled(self, member, consultant, verb):
        other = next(status for status in CONCLUDING.values() if status != CONCLUDING[verb])
        with pytest.raises(VerbRefusedError):
            press(verb, begun(member, consultant, status=other), consultant)

    def test_not_what_is_deleted(self, member, consultant, verb):
        row = begun(member, consultant)
        row.soft_delete(by=None)
        with pytest.raises(VerbRefusedError):
            press(verb, row, consultant)

    def test_it_is_not_reopened_into_another(self, member, make_member, consultant, verb):
        row = booked(member, consultant, status=CONCLUDING[verb])
        booked(make_member(), consultant, 14.25)
        with pytest.raises(ClashError):
            row.reopen(by=consultant)
        assert as_shown(row).status == CONCLUDING[verb]

    @in_transactions
    def test_what_somebody_else_has_changed_stays(self, member, consultant, manager, verb):
        row = begun(member, consultant)
        version = row.row_version
        row.describe(by=manager, channel="visit", topic="renewal", memo="")
        given = {"cancel": {"reason": "회원 요청"}}.get(verb, {})
        with pytest.raises(RowConflictError):
            getattr(row, verb)(by=consultant, version=version, **given)


@pytest.mark.parametrize("verb", ["complete", "mark_no_show"])
def test_what_has_not_begun_is_not_over(member, consultant, verb):
    with pytest.raises(VerbRefusedError):
        press(verb, booked(member, consultant), consultant)


def test_a_memo_is_kept_and_corrected(member, consultant):
    row = begun(member, consultant, memo="예약 시 요청 사항")
    row.complete(by=consultant)
    assert row.memo == "예약 시 요청 사항"
    assert not row.complete(by=consultant)
    assert row.describe(by=consultant, channel="phone", topic="matching", memo="지역 조건도")
    assert not row.describe(by=consultant, channel="phone", topic="matching", memo="지역 조건도")
    assert as_shown(row).memo == "지역 조건도"


def test_the_reason_of_a_cancellation_is_on_record(member, consultant):
    row = booked(member, consultant)
    row.cancel(by=consultant, reason="회원 요청")
    assert records_of(row)[0].reason == "회원 요청"


class TestDeleting:
    def test_and_bringing_back(self, member, consultant, manager):
        row = booked(member, consultant)
        assert row.soft_delete(by=manager)
        assert not row.soft_delete(by=manager)
        assert not ConsultSchedule.objects.exists()
        assert row.undelete(by=manager)
        assert [record.action for record in records_of(row)] == ["delete", "restore"]

    def test_not_into_another(self, member, make_member, consultant, manager):
        row = booked(member, consultant)
        row.soft_delete(by=manager)
        booked(make_member(), consultant)
        with pytest.raises(ClashError):
            row.undelete(by=manager)
        assert as_shown(row).is_deleted


class TestReminding:
    def test_once_and_taken_back(self, member, consultant):
        row = booked(member, consultant)
        assert row.remind(by=consultant)
        assert not row.remind(by=consultant)
        assert row.forget_reminder(by=consultant)
        assert not row.forget_reminder(by=consultant)
        assert len(records_of(row)) == 2

    def test_of_another_time_anew(self, member, consultant):
        row = booked(member, consultant)
        row.remind(by=consultant)
        row.move(slot_of(consultant, 16), by=consultant)
        assert row.remind(by=consultant)
        assert ConsultationReminder.objects.count() == 2

    def test_not_of_what_is_over(self, member, consultant):
        with pytest.raises(VerbRefusedError):
            booked(member, consultant, status="canceled").remind(by=consultant)


def test_rows_of_one_instant_are_ordered(make_member, consultant):
    first, second = (booked(make_member(), make_staff(f"c{n}", role="consultant")) for n in range(2))
    rows = ConsultSchedule.objects.beginning_within(at(0), at(24))
    assert [row.pk for row in rows] == sorted([first.pk, second.pk])


def test_reminders_go_with_the_member_who_is_destroyed(member, make_member, consultant):
    for user in (member, make_member()):
        booked(user, consultant, 14 if user is member else 16).remind(by=consultant)
    destroy_of_members([member.pk])
    assert ConsultSchedule.all_objects.count() == ConsultationReminder.objects.count() == 1
