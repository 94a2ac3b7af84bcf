"""Deciding about one item of a case, and making final what is due."""

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import get_language
from procrastinate.contrib.django import app

from users.models.review_claim import ReviewClaim
from users.models.review_decision import ReviewDecision
from ygs_admin.staff.models import Staff
from ygs_admin.web.origin import current_origin

from .case import Case, Item
from .queue import waits

TASK = "users.tasks.review.apply_decision"
logger = logging.getLogger(__name__)


class AlreadyDecidedError(Exception):
    """The item is not what the reviewer saw any more, or has just been decided; nothing was noted."""


def decide(
    case: Case,
    item: Item,
    *,
    by: Staff,
    verb: str,
    seen: int,
    reason: str | None = None,
    note: str = "",
    expires_on: date | None = None,
) -> ReviewDecision:
    """Note a decision, which becomes final after `REVIEW_UNDO_SECONDS` unless it is undone.

    The case is let go of with its last item; until then the lease begins anew. `seen` is the row version that the page
    showed.

    Raises:
        AlreadyDecidedError: the item was changed or decided since then.
        CaseHeldError: somebody else has taken the case.
    """
    if seen != item.row_version:
        raise AlreadyDecidedError
    try:
        with transaction.atomic():
            ReviewClaim.objects.hold(case.user.pk, by=by)
            decision = _note(
                item, by, verb=verb, row_version=seen, reject_reason=reason or None, note=note, expires_on=expires_on
            )
            if not waits(case.user.pk, by):
                ReviewClaim.objects.release(case.user.pk, by=by)
    except IntegrityError as error:
        raise AlreadyDecidedError from error
    return decision


def _note(item: Item, by: Staff, **decided: Any) -> ReviewDecision:
    origin = current_origin()
    decision: ReviewDecision = ReviewDecision.objects.create(
        member=item.user,
        document=item.document,
        staff=by,
        language=get_language() or settings.LANGUAGE_CODE,
        ip_address=origin.ip_address,
        user_agent=origin.user_agent,
        request_id=origin.request_id,
        final_at=Now() + timedelta(seconds=settings.REVIEW_UNDO_SECONDS),
        **decided,
    )
    # By name: the task imports this module. In the same transaction: both are there, or neither.
    wait = {"seconds": settings.REVIEW_UNDO_SECONDS}
    app.configure_task(TASK, schedule_in=wait).defer(decision_id=decision.pk)
    return decision


def settle_due(staff: Staff | None = None) -> Iterator[str]:
    """Apply every decision that is due, of one reviewer or of all, and yield its id.

    May be run at any time, also several times at once. One that the database fails on is left for the next time.
    """
    due = ReviewDecision.objects.due()
    for key in list((due if staff is None else due.filter(staff=staff)).values_list("pk", flat=True)):
        try:
            if ReviewDecision.objects.settle(key):
                yield key
        except DatabaseError:
            logger.exception("The decision %s could not be applied", key)
