from math import inf, nan
from typing import Any

import pytest

from matching.engine import groups
from matching.engine.encoding import BROKEN, NEUTRAL, UNIT, encode, fit_table, wish_of_group
from matching.engine.members import MemberRecord, Wishes

AGE = groups.ALL[0]


@pytest.mark.parametrize(
    ("stated", "weight"),
    [(1, 1), (5, 5), (0, 1), (99, 5), (None, 3), ("4", 3), (True, 3), (2.0, 2), (nan, 3), (inf, 5), ([], 3)],
)
def test_a_weight_is_from_one_to_five_whatever_is_stored(stated: Any, weight: int) -> None:
    assert wish_of_group(AGE, Wishes(birth_year_min=1990, weights={"age": stated})) == ((1990, None), weight, False)


def test_a_must_have_without_a_wish_asks_for_nothing() -> None:
    assert wish_of_group(AGE, Wishes(must_have=frozenset({"age"}))) is None


def test_equal_values_and_equal_wishes_are_one_class() -> None:
    asks = Wishes(birth_year_min=1990)
    members = [MemberRecord(f"usr_{year}", "male", year, wishes=asks) for year in (1990, 1991, 1990)]
    column = encode(members)[0]

    assert column.value_of.tolist() == [1, 2, 1]
    assert column.values == [None, 1990, 1991]
    assert column.wish_of.tolist() == [1, 1, 1]


def test_the_table_holds_weighted_fits() -> None:
    soft, hard = ((1990, None), 2, False), ((1990, None), 2, True)
    table = fit_table(AGE, [None, soft, hard], [None, 1990, 1987])

    assert table.tolist() == [
        [0, 0, 0],
        [2 * NEUTRAL, 2 * UNIT, UNIT],
        [BROKEN, 2 * UNIT, BROKEN],
    ]
