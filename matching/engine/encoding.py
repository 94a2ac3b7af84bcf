"""Members as columns: every value and every wish is a small number, and each group a table of wish by value.

Equal wishes share a row and equal values a column, so that a fit is worked out once however many members have it.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

import numpy as np
from numpy.typing import NDArray

from . import groups
from .members import MemberRecord, Wishes

UNIT = 10_000
"""A fit of 1. Fits are whole ten-thousandths and weights are whole, so that every sum of them is exact in float32
(below 2²⁴), whichever order a matrix product adds in."""
NEUTRAL = UNIT // 2
"""What is not known counts half: a value that the other side does not state, and the wishes of who asks for nothing."""
BROKEN = -(2**26)
"""The fit of a must-have that is not met: no sum with it comes near 0."""
DEFAULT_WEIGHT = 3
WEIGHTS = (1, 5)

Wish = tuple[Any, int, bool]
"""What is asked for, its weight, and whether it is a must-have."""
Classes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Column:
    """One group of n members: each one's class of value and of wish; class 0 of both means not stated."""

    value_of: Classes
    values: list[Any]
    wish_of: Classes
    wishes: list[Wish | None]

    def part(self, positions: NDArray[np.intp]) -> Self:
        """Return the column of some of the members; the classes stay what they are."""
        return type(self)(self.value_of[positions], self.values, self.wish_of[positions], self.wishes)


def encode(members: Sequence[MemberRecord]) -> list[Column]:
    return [_column(group, members) for group in groups.ALL]


def _column(group: groups.Group, members: Sequence[MemberRecord]) -> Column:
    value_of, values = _classes([group.has(member) for member in members])
    wish_of, wishes = _classes([wish_of_group(group, member.wishes) for member in members])
    return Column(value_of, values, wish_of, cast("list[Wish | None]", wishes))


def _classes(stated: list[Hashable | None]) -> tuple[Classes, list[Any]]:
    numbers: dict[Any, int] = {None: 0}
    classes = [numbers.setdefault(each, len(numbers)) for each in stated]
    return np.array(classes, np.int32), list(numbers)


def wish_of_group(group: groups.Group, wishes: Wishes) -> Wish | None:
    asked = group.asked(wishes)
    return None if asked is None else (asked, _weight(wishes.weights.get(group.name)), group.name in wishes.must_have)


def _weight(stated: Any) -> int:
    """Return a weight from 1 to 5; the tables' JSON may hold anything."""
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        return DEFAULT_WEIGHT
    return int(min(max(stated, WEIGHTS[0]), WEIGHTS[1])) if stated == stated else DEFAULT_WEIGHT  # noqa: PLR0124 - NaN


def fit_table(group: groups.Group, wishes: Sequence[Wish | None], values: Sequence[Any]) -> NDArray[np.int32]:
    """Return each wish's weighted fit with each value, in units; 0 for no wish, `BROKEN` for an unmet must-have."""
    table = np.zeros((len(wishes), len(values)), np.int32)
    fits = group.against(values[1:])
    for row, wish in zip(table, wishes, strict=True):
        if wish is not None:
            row[:] = weighted_fits(wish, fits)
    return table


def weighted_fits(wish: Wish, fits: groups.Fits) -> NDArray[np.int32]:
    """Return a row of the table: first for a value that is not stated, then for each of the values."""
    asked, weight, is_must_have = wish
    units = np.rint(fits(asked) * UNIT).astype(np.int32)
    row = np.concatenate(([NEUTRAL], units)).astype(np.int32) * weight
    if is_must_have:
        row[0] = BROKEN
        row[1:][units < UNIT] = BROKEN
    return row
