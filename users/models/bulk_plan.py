"""What a verb would do to many members: who was chosen, and the version in which each was seen."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.staff.models import Staff

# A dry run that nobody confirmed by the next day is one that nobody remembers.
KEPT = timedelta(days=1)


class PlannedRow(NamedTuple):
    """A member as the dry run saw it."""

    user_id: str
    version: int
    status: str
    is_deleted: bool


class BulkPlan(models.Model):
    """A dry run. What is done after it is done to these rows in these versions, whoever fits the filters by then.

    Only who made it sees it. `job_id` is the job that it was confirmed as: confirming it again leads there. Never read
    from a replica.
    """

    id = PrefixedULIDField(_("ID"), prefix="bpl", primary_key=True)
    staff = models.ForeignKey(Staff, models.CASCADE, verbose_name=_("staff member"), related_name="+")
    verb = VarcharField(_("verb"))
    rows = models.JSONField(_("rows"))
    job_id = VarcharField(_("job"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, db_index=True, editable=False)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        db_table = "console_bulk_plans"
        default_permissions = ()
        verbose_name = _("dry run")
        verbose_name_plural = _("dry runs")

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"

    @classmethod
    def make(cls, *, staff: Staff, verb: str, users: Any, order: Iterable[str]) -> "BulkPlan | None":
        """Keep these members as they are now, in this order of their ids; None where there are none.

        Drops what was planned long ago.
        """
        cls.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
        rows = rows_of(users)
        chosen = [rows[user_id] for user_id in dict.fromkeys(order) if user_id in rows]
        return cls.objects.create(staff=staff, verb=verb, rows=chosen) if chosen else None

    def planned_rows(self) -> Iterable[PlannedRow]:
        return (PlannedRow(*row) for row in self.rows)


def rows_of(users: Any) -> dict[str, PlannedRow]:
    """Return the members by id, each as it stands, in one query."""
    columns = users.with_row_version().values_list("pk", "row_version", "status", "deleted_at")
    return {pk: PlannedRow(pk, version, status, deleted_at is not None) for pk, version, status, deleted_at in columns}
