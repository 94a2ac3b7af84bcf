"""Verbs on many members at once: who is chosen, and what the verb would do to each of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone

from users.models import BulkPlan, User
from users.models.bulk_plan import PlannedRow
from users.models.status import VerbRefusedError
from users.verbs import APPROVE, DELETE, REINSTATE, REJECT, RESTORE, SUSPEND, WITHDRAW, Verb
from ygs_admin.staff.models import Staff

BULK_VERBS = {verb.key: verb for verb in (APPROVE, REINSTATE, RESTORE, REJECT, SUSPEND, WITHDRAW, DELETE)}

# As many as a day's work can mean, one transaction each: a worker is done with them in some minutes, a dry run of them
# is read and written in a second, and a slip of the hand is not a million members.
MOST_MEMBERS = 10_000
# Beyond so many, whoever rejects, suspends, withdraws or deletes types how many they are.
TYPED_FROM = 21


class TooManyMembersError(Exception):
    """More than `MOST_MEMBERS` were chosen."""


class Forecast(StrEnum):
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class Group:
    """Members who fare alike; `why` says why the verb is refused."""

    forecast: Forecast
    status: str
    why: str = ""
    user_ids: list[str] = field(default_factory=list)


def plan_for(verb: Verb, user_ids: Sequence[str], *, by: Staff) -> BulkPlan | None:
    """Keep what the verb would be done to: those of these members of whom this person may know, None for nobody.

    Raises:
        TooManyMembersError: they are more than a bulk verb takes.
    """
    if len(user_ids) > MOST_MEMBERS:
        raise TooManyMembersError
    users = User.all_objects.known_to(by).filter(pk__in=user_ids)
    return BulkPlan.make(staff=by, verb=verb.key, users=users, order=user_ids)


def foresee(plan: BulkPlan, verb: Verb) -> list[Group]:
    """Return how the members of a plan would fare, those whom the verb changes first.

    The rule is asked once for each status, not for each member.
    """
    groups: dict[tuple[str, bool], Group] = {}
    for row in plan.planned_rows():
        key = (row.status, row.is_deleted)
        if key not in groups:
            groups[key] = _group(row, verb)
        groups[key].user_ids.append(row.user_id)
    order = list(Forecast)
    return sorted(groups.values(), key=lambda group: (order.index(group.forecast), -len(group.user_ids)))


def _group(row: PlannedRow, verb: Verb) -> Group:
    user = User(status=row.status, deleted_at=timezone.now() if row.is_deleted else None)
    label = str(user.get_status_display())
    try:
        return Group(Forecast.CHANGED if verb.would_change(user) else Forecast.UNCHANGED, label)
    except VerbRefusedError as refusal:
        return Group(Forecast.REFUSED, label, str(refusal))
