"""Pairs at any stage, for the tests of what becomes of them."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from matching.models import MatchHistory
from users.models import User, UserAccessAudit, UserSubscription
from users.models.status import VerbRefusedError
from users.tests.subscribing import subscribed
from ygs_admin.db.row_version import RowConflictError

MakeMember = Callable[..., User]


def make_pair(make_member: MakeMember, *, plan: str = "basic", **columns: Any) -> MatchHistory:
    """Return a confirmed pair of two who can be introduced; `columns` are the introduction's."""
    him = make_member(name="김철수", gender="male")
    her = make_member(name="이영희", gender="female")
    for member in (him, her):
        subscribed(member, plan)
    first, second = sorted((him, her), key=lambda member: str(member.pk))
    row: MatchHistory = MatchHistory.objects.create(
        **{"user_a": first, "user_b": second, "source": "manual", "status": "confirmed", **columns}
    )
    return row


def introduced(make_member: MakeMember, *, by: Any = None, **columns: Any) -> MatchHistory:
    """Return a pair that was introduced by the verb; `columns` are then written as the app would."""
    pair = make_pair(make_member)
    pair.introduce(by=by)
    if columns:
        MatchHistory.objects.filter(pk=pair.pk).update(**columns)
    return fresh(pair)


def fresh(pair: MatchHistory) -> MatchHistory:
    """Return the row as a page reads it now."""
    row: MatchHistory = MatchHistory.all_objects.with_row_version().get(pk=pair.pk)
    return row


def subscriptions_of(pair: MatchHistory) -> list[UserSubscription]:
    return list(UserSubscription.all_objects.filter(user_id__in=pair.user_ids).order_by("user_id"))


def used_by(pair: MatchHistory) -> list[int]:
    return [subscription.introductions_used for subscription in subscriptions_of(pair)]


def records_of(pair: MatchHistory) -> list[UserAccessAudit]:
    """Return what is on record about this introduction, the newest first."""
    return list(UserAccessAudit.objects.filter(resource_id=pair.pk).order_by("-created_at", "-id"))


def days_ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def together(*works: Callable[[], Any]) -> list[Any]:
    """Return what each thread got, the name of the error for a refusal or a conflict; all begin at one moment."""
    outcomes: list[Any] = [None] * len(works)
    barrier = threading.Barrier(len(works))

    def run(number: int) -> None:
        try:
            barrier.wait()
            outcomes[number] = works[number]()
        except (VerbRefusedError, RowConflictError) as error:
            outcomes[number] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
