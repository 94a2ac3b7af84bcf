"""The admin of a shared table, and of shared rows inline on another's page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.views.main import ChangeList
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.middleware import SAFE_METHODS
from ygs_admin.web.versioned_form import Changes, VersionedModelForm

from .changelist import BoundedChangeList
from .choices import RowChoiceField
from .conflicts import ConflictAdmin
from .filters import LIVE, TrashFilter
from .forms import VERSION_FIELDS, RepairForm, RepairFormSet
from .paging import BoundedPaginator
from .trash import TrashAdmin

RECORD_FIELDS = ("id", "created_at", "updated_at", "deleted_at")


def all_rows(model: type[Model]) -> QuerySet[Any]:
    """Return the rows of a shared table, deleted ones included, each with its version."""
    manager: Any = getattr(model, "all_objects", model._default_manager)
    rows: QuerySet[Any] = manager.with_row_version()
    return rows


def describe(row: Any) -> str:
    """Return what a row is called where it is chosen or referred to."""
    if getattr(row, "is_deleted", False):
        return gettext("%(row)s (deleted)") % {"row": row}
    return str(row)


class SharedRows(BaseModelAdmin):
    """What a list, a page and an inline of shared rows have in common."""

    form = RepairForm
    readonly_on_change: ClassVar[Sequence[str]] = ()
    """Fields that are stated when the row is made and only shown later."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows, ordering = all_rows(self.model), self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return [field.name for field in self.opts.concrete_fields if isinstance(field, ForeignKey)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        columns = {field.name for field in self.opts.concrete_fields}
        record = [name for name in RECORD_FIELDS if name in columns]
        later = self.readonly_on_change if obj is not None else ()
        return [*super().get_readonly_fields(request, obj), *record, *later]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Add what makes a form notice a stale page."""
        fieldsets: list[tuple[Any, Any]] = list(super().get_fieldsets(request, obj))
        if issubclass(self.form, VersionedModelForm) and self.has_change_permission(request, obj):
            name, options = fieldsets[0]
            shown = [field for field in options["fields"] if field not in VERSION_FIELDS]
            fieldsets[0] = (name, options | {"fields": [*shown, *VERSION_FIELDS]})
        return fieldsets

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a row keep its deleted parent."""
        remote = db_field.remote_field.model
        related_admin = self.admin_site._registry.get(remote)
        kwargs["queryset"] = remote._base_manager.all()
        kwargs["form_class"] = partial(RowChoiceField, describe=getattr(related_admin, "describe", describe))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SharedAdmin(SharedRows, TrashAdmin, ConflictAdmin):
    """The admin of one shared table.

    Lists are ordered by key, newest first, since ids are ULIDs: an order that every table has an index for. A list
    sorts and filters only by columns that an index serves; `indexed_as` names a better indexed copy of a column.
    """

    ordering = ("-pk",)
    search_fields: ClassVar[Any] = ("pk",)  # Any value: `get_search_results` decides by what is typed.
    sortable_by: ClassVar[Any] = ()
    indexed_as: ClassVar[Mapping[str, str]] = {}
    paginator = BoundedPaginator
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def describe(self, row: Any) -> str:
        return describe(row)

    def indexed(self, column: str) -> str:
        return self.indexed_as.get(column, column)

    def default_order(self, request: HttpRequest) -> Sequence[str]:
        return self.ordering

    # What the apps put on the record

    def note_viewed(self, request: HttpRequest, row: Any) -> None:
        """Record that the row was shown."""
        raise NotImplementedError

    def note_listed(self, request: HttpRequest, rows: Sequence[Any], typed: str) -> None:
        """Record that a list showed these rows; `typed` is what was searched for."""
        raise NotImplementedError

    def note_saved(self, request: HttpRequest, row: Any, changes: Changes, *, is_new: bool) -> None:
        """Record what was saved, inside the transaction that saved it."""
        raise NotImplementedError

    # Lists

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        parents = self.get_autocomplete_fields(request)
        return super().get_queryset(request).select_related(*parents) if parents else super().get_queryset(request)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedChangeList

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        trash = [TrashFilter] if self.has_trash else []
        return [*trash, *super().get_list_filter(request)]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        is_of_live = not self.has_trash or TrashFilter.state(request) == LIVE
        return [*super().get_list_display(request), *([] if is_of_live else ["deleted_at"])]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allow what the filters offer, and a foreign key; any other condition might read the whole table."""
        column, _separator, condition = lookup.partition("__")
        filtered = {item[0] for item in self.list_filter if isinstance(item, tuple)}
        if column == TrashFilter.parameter_name and not condition:
            return self.has_trash
        if column in filtered:
            return condition in {"exact", "isnull", "from", "to"}
        return column in self.get_autocomplete_fields(request) and condition in {"", "exact", "id__exact"}  # type: ignore[arg-type]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changelist_view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            self.note_listed(request, list(context["cl"].result_list), context["cl"].query)
        return response

    # One row

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        shown = flatten_fieldsets(fieldsets)
        record = [name for name in super().get_readonly_fields(request, obj) if name in RECORD_FIELDS]
        return [*fieldsets, (_("Record"), {"fields": [name for name in record if name not in shown]})]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        # A form that comes back with errors or a conflict shows the row as much as one that is opened.
        if context.get("original") is not None:
            self.note_viewed(request, context["original"])
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        changes = form.changes()
        super().save_model(request, obj, form, change)
        if changes or not change:
            self.note_saved(request, obj, changes, is_new=not change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save inline rows and put each on the record of its own table's admin."""
        owner: SharedAdmin = self.admin_site._registry[formset.model]  # type: ignore[assignment]
        pending = [row for row in formset.forms if row.has_changed()]
        changes = [(row.instance, row.changes(), row.instance._state.adding) for row in pending]
        super().save_formset(request, form, formset, change)
        for row, changed, is_new in changes:
            if changed or is_new:
                owner.note_saved(request, row, changed, is_new=is_new)


class SharedInline(SharedRows):
    """Rows that hang on the edited one; live ones, unless `shows_deleted`."""

    formset: Any = RepairFormSet
    extra = 0
    can_delete = False
    shows_deleted: ClassVar[bool] = False
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        is_live_only = request.method in SAFE_METHODS and hasattr(self.model, "deleted_at") and not self.shows_deleted
        return rows.live() if is_live_only else rows  # type: ignore[attr-defined]


def enum_column(name: str, description: Any) -> Any:
    """Return a list column that shows a value which the console does not know as it stands."""

    @admin.display(description=description)
    def column(row: Any) -> str:
        shown: str | None = getattr(row, f"get_{name}_display")()
        return shown or ""

    column.__name__ = name
    return column
