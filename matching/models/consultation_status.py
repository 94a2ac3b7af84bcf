"""What became of a consultation: completed, canceled, missed, and each taken back."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.changing import ChangedByVerbs
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .consultation_clash import refusing_clashes


class ConsultStatus(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    COMPLETED = "completed", _("Completed")
    CANCELED = "canceled", _("Canceled")
    NO_SHOW = "no_show", _("Did not appear")


OPEN = frozenset({ConsultStatus.SCHEDULED})
CONCLUDED = frozenset({ConsultStatus.COMPLETED, ConsultStatus.CANCELED, ConsultStatus.NO_SHOW})


class Concludable(ChangedByVerbs):
    """The verbs decide as `ChangedByVerbs` says, and raise what it says."""

    status: Any
    memo: Any
    scheduled_at: Any
    get_status_display: Any

    class Meta:
        abstract = True

    def complete(self, *, by: Staff | None, memo: str = "", version: int | None = None) -> bool:
        """Say that it took place, and what was said; without a memo the one that there is stays.

        Raises:
            VerbRefusedError: it is not scheduled, or has not begun yet.
        """
        with self.changing(by=by) as row:
            if row.status == ConsultStatus.COMPLETED and memo in ("", row.memo):
                return False
            row.expect(version)
            row.refuse_unless_in(OPEN)
            row.refuse_before_it_begins()
            row.status = ConsultStatus.COMPLETED
            row.memo = memo or row.memo
        return True

    def cancel(self, *, by: Staff | None, reason: str, version: int | None = None) -> bool:
        """Call it off; the reason goes into the access record.

        Raises:
            VerbRefusedError: it is not scheduled.
        """
        with self.changing(by=by, reason=reason) as row:
            if row.status == ConsultStatus.CANCELED:
                return False
            row.expect(version)
            row.refuse_unless_in(OPEN)
            row.status = ConsultStatus.CANCELED
        return True

    def mark_no_show(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Say that the member did not appear.

        Raises:
            VerbRefusedError: it is not scheduled, or has not begun yet.
        """
        with self.changing(by=by) as row:
            if row.status == ConsultStatus.NO_SHOW:
                return False
            row.expect(version)
            row.refuse_unless_in(OPEN)
            row.refuse_before_it_begins()
            row.status = ConsultStatus.NO_SHOW
        return True

    def reopen(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Take back whichever of the others was pressed: it is scheduled again, its memo as it is.

        Raises:
            ClashError: the time has been taken since.
        """
        with refusing_clashes(type(self)), self.changing(by=by) as row:
            if row.status == ConsultStatus.SCHEDULED:
                return False
            row.expect(version)
            row.refuse_unless_in(CONCLUDED)
            row.status = ConsultStatus.SCHEDULED
        return True

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the consultation's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def refuse_before_it_begins(self) -> None:
        if self.scheduled_at > timezone.now():
            raise VerbRefusedError(_("The consultation has not begun yet. Move it if it took place earlier."))
