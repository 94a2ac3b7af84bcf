"""Wishes for one of several values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np
from numpy.typing import NDArray

from matching.engine.members import MemberRecord, Wishes

from .base import Fits

Nearness = Callable[[str, str], float]
"""How near a value comes to one that is asked for: 1 where it is it, 0 where it is nothing like it."""


def same(asked: str, value: str) -> float:
    return float(asked == value)


def steps_apart(scale: tuple[str, ...]) -> Nearness:
    """Count half for the next step of a scale: who accepts somebody drinking sometimes hardly minds weekly."""

    def nearness(asked: str, value: str) -> float:
        if asked == value:
            return 1
        is_next = asked in scale and value in scale and abs(scale.index(asked) - scale.index(value)) == 1
        return 0.5 if is_next else 0

    return nearness


def letters_shared(asked: str, value: str) -> float:
    """Count half for an MBTI type that differs in one of its four letters."""
    if asked == value:
        return 1
    return 0.5 if len(asked) == len(value) and sum(starmap(str.__ne__, zip(asked, value, strict=True))) == 1 else 0


@dataclass(frozen=True)
class ChoiceGroup:
    """The nearness to that of the accepted values which is nearest. Values need not be known here: equal is equal."""

    name: str
    value: str
    wish: str
    nearness: Nearness

    def asked(self, wishes: Wishes) -> tuple[str, ...] | None:
        return tuple(sorted({value for value in getattr(wishes, self.wish) or () if value})) or None

    def has(self, member: MemberRecord) -> str | None:
        return getattr(member, self.value) or None

    def against(self, values: Sequence[str]) -> Fits:
        rows: dict[str, NDArray[np.float64]] = {}

        def row(asked: str) -> NDArray[np.float64]:
            if asked not in rows:
                rows[asked] = np.array([self.nearness(asked, value) for value in values], np.float64)
            return rows[asked]

        return lambda asked: np.maximum.reduce([row(value) for value in asked])

    def shown(self, asked: tuple[str, ...]) -> list[str]:
        return list(asked)
