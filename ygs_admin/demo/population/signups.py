"""When members signed up: three years of growth, by the week's and the day's rhythm in Seoul."""

from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import exp

from .clock import seoul
from .draws import stream

YEARS = 3
DAYS = 365 * YEARS
GROWTH = 1.3  # exponent over the whole time: the last day sees exp(1.3) times the sign-ups of the first

# Monday first. Marriage is on people's minds on Sunday evening and after the holidays.
BY_WEEKDAY = (1.1, 1.05, 1.0, 0.97, 0.82, 0.9, 1.2)
BY_HOUR = (
    30, 16, 8, 5, 4, 6, 14, 30, 42, 46, 50, 55, 68, 58, 50, 49, 50, 54, 63, 76, 96, 112, 104, 66,
)  # fmt: skip
BY_MONTH = (1.25, 1.05, 1.1, 1.0, 0.95, 0.92, 0.9, 0.92, 1.08, 1.1, 1.0, 0.85)


class SignUps:
    """The sign-up times of `members` members until the midnight (Seoul) at which `today` begins.

    A member's place in the order decides the time: `moment(index, …)` grows with the index, so that a block of indexes
    is a span of time, whichever block is made first.
    """

    def __init__(self, seed: int, members: int, today: date) -> None:
        self.members = members
        self._first_day = today - timedelta(days=DAYS)
        rng = stream(seed, "sign-ups")
        weights = [self._weight(day) * rng.lognormvariate(0, 0.28) for day in range(DAYS)]
        self._bounds = (0.0, *accumulate(weight * hour for weight in weights for hour in BY_HOUR))

    def moment(self, index: int, jitter: float) -> datetime:
        """Return member `index`'s sign-up; `jitter` (0 to 1) is where between its neighbours."""
        place = (index + jitter) / self.members * self._bounds[-1]
        cell = min(bisect_right(self._bounds, place), len(self._bounds) - 1) - 1
        within = (place - self._bounds[cell]) / (self._bounds[cell + 1] - self._bounds[cell])
        return seoul(self._first_day, cell + min(within, 0.999999))

    def count_before(self, moment: datetime) -> int:
        """Return how many members had signed up by then, to within one."""
        hours = (moment - seoul(self._first_day)) / timedelta(hours=1)
        cell = min(max(0, int(hours)), len(self._bounds) - 1)
        return int(self._bounds[cell] / self._bounds[-1] * self.members)

    def _weight(self, day: int) -> float:
        date_of_day = self._first_day + timedelta(days=day)
        return exp(GROWTH * day / DAYS) * BY_WEEKDAY[date_of_day.weekday()] * BY_MONTH[date_of_day.month - 1]
