"""Korea's public holidays (관공서의 공휴일에 관한 규정 art. 2), without substitute and temporary ones.

What goes by the lunar calendar is listed for the years that the record can hold by now; of other years only the fixed
days are known.
"""

from datetime import date, timedelta

FIXED = ((1, 1), (3, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25))
# Year → Seollal, the Buddha's birthday, Chuseok. Seollal and Chuseok are three days each, of which this is the middle.
LUNAR = {
    2024: ((2, 10), (5, 15), (9, 17)),
    2025: ((1, 29), (5, 5), (10, 6)),
    2026: ((2, 17), (5, 24), (9, 25)),
    2027: ((2, 7), (5, 13), (9, 15)),
    2028: ((1, 27), (5, 2), (10, 3)),
}
A_DAY = timedelta(days=1)


def holidays_of(year: int) -> set[date]:
    days = {date(year, month, day) for month, day in FIXED}
    if year in LUNAR:
        seollal, buddha, chuseok = (date(year, month, day) for month, day in LUNAR[year])
        days |= {buddha, *(middle + A_DAY * n for middle in (seollal, chuseok) for n in (-1, 0, 1))}
    return days
