"""The rounds' calendar: proposed on the Friday before, published on Thursday, answered until the Sunday after next."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from ..clock import seoul
from ..draws import happens
from ..identifiers import seeded_id
from ..match_rows import WeekRow
from ..rows import Json
from ..world import World

WEEKS = 104  # before the current one
MINIMUM_SCORE = 0.35
FAIRNESS_WEIGHT = 0.15

_NOTES = (
    "명절 연휴로 답변 기한을 넉넉히 안내함",
    "신규 가입자 우선 소개",
    "수도권 남성 비율이 높아 조정함",
    "휴가철 일정 조율이 많았음",
)


@dataclass(frozen=True)
class Week:
    id: str
    starts_on: date
    status: str
    opened_at: datetime
    generated_at: datetime
    published_at: datetime
    answers_until: datetime

    @property
    def is_published(self) -> bool:
        return self.status in {"published", "closed"}

    @property
    def is_open(self) -> bool:
        """Tell whether staff still work on it; such rounds alone explain their pairs in full, to save gigabytes."""
        return self.status != "closed"


@dataclass
class WeekTotals:
    """What a round came to, summed over the cohorts as they are played."""

    eligible: dict[str, int] = field(default_factory=lambda: {"male": 0, "female": 0})
    pairs: int = 0
    score: float = 0.0
    lowest_score: float = 1.0
    answers: int = 0
    yes: int = 0
    mutual: int = 0

    def add(self, score: float, responses: list[str]) -> None:
        """Count one introduction with its score and both answers."""
        self.pairs += 1
        self.score += score
        self.lowest_score = min(self.lowest_score, score)
        self.answers += sum(response in {"accepted", "declined"} for response in responses)
        self.yes += responses.count("accepted")
        self.mutual += responses == ["accepted", "accepted"]

    def summary(self) -> Json:
        """Return the round's summary: pairs, coverage by gender, scores, and rates once there were answers."""
        return {
            "pairs": self.pairs,
            "eligible": dict(self.eligible),
            "coverage": {gender: _rate(self.pairs, count) for gender, count in self.eligible.items()},
            "mean_score": _rate(self.score, self.pairs),
            "lowest_score": round(self.lowest_score, 4) if self.pairs else None,
            "accept_rate": _rate(self.yes, self.answers),
            "mutual_accept_rate": _rate(self.mutual, self.pairs if self.answers else 0),
        }


def _rate(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def weeks_of(world: World) -> list[Week]:
    """Return two years of rounds, oldest first; the last is that of `today`, still under review."""
    monday = world.today - timedelta(days=world.today.weekday())
    mondays = [monday - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    return [_week(world, starts_on, is_current=starts_on == monday) for starts_on in mondays]


def _week(world: World, starts_on: date, *, is_current: bool) -> Week:
    published_at, answers_until = seoul(starts_on + timedelta(days=3), 11), seoul(starts_on + timedelta(days=14))
    opened_at = seoul(starts_on - timedelta(days=3), 17.5)
    status = "review" if is_current else "closed" if world.happened(answers_until) else "published"
    return Week(
        id=seeded_id("mw", opened_at, world.stream("week", starts_on.isoformat())),
        starts_on=starts_on,
        status=status,
        opened_at=opened_at,
        generated_at=opened_at + timedelta(minutes=24),
        published_at=published_at,
        answers_until=answers_until,
    )


def week_row(world: World, week: Week) -> WeekRow:
    """Return the row without its summary, which is known only when every cohort has been played."""
    rng = world.stream("week row", week.starts_on.isoformat())
    year, number, _day = week.starts_on.isocalendar()
    published_at = week.published_at if week.is_published else None
    closed_at = week.answers_until if week.status == "closed" else None
    return WeekRow(
        id=week.id,
        iso_year=year,
        iso_week=number,
        starts_on=week.starts_on,
        ends_on=week.starts_on + timedelta(days=6),
        status=week.status,
        settings={
            "quota": 1,
            "fairness_weight": FAIRNESS_WEIGHT,
            "seed": rng.randint(1, 2**31 - 1),
            "minimum_score": MINIMUM_SCORE,
        },
        summary=None,
        generated_at=week.generated_at,
        published_at=published_at,
        closed_at=closed_at,
        note=rng.choice(_NOTES) if happens(0.12, rng) else None,
        created_at=week.opened_at,
        updated_at=closed_at or published_at or week.generated_at,
        deleted_at=None,
    )
