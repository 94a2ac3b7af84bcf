"""An introduction's status: moving on, closing with a reason, and what stood before."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import UserAccessAudit
from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .introduction_changing import ChangesPair
from .introduction_status import CLOSED


class Closable(ChangesPair):
    """A row whose status changes only by verbs. `closed_at` is set while its status is one that ends the story."""

    introduced_at: Any
    closed_at: Any
    close_reason: Any

    class Meta:
        abstract = True

    def change_status(
        self,
        to: str,
        *,
        allowed_from: Collection[str],
        by: Staff | None,
        version: int | None = None,
        reason: str = "",
        **stamped: datetime,
    ) -> bool:
        """Move to a status in one transaction; False where the introduction has that status already.

        `stamped` are columns and their moments: each is written once, and keeps the first moment for ever.

        Raises:
            VerbRefusedError: the status is none of `allowed_from`, or a moment is impossible.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, reason=reason) as row:
            if row.status == to:
                return False
            row.expect(version)
            row.refuse_unless_in(allowed_from)
            row.become(to, reason=reason)
            for column, moment in stamped.items():
                row.stamp(column, moment)
        return True

    def become(self, status: str, *, reason: str = "") -> None:
        """Take a status; one that ends the story closes the introduction, any other opens it again."""
        self.status = status
        self.closed_at = timezone.now() if status in CLOSED else None
        self.close_reason = (reason or None) if status in CLOSED else None

    def stamp(self, column: str, moment: datetime) -> None:
        """Write a time that decides refunds, unless it is written: a second press moves nothing."""
        self.refuse_impossible(moment)
        if getattr(self, column) is None:
            setattr(self, column, moment)

    def take_stamp_back(self, column: str) -> None:
        """Clear a time where the press that is being undone had written it.

        For what was entered by mistake, and never happened. A time that an earlier press wrote stays: that happened.
        """
        newest = self.recorded_statuses().values_list("detail", flat=True).first()
        if newest and newest["status"][1] == self.status and newest.get(column, [""])[0] is None:
            setattr(self, column, None)

    def status_before(self, left: str, *, among: Collection[str], otherwise: str) -> str:
        """Return the status from which the introduction came to `left`, `otherwise` where the record does not know."""
        before, after = self.recorded_statuses().values_list("detail__status", flat=True).first() or ("", "")
        return str(before) if after == left and before in among else otherwise

    def recorded_statuses(self) -> Any:
        """Return the rows of the access record that tell of a change of status, the newest first."""
        rows = UserAccessAudit.objects.about(self.user_a_id)
        return rows.filter(resource_id=self.pk, detail__has_key="status")

    def refuse_impossible(self, moment: datetime) -> None:
        if moment > timezone.now():
            raise VerbRefusedError(_("That time is yet to come."))
        self.refuse_before_introduction(moment)

    def refuse_before_introduction(self, moment: datetime) -> None:
        if self.introduced_at is not None and moment < self.introduced_at:
            raise VerbRefusedError(_("That time is before the introduction."))
