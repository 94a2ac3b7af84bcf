"""The page of working hours and days off: one's own, and others' for whoever manages them."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching.models import DayOff, WorkingHours
from matching.models.working_hours import Span
from ygs_admin.db.ids import new_id

pytestmark = pytest.mark.django_db(databases=["default", "replica"])


def hours_url(staff):
    return reverse("matching:consult_hours", args=[staff.pk])


def day_off_url(staff):
    return reverse("matching:consult_day_off", args=[staff.pk])


def give_back_url(staff, day):
    return reverse("matching:consult_day_off_give_back", args=[staff.pk, str(day)])


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_hours_are_typed_as_people_type_them(client, consultant):
    client.force_login(consultant)
    given = {"day_0": "10-13, 14:00 – 19:30", "day_5": "9:30~12"}
    assert client.post(hours_url(consultant), given).status_code == 302
    assert WorkingHours.spans_of(consultant) == [
        Span(0, time(10), time(13)),
        Span(0, time(14), time(19, 30)),
        Span(5, time(9, 30), time(12)),
    ]
    assert "10:00–13:00, 14:00–19:30" in client.get(hours_url(consultant)).text


@pytest.mark.parametrize(
    "typed", ["ten", "25-26", "10:75-11", "13-10", "10-10", "10-13, 12-14", "10-13 14-19", "\x00", "1" * 101]
)
def test_what_is_no_time_is_said_so(client, consultant, typed):
    client.force_login(consultant)
    answer = client.post(hours_url(consultant), {"day_2": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert WorkingHours.spans_of(consultant) == []


def test_hours_that_somebody_else_has_changed_are_not_overwritten(client, consultant, manager):
    client.force_login(consultant)
    WorkingHours.keep(consultant, [Span(0, time(9), time(12))], by=manager)
    answer = client.post(hours_url(consultant), {"shown": "", "day_0": "10-13"})
    assert answer.status_code == 409
    assert "09:00–12:00" in answer.text
    assert WorkingHours.spans_of(consultant) == [Span(0, time(9), time(12))]


def test_a_day_off_is_taken_undone_and_given_back(client, consultant):
    client.force_login(consultant)
    day = tomorrow()
    for _ in range(2):
        assert client.post(day_off_url(consultant), {"day": str(day)}).status_code == 302
    assert DayOff.objects.count() == 1
    assert give_back_url(consultant, day) in client.get(hours_url(consultant)).text
    for _ in range(2):
        assert client.post(give_back_url(consultant, day)).status_code == 302
    assert not DayOff.objects.exists()


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_that_is_none_or_over_is_refused(client, consultant, day):
    client.force_login(consultant)
    assert client.post(day_off_url(consultant), {"day": day}).status_code == 422
    assert not DayOff.objects.exists()


def test_public_holidays_are_told(client, consultant):
    client.force_login(consultant)
    assert "12-25" in client.get(hours_url(consultant)).text


def test_others_are_a_managers(client, consultant, manager):
    client.force_login(manager)
    assert hours_url(consultant) in client.get(hours_url(manager)).text
    assert client.post(hours_url(consultant), {"day_0": "10-13"}).status_code == 302
    assert client.post(day_off_url(consultant), {"day": str(tomorrow())}).status_code == 302
    client.force_login(consultant)
    assert client.get(hours_url(manager)).status_code == 403
    assert client.post(hours_url(manager), {"day_0": "10-13"}).status_code == 403
    assert client.post(day_off_url(manager), {"day": str(tomorrow())}).status_code == 403
    assert client.post(give_back_url(manager, tomorrow())).status_code == 403
    assert WorkingHours.spans_of(manager) == []


def test_the_wrong_role_the_wrong_id_the_wrong_method(client, matchmaker, manager, reviewer, consultant):
    client.force_login(matchmaker)
    assert client.get(hours_url(matchmaker)).status_code == 403
    client.force_login(manager)
    assert client.get(hours_url(reviewer)).status_code == 404
    assert client.get(reverse("matching:consult_hours", args=[new_id("stf")])).status_code == 404
    assert client.post(f"/matching/consults/hours/{consultant.pk}/days-off/2026-02-30/give-back/").status_code == 404
    assert client.put(hours_url(consultant)).status_code == 405
    assert client.get(day_off_url(consultant)).status_code == 405
