"""Wishes for at least some step of a ladder: education and salary."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.members import MemberRecord, Wishes

from .base import Fits


@dataclass(frozen=True)
class MinimumGroup:
    """1 from the asked step on, less by `loss` for every step below it.

    A step that this ladder does not have, asked for by a newer writer of the tables, is met by nobody: to take it for
    no wish would break a must-have.
    """

    name: str
    value: str
    wish: str
    ladder: tuple[str, ...]
    loss: float

    def asked(self, wishes: Wishes) -> str | None:
        return getattr(wishes, self.wish) or None

    def has(self, member: MemberRecord) -> str | None:
        value = getattr(member, self.value)
        return value if value in self.ladder else None

    def against(self, values: Sequence[str]) -> Fits:
        steps = np.array([self.ladder.index(value) for value in values], np.float64)

        def fits(asked: str) -> NDArray[np.float64]:
            if asked not in self.ladder:
                return np.zeros(len(steps))
            below = np.maximum(self.ladder.index(asked) - steps, 0)
            return np.maximum(1 - self.loss * below, 0)

        return fits

    def shown(self, asked: str) -> str:
        return asked
