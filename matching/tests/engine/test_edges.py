import numpy as np

from matching.engine.edges import Edges


def test_pairs_are_sorted_and_kept_once() -> None:
    edges = Edges.of([2, 0, 0, 2], [1, 5, 3, 1], [0.5, 0.25, 0.75, 0.5])

    assert edges.a.tolist() == [0, 0, 2]
    assert edges.b.tolist() == [3, 5, 1]
    assert edges.score.tolist() == [0.75, 0.25, 0.5]
    assert (edges.a.dtype, edges.b.dtype, edges.score.dtype) == (np.int32, np.int32, np.float64)


def test_no_pairs_are_edges_too() -> None:
    assert len(Edges.of([], [], [])) == 0


def test_a_mask_keeps_the_order() -> None:
    edges = Edges.of([0, 1, 2], [2, 1, 0], [0.1, 0.2, 0.3])

    assert edges.where(np.array([True, False, True])).a.tolist() == [0, 2]


def test_codes_ascend_with_the_pairs() -> None:
    codes = Edges.of([1, 0, 1], [0, 7, 3], [0, 0, 0]).codes()

    assert (np.diff(codes) > 0).all()
