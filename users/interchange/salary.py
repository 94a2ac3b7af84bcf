"""Yearly salaries as people write them, in the bands that the service keeps."""

import math
import re
from dataclasses import dataclass

from users.cleaning.text import compact
from users.models.vocabulary import SalaryRange

from .labels import unknown, vocabulary
from .words import folded

WON = 10_000
"""Won in one 만원, the unit of the bands."""
SMALLEST_IN_WON = 1_000_000
EOK, CHEON = 10_000, 1_000
NOISE = re.compile(r"[\s,₩]|연봉|연소득|연수입|세전|약|정도")
AMOUNT = r"(?=\d)(?:\d+(?:\.\d+)?억)?(?:\d+(?:\.\d+)?천?)?만?원?"
PARTS = re.compile(r"(?:(?P<eok>\d+(?:\.\d+)?)억)?(?:(?P<rest>\d+(?:\.\d+)?)(?P<cheon>천)?)?(?P<man>만)?(?P<won>원)?")
BETWEEN = re.compile(
    rf"(?P<low>{AMOUNT})(?:(?:이상|초과)?[~\-–—〜]|이상|초과|에서|부터)(?P<high>{AMOUNT})(?:미만|이하|까지|사이)?"
)
BELOW = re.compile(rf"(?P<high>{AMOUNT})(?:미만|이하)")
ABOVE = re.compile(rf"(?P<low>{AMOUNT})(?:이상|초과|\+)")
EXACT = re.compile(rf"(?P<low>{AMOUNT})")


@dataclass(frozen=True)
class Band:
    """A salary range in 만원, its upper end excluded."""

    value: str
    low: float
    high: float

    def holds(self, low: float, high: float) -> bool:
        return self.low <= low < self.high and low <= high <= self.high


def _band(value: str) -> Band:
    kind, _, bound = value.partition("_")
    if kind == "under":
        return Band(value, 0, float(bound))
    return Band(value, float(bound), math.inf) if kind == "over" else Band(value, float(kind), float(bound))


BANDS = [_band(value) for value in SalaryRange.values]


def salary_range(text: str) -> str:
    """Return the band that holds all of what is stated.

    Takes a band's label, `5,000~7,000만원`, `5000만원 이상 7000만원 미만`, `3천만원 미만`, `2억 이상`, and one
    amount: `5,500만원`, `55000000`, `1억 2천`. What reaches over two bands is refused: nobody can say which was meant.
    """
    value = vocabulary(SalaryRange).get(folded(text)) or _band_that_holds(NOISE.sub("", compact(text)))
    if value is None:
        raise unknown(SalaryRange, text)
    return value


def _band_that_holds(stated: str) -> str | None:
    bounds = _bounds(stated)
    return next((band.value for band in BANDS if bounds and band.holds(*bounds)), None)


def _bounds(stated: str) -> tuple[float, float] | None:
    """Return the lowest and the highest salary that the words allow, in 만원."""
    match = BETWEEN.fullmatch(stated) or BELOW.fullmatch(stated) or ABOVE.fullmatch(stated) or EXACT.fullmatch(stated)
    if match is None:
        return None
    named = {name: _amount(words) for name, words in match.groupdict().items()}
    low = named.get("low", 0.0)
    return low, named.get("high", low if match.re is EXACT else math.inf)


def _amount(words: str) -> float:
    """Return an amount in 만원; a plain number from a million up is in won."""
    match = PARTS.fullmatch(words)
    assert match is not None, words  # noqa: S101 - AMOUNT admits nothing else
    rest = float(match["rest"] or 0) * (CHEON if match["cheon"] else 1)
    if not (match["eok"] or match["cheon"] or match["man"]) and (match["won"] or rest >= SMALLEST_IN_WON):
        return rest / WON
    return float(match["eok"] or 0) * EOK + rest
