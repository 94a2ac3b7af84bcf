"""An introduction's story in the order in which it happened, and what is still ahead."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import IntroductionStatus, MatchHistory
from matching.models.introduction_status import CLOSED

from .sides import Side

WAY = (
    (IntroductionStatus.INTRODUCED, "introduced_at"),
    (IntroductionStatus.ACCEPTED, ""),
    (IntroductionStatus.DATE_FIXED, "date_fixed_at"),
    (IntroductionStatus.MET, "met_at"),
)
"""The way of an introduction that succeeds, with the columns that say when."""
STANDS_WITHOUT_TIME = {IntroductionStatus.CONFIRMED, IntroductionStatus.DATING}


@dataclass(frozen=True)
class Step:
    """Something that happened, or is ahead where `at` is None and it is not where things stand. `who` is whose deed."""

    label: str | Promise
    at: datetime | None = None
    note: str = ""
    tone: str = ""
    who: str = ""
    is_now: bool = False


def timeline(introduction: MatchHistory, sides: list[Side]) -> list[Step]:
    """Return the steps that happened by their times, where things stand now, and the way that is left."""
    proposed = Step(_("Proposed"), introduction.created_at, note=introduction.get_source_display())
    happened = [proposed, *sorted(_happened(introduction, sides), key=lambda step: step.at or introduction.created_at)]
    if introduction.status in CLOSED:
        return happened
    return [*happened, *_standing(introduction), *_ahead(introduction)]


def _happened(introduction: MatchHistory, sides: list[Side]) -> list[Step]:
    steps = [
        Step(status.label, getattr(introduction, column), is_now=introduction.status == status)
        for status, column in WAY
        if column and getattr(introduction, column)
    ]
    steps += [
        Step(side.response_label, side.responded_at, tone=side.response, who=side.member.shown.name)
        for side in sides
        if side.responded_at
    ]
    if introduction.closed_at:
        steps.append(_closing(introduction))
    return steps


def _closing(introduction: MatchHistory) -> Step:
    return Step(
        introduction.get_status_display(),
        introduction.closed_at,
        note=introduction.close_reason or "",
        tone=introduction.status,
        is_now=True,
    )


def _standing(introduction: MatchHistory) -> list[Step]:
    """Return where things stand, where no column says since when."""
    if introduction.status not in {*STANDS_WITHOUT_TIME, IntroductionStatus.ACCEPTED}:
        return []
    return [Step(introduction.get_status_display(), is_now=True)]


def _ahead(introduction: MatchHistory) -> list[Step]:
    statuses = [status for status, _column in WAY]
    before = (IntroductionStatus.PROPOSED, IntroductionStatus.CONFIRMED)
    if introduction.status in before:
        return [Step(status.label) for status in statuses]
    if introduction.status not in statuses:
        return []
    return [Step(status.label) for status in statuses[statuses.index(introduction.status) + 1 :]]
