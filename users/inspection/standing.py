"""Where the inspections stand: which months the record has, and which of them nobody has signed off."""

from dataclasses import dataclass

from django.utils import timezone

from users.models import Inspection, UserAccessAudit

from .month import Month

# The record keeps what inspections themselves leave behind for three years.
MOST_MONTHS = 36


@dataclass(frozen=True)
class Standing:
    """A month, and its sign-off where there is one."""

    month: Month
    inspection: Inspection | None

    @property
    def is_outstanding(self) -> bool:
        return self.inspection is None and self.month.is_over()


def standings() -> list[Standing]:
    """Return the months since the record began, the newest first, in two queries."""
    signed = {row.month: row for row in Inspection.objects.all()}
    return [Standing(month, signed.get(str(month))) for month in _months()]


def count_outstanding() -> int:
    return sum(standing.is_outstanding for standing in standings())


def has_record(month: Month) -> bool:
    return month in _months()


def _months() -> list[Month]:
    current = Month.of(timezone.now())
    began = UserAccessAudit.objects.order_by("created_at").values_list("created_at", flat=True).first()
    months = [current.plus(-back) for back in range(MOST_MONTHS)]
    return [month for month in months if began is not None and month >= Month.of(began)]
