"""The conditions that part possible partners from others, in words: those of the engine by their codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.results import OUTBID
from matching.two_way import group_label

CONDITIONS: dict[str, str | Promise] = {
    "gender": gettext_lazy("of the other gender"),
    "their_must_haves": gettext_lazy("whose own hard conditions are met"),
    "introduced": gettext_lazy("never introduced before"),
    "forbidden": gettext_lazy("not forbidden for this round"),
    "floor": gettext_lazy("with a score that is high enough"),
}
REASONS: dict[str, str | Promise] = {
    OUTBID: gettext_lazy("Outbid: others make better use of each possible partner."),
    "gender": gettext_lazy("Nobody of the other gender takes part."),
    "their_must_haves": gettext_lazy("Everybody left insists on something that this member is not."),
    "quota": gettext_lazy("No introduction is left to give this member in this round."),
    "introduced": gettext_lazy("Everybody possible has been introduced before."),
    "forbidden": gettext_lazy("Everybody possible is forbidden for this round."),
    "floor": gettext_lazy("Nobody reaches the least score."),
}


def condition_in_words(code: str) -> str:
    """Return what those who are left after a condition are."""
    if code in CONDITIONS:
        return str(CONDITIONS[code])
    return _("who fit by %(group)s") % {"group": group_label(code)}


def reason_in_words(code: str) -> str:
    """Return why somebody is left out."""
    if code in REASONS:
        return str(REASONS[code])
    return _("Nobody fits by %(group)s, a hard condition of one side or the other.") % {"group": group_label(code)}
