"""Who may do what, and who changed that: kept on the access record, and read back for the account's page."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from users.models import Action, UserAccessAudit
from ygs_admin.staff.history import register_history
from ygs_admin.staff.models import Staff
from ygs_admin.staff.signals import access_changed

HISTORY_ROWS = 100


@receiver(access_changed, dispatch_uid="users.access_changed")
def _access_changed(sender: type[Model], row: Model, by: Staff | None, changes: dict[str, list[Any]], **_: Any) -> None:
    UserAccessAudit.record(
        Action.PERMISSION_CHANGE,
        by=by,
        resource_type=sender._meta.db_table,
        resource_id=str(row.pk),
        detail=changes,
    )


@register_history
def permission_history(staff: Staff) -> list[dict[str, Any]]:
    """Return the latest changes of what the account may do, newest first."""
    rows = UserAccessAudit.objects.filter(
        action=Action.PERMISSION_CHANGE, resource_type=Staff._meta.db_table, resource_id=staff.pk
    ).order_by("-created_at", "-id")[:HISTORY_ROWS]
    return [{"time": row.created_at, "by": row.actor_name or row.actor_id, "changes": row.detail or {}} for row in rows]
