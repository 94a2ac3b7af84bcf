"""Who may do what, and who changed that, on the access record."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from users.models import Action, UserAccessAudit
from ygs_admin.staff.admin import access_changed
from ygs_admin.staff.models import Staff


@receiver(access_changed, dispatch_uid="users.access_changed")
def _access_changed(sender: type[Model], row: Model, by: Staff, changes: dict[str, list[Any]], **_: Any) -> None:
    UserAccessAudit.record(
        Action.PERMISSION_CHANGE,
        by=by,
        resource_type=sender._meta.db_table,
        resource_id=str(row.pk),
        detail=changes,
    )
