"""How long the access record is kept, and its destruction when that time is over.

개인정보의 안전성 확보조치 기준 art. 8 (1): records of access at least two years, where sensitive data or identifiers
that are unique to a person are processed, or data of 50,000 people; art. 5 (3): the granting, change and withdrawal of
permissions at least three years. What has served its time is destroyed (개인정보 보호법 art. 21): it names people too.

The database refuses every earlier deletion (`migrations/access_retention.sql`).
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from users.models import Action, UserAccessAudit
from ygs_admin.db.routing import PRIMARY

YEARS = 2
YEARS_OF_PERMISSIONS = 3
KEPT_LONGER = (Action.PERMISSION_CHANGE, Action.INSPECT)
BATCH = 5000


def past_retention() -> QuerySet[UserAccessAudit]:
    """Return the rows whose time is over."""
    longer = Q(action__in=KEPT_LONGER)
    over = ~longer & Q(created_at__lt=years_ago(YEARS)) | longer & Q(created_at__lt=years_ago(YEARS_OF_PERMISSIONS))
    # The first condition is what the index on the time serves.
    rows: QuerySet[UserAccessAudit] = UserAccessAudit.objects.using(PRIMARY).filter(created_at__lt=years_ago(YEARS))
    return rows.filter(over)


def destroy_access_record() -> Iterator[int]:
    """Destroy those rows, and yield how many after each batch, which is committed; then record how many there were.

    Cut short, it goes on where it was the next time.
    """
    total = 0
    while destroyed := _destroy_batch():
        total += destroyed
        yield destroyed
    if total:
        detail = {"rows": total, "before": years_ago(YEARS).isoformat()}
        UserAccessAudit.record(Action.PURGE, by=None, resource_type=UserAccessAudit._meta.db_table, detail=detail)


def years_ago(years: int) -> datetime:
    """Return this moment so many years ago; of 29 February the 28th. A moment earlier than the database counts."""
    now = timezone.now()
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year - years, day=day)


def _destroy_batch() -> int:
    with transaction.atomic(using=PRIMARY), connections[PRIMARY].cursor() as cursor:
        keys = list(past_retention().order_by("created_at").values_list("pk", flat=True)[:BATCH])
        cursor.execute("DELETE FROM user_access_audits WHERE id = ANY(%s)", [keys])
        return int(cursor.rowcount)
