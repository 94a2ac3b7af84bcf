"""The one way in which verbs change a row that speaks of two members: recorded for both."""

from typing import Any

from django.utils import timezone

from users.models import UserAccessAudit
from users.models.changing import Changing
from ygs_admin.staff.models import Staff


class ChangedForBoth(Changing):
    updated_at: Any

    class Meta:
        abstract = True

    @property
    def user_ids(self) -> tuple[str, str]:
        raise NotImplementedError

    def record(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Write a row of the access record for each of the two, with what of the detail says anything."""
        UserAccessAudit.record_each(
            action,
            self.user_ids,
            by=by,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail={name: value for name, value in detail.items() if value} or None,
        )

    def touch(self) -> None:
        """Have the row written though none of its columns changes: something that hangs on it does."""
        self.updated_at = timezone.now()
