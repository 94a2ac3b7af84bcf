"""Years of birth as people write them."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from .text import compact

ADULT_AGE = 19
EARLIEST = 1920
OLDEST_BY_TWO_DIGITS = 90
DATED = r"\s*[-./년]\s*(?P<month>\d{1,2})(?:\s*[-./월]\s*(?P<day>\d{1,2})\s*일?)?\s*[.월]?"
YEAR = re.compile(r"(?P<year>\d{4}|\d{2})(?:\.0+)?\s*(?:년생|년도|년|생)?")
COMPACT_DATE = re.compile(r"(?P<year>\d{4}|\d{2})(?P<month>\d{2})(?P<day>\d{2})\s*생?")
WRITTEN_DATE = re.compile(rf"(?P<year>\d{{4}}|\d{{2}}){DATED}\s*생?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?")
RESIDENT_NUMBER = re.compile(r"\d{6}\s*-?\s*[\d*xX]{7}")


def birth_year(value: str) -> int:
    """Return the year of birth of an adult: born in 1920 or later, who turns 19 this year or earlier.

    Takes `1993`, `93`, `'93`, `93년생`, `1993년`, and dates whose day is dropped: `930412`, `19930412`, `1993-04-12`,
    `93.4.12`, `1993년 4월 12일`. Two digits are the latest year that makes an adult, and nobody over 90: in 2026, `07`
    is 2007, `36` is 1936, and what lies between is refused.
    """
    text = compact(value).lstrip("'‘’")
    if RESIDENT_NUMBER.fullmatch(text):
        raise ValidationError(_("Resident registration numbers may not be kept. Give the year of birth."), code="rrn")
    match = YEAR.fullmatch(text) or COMPACT_DATE.fullmatch(text) or WRITTEN_DATE.fullmatch(text)
    if match is None or not _is_day_of_a_year(match):
        raise ValidationError(_("This is not a year of birth."), code="invalid")
    return _plausible(_four_digits(match["year"]))


def _is_day_of_a_year(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
    try:
        date(2000, month, day)  # A leap year: the 29th of February is somebody's birthday.
    except ValueError:
        return False
    return True


def _four_digits(year: str) -> int:
    if len(year) > 2:  # noqa: PLR2004
        return int(year)
    this_century = 2000 + int(year)
    meant = this_century if this_century <= latest() else this_century - 100
    if timezone.localdate().year - meant > OLDEST_BY_TWO_DIGITS:
        raise ValidationError(_("Write this year with four digits."), code="ambiguous")
    return meant


def _plausible(year: int) -> int:
    if not EARLIEST <= year <= latest():
        message = _("Members are born between %(earliest)s and %(latest)s, not in %(year)s.")
        params = {"earliest": EARLIEST, "latest": latest(), "year": year}
        raise ValidationError(message, code="implausible", params=params)
    return year


def latest() -> int:
    """Return the year in which the youngest members were born: they turn 19 this year, as 청소년보호법 counts."""
    return timezone.localdate().year - ADULT_AGE
