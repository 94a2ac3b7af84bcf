"""What has been delivered to a member within a period, which decides refunds.

The times stand in rows of the app further up, which registers who reads them (`register`), so that this one need not
know it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Milestones:
    """When the first profile was delivered, when a date was first fixed, and how many meetings there have been."""

    first_introduced_at: datetime | None = None
    first_date_fixed_at: datetime | None = None
    meetings: int = 0


Provider = Callable[[str, datetime, datetime], Milestones]
"""Takes a member's id and a period, both ends included."""

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Have a provider asked whenever milestones are. Call it while apps get ready."""
    if provider not in _providers:
        _providers.append(provider)


def milestones_of(user_id: str, since: datetime, until: datetime) -> Milestones:
    """Return what all providers know together; with none, that nothing was delivered. One query a provider."""
    found = [provider(user_id, since, until) for provider in _providers]
    return Milestones(
        first_introduced_at=_earliest([known.first_introduced_at for known in found]),
        first_date_fixed_at=_earliest([known.first_date_fixed_at for known in found]),
        meetings=sum(known.meetings for known in found),
    )


def _earliest(moments: list[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
