"""Scores of whole blocks of pairs: two matrix products, and a few passes over what they give.

A sum of weighted fits is a column of the askers' tables, laid one below the other, times the others' values as one-hot
rows. Its terms are whole numbers (`encoding.UNIT`), so it does not depend on the block, on the number of threads or on
the BLAS; what follows is single IEEE operations on each pair. It takes 11 to 13 ns of processor time a pair, where a
look-up for each pair and group took 240 to 460.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .panels import Matrix, Panel
from .scoring import TOLERANCE

Keys = NDArray[np.uint32]

TINY = np.float32(1e-9)


class Scratch(threading.local):
    """The buffers of one thread. Fresh ones for every block would cost as much in page faults as some of the passes."""

    def __init__(self, pairs: int) -> None:
        self.men, self.women, self.either = (np.empty(pairs, np.float32) for _ in range(3))
        self.keys, self.jitter = (np.empty(pairs, np.uint32) for _ in range(2))


@dataclass(frozen=True, eq=False)
class Block:
    """The pairs of a panel of men (rows) with one of women (columns)."""

    men: Panel
    women: Panel

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.men), len(self.women)

    def men_units(self, out: Matrix) -> Matrix:
        """Return the sums of weighted fits of the men's wishes; negative for a broken must-have."""
        sums: Matrix = np.matmul(self.men.asks[self.women.present].T, self.women.has.T, out=out)
        return sums

    def women_units(self, out: Matrix) -> Matrix:
        sums: Matrix = np.matmul(self.men.has, self.women.asks[self.men.present], out=out)
        return sums

    def counted(self, numbers: Matrix, steps: int, scratch: Scratch) -> Keys:
        """Return numbers in whole steps, of which 1 has so many; they live in `scratch`, and `numbers` are used up."""
        numbers *= np.float32(steps)
        keys = self._shaped(scratch.keys)
        np.copyto(keys, numbers, casting="unsafe")
        return keys

    def jitter(self, bits: int, scratch: Scratch) -> Keys:
        """Return a random number below `2**bits` for each pair; they live in `scratch`.

        It is the sum of the pair's own two, and what is carried over is left out: each number is as probable with
        anybody, and of many equal partners no two members have the same ones first.
        """
        men, women = (panel.shuffle >> np.uint32(32 - bits) for panel in (self.men, self.women))
        sums: Keys = np.add(men[:, None], women, out=self._shaped(scratch.jitter))
        sums &= np.uint32((1 << bits) - 1)
        return sums

    def half_scores(self, floor: float, scratch: Scratch) -> Matrix:
        """Return half of each pair's mutual score, 0 where it is not possible; it lives in `scratch`."""
        men, women = self._men_scores(self._shaped(scratch.men)), self._women_scores(self._shaped(scratch.women))
        either = self._shaped(scratch.either)
        possible = np.minimum(men, women, out=either) >= max(np.float32(floor - TOLERANCE), TINY)
        total = np.maximum(np.add(men, women, out=either), TINY, out=either)
        halves: Matrix = np.divide(np.multiply(men, women, out=men), total, out=men)
        halves *= possible
        return halves

    def _shaped(self, buffer: NDArray) -> NDArray:
        rows, columns = self.shape
        return buffer[: rows * columns].reshape(rows, columns)

    def _men_scores(self, out: Matrix) -> Matrix:
        scores = self.men_units(out)
        scores *= self.men.scale[:, None]
        scores *= self.women.gets
        return scores

    def _women_scores(self, out: Matrix) -> Matrix:
        scores = self.women_units(out)
        scores *= self.women.scale
        scores *= self.men.gets[:, None]
        return scores
