"""What the Django admin does with members' rows, on the access record."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.http import HttpRequest

from users.models import Action, UserAccessAudit
from users.models.access import masked_changes
from users.search.query import understand
from ygs_admin.web.admin.base import SharedAdmin
from ygs_admin.web.showing import note_shown
from ygs_admin.web.versioned_form import Changes

from .searching import exact_row, rows_of_members

NOT_ASKED = {"q", "term", "o", "p", "page"}
"""Parameters that say nothing about whom a list was asked for, and what was typed, which is kept in its own way."""


class RecordedAdmin(SharedAdmin):
    """The admin of a table whose rows hang on members.

    `subject_columns` name the members that a row speaks of: each has a row of the access record for whatever is done.
    `id_columns` name the columns that other ids than the table's own are looked up in, by prefix.
    """

    subject_columns: ClassVar[tuple[str, ...]] = ("user_id",)
    id_columns: ClassVar[dict[str, str]] = {}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        key: Any = self.opts.pk
        exact = exact_row(search_term, {key.prefix: "pk"} | self.id_columns)
        if exact is not None:
            return queryset.filter(**exact), False
        return self.rows_of_members(request, queryset, search_term), False

    def rows_of_members(self, request: HttpRequest, rows: Any, typed: str) -> Any:
        """Narrow rows to those that speak of the members whom a search means."""
        return rows_of_members(rows, typed, self.subject_columns[0])

    def subjects(self, row: Any, changes: Changes | None = None) -> list[str | None]:
        """Return the members whom a row speaks of, those too from whom a change takes it away; [None] for nobody."""
        before = [old for column in self.subject_columns for old in (changes or {}).get(column, ())]
        now = [getattr(row, column) for column in self.subject_columns]
        return [*dict.fromkeys(filter(None, [*now, *before]))] or [None]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Read a row for one of its pages, or for the sentence on the next one: those whom it speaks of are shown."""
        row = super().get_object(request, object_id, from_field)
        for subject in filter(None, self.subjects(row) if row is not None else ()):
            note_shown(subject)
        return row

    def note_viewed(self, request: HttpRequest, row: Any) -> None:
        self.record(Action.VIEW, request, row)

    def note_listed(self, request: HttpRequest, rows: Sequence[Any], typed: str) -> None:
        shown = dict.fromkeys(subject for row in rows for subject in self.subjects(row) if subject)
        asked = {name: value for name, value in request.GET.items() if name not in NOT_ASKED}
        if understood := understand(typed):
            asked["q"] = understood.on_record
        UserAccessAudit.record(
            Action.SEARCH,
            by=request.user,  # type: ignore[arg-type]
            resource_type=self.opts.db_table,
            detail={"asked": asked, "user_ids": [*shown]},
        )

    def note_saved(self, request: HttpRequest, row: Any, changes: Changes, *, is_new: bool) -> None:
        action = Action.CREATE if is_new else Action.UPDATE
        stated = {field: (old, new) for field, (old, new) in changes.items() if (old, new) != (None, None)}
        self.record(action, request, row, changes, detail=masked_changes(stated))

    def delete_rows(self, request: HttpRequest, keys: list[str]) -> int:
        count: int = self.model.all_objects.filter(pk__in=keys).soft_delete(by=request.user)
        return count

    def restore_rows(self, request: HttpRequest, keys: list[str]) -> int:
        count: int = self.model.all_objects.filter(pk__in=keys).undelete(by=request.user)
        return count

    def record(self, action: str, request: HttpRequest, row: Any, changes: Changes | None = None, **what: Any) -> None:
        """Write one row of the access record for each member whom the row speaks of."""
        resource = {"resource_type": self.opts.db_table, "resource_id": row.pk}
        by: Any = request.user
        UserAccessAudit.record_each(action, self.subjects(row, changes), by=by, **resource, **what)  # type: ignore[arg-type]
