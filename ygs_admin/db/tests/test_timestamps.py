"""Times over both column types: cases 40 and 41."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.models import Count, F, Max, Value
from django.db.models.functions import Coalesce, ExtractHour, TruncDate, TruncDay, TruncMonth
from django.utils import timezone

from matching.models import MatchWeek
from users.models import User, UserAccessAudit, UserSubscription
from ygs_admin.db.ownership import shared_models
from ygs_admin.db.timestamps import UTCDateTimeField

pytestmark = pytest.mark.django_db

SEOUL = ZoneInfo("Asia/Seoul")
MOMENT = datetime(2026, 3, 28, 23, 59, 59, 123456, tzinfo=UTC)
# The last moment of a day in Seoul, and the first of the next.
LATE = datetime(2025, 12, 31, 14, 59, 59, 999999, tzinfo=UTC)
EARLY = datetime(2025, 12, 31, 15, 0, 0, tzinfo=UTC)


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture(params=["timestamp", "timestamptz"], autouse=True)
def column_type(request: pytest.FixtureRequest, db: None) -> str:
    """Let every time column of the shared tables have this type, until the test's transaction is rolled back."""
    column_type: str = request.param
    if column_type == "timestamptz":
        for model in shared_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, UTCDateTimeField):
                    execute(
                        f"ALTER TABLE {model._meta.db_table} ALTER COLUMN {field.column} TYPE timestamptz "
                        f"USING {field.column} AT TIME ZONE 'UTC'"
                    )
    return column_type


@pytest.fixture(params=["UTC", "Europe/Paris", "America/New_York"])
def session_zone(request: pytest.FixtureRequest, column_type: str) -> str:
    zone: str = request.param
    execute(f"SET LOCAL TIME ZONE '{zone}'")
    return zone


