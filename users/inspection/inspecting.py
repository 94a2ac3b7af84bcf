"""Measuring a month: set by set in SQL, on the replica where the request reads from there.

A month is read about a dozen times over the index on the time: seconds for half a million rows. Only the month's own
page asks for it; the list of months does not.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connections, router, transaction

from users.models.access import SYSTEM, TAKEN_OUT, Action, UserAccessAudit
from ygs_admin.holidays import holidays_of
from ygs_admin.staff.models import Staff

from .checks import CHECKS, DEVIATIONS, KNOWN, KNOWN_PEOPLE, MOST, Check
from .finding import Finding
from .month import SEOUL, Month

LOOKS = (Action.VIEW, Action.REVEAL, Action.DOWNLOAD, Action.PRINT)
MONTHS_BEFORE = 3
# So many addresses or reasons are written out.
SHOWN = 5


def findings_of(month: Month, checks: Iterable[Check] = CHECKS.values()) -> list[Finding]:
    """Return what stands out in a month, check by check, the most striking first."""
    asked = _asked(month)
    return [_finding(check, row, month) for check in checks for row in _rows(check, asked)]


def rows_of(month: Month) -> int:
    """Return how many rows the record has of a month."""
    return int(UserAccessAudit.objects.filter(created_at__gte=month.since, created_at__lt=month.until).count())


def _asked(month: Month) -> dict[str, Any]:
    staff = list(Staff.objects.prefetch_related("groups"))
    return {
        "since": _stored(month.since),
        "until": _stored(month.until),
        "before": _stored(month.plus(-MONTHS_BEFORE).since),
        "first_day": month.since.date(),
        "holidays": sorted(holidays_of(month.year)),
        "looks": list(LOOKS),
        "taking": list(TAKEN_OUT),
        "actors": [account.pk for account in staff],
        "roles": [" ".join(sorted(group.name for group in account.groups.all())) for account in staff],
        "inactive": [account.pk for account in staff if not account.is_active],
        "system": SYSTEM,
        "deviations": DEVIATIONS,
        "known": KNOWN,
        "known_people": KNOWN_PEOPLE,
        "shown": SHOWN,
        "most": MOST,
    }


def _stored(moment: datetime) -> str:
    """Return a literal that means this moment over a naive UTC column as over a `timestamptz`."""
    return moment.astimezone(UTC).isoformat(sep=" ")


def _rows(check: Check, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    alias = router.db_for_read(UserAccessAudit)
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        # A month is grouped in memory, where PostgreSQL by itself would sort it on disk; compiling the query to machine
        # code takes longer than running it.
        cursor.execute("SET LOCAL work_mem TO '64MB'; SET LOCAL jit TO off")
        cursor.execute(check.sql, asked | {"floor": check.floor})
        names = [column.name for column in cursor.description or ()]
        for values in cursor.fetchall():
            yield dict(zip(names, values, strict=True))


def _finding(check: Check, row: dict[str, Any], month: Month) -> Finding:
    actor_id, user_id = row.pop("actor_id", ""), row.pop("user_id", "")
    actor_name = row.pop("actor_name", None) or actor_id
    subject = {"actor_id": actor_id, "user_id": user_id} | row
    filters = {"staff": actor_id, "member": user_id, "action": check.action, "address": row.get("address")}
    days = {"since": month.since.date().isoformat(), "until": _last_day(month).isoformat()}
    return Finding(
        check=check.key,
        subject=".".join(subject[column] for column in check.subject),
        numbers={name: _plain(value) for name, value in row.items()},
        actor_id=actor_id,
        actor_name=actor_name,
        user_id=user_id,
        filters={name: value for name, value in (filters | days).items() if value},
    )


def _last_day(month: Month) -> date:
    return date.fromordinal(month.until.date().toordinal() - 1)


def _plain(value: Any) -> Any:
    """Return a value as sentences show it and JSON keeps it."""
    match value:
        case datetime():
            return value.astimezone(SEOUL).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case list():
            return ", ".join(map(str, value))
        case None:
            return "–"
        case int() | str():
            return value
    return int(value)
