"""What the members of one side of a block bring to it, as matrices."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .market import Asking, Market

Matrix = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Panel:
    """n neighbours on one side.

    `asks` (value × member) holds what each asks for, all tables one below the other. `has` (member × value) is one-hot
    over the values that anybody here has; `present` are their rows in the other side's `asks`. `shuffle` is a random
    number for each member, by id and seed alone.
    """

    members: slice
    asks: Matrix
    present: NDArray[np.intp]
    has: Matrix
    scale: Matrix
    gets: Matrix
    shuffle: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.has)

    @classmethod
    def of_men(cls, market: Market, members: slice) -> Self:
        return cls._of(market.men_ask, market.women_ask, members, market.seed)

    @classmethod
    def of_women(cls, market: Market, members: slice) -> Self:
        return cls._of(market.women_ask, market.men_ask, members, market.seed)

    @classmethod
    def _of(cls, asks: Asking, asked: Asking, members: slice, seed: int) -> Self:
        side = asks.askers
        present, has = _had_by(asked, members)
        return cls(
            members=members,
            asks=_asked_by(asks, members),
            present=present,
            has=has,
            scale=side.scale[members].astype(np.float32),
            gets=side.gets[members].astype(np.float32),
            shuffle=np.array([shuffled(member.id, seed) for member in side.members[members]], np.uint32),
        )


def _asked_by(asking: Asking, askers: slice) -> Matrix:
    """Return the askers' rows of all tables as columns, and last what their sums start from."""
    columns = zip(asking.tables, asking.askers.columns, strict=True)
    rows = [table[column.wish_of[askers]].T for table, column in columns]
    return np.concatenate([*rows, asking.askers.base[None, askers]]).astype(np.float32)


def _had_by(asking: Asking, others: slice) -> tuple[NDArray[np.intp], Matrix]:
    """Return which rows of `_asked_by` any of these others have, and who has each; everybody has the last."""
    widths = [table.shape[1] for table in asking.tables]
    *firsts, last = np.cumsum([0, *widths])
    had = [first + column.value_of[others] for first, column in zip(firsts, asking.others.columns, strict=True)]
    had.append(np.full(len(had[0]), last))
    present, places = np.unique(np.stack(had, axis=1), return_inverse=True)
    matrix = np.zeros((len(had[0]), len(present)), np.float32)
    np.put_along_axis(matrix, places.reshape(len(matrix), -1), 1, axis=1)
    return present, matrix


def shuffled(member_id: str, seed: int) -> int:
    """Return a random number of 32 bits, which is the member's own in this seed."""
    return int.from_bytes(blake2b(f"{seed} {member_id}".encode(), digest_size=4).digest())
