"""Who may be introduced in a round, and why somebody may not."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.incidents import blocked_among
from matching.models.week import MatchWeek
from users.models import User, UserStatus
from users.models.subscription_terms import SubscriptionStatus

from .past import open_counts

COLUMNS = (
    "status",
    "deleted_at",
    "profile__pk",
    "preference__pk",
    "subscription__status",
    "subscription__deleted_at",
    "subscription__expires_at",
    "subscription__introductions_total",
    "subscription__introductions_used",
)


@dataclass(frozen=True)
class Ineligibility:
    """One reason why a member may not be introduced; `sentence` is for people and names nobody."""

    code: str
    sentence: str | Promise


DELETED = Ineligibility("deleted", _("The member is deleted."))
NOT_APPROVED = Ineligibility("not_approved", _("The member is not approved."))
NO_PROFILE = Ineligibility("no_profile", _("The member has no profile yet."))
NO_PREFERENCE = Ineligibility("no_preference", _("The member has not said yet whom to look for."))
NO_SUBSCRIPTION = Ineligibility("no_subscription", _("The member has no subscription."))
PAUSED = Ineligibility("paused", _("The subscription is paused."))
NOT_ACTIVE = Ineligibility("not_active", _("The subscription is not active."))
OVER = Ineligibility("over", _("The subscription is over before the round begins."))
NONE_LEFT = Ineligibility("none_left", _("No introductions are left."))
BUSY = Ineligibility("busy", _("An earlier introduction of the member is still open."))
BLOCKED = Ineligibility("blocked", _("A reported incident is not decided yet."))


def decided_at(week: MatchWeek) -> datetime:
    """Return the time at which subscriptions must still run: the beginning of the round, now once it has begun."""
    begins = timezone.make_aware(datetime.combine(week.starts_on, time.min))
    return max(begins, timezone.now())


def subscribed_members(week: MatchWeek) -> Any:
    """Return the members whose own rows let them be introduced in this round.

    Not asked here, since it is counted over other tables: open introductions and undecided incidents.
    """
    runs = Q(subscription__expires_at__isnull=True) | Q(subscription__expires_at__gt=decided_at(week))
    left = Q(subscription__introductions_total__isnull=True) | Q(
        subscription__introductions_used__lt=F("subscription__introductions_total")
    )
    return User.objects.approved().filter(
        runs,
        left,
        profile__isnull=False,
        preference__isnull=False,
        subscription__deleted_at__isnull=True,
        subscription__status=SubscriptionStatus.ACTIVE,
    )


def ineligibilities(user: User, week: MatchWeek) -> list[Ineligibility]:
    """Return every reason why this member may not be introduced in this round; none where the member may."""
    return ineligibilities_of([user.pk], week).get(user.pk, [])


def ineligibilities_of(user_ids: Collection[str], week: MatchWeek) -> dict[str, list[Ineligibility]]:
    """Return the reasons of those of these members who have some, in a few statements however many."""
    quota, when = week.round_settings.quota, decided_at(week)
    opened, blocked = open_counts(user_ids), blocked_among(user_ids)
    found = {}
    for user_id, *columns in User.all_objects.filter(pk__in=list(user_ids)).values_list("pk", *COLUMNS):
        reasons = list(_own(dict(zip(COLUMNS, columns, strict=True)), when))
        if opened.get(user_id, 0) >= quota:
            reasons.append(BUSY)
        if user_id in blocked:
            reasons.append(BLOCKED)
        if reasons:
            found[user_id] = reasons
    return found


def _own(row: dict[str, Any], when: datetime) -> Iterator[Ineligibility]:
    if row["deleted_at"] is not None:
        yield DELETED
    if row["status"] != UserStatus.APPROVED:
        yield NOT_APPROVED
    if row["profile__pk"] is None:
        yield NO_PROFILE
    if row["preference__pk"] is None:
        yield NO_PREFERENCE
    yield from _of_subscription(row, when)


def _of_subscription(row: dict[str, Any], when: datetime) -> Iterator[Ineligibility]:
    status, expires_at = row["subscription__status"], row["subscription__expires_at"]
    total, used = row["subscription__introductions_total"], row["subscription__introductions_used"]
    if status is None or row["subscription__deleted_at"] is not None:
        yield NO_SUBSCRIPTION
        return
    if status != SubscriptionStatus.ACTIVE:
        yield PAUSED if status == SubscriptionStatus.PAUSED else NOT_ACTIVE
    if expires_at is not None and expires_at <= when:
        yield OVER
    if total is not None and used >= total:
        yield NONE_LEFT
