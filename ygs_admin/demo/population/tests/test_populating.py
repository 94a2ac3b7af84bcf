"""Filling a real database and a real object store."""

import io
import threading
from collections.abc import Callable
from datetime import UTC
from typing import Any

import psycopg
import pytest
from django.db import connection
from PIL import Image

from matching.models import ConsultSchedule, MatchHistory, MatchWeek
from users.inspection.inspecting import rows_of
from users.inspection.month import Month
from users.models import (
    Inspection,
    IntroductionLedger,
    LedgerKind,
    User,
    UserAccessAudit,
    UserDocument,
    UserPhoto,
    UserSubscription,
)
from users.tests.subscribing import adds_up
from ygs_admin.demo.object_store import ObjectStore
from ygs_admin.demo.population import Summary, populate, populating
from ygs_admin.demo.population.rows import UserRow
from ygs_admin.demo.population.tables import TABLES

from .conftest import MEMBERS, SEED, STAFF, TODAY, Population

pytestmark = pytest.mark.django_db(transaction=True)

FEW = 60
CHANGE_TYPE = "ALTER TABLE consult_schedules ALTER scheduled_at TYPE {} USING scheduled_at AT TIME ZONE 'UTC'"
Fill = Callable[..., Summary]


class StoreInMemory:
    """Keeps what is put; with `fails_after` it refuses once it holds that many objects."""

    def __init__(self, fails_after: int | None = None) -> None:
        self.objects: dict[str, bytes] = {}
        self._fails_after = fails_after
        self._lock = threading.Lock()

    def put(self, key: str, body: bytes, content_type: str) -> None:
        assert content_type == "image/jpeg"
        with self._lock:
            if self._fails_after is not None and len(self.objects) >= self._fails_after:
                raise ConnectionError("the store is gone")
            assert key not in self.objects
            self.objects[key] = body


@pytest.fixture
def fill() -> Fill:
    settings = connection.settings_dict
    url = psycopg.conninfo.make_conninfo(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    )

    def fill(**arguments: Any) -> Summary:
        usual = {"members": FEW, "seed": SEED, "staff": STAFF, "today": TODAY, "object_store": None}
        return populate(database_url=url, **(usual | arguments))

    return fill


def counted_rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES.values():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            counts[table] = cursor.fetchone()[0]
    return counts


def test_rows_are_counted_as_they_stand_in_the_database(fill: Fill, population: Population) -> None:
    summary = fill(members=MEMBERS)
    assert not summary.already_populated
    assert summary.rows == counted_rows()
    assert summary.rows == {table: len(population.of(kind)) for kind, table in TABLES.items()}


def test_members_read_back_as_they_were_made(fill: Fill, population: Population) -> None:
    fill(members=MEMBERS)
    stored = {user.pk: user for user in User.all_objects.all()}
    for row in population.of(UserRow):
        user = stored[row.id]
        assert (user.name, user.phone, user.status) == (row.name, row.phone, row.status)
        assert user.created_at == row.created_at.replace(tzinfo=UTC)


def test_introductions_belong_to_rounds_that_summarise_them(fill: Fill) -> None:
    fill()
    for week in MatchWeek.objects.all():
        assert week.summary["pairs"] == MatchHistory.objects.filter(match_week=week).count()


def test_the_ledger_tells_of_every_introduction_of_the_present_term(fill: Fill) -> None:
    fill(members=MEMBERS)
    subscriptions = UserSubscription.objects.all()
    assert [row.unrecorded() for row in subscriptions.with_ledger()] == [None] * subscriptions.count()
    assert all(map(adds_up, subscriptions))


def test_what_is_canceled_is_given_back(fill: Fill) -> None:
    fill(members=MEMBERS)
    active = UserSubscription.objects.filter(status="active")
    used = IntroductionLedger.objects.filter(kind=LedgerKind.USED, subscription__in=active).latest("created_at")
    assert MatchHistory.objects.get(pk=used.match_history_id).introduced_at == used.created_at
    assert used.subscription.give_back(match_history_id=used.match_history_id, by=None)


def test_every_month_but_the_last_was_inspected(fill: Fill) -> None:
    fill(members=MEMBERS)
    signed = dict(Inspection.objects.values_list("month", "rows"))
    first = Month.of(UserAccessAudit.objects.order_by("created_at")[0].created_at)
    assert sorted(signed) == [str(first.plus(months)) for months in range(len(signed))]
    assert max(signed) == "2026-09"
    assert all(rows == rows_of(Month.parse(month)) for month, rows in signed.items())


