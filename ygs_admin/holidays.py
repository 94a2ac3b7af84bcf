"""Korea's public holidays (관공서의 공휴일에 관한 규정 art. 2), without substitute and temporary ones.

What goes by the lunar calendar is listed for the years that the record and the calendars can hold by now; of other
years only the fixed days are known.
"""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SEOLLAL, BUDDHA, CHUSEOK = _("Seollal"), _("Buddha's Birthday"), _("Chuseok")
FIXED = {
    (1, 1): _("New Year's Day"),
    (3, 1): _("Independence Movement Day"),
    (5, 5): _("Children's Day"),
    (6, 6): _("Memorial Day"),
    (8, 15): _("Liberation Day"),
    (10, 3): _("National Foundation Day"),
    (10, 9): _("Hangeul Day"),
    (12, 25): _("Christmas Day"),
}
# Year → Seollal, the Buddha's birthday, Chuseok. Seollal and Chuseok are three days each, of which this is the middle.
LUNAR = {
    2024: ((2, 10), (5, 15), (9, 17)),
    2025: ((1, 29), (5, 5), (10, 6)),
    2026: ((2, 17), (5, 24), (9, 25)),
    2027: ((2, 7), (5, 13), (9, 15)),
    2028: ((1, 27), (5, 2), (10, 3)),
}
A_DAY = timedelta(days=1)


def holidays_of(year: int) -> dict[date, str | Promise]:
    """Return each public holiday of a year → what it is called."""
    days: dict[date, str | Promise] = {date(year, month, day): name for (month, day), name in FIXED.items()}
    if year in LUNAR:
        seollal, buddha, chuseok = (date(year, month, day) for month, day in LUNAR[year])
        days[buddha] = BUDDHA
        for middle, name in ((seollal, SEOLLAL), (chuseok, CHUSEOK)):
            days |= {middle + A_DAY * n: name for n in (-1, 0, 1)}
    return days