def stored(user: User) -> datetime:
    """Return the moment in the column, read without any field of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW TIME ZONE")
        (zone,) = cursor.fetchone()
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute("SELECT created_at::timestamp::text FROM users WHERE id = %s", [user.pk])
        (text,) = cursor.fetchone()
        cursor.execute(f"SET LOCAL TIME ZONE '{zone}'")
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_columns_have_the_type_that_the_test_says(column_type: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_typeof(created_at)::text FROM (SELECT (NULL::users).created_at) x")
        (found,) = cursor.fetchone()
    assert found == {"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone"}[column_type]


@pytest.mark.parametrize("moment", [MOMENT, MOMENT.astimezone(SEOUL), datetime(1900, 1, 1, tzinfo=UTC)])
def test_a_moment_is_stored_and_read_as_it_is(
    make_member: Callable[..., User], session_zone: str, moment: datetime
) -> None:
    user = make_member(created_at=moment)
    assert stored(user) == moment
    read = User.objects.get(pk=user.pk).created_at
    assert (read, read.tzinfo) == (moment, UTC)


def test_a_read_followed_by_a_save_changes_no_time(make_member: Callable[..., User], session_zone: str) -> None:
    user = make_member(created_at=MOMENT, updated_at=MOMENT, deleted_at=None)
    again = User.objects.get(pk=user.pk)
    assert again.changed_fields() == []
    again.name = "김영희"
    again.save()
    read = User.objects.get(pk=user.pk)
    assert (read.created_at, stored(read), read.deleted_at) == (MOMENT, MOMENT, None)


def test_every_column_written_back_is_the_same_moment(make_member: Callable[..., User], session_zone: str) -> None:
    user = make_member(created_at=MOMENT)
    User.objects.filter(pk=user.pk).update(created_at=User.objects.get(pk=user.pk).created_at)
    assert stored(user) == MOMENT


def test_bulk_writes_store_the_same_moment(make_member: Callable[..., User], session_zone: str) -> None:
    user = make_member()
    rows = [UserAccessAudit(actor_id="system", action="view", user_id=user.pk, created_at=MOMENT) for _ in range(3)]
    UserAccessAudit.objects.bulk_create(rows)
    assert {row.created_at for row in UserAccessAudit.objects.about(user.pk)} == {MOMENT}


def test_comparisons_mean_moments_whatever_the_sessions_zone(
    make_member: Callable[..., User], session_zone: str
) -> None:
    make_member(created_at=MOMENT)
    assert User.objects.filter(created_at=MOMENT).count() == 1
    assert User.objects.filter(created_at__gte=MOMENT, created_at__lte=MOMENT).count() == 1
    assert User.objects.filter(created_at__in=[MOMENT]).count() == 1
    assert User.objects.filter(created_at__range=(MOMENT, MOMENT)).count() == 1
    assert User.objects.filter(created_at__gt=MOMENT).count() == 0


def test_expressions_over_times_give_moments(make_member: Callable[..., User]) -> None:
    make_member(created_at=MOMENT)
    assert User.objects.aggregate(latest=Max("created_at")) == {"latest": MOMENT}
    shown = Coalesce("updated_at", Value(EARLY), output_field=UTCDateTimeField())
    assert User.objects.annotate(shown=shown).values_list("shown", flat=True).get() == EARLY
    assert User.objects.filter(created_at__gt=Coalesce(F("updated_at"), Value(EARLY))).count() == 1


def test_a_range_asks_the_bare_column_so_that_its_index_serves_it() -> None:
    sql = str(User.objects.filter(created_at__gte=EARLY).query)
    assert '"users"."created_at" >= ' in sql
    assert "::timestamptz" not in sql


class TestDaysInSeoul:
    @pytest.fixture(autouse=True)
    def two_members(self, make_member: Callable[..., User]) -> None:
        make_member(name="늦은이", created_at=LATE)
        make_member(name="이른이", created_at=EARLY)

    def named(self, **condition: Any) -> list[str]:
        return list(User.objects.filter(**condition).order_by("created_at").values_list("name", flat=True))

    def test_a_day_filter_divides_at_seouls_midnight(self) -> None:
        assert self.named(created_at__date=date(2025, 12, 31)) == ["늦은이"]
        assert self.named(created_at__date=date(2026, 1, 1)) == ["이른이"]
        assert self.named(created_at__date__gte=date(2026, 1, 1)) == ["이른이"]

    def test_year_month_and_hour_are_seouls(self) -> None:
        assert self.named(created_at__year=2025) == ["늦은이"]
        assert self.named(created_at__year=2026) == ["이른이"]
        assert self.named(created_at__month=1) == ["이른이"]
        assert self.named(created_at__hour=23) == ["늦은이"]
        assert self.named(created_at__iso_week_day=3) == ["늦은이"]

    def test_a_range_of_moments_as_the_admin_filters_by_divides_there_too(self) -> None:
        midnight = timezone.make_aware(datetime(2026, 1, 1))
        assert self.named(created_at__gte=midnight) == ["이른이"]
        assert self.named(created_at__lt=midnight) == ["늦은이"]

    def test_charts_group_by_seouls_days_and_months(self) -> None:
        by_day = (
            User.objects.values_list(TruncDate("created_at")).annotate(Count("pk")).order_by(TruncDate("created_at"))
        )
        assert list(by_day) == [(date(2025, 12, 31), 1), (date(2026, 1, 1), 1)]
        months = User.objects.order_by("created_at").values_list(TruncMonth("created_at"), flat=True)
        assert list(months) == [datetime(2025, 12, 1, tzinfo=SEOUL), datetime(2026, 1, 1, tzinfo=SEOUL)]
        hours = User.objects.order_by("created_at").values_list(ExtractHour("created_at"), flat=True)
        assert list(hours) == [23, 0]

    def test_the_days_of_a_column_are_seouls(self) -> None:
        days = User.objects.datetimes("created_at", "day")
        assert list(days) == [datetime(2025, 12, 31, tzinfo=SEOUL), datetime(2026, 1, 1, tzinfo=SEOUL)]
        assert list(User.objects.dates("created_at", "year")) == [date(2025, 1, 1), date(2026, 1, 1)]

    def test_another_zone_may_be_asked_for(self) -> None:
        days = User.objects.order_by("created_at").values_list(TruncDay("created_at", tzinfo=UTC), flat=True)
        assert set(days) == {datetime(2025, 12, 31, tzinfo=UTC)}

    def test_a_null_time_belongs_to_no_day(self) -> None:
        assert self.named(updated_at__date=date(2026, 1, 1)) == []
        assert set(User.objects.values_list(TruncDate("updated_at"), flat=True)) == {None}


def test_dates_without_a_time_have_no_zone() -> None:
    MatchWeek.objects.create(iso_year=2026, iso_week=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 4))
    week = MatchWeek.objects.annotate(month=TruncMonth("starts_on")).get(starts_on__year=2026, starts_on__month=1)
    assert week.month == date(2026, 1, 1)
    assert "timestamptz" not in str(MatchWeek.objects.annotate(month=TruncMonth("starts_on")).query)


def test_nothing_of_a_subscriptions_times_is_lost(make_member: Callable[..., User], session_zone: str) -> None:
    made = UserSubscription.objects.create(
        user=make_member(), plan="basic", status="active", starts_at=EARLY, expires_at=LATE
    )
    read = UserSubscription.objects.get(pk=made.pk)
    assert (read.starts_at, read.expires_at, read.paused_at) == (EARLY, LATE, None)
