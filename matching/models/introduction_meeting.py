"""Whether the two met."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .introduction_closing import Closable
from .introduction_status import IntroductionStatus


class Meetable(Closable):
    met_at: Any
    feedbacks: Any

    class Meta:
        abstract = True

    def mark_met(self, *, by: Staff | None, at: datetime | None = None, version: int | None = None) -> bool:
        """Note that the two met, and when (by default now). `met_at` decides refunds: it is written once.

        Raises:
            VerbRefusedError: no date is fixed, or that time is before the introduction or yet to come.
            RowConflictError: the row is not the one that the person's page showed.
        """
        return self.change_status(
            IntroductionStatus.MET,
            allowed_from={IntroductionStatus.DATE_FIXED},
            by=by,
            version=version,
            met_at=at or timezone.now(),
        )

    def unmark_met(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Say that the two have not met yet; the inverse of `mark_met`.

        A meeting is not undone: it was noted by mistake. So its time goes, if the press that is undone had written it.

        Raises:
            VerbRefusedError: the pair has come further, or one of the two has said how the meeting was.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by) as row:
            if row.status == IntroductionStatus.DATE_FIXED:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.MET})
            if row.feedbacks(manager="objects").exists():
                raise VerbRefusedError(_("There is feedback about this meeting. Delete it first."))
            row.take_stamp_back("met_at")
            row.become(IntroductionStatus.DATE_FIXED)
        return True

    def mark_no_show(self, *, by: Staff | None, reason: str = "", version: int | None = None) -> bool:
        """Note that one of the two, or neither, appeared; `reason` says who."""
        allowed = {IntroductionStatus.DATE_FIXED}
        return self.change_status(
            IntroductionStatus.NO_SHOW, allowed_from=allowed, by=by, reason=reason, version=version
        )

    def unmark_no_show(self, *, by: Staff | None, version: int | None = None) -> bool:
        """Have the date stand as before; the inverse of `mark_no_show`."""
        allowed = {IntroductionStatus.NO_SHOW}
        return self.change_status(IntroductionStatus.DATE_FIXED, allowed_from=allowed, by=by, version=version)
