"""ISO 8601 weeks, as addresses name them: `2026-W48`."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from ygs_admin.web.days import WEEK, midnight, monday_of

WRITTEN = re.compile(r"(20\d\d)-W(\d\d)", re.ASCII)


@dataclass(frozen=True)
class IsoWeek:
    monday: date

    @classmethod
    def read(cls, text: str) -> "IsoWeek":
        """Return the week that a text names; the present one for any other text."""
        written = WRITTEN.fullmatch(text)
        try:
            return cls(date.fromisocalendar(int(written[1]), int(written[2]), 1)) if written else cls.present()
        except ValueError:
            return cls.present()

    @classmethod
    def present(cls) -> "IsoWeek":
        return cls(monday_of(timezone.localdate()))

    def __str__(self) -> str:
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def previous(self) -> "IsoWeek":
        return IsoWeek(self.monday - WEEK)

    @property
    def next(self) -> "IsoWeek":
        return IsoWeek(self.monday + WEEK)

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]

    @property
    def since(self) -> datetime:
        """Return the midnight in Seoul with which the week begins."""
        return midnight(self.monday)

    @property
    def until(self) -> datetime:
        """Return the midnight in Seoul with which the week is over."""
        return midnight(self.monday + WEEK)
