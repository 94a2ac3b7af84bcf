"""When and with whom a consultation is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Slot:
    """A consultant's time from `starts_at` (aware) for so many minutes."""

    consultant_id: str
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def label(self) -> str:
        """`2026-11-26 14:00–14:30`, in the current time zone."""
        starts, ends = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return f"{starts:%Y-%m-%d %H:%M}–{ends:%H:%M}"

    @property
    def time_label(self) -> str:
        """`14:00–14:30`."""
        return self.label.partition(" ")[2]
