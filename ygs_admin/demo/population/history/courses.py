"""What becomes of an introduction: answers, a date, a meeting, and how it ends, as far as it has happened."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from ..clock import in_office_hours, in_the_evening
from ..draws import happens, sigmoid
from ..staff_phrases import CANCEL_REASONS, DECLINE_REASONS, END_REASONS
from ..world import World
from .liking import acceptance, enjoyment
from .pairing import Pair
from .weeks import Week

NEVER_ANSWERS = 0.06
MEDIAN_HOURS_TO_ANSWER = 26
CALLED_OFF, DOES_NOT_APPEAR = 0.06, 0.03
MUTUAL_LIKING_LASTS, DATING_ENDS, DATING_MARRIES = 0.72, 0.72, 0.16
LEFT_REASON = "회원 탈퇴·이용 정지로 종료"
SIDES = (0, 1)
AFTER_MEETING = timedelta(hours=2)  # when staff hear of it
STILL_OPEN = datetime(9999, 1, 1)  # noqa: DTZ001 - naive UTC, as every time of the population


@dataclass
class Course:
    """The columns that tell an introduction's story. Lists hold a's and b's; `over_at` frees both for another one."""

    status: str = "introduced"
    responses: list[str] = field(default_factory=lambda: ["pending", "pending"])
    responded_at: list[datetime | None] = field(default_factory=lambda: [None, None])
    ratings: list[int] = field(default_factory=lambda: [3, 3])
    date_fixed_at: datetime | None = None
    met_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: str | None = None
    changed_at: datetime | None = None
    over_at: datetime = STILL_OPEN

    def becomes(self, status: str, at: datetime) -> None:
        self.status, self.changed_at = status, at

    def ends_as(self, status: str, at: datetime, reason: str | None = None) -> None:
        """Close the introduction; a married couple is never free again."""
        self.becomes(status, at)
        self.closed_at, self.close_reason = at, reason
        self.over_at = STILL_OPEN if status == "married" else at


class Story:
    """Plays one published introduction forward from its publication until today or until one of the two leaves."""

    def __init__(self, world: World, week: Week, pair: Pair, rng: Random) -> None:
        self.week, self.pair, self.rng, self.now = week, pair, rng, world.now
        self.people = (pair.a.person, pair.b.person)
        gone = [person.gone_at for person in self.people if person.gone_at]
        self.end = min([world.now, *gone])
        self.course = Course(changed_at=week.published_at)

    def play(self) -> Course:
        accepted_at = self._both_accept()
        fixed_at = accepted_at and self._date_is_fixed(accepted_at)
        met_at = fixed_at and self._they_meet(fixed_at)
        if met_at:
            self._goes_on(met_at)
        if self.course.closed_at is None and self.end < self.now:
            ending = "ended" if self.course.met_at else "canceled"
            self.course.ends_as(ending, max(self.end, self.week.published_at), LEFT_REASON)
        return self.course

    def _both_accept(self) -> datetime | None:
        yes = [happens(acceptance(self.pair, side), self.rng) for side in SIDES]
        times = [self._answer_time(side) for side in SIDES]
        self._settle_open_refusal(yes, times)
        for side in SIDES:
            answered_at = times[side]
            if answered_at is not None:
                self.course.responses[side] = "accepted" if yes[side] else "declined"
                self.course.responded_at[side] = answered_at
        answered = [moment for moment in times if moment]
        self.course.changed_at = max([self.week.published_at, *answered])
        return self._resolved(answered)

    def _answer_time(self, side: int) -> datetime | None:
        """Return when this side answered, None where it has not or never will."""
        hours = MEDIAN_HOURS_TO_ANSWER * self.rng.lognormvariate(0, 1.1)
        answered_at = self.week.published_at + timedelta(hours=hours)
        gone_at = self.people[side].gone_at or self.now
        if happens(NEVER_ANSWERS, self.rng) or answered_at > min(self.week.answers_until, self.now, gone_at):
            return None
        return answered_at

    def _settle_open_refusal(self, yes: list[bool], times: list[datetime | None]) -> None:
        """One refusal decides a pair: in an open round the other has then answered first, so no row is half decided."""
        if self.week.answers_until <= self.now:
            return
        for side in SIDES:
            refused_at = times[side]
            if refused_at and not yes[side] and times[1 - side] is None:
                times[1 - side] = self.week.published_at + (refused_at - self.week.published_at) * self.rng.random()

    def _resolved(self, answered: list[datetime]) -> datetime | None:
        """Close what is refused or lapsed; return when both had said yes."""
        course = self.course
        if course.responses == ["accepted", "accepted"]:
            course.becomes("accepted", max(answered))
            return course.changed_at
        is_refused = "declined" in course.responses
        if "pending" not in course.responses:
            course.ends_as("declined", max(answered), self._some(DECLINE_REASONS, 0.5))
        elif self.week.answers_until <= (self.now if is_refused else self.end):
            course.responses = [response if response != "pending" else "no_answer" for response in course.responses]
            course.ends_as("declined" if is_refused else "expired", self.week.answers_until)
        return None

    def _date_is_fixed(self, accepted_at: datetime) -> datetime | None:
        fixed_at = in_office_hours(accepted_at + timedelta(days=self.rng.uniform(0.4, 6)), self.rng)
        if fixed_at > self.end:
            return None
        if happens(CALLED_OFF, self.rng):
            self.course.ends_as("canceled", fixed_at, self.rng.choice(CANCEL_REASONS))
            return None
        self.course.date_fixed_at = fixed_at
        self.course.becomes("date_fixed", fixed_at)
        return fixed_at

    def _they_meet(self, fixed_at: datetime) -> datetime | None:
        met_at = in_the_evening(fixed_at + timedelta(days=self.rng.uniform(1.5, 12)), self.rng)
        if met_at + AFTER_MEETING > self.end:
            return None
        if happens(DOES_NOT_APPEAR, self.rng):
            self.course.ends_as("no_show", met_at + AFTER_MEETING)
            return None
        self.course.met_at = met_at
        self.course.becomes("met", met_at + AFTER_MEETING)
        self.course.ratings = [enjoyment(self.pair, side, self.rng) for side in SIDES]
        return met_at

    def _goes_on(self, met_at: datetime) -> None:
        likes = [happens(sigmoid(2.2 * (rating - 3.6)), self.rng) for rating in self.course.ratings]
        if all(likes) and happens(MUTUAL_LIKING_LASTS, self.rng):
            dating_at = met_at + timedelta(days=self.rng.uniform(5, 18))
            if dating_at <= self.end:
                self.course.becomes("dating", dating_at)
                self._dating_ends(dating_at)
            return
        ended_at = in_office_hours(met_at + timedelta(days=self.rng.uniform(3, 13)), self.rng)
        if ended_at <= self.end:
            self.course.ends_as("ended", ended_at, self._some(END_REASONS, 0.8))

    def _dating_ends(self, since: datetime) -> None:
        fate = self.rng.random()
        ends_at = since + timedelta(days=self.rng.uniform(15, 200))
        marries_at = since + timedelta(days=self.rng.uniform(150, 420))
        if fate < DATING_ENDS and ends_at <= self.end:
            self.course.ends_as("ended", ends_at, self._some(END_REASONS, 0.8))
        elif DATING_ENDS <= fate < DATING_ENDS + DATING_MARRIES and marries_at <= self.end:
            self.course.ends_as("married", marries_at)

    def _some(self, reasons: tuple[str, ...], share: float) -> str | None:
        return self.rng.choice(reasons) if happens(share, self.rng) else None
