"""Fixing a date, moving it, and the date that falls through."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from ygs_admin.staff.models import Staff

from .introduction_closing import Closable
from .introduction_status import IntroductionStatus
from .planned_date import PlannedDate

WITH_A_DATE = {IntroductionStatus.ACCEPTED, IntroductionStatus.DATE_FIXED}


class Datable(Closable):
    date_fixed_at: Any

    class Meta:
        abstract = True

    def fix_date(
        self, *, by: Staff | None, meets_at: datetime | None = None, place: str = "", version: int | None = None
    ) -> bool:
        """Note when and where the two will meet, or move that; False where it is noted so already.

        `date_fixed_at` is the moment of the first press, on which refunds depend: moving the date does not move it.

        Raises:
            VerbRefusedError: not both have accepted, they have met, or would meet before they were introduced.
            RowConflictError: the row is not the one that the person's page showed.
        """
        plan = {"meets_at": meets_at, "place": place}
        with self.changing(by=by, planned=_on_record(plan)) as row:
            if row.status == IntroductionStatus.DATE_FIXED and row.plan() == plan:
                return False
            row.expect(version)
            row.refuse_unless_in(WITH_A_DATE)
            if meets_at is not None:
                row.refuse_before_introduction(meets_at)
            PlannedDate.objects.update_or_create(introduction_id=row.pk, defaults=plan)
            row.stamp("date_fixed_at", timezone.now())
            row.become(IntroductionStatus.DATE_FIXED)
            row.touch()
        return True

    def unfix_date(self, *, by: Staff | None, mistaken: bool = False, version: int | None = None) -> bool:
        """Go back to both having accepted; the inverse of `fix_date`.

        A date that fell through had been fixed: its time stays, as the service was rendered. `mistaken` says that no
        date was ever fixed: the time goes, if the press that is undone had written it.

        Raises:
            VerbRefusedError: no date is fixed, or the two have met.
            RowConflictError: the row is not the one that the person's page showed.
        """
        with self.changing(by=by, mistaken=mistaken) as row:
            if row.status == IntroductionStatus.ACCEPTED:
                return False
            row.expect(version)
            row.refuse_unless_in({IntroductionStatus.DATE_FIXED})
            PlannedDate.objects.filter(introduction_id=row.pk).delete()
            if mistaken:
                row.take_stamp_back("date_fixed_at")
            row.become(IntroductionStatus.ACCEPTED)
        return True

    def plan(self) -> dict[str, Any] | None:
        """Return when and where they will meet, None where nothing is noted."""
        rows = PlannedDate.objects.filter(introduction_id=self.pk)
        found: dict[str, Any] | None = rows.values("meets_at", "place").first()
        return found


def _on_record(plan: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in plan.items() if value}
