"""Who may not be introduced because of an incident that waits for a manager's decision."""

from collections.abc import Collection
from typing import Any

from matching.models.feedback import MatchFeedback


def blocked_member_ids() -> Any:
    """Return a queryset of the ids of the members reported; a member may be in it more than once.

    `console_feedbacks_incidents` serves it: its cost is the incidents that there are, not the feedback.
    """
    return MatchFeedback.objects.undecided().with_reported().order_by().values_list("reported", flat=True)


def blocked_among(user_ids: Collection[str]) -> set[str]:
    """Return those of these few members who are blocked, in two look-ups by their own introductions."""
    blocked = blocked_member_ids()
    found = (blocked.filter(**{f"match_history__{side}__in": user_ids}) for side in ("user_a", "user_b"))
    return {key for rows in found for key in rows} & set(user_ids)
