"""What a population is made from, worked out once: the seed, the size, the day, the staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from random import Random

from .clock import seoul
from .contracts import StaffRef
from .draws import stream
from .signups import SignUps

# Up to here every photo and document has an object of its own; beyond, members share the drawings of the pool.
MEMBERS_WITH_OWN_OBJECTS = 5_000


@dataclass(frozen=True)
class World:
    seed: int
    members: int
    today: date
    staff: tuple[StaffRef, ...]

    @cached_property
    def now(self) -> datetime:
        """The midnight in Seoul at which `today` begins, naive UTC: nothing has happened after it."""
        return seoul(self.today)

    @cached_property
    def sign_ups(self) -> SignUps:
        return SignUps(self.seed, self.members, self.today)

    @property
    def has_own_objects(self) -> bool:
        return self.members <= MEMBERS_WITH_OWN_OBJECTS

    def stream(self, *path: str | int) -> Random:
        return stream(self.seed, *path)

    def with_role(self, role: str) -> Sequence[StaffRef]:
        """Return the staff of a role, or everybody where nobody has it."""
        return self._by_role.get(role, self.staff)

    @cached_property
    def _by_role(self) -> dict[str, tuple[StaffRef, ...]]:
        roles = {person.role for person in self.staff}
        return {role: tuple(person for person in self.staff if person.role == role) for role in roles}

    def happened(self, moment: datetime) -> bool:
        return moment <= self.now
