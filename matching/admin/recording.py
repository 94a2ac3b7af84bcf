"""Deleting and restoring the rows of matching, with a row of the access record for each member whom they speak of."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from users.admin.recording import RecordedAdmin
from users.models import Action, UserAccessAudit

AT_ONCE = 1000


class MatchingAdmin(RecordedAdmin):
    def delete_rows(self, request: HttpRequest, keys: list[str]) -> int:
        return self._change(request, self._rows(keys).live(), "delete", Action.DELETE)

    def restore_rows(self, request: HttpRequest, keys: list[str]) -> int:
        return self._change(request, self._rows(keys).deleted(), "restore", Action.RESTORE)

    def _rows(self, keys: list[str]) -> Any:
        return self.model.all_objects.filter(pk__in=keys)

    def _change(self, request: HttpRequest, rows: Any, change: str, action: str) -> int:
        """Change the rows under a lock, so that of a deletion and a restoration at one moment the one comes first."""
        with transaction.atomic():
            locked = list(rows.select_for_update(of=("self",)).order_by("pk"))
            getattr(self._rows([row.pk for row in locked]), change)()
            about: dict[str, Any] = {"by": request.user, "resource_type": self.opts.db_table}
            UserAccessAudit.objects.bulk_create(
                [
                    UserAccessAudit.about(action, user_id=subject, resource_id=row.pk, **about)
                    for row in locked
                    for subject in self.subjects(row)
                ],
                batch_size=AT_ONCE,
            )
        return len(locked)
