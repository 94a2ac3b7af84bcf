"""Everything that stands against a pair, in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from matching.engine import results
from matching.engine.results import Obstacle, PairExplanation
from matching.models import MatchWeek
from matching.rounds.eligibility import ineligibilities_of
from matching.two_way import group_label, in_hundredths, in_words
from users.models import User

from .judging import engine_settings, forbidden_in, introduced_with, record_each


@dataclass(frozen=True)
class Verdict:
    """What stands against a pair: `wishes` of the two, which staff may overrule, and `hindrances`, which nobody does.

    `explanation` is None for two of one gender.
    """

    hindrances: list[str]
    wishes: list[str]
    explanation: PairExplanation | None


def judge(first: User, second: User, week: MatchWeek) -> Verdict:
    """Say what stands against introducing the two now; the explanation's first direction is the first member's."""
    # NumPy takes a moment to load: only what asks the engine needs it.
    from matching.engine.explaining import explain  # noqa: PLC0415
    from matching.engine.obstacles import why_not  # noqa: PLC0415

    members = {member.pk: member for member in (first, second)}
    records, settings = record_each(members), engine_settings(week)
    a, b = records[first.pk], records[second.pk]
    found = why_not(a, b, settings, introduced=introduced_with(a.id), forbidden=forbidden_in(week))
    ineligible = ineligibilities_of(members, week)
    hindrances = [
        *(f"{members[key].shown.name}: {reason.sentence}" for key, reasons in ineligible.items() for reason in reasons),
        *(in_plain_words(obstacle, members) for obstacle in found if not obstacle.by),
    ]
    wishes = [in_plain_words(obstacle, members) for obstacle in found if obstacle.by]
    is_opposite = results.GENDER not in {obstacle.code for obstacle in found}
    return Verdict(hindrances, wishes, explain(a, b, settings) if is_opposite else None)


def unmet_wishes(first: User, second: User, week: MatchWeek) -> list[str]:
    """Say what the two themselves have against each other, which staff may overrule."""
    from matching.engine.obstacles import why_not  # noqa: PLC0415

    members = {member.pk: member for member in (first, second)}
    records = record_each(members)
    found = why_not(records[first.pk], records[second.pk], engine_settings(week))
    return [in_plain_words(obstacle, members) for obstacle in found if obstacle.by]


def in_plain_words(obstacle: Obstacle, members: dict[str, User]) -> str:
    match obstacle.code:
        case results.GENDER:
            return _("Only a man and a woman are introduced to each other.")
        case results.INTRODUCED:
            return _("These two were introduced to each other before.")
        case results.FORBIDDEN:
            return _("This pair is forbidden in this week's round.")
    said: dict[str, Any] = {"name": members[obstacle.by or ""].shown.name}
    if obstacle.code == results.FLOOR:
        said |= {"score": in_hundredths(obstacle.has), "least": in_hundredths(obstacle.asked)}
        return _("%(name)s: the other fits with %(score)s points; the round asks for %(least)s.") % said
    group = obstacle.group or ""
    said |= {"group": group_label(group), "asked": in_words(group, obstacle.asked)}
    if obstacle.has is None:
        return _("%(name)s insists on %(group)s: %(asked)s. The other has not stated it.") % said
    said |= {"has": in_words(group, obstacle.has)}
    return _("%(name)s insists on %(group)s: %(asked)s. The other has: %(has)s.") % said
