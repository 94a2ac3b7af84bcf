import numpy as np

from matching.engine.edges import Edges
from matching.engine.excluding import Excluded
from matching.engine.market import Market
from matching.engine.members import MemberRecord
from matching.engine.settings import EngineSettings

MEMBERS = [MemberRecord(f"usr_{n}", ("male", "female")[n % 2], 1990) for n in range(6)]
MARKET = Market.of(MEMBERS, EngineSettings())
PAIRS = [("usr_3", "usr_0"), ("usr_0", "usr_3"), ("usr_4", "usr_1"), ("usr_0", "usr_2"), ("usr_0", "usr_9"), ("x", "y")]


def test_pairs_become_positions_in_either_order_and_once() -> None:
    excluded = Excluded.of(MARKET, PAIRS)

    assert (excluded.a.tolist(), excluded.b.tolist()) == ([0, 2], [1, 0])


def test_a_block_is_told_its_own_by_row_and_column() -> None:
    rows, columns = Excluded.of(MARKET, PAIRS).within(slice(1, 3), slice(0, 2))

    assert (rows.tolist(), columns.tolist()) == ([1], [0])


def test_partners_are_found_from_either_side() -> None:
    excluded = Excluded.of(MARKET, PAIRS)

    assert excluded.partners_of(0).tolist() == [1]
    assert excluded.partners_of(1).tolist() == []
    assert excluded.turned().partners_of(0).tolist() == [2]


def test_no_pairs_exclude_nobody() -> None:
    excluded = Excluded.of(MARKET, [])

    assert excluded.holds(MARKET.men.quota[:1] * 0, MARKET.women.quota[:1] * 0).tolist() == [False]


def test_some_members_keep_their_own_pairs_under_new_positions() -> None:
    barred = Excluded(np.array([0, 0, 2, 3], np.int32), np.array([1, 2, 2, 0], np.int32))
    part = barred.part(np.array([0, 2]), np.array([0, 2]))

    assert list(zip(part.a, part.b, strict=True)) == [(0, 1), (1, 1)]


def test_others_are_excluded_also_once_each_and_in_order() -> None:
    barred = Excluded(np.array([0, 2], np.int32), np.array([1, 2], np.int32))
    both = barred.also(Edges.of([1, 2], [0, 2], [0.5, 0.5]))

    assert list(zip(both.a, both.b, strict=True)) == [(0, 1), (1, 0), (2, 2)]