def test_both_kinds_of_time_column_hold_the_same_moments(fill: Fill, population: Population) -> None:
    with connection.cursor() as cursor:
        cursor.execute(CHANGE_TYPE.format("timestamptz"))
    try:
        fill(members=MEMBERS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, extract(epoch FROM scheduled_at) FROM consult_schedules")
            stored = dict(cursor.fetchall())
        for row in population.of(next(kind for kind, table in TABLES.items() if table == "consult_schedules")):
            assert stored[row.id] == row.scheduled_at.replace(tzinfo=UTC).timestamp()  # type: ignore[attr-defined]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(CHANGE_TYPE.format("timestamp"))


def test_a_second_run_does_nothing_and_says_so(fill: Fill) -> None:
    fill()
    before, store = counted_rows(), StoreInMemory()
    assert fill(seed=8, object_store=store) == Summary(already_populated=True)
    assert counted_rows() == before
    assert not store.objects


def test_a_run_that_fails_among_the_rows_leaves_none(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_world: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(populating, "consultation_rows", fails)
    with pytest.raises(OSError, match="disk"):
        fill()
    assert set(counted_rows().values()) == {0}


def test_a_store_that_fails_ends_the_run_before_any_row(fill: Fill) -> None:
    with pytest.raises(ConnectionError):
        fill(members=20, object_store=StoreInMemory(fails_after=10))
    assert set(counted_rows().values()) == {0}


def test_every_key_of_a_row_has_its_object(fill: Fill) -> None:
    store = StoreInMemory()
    summary = fill(members=30, object_store=store)
    keys = set(UserPhoto.all_objects.values_list("s3_key", flat=True))
    keys |= set(UserPhoto.all_objects.values_list("thumbnail_s3_key", flat=True))
    keys |= set(UserDocument.all_objects.values_list("s3_key", flat=True))
    assert store.objects.keys() == keys
    assert (summary.objects, summary.object_bytes) == (len(keys), sum(map(len, store.objects.values())))


def test_members_beyond_the_limit_share_the_pools_objects(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ygs_admin.demo.population.world.MEMBERS_WITH_OWN_OBJECTS", 10)
    monkeypatch.setattr("ygs_admin.demo.population.portraits.AGE_BANDS", ((99, 3),))
    store = StoreInMemory()
    fill(members=40, object_store=store)
    assert set(UserPhoto.all_objects.values_list("s3_key", flat=True)) <= store.objects.keys()
    assert set(UserDocument.all_objects.values_list("s3_key", flat=True)) <= store.objects.keys()


def test_photos_on_the_object_store_are_pictures(fill: Fill, object_store: ObjectStore) -> None:
    fill(members=8, object_store=object_store)
    photo = UserPhoto.all_objects.first()
    sizes = []
    for key in (photo.s3_key, photo.thumbnail_s3_key):
        found = object_store.client().get_object(Bucket=object_store.bucket, Key=key)
        assert found["ContentType"] == "image/jpeg"
        sizes.append(Image.open(io.BytesIO(found["Body"].read())).size)
    assert sizes == [(480, 600), (96, 120)]


def test_progress_is_told_to_the_end_of_each_step(fill: Fill) -> None:
    told: dict[str, tuple[int, int]] = {}
    fill(
        members=30, object_store=StoreInMemory(), progress=lambda step, done, total: told.update({step: (done, total)})
    )
    assert len(told) == 4
    assert all(done == total for done, total in told.values())


@pytest.mark.parametrize("arguments", [{"members": 0}, {"staff": ()}])
def test_nothing_to_make_it_from_is_refused(fill: Fill, arguments: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        fill(**arguments)


def test_a_single_member_and_one_of_the_staff_are_enough(fill: Fill) -> None:
    assert fill(members=1, staff=STAFF[:1]).rows["users"] == 1


def test_consultants_of_the_console_stand_in_the_calendar(fill: Fill) -> None:
    fill()
    consultants = set(ConsultSchedule.objects.values_list("consultant_id", flat=True))
    assert consultants == {person.id for person in STAFF if person.role == "consultant"}
