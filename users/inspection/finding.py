"""One thing that stands out in a month."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Finding:
    """`check` names what was measured, `subject` whom it is about: an actor, an actor and a member, or an address.

    `numbers` are what was counted, as the check's sentence names them; `filters` are those of the audit screen that
    show the rows behind them.
    """

    check: str
    subject: str
    numbers: dict[str, Any]
    actor_id: str = ""
    actor_name: str = ""
    user_id: str = ""
    filters: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.check}.{self.subject}"

    def kept(self, note: str) -> dict[str, Any]:
        """Return what the sign-off keeps of it."""
        return asdict(self) | {"key": self.key, "note": note}

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{name: value for name, value in kept.items() if name not in {"key", "note"}})
