"""The two sides of an introduction as its page shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matching.models import MatchFeedback, MatchHistory
from matching.models.introduction_answers import ANSWERABLE
from users.models import User
from users.photos.portraits import portrait_key
from users.sections import url_when_shown
from ygs_admin.staff.models import Staff


@dataclass(frozen=True)
class Side:
    """One member of a pair: the own answer, the own word on the meeting, and a portrait.

    `is_known` tells whether the reader may open the member's page; `feedback` may be deleted.
    """

    key: str
    member: User
    response: str
    response_label: str
    responded_at: Any
    feedback: MatchFeedback | None
    portrait_url: Callable[[], str | None]
    is_known: bool
    may_answer: bool

    @property
    def profile(self) -> Any:
        return getattr(self.member, "profile", None)

    @property
    def subscription(self) -> Any:
        found = getattr(self.member, "subscription", None)
        return None if found is None or found.is_deleted else found


def sides_of(introduction: MatchHistory, reader: Staff) -> list[Side]:
    """Return both sides, the first member's before the second's, in two queries."""
    rows = User.all_objects.with_profile().annotate(portrait_key=portrait_key())
    members = rows.in_bulk(list(introduction.user_ids))
    feedback = {row.user_id: row for row in MatchFeedback.all_objects.filter(match_history=introduction)}
    return [
        _side(introduction, key, members[user_id], feedback.get(user_id), reader)
        for key, user_id in zip("ab", introduction.user_ids, strict=True)
    ]


def _side(introduction: MatchHistory, key: str, member: Any, feedback: MatchFeedback | None, reader: Staff) -> Side:
    return Side(
        key=key,
        member=member,
        response=getattr(introduction, f"{key}_response"),
        response_label=getattr(introduction, f"get_{key}_response_display")(),
        responded_at=getattr(introduction, f"{key}_responded_at"),
        feedback=feedback,
        portrait_url=url_when_shown(member.portrait_key),
        is_known=not member.is_deleted or reader.has_perm("users.restore_user"),
        may_answer=introduction.status in ANSWERABLE and reader.has_perm("matching.change_matchhistory"),
    )
