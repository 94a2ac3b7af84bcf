"""The one way in which verbs change an introduction.

Locks are taken in one order, so that two who press at once wait for each other and never for ever: the introduction,
its two members by their ids, then their subscriptions in the same order. One transaction changes one introduction.
"""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from users.models import User
from users.models.status import VerbRefusedError

from .changing import ChangedForBoth


class SideRefusedError(VerbRefusedError):
    """A verb does not apply to a pair because of one of the two; `member` is who, `why` the sentence without a name."""

    def __init__(self, member: User, why: object) -> None:
        self.member, self.why = member, str(why)
        super().__init__(f"{member.shown.name}: {why}")


class ChangesPair(ChangedForBoth):
    deleted_message = _("This introduction is deleted. Restore it first.")

    user_a: Any
    user_b: Any
    user_a_id: Any
    user_b_id: Any
    status: Any
    get_status_display: Any

    class Meta:
        abstract = True

    @property
    def user_ids(self) -> tuple[str, str]:
        return self.user_a_id, self.user_b_id

    def locked_members(self) -> list[User]:
        """Return both members, locked in the order of their ids; a row that refers to them may still be written."""
        rows = User.all_objects.select_for_update(of=("self",), no_key=True)
        return list(rows.filter(pk__in=self.user_ids).order_by("pk"))

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the introduction's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})
