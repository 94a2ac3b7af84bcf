"""What `populate()` asks of its caller and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

# Called with the name of a step, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


class ObjectStore(Protocol):
    """Where photos and document images go. Called from several threads at once."""

    def put(self, key: str, body: bytes, content_type: str) -> None: ...


@dataclass(frozen=True)
class StaffRef:
    """One of the staff who stand in the population's rows: an id `stf_…`, a name, a role such as `reviewer`."""

    id: str
    name: str
    role: str


@dataclass(frozen=True)
class Summary:
    """What a run did. `already_populated` means that members were there before it and that it wrote nothing."""

    already_populated: bool = False
    rows: dict[str, int] = field(default_factory=dict)
    objects: int = 0
    object_bytes: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
