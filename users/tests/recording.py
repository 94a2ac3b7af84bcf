"""Rows of the access record as a test wants them: any actor, any moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from users.models import UserAccessAudit
from ygs_admin.staff.models import Staff

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(text: str) -> datetime:
    """Return the moment of `2026-10-31 23:59` in Seoul."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL).astimezone(UTC)


def recorded(action: str, *, by: Staff | None = None, at: str | datetime = "2026-10-15 14:00", **columns):
    """Write one row at a moment, Seoul's time where it is a text."""
    actor = {"actor_id": by.pk, "actor_name": by.name} if by else {"actor_id": "system"}
    moment = seoul(at) if isinstance(at, str) else at
    row = UserAccessAudit(action=action, created_at=moment, **(actor | columns))
    UserAccessAudit.objects.bulk_create([row])
    return row


def recorded_many(rows: list[dict]) -> None:
    """Write many rows in few statements; each says `by`, `at` and the columns."""
    UserAccessAudit.objects.bulk_create(
        [
            UserAccessAudit(actor_id=row["by"].pk, actor_name=row["by"].name, created_at=seoul(row["at"]), **rest)
            for row in rows
            for rest in [{name: value for name, value in row.items() if name not in {"by", "at"}}]
        ],
        batch_size=1000,
    )
