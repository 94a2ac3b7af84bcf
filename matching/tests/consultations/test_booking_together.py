"""Many people booking one consultant's day at the same moment, each over a connection of their own."""

import random
import threading
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from matching.models import ConsultSchedule
from matching.models.consultation_clash import ClashError
from matching.tests.consulting import slot_of
from users.models import UserAccessAudit

pytestmark = pytest.mark.django_db(transaction=True)

BOOKINGS = 200
AT_ONCE = 50
SEED = 20261126


class Booking(threading.Thread):
    """Books some members one after the other; `booked` are the rows, `refused` what was said to the others."""

    def __init__(self, wanted: list[tuple[Any, Any]], by: Any, at_once: threading.Barrier) -> None:
        super().__init__()
        self.wanted, self.by, self.at_once = wanted, by, at_once
        self.booked: list[Any] = []
        self.refused: list[str] = []

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.at_once.wait(timeout=60)
            for user, slot in self.wanted:
                self.book(user, slot)
        finally:
            connection.close()

    def book(self, user: Any, slot: Any) -> None:
        try:
            row, _is_new = ConsultSchedule.book(user, slot, by=self.by, channel="phone")
            self.booked.append(row)
        except ClashError as clash:
            self.refused.append(str(clash))


def test_no_two_overlap_and_every_refusal_is_explained(make_member, consultant):
    dice = random.Random(SEED)  # noqa: S311 - the same times in every run
    members = [make_member() for _ in range(BOOKINGS // 2)]
    wanted = [
        (dice.choice(members), slot_of(consultant, 10 + dice.randrange(48) / 6, dice.choice((10, 30, 60))))
        for _ in range(BOOKINGS)
    ]
    at_once = threading.Barrier(AT_ONCE)
    people = [Booking(wanted[number::AT_ONCE], consultant, at_once) for number in range(AT_ONCE)]
    for person in people:
        person.start()
    for person in people:
        person.join(timeout=120)
    booked = [row for person in people for row in person.booked]
    refused = [said for person in people for said in person.refused]
    assert len(booked) + len(refused) == BOOKINGS
    slots = sorted((row.slot for row in ConsultSchedule.objects.all()), key=lambda slot: slot.starts_at)
    assert {row.slot for row in booked} == set(slots)
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(slots))
    # Whoever was refused is told which consultation it is that takes the time.
    times = {slot.label for slot in slots}
    assert all(any(time in said for time in times) for said in refused)
    assert UserAccessAudit.objects.filter(action="create").count() == len(slots)
