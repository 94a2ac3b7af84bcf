"""The pairs that enter an assignment."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Edges:
    """m possible pairs as parallel arrays, sorted by (a, b), each pair once.

    `a` and `b` (int32) are the positions of the man and of the woman in the market's orders, `score` (float64) is the
    mutual score in [0, 2].
    """

    a: Indices
    b: Indices
    score: Scores

    @classmethod
    def of(cls, a: Any, b: Any, score: Any) -> Self:
        """Take pairs in any order and any number of times; a pair given twice must have one score."""
        men, women = np.asarray(a, np.int32), np.asarray(b, np.int32)
        codes = men.astype(np.int64) << 32 | women
        _, first = np.unique(codes, return_index=True)
        return cls(men[first], women[first], np.asarray(score, np.float64)[first])

    @classmethod
    def union(cls, *several: "Edges") -> Self:
        parts = ((edges.a, edges.b, edges.score) for edges in several)
        return cls.of(*map(np.concatenate, zip(*parts, strict=True)))

    def __len__(self) -> int:
        return len(self.a)

    def where(self, mask: Mask) -> Self:
        return type(self)(self.a[mask], self.b[mask], self.score[mask])

    def among(self, others: "Edges") -> Mask:
        """Tell which of these pairs are others as well."""
        return np.isin(self.codes(), others.codes())

    def codes(self) -> NDArray[np.int64]:
        """One ascending number for each pair, to look pairs up by."""
        return self.a.astype(np.int64) << 32 | self.b
