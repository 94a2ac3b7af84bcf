"""What staff can do to an introduction: each verb's words, form and inverse. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.forms.introduction import (
    DateForm,
    FallThroughForm,
    IntroductionVerbForm,
    MetForm,
    NoShowForm,
    ReasonForm,
)
from matching.models import IntroductionStatus, MatchHistory
from matching.models.introduction_cancellation import BEFORE_MEETING
from matching.models.introduction_couple import TOGETHER
from ygs_admin.staff.models import Staff

PERMISSION = "matching.change_matchhistory"
Apply = Callable[..., bool]

CONFIRMED, INTRODUCED, ACCEPTED = (
    IntroductionStatus.CONFIRMED,
    IntroductionStatus.INTRODUCED,
    IntroductionStatus.ACCEPTED,
)
DATE_FIXED, MET, NO_SHOW = IntroductionStatus.DATE_FIXED, IntroductionStatus.MET, IntroductionStatus.NO_SHOW
DATING, MARRIED, ENDED = IntroductionStatus.DATING, IntroductionStatus.MARRIED, IntroductionStatus.ENDED
EXPIRED, CANCELED = IntroductionStatus.EXPIRED, IntroductionStatus.CANCELED


@dataclass(frozen=True)
class IntroductionVerb:
    """`method` is the model's, which decides and takes `given`, the form's fields of these names.

    `statuses` are those in which the verb is offered. `inverse` is the verb that undoes a press, with the values of
    `undo` in its form; none where that asks a person something.
    """

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    method: Apply
    statuses: frozenset[str]
    form: type[IntroductionVerbForm] = IntroductionVerbForm
    given: tuple[str, ...] = ()
    inverse: str = ""
    undo: tuple[tuple[str, str], ...] = ()
    tone: str = "neutral"

    @property
    def url_name(self) -> str:
        return f"matching:introduction_{self.key.replace('-', '_')}"

    def apply(self, introduction: MatchHistory, by: Staff, given: dict[str, Any]) -> bool:
        """Do it on the row of the version that the form carries; False where it is done already."""
        return self.method(
            introduction, by=by, version=given["row_version"], **{name: given[name] for name in self.given}
        )


VERBS = (
    IntroductionVerb(
        "introduce",
        _("Introduce"),
        _("The two are introduced to each other. It uses up one introduction of each side's subscription."),
        _("They are introduced."),
        MatchHistory.introduce,
        frozenset({CONFIRMED}),
        tone="good",
    ),
    IntroductionVerb(
        "fix-date",
        _("Fix a date"),
        _("When and where they will meet. The moment of fixing is written once: refunds depend on it."),
        _("The date is fixed."),
        MatchHistory.fix_date,
        frozenset({ACCEPTED}),
        DateForm,
        ("meets_at", "place"),
        inverse="unfix-date",
        undo=(("mistaken", "on"),),
        tone="good",
    ),
    IntroductionVerb(
        "mark-met",
        _("They met"),
        _("Both will be asked how it was."),
        _("They have met."),
        MatchHistory.mark_met,
        frozenset({DATE_FIXED}),
        MetForm,
        ("at",),
        inverse="unmark-met",
        tone="good",
    ),
    IntroductionVerb(
        "start-dating",
        _("They are dating"),
        _("The two go on seeing each other."),
        _("They are dating."),
        MatchHistory.start_dating,
        frozenset({MET}),
        inverse="stop-dating",
        tone="good",
    ),
    IntroductionVerb(
        "marry",
        _("They married"),
        _("The introduction closes for good."),
        _("Congratulations: they married."),
        MatchHistory.marry,
        frozenset({DATING}),
        inverse="unmarry",
        tone="good",
    ),
    IntroductionVerb(
        "wait-again",
        _("Wait for answers again"),
        _("Whoever did not answer is waited for again."),
        _("Their answers are waited for again."),
        MatchHistory.wait_again,
        frozenset({EXPIRED}),
        inverse="expire",
    ),
    IntroductionVerb(
        "reopen",
        _("Reopen"),
        _("The introduction stands as before it was canceled, and takes again what was given back for it."),
        _("The introduction is open again."),
        MatchHistory.reopen,
        frozenset({CANCELED}),
    ),
    IntroductionVerb(
        "resume",
        _("Go on"),
        _("The two go on from where it ended."),
        _("It goes on."),
        MatchHistory.resume,
        frozenset({ENDED}),
    ),
    IntroductionVerb(
        "move-date",
        _("Move the date"),
        _("Another day or place. The moment at which a date was first fixed stays."),
        _("The date is moved."),
        MatchHistory.fix_date,
        frozenset({DATE_FIXED}),
        DateForm,
        ("meets_at", "place"),
    ),
    IntroductionVerb(
        "unfix-date",
        _("No date after all"),
        _("Both have accepted, and no date is fixed."),
        _("No date is fixed any more."),
        MatchHistory.unfix_date,
        frozenset({DATE_FIXED}),
        FallThroughForm,
        ("mistaken",),
    ),
    IntroductionVerb(
        "unmark-met",
        _("They have not met"),
        _("The meeting was noted by mistake: the date stands as before."),
        _("They have not met yet."),
        MatchHistory.unmark_met,
        frozenset({MET}),
    ),
    IntroductionVerb(
        "unmark-no-show",
        _("They may still meet"),
        _("The date stands as before."),
        _("The date stands again."),
        MatchHistory.unmark_no_show,
        frozenset({NO_SHOW}),
    ),
    IntroductionVerb(
        "stop-dating",
        _("They are not dating"),
        _("It was noted by mistake: they have met, and no more. Two who part have ended it."),
        _("They have met, and no more."),
        MatchHistory.stop_dating,
        frozenset({DATING}),
        inverse="start-dating",
    ),
    IntroductionVerb(
        "unmarry",
        _("They have not married"),
        _("The marriage was noted by mistake."),
        _("They are dating."),
        MatchHistory.unmarry,
        frozenset({MARRIED}),
        inverse="marry",
    ),
    IntroductionVerb(
        "expire",
        _("Wait no longer"),
        _("Whoever has not answered did not answer. The introductions stay used."),
        _("Their answers are waited for no longer."),
        MatchHistory.expire,
        frozenset({INTRODUCED}),
        inverse="wait-again",
        tone="bad",
    ),
    IntroductionVerb(
        "mark-no-show",
        _("Somebody did not appear"),
        _("The date was fixed, and one of the two or neither came."),
        _("The date did not take place."),
        MatchHistory.mark_no_show,
        frozenset({DATE_FIXED}),
        NoShowForm,
        ("reason",),
        inverse="unmark-no-show",
        tone="bad",
    ),
    IntroductionVerb(
        "end",
        _("It ended"),
        _("Nothing further comes of it. The reason goes into the access record."),
        _("It has ended."),
        MatchHistory.end,
        frozenset(TOGETHER),
        ReasonForm,
        ("reason",),
        inverse="resume",
        tone="bad",
    ),
    IntroductionVerb(
        "cancel",
        _("Cancel the introduction"),
        _("Both sides get their introduction back, as far as their subscriptions allow."),
        _("The introduction is canceled."),
        MatchHistory.cancel,
        frozenset(BEFORE_MEETING),
        ReasonForm,
        ("reason",),
        inverse="reopen",
        tone="bad",
    ),
)
BY_KEY = {verb.key: verb for verb in VERBS}


def offered_for(introduction: MatchHistory, staff: Staff) -> list[IntroductionVerb]:
    """Return the verbs that fit the introduction's status, for whoever may press them."""
    if introduction.is_deleted or not staff.has_perm(PERMISSION):
        return []
    return [verb for verb in VERBS if introduction.status in verb.statuses]
