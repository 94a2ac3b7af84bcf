"""What every group of a preference can do."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.engine.members import MemberRecord, Wishes

Fits = Callable[[Any], NDArray[np.float64]]
"""From a wish to its fit with each of the values that it was made for."""


class Group(Protocol):
    """One group of wishes. Wishes and values are hashable, so that equal ones are worked out once."""

    @property
    def name(self) -> str: ...

    def asked(self, wishes: Wishes) -> Hashable | None:
        """Return the wish in one spelling, None where nothing is asked."""

    def has(self, member: MemberRecord) -> Hashable | None:
        """Return the member's value, None where it is not stated or not one that this group knows."""

    def against(self, values: Sequence[Any]) -> Fits:
        """Return the function that fits a wish to these values, none of which is None."""

    def shown(self, asked: Any) -> Any:
        """Return a wish as plain JSON."""
