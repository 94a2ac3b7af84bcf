"""The two sides of a round, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from . import groups
from .acceptance import acceptance_factor, learned_priors
from .encoding import NEUTRAL, UNIT, Column, encode, fit_table
from .members import MemberRecord
from .settings import AcceptancePriors, EngineSettings
from .waiting import worth_of_waiting

MALE, FEMALE = "male", "female"

Positions = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Side:
    """n members of one gender, in the market's order.

    `gives` and `gets` are the acceptance factors, 1 for a new member; `wait` is what their waiting is worth.
    """

    members: list[MemberRecord]
    columns: list[Column]
    gives: NDArray[np.float64]
    gets: NDArray[np.float64]
    quota: NDArray[np.int32]
    wait: NDArray[np.float64]

    @classmethod
    def of(cls, members: list[MemberRecord], gives: float, gets: float, quota: int) -> Self:
        return cls(
            members=members,
            columns=encode(members),
            gives=np.array([acceptance_factor(member.gave, gives) for member in members], np.float64),
            gets=np.array([acceptance_factor(member.got, gets) for member in members], np.float64),
            quota=np.array([max(min(member.quota, quota), 0) for member in members], np.int32),
            wait=worth_of_waiting([member.weeks_waiting for member in members]),
        )

    def __len__(self) -> int:
        return len(self.members)

    def part(self, positions: Positions) -> Self:
        """Return some of the members, whom the whole side's means judge still."""
        return type(self)(
            members=[self.members[position] for position in positions],
            columns=[column.part(positions) for column in self.columns],
            gives=self.gives[positions],
            gets=self.gets[positions],
            quota=self.quota[positions],
            wait=self.wait[positions],
        )

    @cached_property
    def position(self) -> dict[str, int]:
        return {member.id: position for position, member in enumerate(self.members)}

    @cached_property
    def weight(self) -> NDArray[np.int64]:
        """Return the sum of each member's weights; 1 for who asks for nothing, whose `base` makes up for it."""
        stated = sum(np.array([wish[1] if wish else 0 for wish in c.wishes])[c.wish_of] for c in self.columns)
        return np.maximum(stated, 1)

    @cached_property
    def base(self) -> NDArray[np.int32]:
        """Return what each member's sum of fits starts from: neutral for who asks for nothing, else 0."""
        asks = np.logical_or.reduce([column.wish_of > 0 for column in self.columns])
        return np.where(asks, 0, NEUTRAL).astype(np.int32)

    @cached_property
    def scale(self) -> NDArray[np.float64]:
        """Return what turns a sum of weighted fits into a preference times the member's own acceptance."""
        return self.gives / (self.weight * UNIT)


@dataclass(frozen=True, eq=False)
class Asking:
    """What one side asks of the other: a table of weighted fits, wish by value, for each group."""

    askers: Side
    others: Side
    tables: list[NDArray[np.int32]]

    @classmethod
    def of(cls, askers: Side, others: Side) -> Self:
        pairs = zip(groups.ALL, askers.columns, others.columns, strict=True)
        return cls(askers, others, [fit_table(group, asks.wishes, has.values) for group, asks, has in pairs])


@dataclass(frozen=True, eq=False)
class Market:
    """Everybody of a round. A pair is the positions of its man and of its woman on their sides."""

    men: Side
    women: Side
    priors: AcceptancePriors
    seed: int

    @classmethod
    def of(cls, members: Sequence[MemberRecord], settings: EngineSettings) -> Self:
        """Take members in any order; who is of neither gender is not in the market.

        Each side is ordered by district, then id: neighbours stand together, so that a block of either side has few
        different districts, which are half of all values.
        """
        ordered = sorted(members, key=lambda member: (member.district or "", member.id))
        priors = settings.priors or learned_priors(ordered)
        men = [member for member in ordered if member.gender == MALE]
        women = [member for member in ordered if member.gender == FEMALE]
        return cls(
            men=Side.of(men, priors.male_gives, priors.male_gets, settings.quota),
            women=Side.of(women, priors.female_gives, priors.female_gets, settings.quota),
            priors=priors,
            seed=settings.seed,
        )

    def part(self, men: Positions, women: Positions) -> Self:
        """Return the market of some members, given by ascending positions."""
        return type(self)(self.men.part(men), self.women.part(women), self.priors, self.seed)

    def __contains__(self, member_id: str) -> bool:
        return member_id in self.men.position or member_id in self.women.position

    @cached_property
    def men_ask(self) -> Asking:
        return Asking.of(self.men, self.women)

    @cached_property
    def women_ask(self) -> Asking:
        return Asking.of(self.women, self.men)
