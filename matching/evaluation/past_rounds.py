"""The rounds that have taken place, and what became of each of their introductions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Self

from matching.engine.settings import EngineSettings
from matching.models.introduction import MatchHistory
from matching.models.introduction_status import Response
from matching.models.week import MatchWeek, WeekStatus

TOOK_PLACE = (WeekStatus.PUBLISHED, WeekStatus.CLOSED)
COLUMNS = (
    "user_a_id", "user_b_id", "a_response", "b_response", "a_responded_at", "b_responded_at", "closed_at",
    "introduced_at",
)  # fmt: skip


class PastPair(NamedTuple):
    """An introduction. `mutual` is None while it is open; `known_at` is when that was settled, None if not noted."""

    a: str
    b: str
    mutual: bool | None
    known_at: datetime | None
    introduced_at: datetime | None

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Self:
        a, b, *answers, a_at, b_at, closed_at, introduced_at = row
        times = [a_at or closed_at, b_at or closed_at]
        if all(answer == Response.ACCEPTED for answer in answers):
            return cls(a, b, True, max(times) if all(times) else None, introduced_at)
        refused = (Response.DECLINED, Response.NO_ANSWER)
        settled = [time for answer, time in zip(answers, times, strict=True) if answer in refused]
        if not settled:
            return cls(a, b, None, None, introduced_at)
        return cls(a, b, False, min(filter(None, settled), default=None), introduced_at)


@dataclass(frozen=True)
class PastRound:
    """One round; `as_of` is the moment before its first introduction."""

    label: str
    as_of: datetime
    settings: EngineSettings
    pairs: list[PastPair]


def weeks_to_replay(last: int | None) -> list[MatchWeek]:
    """Return the rounds that took place, oldest first; only so many of the last ones where a number is given."""
    weeks = MatchWeek.objects.filter(status__in=TOOK_PLACE).order_by("-iso_year", "-iso_week")
    return list(weeks[:last])[::-1]


def read_round(week: MatchWeek) -> PastRound | None:
    """Read a round's introductions, deleted ones too; None where there was none, or nobody noted when."""
    rows = MatchHistory.all_objects.ever_introduced().filter(match_week=week).order_by("pk").values_list(*COLUMNS)
    pairs = [PastPair.of(row) for row in rows]
    times = [pair.introduced_at for pair in pairs if pair.introduced_at is not None]
    as_of = min(times, default=week.published_at)
    if not pairs or as_of is None:
        return None
    return PastRound(str(week), as_of, week.round_settings.engine, pairs)
