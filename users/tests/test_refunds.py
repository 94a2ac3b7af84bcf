"""What a cancellation refunds: the statutory cases as a table, and what holds for all of them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from users.subscriptions.milestones import Milestones
from users.subscriptions.plans import add_months
from users.subscriptions.refunds import Contract, Fault, Stage, most_refundable, refund, remaining_days, stage_at, won

START = datetime(2025, 3, 1, 1, tzinfo=UTC)
MEMBER, COMPANY = Fault.MEMBER, Fault.COMPANY
SECOND = timedelta(seconds=1)

NOTHING = Milestones()
INTRODUCED = Milestones(START + timedelta(days=7))
FIXED = Milestones(START + timedelta(days=7), START + timedelta(days=9))
MET_ONCE = Milestones(START + timedelta(days=7), START + timedelta(days=9), 1)
MET_FIVE_TIMES = Milestones(START + timedelta(days=7), START + timedelta(days=9), 5)


def counted(price, total=5, used=0):
    return Contract(price, total, used, START, add_months(START, 6))


def unlimited(price, months=12, start=START, **more):
    return Contract(price, None, 3, start, add_months(start, months), **more)


def after(days, **more):
    return START + timedelta(days=days, **more)


@pytest.mark.parametrize(
    ("contract", "milestones", "fault", "at", "amount"),
    [
        # Before a profile is delivered: 90%.
        (counted(690_000), NOTHING, MEMBER, after(0), 621_000),
        (counted(690_000), NOTHING, MEMBER, after(180), 621_000),
        (unlimited(3_300_000), NOTHING, MEMBER, after(100), 2_970_000),
        # Exactly at the delivery it has been delivered; a second before it has not.
        (counted(690_000), INTRODUCED, MEMBER, after(7) - SECOND, 621_000),
        (counted(690_000), INTRODUCED, MEMBER, after(7), 586_500),
        # Before a date is fixed: 85%, however many introductions are used.
        (counted(690_000, used=1), INTRODUCED, MEMBER, after(8), 586_500),
        (counted(690_000, used=5), INTRODUCED, MEMBER, after(8), 586_500),
        (unlimited(3_300_000), INTRODUCED, MEMBER, after(300), 2_805_000),
        (counted(690_000, used=1), FIXED, MEMBER, after(9) - SECOND, 586_500),
        # A date is fixed and nobody has met: 80% of the whole.
        (counted(690_000, used=1), FIXED, MEMBER, after(9), 552_000),
        (counted(690_000, used=5), FIXED, MEMBER, after(9), 552_000),
        # After the first meeting: 80% of the remaining share.
        (counted(690_000, used=0), MET_ONCE, MEMBER, after(30), 552_000),
        (counted(690_000, used=1), MET_ONCE, MEMBER, after(30), 441_600),
        (counted(690_000, used=4), MET_ONCE, MEMBER, after(30), 110_400),
        (counted(690_000, used=5), MET_FIVE_TIMES, MEMBER, after(30), 0),
        (counted(690_000, used=7), MET_FIVE_TIMES, MEMBER, after(30), 0),
        (counted(1_490_000, total=12, used=5), MET_ONCE, MEMBER, after(30), 695_333),
        (counted(1_490_000, total=12, used=7), MET_ONCE, MEMBER, after(30), 496_667),
        # A contract of ten meetings of which three have been held, the example of 국내결혼중개 표준약관 (2015).
        (counted(1_000_000, total=10, used=3), MET_ONCE, MEMBER, after(30), 560_000),
        # Unlimited: days. 365 of them from 2025-03-01, 366 over a 29 February.
        (unlimited(3_300_000), MET_ONCE, MEMBER, after(73), 2_112_000),
        (unlimited(3_300_000), MET_ONCE, MEMBER, after(73, hours=23), 2_112_000),
        (unlimited(3_300_000), MET_ONCE, MEMBER, after(365), 0),
        (unlimited(3_300_000), MET_ONCE, MEMBER, after(400), 0),
        (
            unlimited(3_660_000, start=datetime(2023, 3, 1, tzinfo=UTC)),
            MET_ONCE,
            MEMBER,
            datetime(2023, 3, 2, tzinfo=UTC),
            2_920_000,
        ),
        # 30 paused days put the end off and count on neither side: 73 of 365 days are spent, as above.
        (
            Contract(3_300_000, None, 3, START, add_months(START, 12) + timedelta(days=30), timedelta(days=30)),
            MET_ONCE,
            MEMBER,
            after(103),
            2_112_000,
        ),
        # Paused since the 73rd day: time stands still.
        (unlimited(3_300_000, paused_at=after(73)), MET_ONCE, MEMBER, after(200), 2_112_000),
        # The company's fault: the whole price and 20% until somebody has met, then the remaining share and 20%.
        (counted(690_000), NOTHING, COMPANY, after(0), 828_000),
        (counted(690_000, used=1), INTRODUCED, COMPANY, after(8), 828_000),
        (counted(690_000, used=1), FIXED, COMPANY, after(9), 828_000),
        (counted(690_000, used=1), MET_ONCE, COMPANY, after(30), 690_000),
        (counted(690_000, used=5), MET_FIVE_TIMES, COMPANY, after(30), 138_000),
        (unlimited(3_300_000), MET_ONCE, COMPANY, after(73), 3_300_000),
        # Not divisible: each amount by itself, half a won up.
        (counted(99_999), NOTHING, MEMBER, after(0), 89_999),
        (counted(100_005), NOTHING, MEMBER, after(0), 90_005),
        (counted(100_001, total=3, used=1), MET_ONCE, COMPANY, after(30), 66_667 + 20_000),
        # Free, and unknown.
        (counted(0, total=2), NOTHING, MEMBER, after(0), 0),
        (counted(0, total=2, used=1), MET_ONCE, COMPANY, after(3), 0),
        (counted(None), NOTHING, MEMBER, after(0), None),
        (Contract(690_000, None, 1, START, None), MET_ONCE, MEMBER, after(30), None),
        (Contract(690_000, None, 0, START, None), NOTHING, MEMBER, after(30), 621_000),
        # A contract of no introductions at all has no share left.
        (counted(690_000, total=0), MET_ONCE, MEMBER, after(30), 0),
    ],
)
def test_statutory_cases(contract, milestones, fault, at, amount):
    assert refund(contract, milestones, fault, at).amount_krw == amount


@pytest.mark.parametrize(
    ("milestones", "stage"),
    [
        (NOTHING, Stage.BEFORE_PROFILE),
        (INTRODUCED, Stage.BEFORE_DATE),
        (FIXED, Stage.BEFORE_MEETING),
        (MET_ONCE, Stage.AFTER_MEETING),
        # The app may stamp only the later of two times: it proves the earlier.
        (Milestones(first_date_fixed_at=START), Stage.BEFORE_MEETING),
        (Milestones(meetings=1), Stage.AFTER_MEETING),
    ],
)
def test_the_furthest_proven_stage_decides(milestones, stage):
    assert stage_at(milestones, after(30)) == stage


def test_the_explanation_has_each_number():
    steps = " ".join(refund(counted(690_000, used=1), MET_ONCE, COMPANY, after(30)).steps)
    for number in (
        "₩690,000",
        "2025-03-08",
        "2025-03-10",
        "4/5",
        "₩552,000",
        "₩138,000",
        "₩552,000 + ₩138,000 = ₩690,000",
    ):
        assert number in steps


@pytest.mark.parametrize(("starts", "days"), [((2024, 2, 29), 365), ((2023, 3, 1), 366), ((2025, 3, 1), 365)])
def test_days_of_a_leap_year(starts, days):
    contract = unlimited(1, start=datetime(*starts, 3, tzinfo=UTC))
    assert remaining_days(contract, contract.expires_at, contract.starts_at) == (days, days)


def test_half_a_won_goes_up():
    assert [won(amount, 10) for amount in (4, 5, 14, 15, 16)] == [0, 1, 1, 2, 2]


prices = st.integers(0, 10_000_000)
faults = st.sampled_from(Fault)
delivered = st.sampled_from([NOTHING, INTRODUCED, FIXED, MET_ONCE, MET_FIVE_TIMES])
moments = st.integers(0, 500 * 24).map(lambda hours: START + timedelta(hours=hours))


@st.composite
def contracts(draw):
    total = draw(st.none() | st.integers(0, 30))
    paused = timedelta(days=draw(st.integers(0, 60)))
    ends = add_months(START, draw(st.integers(1, 24))) + paused
    paused_at = draw(st.none() | moments)
    return Contract(draw(prices), total, draw(st.integers(0, 40)), START, ends, paused, paused_at)


@given(contracts(), delivered, faults, moments)
def test_never_negative_and_never_above_the_bound(contract, milestones, fault, at):
    amount = refund(contract, milestones, fault, at).amount_krw
    assert 0 <= amount <= most_refundable(contract.price_krw, fault)


@given(contracts(), delivered, faults, moments)
def test_never_more_after_another_introduction(contract, milestones, fault, at):
    one_more = Contract(**{**vars(contract), "introductions_used": contract.introductions_used + 1})
    assert refund(one_more, milestones, fault, at).amount_krw <= refund(contract, milestones, fault, at).amount_krw


@given(contracts(), faults, moments)
def test_never_more_after_another_step_of_the_service(contract, fault, at):
    steps = [NOTHING, INTRODUCED, FIXED, MET_ONCE]
    amounts = [refund(contract, milestones, fault, at).amount_krw for milestones in steps]
    assert amounts == sorted(amounts, reverse=True)


@given(contracts(), delivered, faults, moments, st.integers(0, 400))
def test_never_more_later(contract, milestones, fault, at, days):
    later = at + timedelta(days=days)
    assert refund(contract, milestones, fault, later).amount_krw <= refund(contract, milestones, fault, at).amount_krw


@given(contracts(), delivered, moments)
def test_never_less_when_the_company_is_at_fault(contract, milestones, at):
    own, theirs = (refund(contract, milestones, fault, at).amount_krw for fault in (MEMBER, COMPANY))
    assert theirs >= own
