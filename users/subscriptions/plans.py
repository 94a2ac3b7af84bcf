"""The price list: what each plan is sold for. Staff may agree on other terms with a member."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone


class PlanOffer(NamedTuple):
    """`introductions_total` None: unlimited within the period. The price is in won, VAT included."""

    months: int
    introductions_total: int | None
    price_krw: int


OFFERS = {
    "trial": PlanOffer(1, 2, 0),
    "basic": PlanOffer(6, 5, 690_000),
    "standard": PlanOffer(12, 12, 1_490_000),
    "premium": PlanOffer(12, None, 3_300_000),
}


@dataclass(frozen=True)
class Terms:
    """What is agreed on with one member: a plan, how long, how many introductions (None: no limit), for how much."""

    plan: str
    months: int
    introductions_total: int | None
    price_krw: int

    @classmethod
    def of(cls, plan: str) -> "Terms":
        """Return a plan's terms as the price list has them."""
        return cls(plan, *OFFERS[plan])

    def ends(self, starts_at: datetime) -> datetime:
        """Return when a period ends that begins then."""
        return add_months(starts_at, self.months)


def add_months(moment: datetime, months: int) -> datetime:
    """Return the same day of a later month at the same time in Seoul, or its last day where the month is shorter."""
    local = timezone.localtime(moment)
    years, month = divmod(local.month - 1 + months, 12)
    year = local.year + years
    return local.replace(year=year, month=month + 1, day=min(local.day, monthrange(year, month + 1)[1]))
