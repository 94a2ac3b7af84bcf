"""Wishes for a range of whole numbers: birth years and heights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.engine.members import MemberRecord, Wishes

from .base import Fits

Range = tuple[int | None, int | None]


@dataclass(frozen=True)
class RangeGroup:
    """1 within the range, then falling by an equal step with every year or centimetre outside it, 0 from `zero_at` on.

    A graded edge instead of a cliff is the linear membership function of fuzzy matching (Zadeh, Fuzzy Sets, 1965).
    """

    name: str
    value: str
    least: str
    most: str
    zero_at: int

    def asked(self, wishes: Wishes) -> Range | None:
        bounds = (getattr(wishes, self.least), getattr(wishes, self.most))
        return None if bounds == (None, None) else bounds

    def has(self, member: MemberRecord) -> int | None:
        value: int | None = getattr(member, self.value)
        return value

    def against(self, values: Sequence[int]) -> Fits:
        numbers = np.array(values, np.float64)

        def fits(asked: Range) -> NDArray[np.float64]:
            least, most = asked
            below = 0 if least is None else least - numbers
            above = 0 if most is None else numbers - most
            outside = np.maximum(np.maximum(below, above), 0)
            return np.maximum(1 - outside / self.zero_at, 0)

        return fits

    def shown(self, asked: Range) -> dict[str, int | None]:
        return {"min": asked[0], "max": asked[1]}
