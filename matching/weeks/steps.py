"""The steps of a round as its page shows them, and the verbs that lead on."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import MatchWeek, WeekStatus

STEPS: dict[str, str | Promise] = {
    "draft": _("Draft"),
    "run": _("Run the engine"),
    "review": _("Check the pairs"),
    "publish": _("Publish"),
    "answers": _("Answers"),
    "close": _("Close the round"),
}
# A closed round has no step before it any more, and an unknown status none that the console knows.
CURRENT: dict[str, str] = {
    WeekStatus.DRAFT: "run",
    WeekStatus.GENERATING: "run",
    WeekStatus.REVIEW: "review",
    WeekStatus.PUBLISHED: "answers",
}
NEXT: dict[str, str | Promise] = {
    WeekStatus.DRAFT: _("Run the engine"),
    WeekStatus.GENERATING: _("Running"),
    WeekStatus.REVIEW: _("Review and publish"),
    WeekStatus.PUBLISHED: _("Follow the answers"),
}


@dataclass(frozen=True)
class Step:
    """`state` is `done`, `current` or `ahead`."""

    label: str | Promise
    state: str


def steps_of(week: MatchWeek) -> list[Step]:
    keys, current = list(STEPS), CURRENT.get(week.status)
    reached = keys.index(current) if current else len(keys) if week.status == WeekStatus.CLOSED else 0
    return [Step(STEPS[key], _state(at, reached, is_current=key == current)) for at, key in enumerate(keys)]


def _state(at: int, reached: int, *, is_current: bool) -> str:
    return "current" if is_current else "done" if at < reached else "ahead"
