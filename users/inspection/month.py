"""A month of Seoul's calendar."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.urls import register_converter
from django.utils import timezone

SEOUL = ZoneInfo("Asia/Seoul")
MONTHS = 12


@dataclass(frozen=True, order=True)
class Month:
    """`2026-10`: from midnight of the first in Seoul until the next month's."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def of(cls, moment: datetime) -> Self:
        local = moment.astimezone(SEOUL)
        return cls(local.year, local.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the month of `2026-10`.

        Raises:
            ValueError: the text is none.
        """
        year, number = text.split("-")
        month = cls(int(year), int(number))
        month.since  # noqa: B018 - raises for a month that no calendar has
        return month

    @property
    def since(self) -> datetime:
        """Return the first moment that belongs to it."""
        return datetime(self.year, self.number, 1, tzinfo=SEOUL)

    @property
    def until(self) -> datetime:
        """Return the first moment that no longer does."""
        return self.plus(1).since

    def plus(self, months: int) -> "Month":
        year, index = divmod(self.year * MONTHS + self.number - 1 + months, MONTHS)
        return Month(year, index + 1)

    def is_over(self) -> bool:
        return timezone.now() >= self.until


class MonthConverter:
    """Years that the console can have a record of, so that what lies before and after is a plain "not found"."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: "Month | str") -> str:
        return str(value)


def register_month_converter() -> None:
    """Make `<month:month>` match months in URL patterns; anything else is a 404."""
    register_converter(MonthConverter, "month")
