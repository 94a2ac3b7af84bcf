"""Closing a round once its answers are in, and opening it again."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models.status import VerbRefusedError
from ygs_admin.staff.models import Staff

from .week_row import WeekRow, WeekStatus


class Closes(WeekRow):
    introductions: Any

    class Meta:
        abstract = True

    def close(self, *, by: Staff | None) -> bool:
        """Say that the round's work is done; False where it is closed. `reopen` takes it back.

        Raises:
            VerbRefusedError: the round is not published, or members still have time to answer.
        """
        with self.changing(by=by) as week:
            if week.status == WeekStatus.CLOSED:
                return False
            week.refuse_unless_in({WeekStatus.PUBLISHED})
            if week.introductions.in_time().exists():
                raise VerbRefusedError(_("Answers are still outstanding, and their deadline has not passed."))
            week.status, week.closed_at = WeekStatus.CLOSED, timezone.now()
        return True

    def reopen(self, *, by: Staff | None) -> bool:
        """Take `close` back; False where the round is not closed.

        Raises:
            VerbRefusedError: the round has not been published at all.
        """
        with self.changing(by=by) as week:
            if week.status == WeekStatus.PUBLISHED:
                return False
            week.refuse_unless_in({WeekStatus.CLOSED})
            week.status, week.closed_at = WeekStatus.PUBLISHED, None
        return True
