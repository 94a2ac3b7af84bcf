"""What staff can do to a proposed pair: each verb's words, key and inverse. The rules stand on the model."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ygs_admin.staff.models import Staff

from .models import IntroductionStatus, MatchHistory, MatchWeek, WeekStatus

PERMISSION = "matching.change_matchhistory"
# While a round has one of these, its pairs are staff's to change.
CHANGEABLE = (WeekStatus.DRAFT, WeekStatus.REVIEW)


@dataclass(frozen=True)
class PairVerb:
    """`method` is the model's, which decides; `fits` says for which pairs the verb is offered on a card."""

    key: str
    label: str | Promise
    explanation: str | Promise
    done: str | Promise
    method: Callable[..., bool]
    inverse: str
    fits: Callable[[MatchHistory], bool]
    shortcut: str = ""
    tone: str = "neutral"
    needs_reason: bool = False
    on_dropped: bool = False

    def apply(self, pair: MatchHistory, by: Staff, reason: str = "") -> bool:
        """Do it; False where it is done already."""
        given = {"reason": reason} if self.needs_reason else {}
        return self.method(pair, by=by, **given)


def _always(_pair: MatchHistory) -> bool:
    return True


def _never(_pair: MatchHistory) -> bool:
    return False


PIN = PairVerb(
    "pin",
    _("Pin"),
    _("The pair stays as it is, however often the engine runs again."),
    _("%(pair)s: pinned."),
    MatchHistory.pin,
    inverse="unpin",
    fits=lambda pair: not pair.is_pinned,
    shortcut="p",
)
UNPIN = PairVerb(
    "unpin",
    _("Unpin"),
    _("The next run may give both somebody else."),
    _("%(pair)s: no longer pinned."),
    MatchHistory.unpin,
    inverse="pin",
    fits=lambda pair: pair.is_pinned,
    shortcut="p",
)
CONFIRM = PairVerb(
    "confirm",
    _("Confirm"),
    _("The pair is yours, and is introduced when the round is published."),
    _("%(pair)s: confirmed."),
    MatchHistory.confirm,
    inverse="unconfirm",
    fits=lambda pair: pair.status == IntroductionStatus.PROPOSED,
    shortcut="c",
    tone="good",
)
UNCONFIRM = PairVerb(
    "unconfirm",
    _("Take the confirmation back"),
    _("The pair is a proposal again, and is not introduced unless it is confirmed."),
    _("%(pair)s: a proposal again."),
    MatchHistory.unconfirm,
    inverse="confirm",
    fits=lambda pair: pair.status == IntroductionStatus.CONFIRMED,
    shortcut="c",
)
DROP = PairVerb(
    "drop",
    _("Drop"),
    _("The pair leaves the round. The engine may propose it again when it runs again."),
    _("%(pair)s: dropped."),
    MatchHistory.drop,
    inverse="take-back",
    fits=_always,
    shortcut="x",
    tone="bad",
)
TAKE_BACK = PairVerb(
    "take-back",
    _("Take the pair back"),
    _("The pair is in the round again, as it was."),
    _("%(pair)s: in the round again."),
    MatchHistory.take_back,
    inverse="drop",
    fits=_never,
    on_dropped=True,
)
FORBID = PairVerb(
    "forbid",
    _("Forbid"),
    _("The pair leaves the round, and the engine does not propose it again this week."),
    _("%(pair)s: forbidden for this round."),
    MatchHistory.forbid,
    inverse="allow",
    fits=_always,
    shortcut="f",
    tone="bad",
    needs_reason=True,
)
ALLOW = PairVerb(
    "allow",
    _("Allow"),
    _("The pair is no longer forbidden for this round, and is in it again where the ban has dropped it."),
    _("%(pair)s: allowed again."),
    MatchHistory.allow,
    inverse="forbid",
    fits=_never,
    on_dropped=True,
)

PAIR_VERBS = {verb.key: verb for verb in (CONFIRM, UNCONFIRM, PIN, UNPIN, DROP, FORBID, TAKE_BACK, ALLOW)}


def offered_on(pair: MatchHistory, week: MatchWeek, staff: Staff) -> list[PairVerb]:
    """Return the verbs that a card of a round that is not published yet shows to this person."""
    if week.status not in CHANGEABLE or not staff.has_perm(PERMISSION):
        return []
    return [verb for verb in PAIR_VERBS.values() if verb.fits(pair)]
