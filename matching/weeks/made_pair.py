"""A pair that staff would make by hand: what stands against it, said before it is made."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from matching.candidates.obstacles import unmet_wishes
from matching.models import MatchHistory, MatchWeek
from matching.models.forbidden_pair import ordered
from matching.rounds.publishing import hindrances
from users.models import User
from ygs_admin.staff.models import Staff


@dataclass(frozen=True)
class MadePair:
    """`obstacles` are (of whom, why) of what refuses the pair; `wishes` of the two are overruled by making it."""

    title: str
    obstacles: list[tuple[str, str | Promise]]
    wishes: list[str]


def made_pair(week: MatchWeek, first: User, second: User, *, asker: Staff) -> MadePair:
    """Judge the pair as things are; what the two wish for is said to whoever may read it."""
    title = f"{first.shown.name} – {second.shown.name}"
    if first.gender == second.gender:
        return MadePair(title, [("", _("Only a man and a woman are introduced to each other."))], [])
    wishes = unmet_wishes(first, second, week) if asker.has_perm("users.view_userpreference") else []
    return MadePair(title, _said_against(week, first, second), wishes)


def _said_against(week: MatchWeek, first: User, second: User) -> list[tuple[str, str | Promise]]:
    members = {member.pk: member for member in (first, second)}
    a, b = ordered(first.pk, second.pk)
    pair = MatchHistory(match_week=week, user_a=members[a], user_b=members[b])
    found = hindrances(week, [pair]).get(pair.pk, [])
    return [(each.member.shown.name if each.member else "", each.reason.sentence) for each in found]
