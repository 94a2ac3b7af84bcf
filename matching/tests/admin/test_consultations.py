"""Consultations in the admin: what takes a time twice is refused with a sentence, never with an IntegrityError."""

import pytest

from matching.models import ConsultSchedule
from matching.tests.consulting import at, booked
from users.tests.admin.desk import page

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


@pytest.fixture
def taken(pair, consultant):
    return booked(pair[1], consultant)


@pytest.fixture
def row(pair, consultant, taken):
    return booked(pair[0], consultant, 16)


def test_a_time_that_is_taken_is_refused(desk, row, taken):
    answer = desk.save(desk.open(row), scheduled_at_0=f"{at(14):%Y-%m-%d}", scheduled_at_1="14:15:00")
    assert "이영희" in answer.text
    assert taken.slot.label in answer.text
    assert ConsultSchedule.objects.get(pk=row.pk).slot == row.slot


def test_what_overlaps_already_is_edited_in_all_else(desk, row, taken, monkeypatch):
    monkeypatch.setattr("matching.models.consultation_booking.Bookable._clash", lambda _row: pytest.fail("asked"))
    assert desk.save(desk.open(row), memo="메모").status_code == 302
    assert ConsultSchedule.objects.get(pk=row.pk).memo == "메모"


def test_it_is_not_restored_into_another(desk, row, taken, pair, consultant):
    row.soft_delete(by=None)
    booked(pair[1], consultant, 16.25)
    answer = desk.client.post(page(ConsultSchedule, "restore", row.pk), follow=True)
    assert "이영희" in answer.text
    assert ConsultSchedule.all_objects.get(pk=row.pk).is_deleted


def test_nor_among_many(desk, row, taken, pair, consultant):
    row.soft_delete(by=None)
    booked(pair[1], consultant, 16.25)
    chosen = {"action": "restore_selected", "_selected_action": [row.pk], "index": 0}
    answer = desk.client.post(f"{page(ConsultSchedule, 'changelist')}?trash=deleted", chosen, follow=True)
    assert "이영희" in answer.text
    assert ConsultSchedule.all_objects.get(pk=row.pk).is_deleted
