"""The one way in which verbs change an introduction: locked, versioned, recorded for both of its members.

Locks are taken in one order, so that two who press at once wait for each other and never for ever: the introduction,
its two members by their ids, then their subscriptions in the same order. One transaction changes one introduction.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, Self, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from users.models import Action, User, UserAccessAudit
from users.models.access import masked_changes
from users.models.status import VerbRefusedError
from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.staff.models import Staff


class SideRefusedError(VerbRefusedError):
    """A verb does not apply to a pair because of one of the two; `member` is who, `why` the sentence without a name."""

    def __init__(self, member: User, why: object) -> None:
        self.member, self.why = member, str(why)
        super().__init__(f"{member.shown.name}: {why}")


class ChangedForBoth(SoftDeleteModel):
    """A row about two members that changes by verbs.

    Every verb decides on the row as the primary holds it now, locked, returns False where what it does is done
    already, and writes a row of the access record for each of the two in the same transaction. `version` is the
    `row_version` that the person's page showed: another one is a `RowConflictError`, and nothing is written.
    """

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

    @contextmanager
    def changing(
        self, *, by: Staff | None, reason: str = "", action: str = Action.UPDATE, **detail: Any
    ) -> Iterator[Self]:
        """Give the block this row, locked; save and record what the block changed, nothing where it changed nothing.

        `detail` goes into the access record beside the changed fields.
        """
        with transaction.atomic():
            row = self._locked()
            yield row
            row.save_recorded(action, by=by, reason=reason, **detail)
        self.refresh_from_db()

    def save_recorded(self, action: str, *, by: Staff | None, reason: str = "", **detail: Any) -> None:
        """Save what changed with a row of the access record for each member. Call it inside a transaction."""
        changes = {
            field.attname: (self.stored_values.get(field.attname), getattr(self, field.attname))
            for field in self.changed_fields()
        }
        if not changes:
            return
        self.save()
        UserAccessAudit.record_each(
            action,
            self.user_ids,
            by=by,
            resource_type=self._meta.db_table,
            resource_id=self.pk,
            reason=reason or None,
            detail=masked_changes(changes) | detail,
        )

    def locked_members(self) -> list[User]:
        """Return both members, locked in the order of their ids; a row that refers to them may still be written."""
        rows = User.all_objects.select_for_update(of=("self",), no_key=True)
        return list(rows.filter(pk__in=self.user_ids).order_by("pk"))

    def refuse_unless_in(self, statuses: Collection[str]) -> None:
        if self.status not in statuses:
            message = _("This can't be done while the introduction's status is “%(status)s”.")
            raise VerbRefusedError(message % {"status": self.get_status_display()})

    def _locked(self) -> Self:
        rows = type(self).all_objects.with_row_version().select_for_update(of=("self",))
        row = cast(Self, rows.get(pk=self.pk))
        if row.is_deleted:
            raise VerbRefusedError(_("This introduction is deleted. Restore it first."))
        return row
