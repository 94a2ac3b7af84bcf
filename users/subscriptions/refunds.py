"""What a canceled subscription gives back, computed and explained.

Source: 소비자분쟁해결기준 (공정거래위원회 고시), 별표 2, 결혼중개업 – 국내결혼중개; 국내결혼중개 표준약관
(공정거래위원회), the article on refunds, for contracts over a period; both concretise 결혼중개업의 관리에 관한 법률
art. 10 (contracts). Where a rule of ours gives the member more than the notice does, its docstring says so.

Amounts are whole won; every amount is rounded by itself, half a won up, so that what is shown adds up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .milestones import Milestones

BEFORE_PROFILE_PERCENT = 90
BEFORE_DATE_PERCENT = 85
AFTERWARDS_PERCENT = 80
COMPENSATION_PERCENT = 20
DAY = timedelta(days=1)


class Fault(TextChoices):
    MEMBER = "member", _("The member cancels")
    COMPANY = "company", _("The company is at fault")


class Stage(TextChoices):
    """How far the service has been delivered; the recorded times decide."""

    BEFORE_PROFILE = "before_profile", _("Before a profile was delivered")
    BEFORE_DATE = "before_date", _("Before a date was fixed")
    BEFORE_MEETING = "before_meeting", _("Before the first meeting")
    AFTER_MEETING = "after_meeting", _("After the first meeting")


@dataclass(frozen=True)
class Contract:
    """What was agreed on and used. `paused` is the time of pauses that are over, by which `expires_at` is later."""

    price_krw: int | None
    introductions_total: int | None
    introductions_used: int
    starts_at: datetime
    expires_at: datetime | None
    paused: timedelta = timedelta()
    paused_at: datetime | None = None


@dataclass(frozen=True)
class Refund:
    """`amount_krw` is None where it cannot be computed; `steps` say how it came about, in the current language."""

    fault: Fault
    stage: Stage
    amount_krw: int | None
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Share:
    """What is left of what was sold: introductions, or days."""

    left: int
    whole: int
    sentence: str

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.left, self.whole) if self.whole else Fraction(0)


def refund(contract: Contract, milestones: Milestones, fault: Fault, at: datetime) -> Refund:
    """Return what canceling at that moment refunds, and why. A free subscription gives back nothing."""
    stage = stage_at(milestones, at)
    if contract.price_krw is None:
        return Refund(fault, stage, None, (gettext("The price is not on record: the refund can't be computed."),))
    if contract.price_krw <= 0:
        return Refund(fault, stage, 0, (gettext("The subscription is free: nothing is refunded."),))
    steps = [_price_step(contract.price_krw), *_delivery_steps(milestones, stage)]
    if stage != Stage.AFTER_MEETING:
        rule = _company_in_full if fault == Fault.COMPANY else _member_in_full
        amount, more = rule(contract.price_krw, stage)
        return Refund(fault, stage, amount, (*steps, *more))
    share = remaining_share(contract, at)
    if share is None:
        said = gettext("Neither introductions nor days are limited: the remaining share can't be computed.")
        return Refund(fault, stage, None, (*steps, said))
    by_share = _company_by_share if fault == Fault.COMPANY else _member_by_share
    amount, more = by_share(contract.price_krw, share)
    return Refund(fault, stage, amount, (*steps, share.sentence, *more))


def stage_at(milestones: Milestones, at: datetime) -> Stage:
    """Return the furthest stage that the recorded times prove; what happened at the very moment has happened."""
    if milestones.meetings:
        return Stage.AFTER_MEETING
    if milestones.first_date_fixed_at and milestones.first_date_fixed_at <= at:
        return Stage.BEFORE_MEETING
    if milestones.first_introduced_at and milestones.first_introduced_at <= at:
        return Stage.BEFORE_DATE
    return Stage.BEFORE_PROFILE


def most_refundable(price_krw: int | None, fault: Fault) -> int | None:
    """Return the bound: the price, and 120% of it where the company is at fault; None where the price is unknown."""
    if price_krw is None:
        return None
    price_krw = max(0, price_krw)
    return price_krw + (won(price_krw, COMPENSATION_PERCENT) if fault == Fault.COMPANY else 0)


def won(amount: Fraction | int, percent: int = 100) -> int:
    """Return a percentage of an amount in whole won, half a won up."""
    exact = Fraction(amount) * percent / 100
    return int((exact * 2 + 1) // 2)


def remaining_share(contract: Contract, at: datetime) -> Share | None:
    """Return 잔여횟수 ÷ 총횟수, for a contract over a period 잔여일수 ÷ 총계약일수; None where neither has a limit."""
    if contract.introductions_total is not None:
        whole = max(0, contract.introductions_total)
        left = min(whole, max(0, whole - contract.introductions_used))
        said = gettext("%(left)s of %(whole)s introductions are left.")
        return Share(left, whole, said % {"left": left, "whole": whole})
    if contract.expires_at is None:
        return None
    left, whole = remaining_days(contract, contract.expires_at, at)
    said = gettext("%(left)s of %(whole)s days are left. Days of a pause are not counted.")
    return Share(left, whole, said % {"left": left, "whole": whole})


def remaining_days(contract: Contract, ends: datetime, at: datetime) -> tuple[int, int]:
    """Return the days left and the days of the whole period, pauses in neither. A day that has begun is left."""
    stopped_at = min(at, contract.paused_at) if contract.paused_at else at
    whole = max(0, -(-(ends - contract.starts_at - contract.paused) // DAY))
    spent = max(0, (stopped_at - contract.starts_at - contract.paused) // DAY)
    return max(0, whole - spent), whole


def _member_in_full(price_krw: int, stage: Stage) -> tuple[int, Iterator[str]]:
    """별표 2, 소비자의 귀책사유: 90% before a profile is delivered, 85% before a date is fixed, then 80%."""
    percent, rule = {
        Stage.BEFORE_PROFILE: (BEFORE_PROFILE_PERCENT, gettext("Before a profile is delivered, %(percent)s%% is due.")),
        Stage.BEFORE_DATE: (BEFORE_DATE_PERCENT, gettext("Before a date is fixed, %(percent)s%% is due.")),
        Stage.BEFORE_MEETING: (
            AFTERWARDS_PERCENT,
            gettext("A date is fixed and nobody has met yet: the whole price counts, of which %(percent)s%% is due."),
        ),
    }[stage]
    amount = won(price_krw, percent)
    return amount, iter((rule % {"percent": percent}, _product(price_krw, f"{percent}%", amount)))


def _member_by_share(price_krw: int, share: Share) -> tuple[int, Iterator[str]]:
    """별표 2, 소비자의 귀책사유, 1회 만남 후: 가입비의 80% × (잔여횟수 ÷ 총횟수)."""
    amount = won(price_krw * share.fraction, AFTERWARDS_PERCENT)
    rule = gettext("After the first meeting, %(percent)s%% of the remaining share is due.")
    factors = f"{AFTERWARDS_PERCENT}% × {share.left}/{share.whole}"
    return amount, iter((rule % {"percent": AFTERWARDS_PERCENT}, _product(price_krw, factors, amount)))


def _company_in_full(price_krw: int, _stage: Stage) -> tuple[int, Iterator[str]]:
    """별표 2, 사업자의 귀책사유, before the first meeting: the whole price and compensation.

    The notice grades the compensation (10% before a profile, 15% before a date, then 20%); here it is 20% throughout.
    """
    rule = gettext("The company is at fault and nobody has met yet: the whole price is due, and %(percent)s%% of it.")
    return _with_compensation(price_krw, price_krw, rule)


def _company_by_share(price_krw: int, share: Share) -> tuple[int, Iterator[str]]:
    """별표 2, 사업자의 귀책사유, 1회 만남 후: 가입비 × (잔여횟수 ÷ 총횟수) + 가입비의 20%."""
    part = won(price_krw * share.fraction)
    rule = gettext("The company is at fault: the remaining share of the price is due, and %(percent)s%% of the price.")
    product = _product(price_krw, f"{share.left}/{share.whole}", part)
    return _with_compensation(price_krw, part, rule, product)


def _with_compensation(price_krw: int, part: int, rule: str, *products: str) -> tuple[int, Iterator[str]]:
    compensation = won(price_krw, COMPENSATION_PERCENT)
    total = part + compensation
    return total, iter(
        (
            rule % {"percent": COMPENSATION_PERCENT},
            *products,
            _product(price_krw, f"{COMPENSATION_PERCENT}%", compensation),
            f"₩{part:,} + ₩{compensation:,} = ₩{total:,}",
        )
    )


def _product(price_krw: int, factors: str, amount: int) -> str:
    return f"₩{price_krw:,} × {factors} = ₩{amount:,}"


def _price_step(price_krw: int) -> str:
    return gettext("The price was ₩%(price)s.") % {"price": f"{price_krw:,}"}


def _delivery_steps(milestones: Milestones, stage: Stage) -> Iterator[str]:
    """Say what has been delivered, as far as it decides."""
    if stage == Stage.BEFORE_PROFILE:
        yield gettext("No profile has been delivered in this term.")
    elif milestones.first_introduced_at:
        yield gettext("The first profile was delivered on %(day)s.") % {"day": _day(milestones.first_introduced_at)}
    if stage == Stage.BEFORE_DATE:
        yield gettext("No date has been fixed yet.")
    elif stage != Stage.BEFORE_PROFILE and milestones.first_date_fixed_at:
        yield gettext("A date was first fixed on %(day)s.") % {"day": _day(milestones.first_date_fixed_at)}
    if stage == Stage.BEFORE_MEETING:
        yield gettext("Nobody has met yet.")
    elif stage == Stage.AFTER_MEETING:
        yield gettext("Meetings so far: %(number)s.") % {"number": milestones.meetings}


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d")
