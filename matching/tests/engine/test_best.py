import numpy as np
import pytest

from matching.engine.best import Best

LEAST_KEY = 1000


def kept(keys: np.ndarray, count: int, order: list[tuple[slice, slice]]) -> list[tuple[int, int]]:
    best = Best(len(keys), count, LEAST_KEY)
    for rows, columns in order:
        block = np.zeros_like(keys[:, columns])
        block[rows] = keys[rows, columns]
        best.offer_rows(block, columns.start)
    return list(map(tuple, best.pairs(0).T.tolist()))


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize("high", [LEAST_KEY + 3, 2**32 - 1])
def test_the_greatest_keys_are_kept_in_any_order_of_blocks(count: int, high: int) -> None:
    keys = np.random.default_rng(count).integers(LEAST_KEY - 1, high, (7, 40), dtype=np.uint32, endpoint=True)
    expected = {
        (row, column)
        for row in range(7)
        for column in sorted(range(40), key=lambda c, r=row: (-int(keys[r, c]), c))[:count]
        if keys[row, column] >= LEAST_KEY
    }
    every = slice(0, 7)
    orders = [
        [(every, slice(0, 40))],
        [(every, slice(first, first + 10)) for first in (30, 0, 20, 10)],
        [(slice(row, row + 1), slice(0, 40)) for row in (6, 2, 4, 0, 1, 3, 5)],
    ]

    for order in orders:
        assert set(kept(keys, count, order)) == expected


def test_columns_may_own_too() -> None:
    keys = np.array([[5, 9], [7, 8], [6, 1]], np.uint32) + np.uint32(LEAST_KEY)
    best = Best(2, 1, LEAST_KEY)
    best.offer_columns(keys, 100)

    assert best.pairs(40).tolist() == [[40, 41], [101, 100]]


def test_what_is_not_possible_is_not_kept() -> None:
    best = Best(1, 5, LEAST_KEY)
    best.offer_rows(np.array([[0, LEAST_KEY - 1]], np.uint32), 0)

    assert best.pairs(0).shape == (2, 0)
