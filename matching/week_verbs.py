"""What staff can do to a round: each verb's words and when it is offered. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.jobs.models import Job
from ygs_admin.staff.models import Staff

from .models import MatchWeek, WeekStatus
from .rounds.by_hand import confirm_all

PERMISSION = "matching.change_matchweek"


@dataclass(frozen=True)
class WeekVerb:
    """`apply` does it; `statuses` are those in which it is offered, `leads_on` marks the step that comes next.

    `while_working`: offered only while a job works on the round, as all others are only while none does. `has_page`: it
    is confirmed on its own page, which says more than the dialog would. `nothing_done` is said instead of `done` where
    there was nothing to do.
    """

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    apply: Callable[[MatchWeek, Staff], Any]
    statuses: frozenset[str]
    permission: str = PERMISSION
    tone: str = "neutral"
    leads_on: bool = False
    while_working: bool = False
    has_page: bool = False
    inverse: str = ""
    nothing_done: str | Promise = ""

    @property
    def url_name(self) -> str:
        return f"matching:week_{self.key.replace('-', '_')}"

    def is_offered(self, week: MatchWeek, job: Job | None, staff: Staff) -> bool:
        if not staff.has_perm(self.permission) or self.while_working is not (job is not None):
            return False
        return self.while_working or week.status in self.statuses


RUN = WeekVerb(
    "run",
    _("Run the engine"),
    _("The engine proposes the best set of introductions that the members' own wishes allow. You decide afterwards."),
    _("The engine is at work."),
    lambda week, by: week.run(by=by),
    frozenset({WeekStatus.DRAFT}),
    leads_on=True,
)
RUN_AGAIN = WeekVerb(
    "run-again",
    _("Run again"),
    _("Pairs that are pinned, confirmed or made by hand stay; of the rest as little moves as the best result allows."),
    _("The engine is at work."),
    lambda week, by: week.run(by=by),
    frozenset({WeekStatus.REVIEW}),
)
CANCEL = WeekVerb(
    "cancel",
    _("Cancel the run"),
    _("The round stays as it was before the run."),
    _("The run is being canceled."),
    lambda week, by: week.cancel_run(by=by),
    frozenset(),
    tone="bad",
    while_working=True,
)
CONFIRM_ALL = WeekVerb(
    "confirm-all",
    _("Confirm all"),
    _("Every proposed pair of the round is confirmed, whether this list shows it or not."),
    _("All pairs are confirmed."),
    lambda week, by: confirm_all(week, by=by),
    frozenset({WeekStatus.REVIEW}),
    permission="matching.change_matchhistory",
    nothing_done=_("No pair was waiting to be confirmed."),
)
PUBLISH = WeekVerb(
    "publish",
    _("Publish"),
    _("Every confirmed pair is introduced, and uses one introduction of each side's subscription."),
    _("The round is being published."),
    lambda week, by: week.publish(by=by),
    frozenset({WeekStatus.REVIEW}),
    leads_on=True,
    has_page=True,
)
CLOSE = WeekVerb(
    "close",
    _("Close the round"),
    _("The round's work is done: every answer is in, or its time is over. Introductions that both accepted go on."),
    _("The round is closed."),
    lambda week, by: week.close(by=by),
    frozenset({WeekStatus.PUBLISHED}),
    leads_on=True,
    inverse="reopen",
)
REOPEN = WeekVerb(
    "reopen",
    _("Reopen the round"),
    _("The round counts as published again. Answers that have lapsed stay as they are."),
    _("The round is open again."),
    lambda week, by: week.reopen(by=by),
    frozenset({WeekStatus.CLOSED}),
    inverse="close",
)
WEEK_VERBS = {verb.key: verb for verb in (RUN, RUN_AGAIN, CANCEL, CONFIRM_ALL, PUBLISH, CLOSE, REOPEN)}


def offered_on(week: MatchWeek, job: Job | None, staff: Staff) -> list[dict[str, Any]]:
    """Return what this person can do to the round now, the step that comes next last."""
    offered = [verb for verb in WEEK_VERBS.values() if verb.is_offered(week, job, staff)]
    return [_described(verb, week) for verb in sorted(offered, key=lambda verb: verb.leads_on)]


def _described(verb: WeekVerb, week: MatchWeek) -> dict[str, Any]:
    url = reverse(verb.url_name, args=[week.pk])
    return {
        "label": verb.label,
        "tone": verb.tone,
        "is_primary": verb.leads_on,
        "has_page": verb.has_page,
        "url": url,
    }
