"""Deleting and restoring in the admin. Deletion stamps rows; no path here issues SQL DELETE on a shared table."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, DELETION
from django.contrib.admin.utils import model_ngettext, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ygs_admin.db.routing import using_primary
from ygs_admin.db.soft_delete import SoftDeleteModel

from .filters import DELETED, LIVE, TrashFilter
from .log import LogsIds

MOST_AT_ONCE = 10_000
SHOWN = 100


class RestoreRefusedError(Exception):
    """Rows can't come back as things are; the message says why, to the person who asked."""


class TrashAdmin(LogsIds):
    """Rows with `deleted_at` can be deleted and restored; rows without it can't be deleted at all."""

    actions: Any = ("delete_selected", "restore_selected")
    delete_selected_confirmation_template = "admin/many_confirmation.html"

    @property
    def has_trash(self) -> bool:
        return issubclass(self.model, SoftDeleteModel)

    def trash_condition(self, state: str) -> Q:
        """Return the condition of being live or deleted; an admin may name a column that an index serves better."""
        return Q(deleted_at__isnull=state == LIVE)

    def delete_rows(self, request: HttpRequest, keys: list[str]) -> int:
        """Delete the live rows among these and put that on the record, in one transaction; return how many."""
        raise NotImplementedError

    def restore_rows(self, request: HttpRequest, keys: list[str]) -> int:
        """Restore the deleted rows among these and put that on the record, in one transaction; return how many.

        Raises:
            RestoreRefusedError: one of them can't come back; none has.
        """
        raise NotImplementedError

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_deletable = self.has_trash and not (obj and obj.is_deleted)
        return is_deletable and super().has_delete_permission(request, obj)

    def has_restore_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_restorable = self.has_trash and (obj is None or obj.is_deleted)
        return is_restorable and super().has_delete_permission(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_rows(request, [obj.pk])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self.delete_rows(request, list(queryset.values_list("pk", flat=True)))

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Return what goes with these rows: the first of them with what hangs on them, and how many of each table."""
        shown: tuple[list[Any], dict[str, int], set[str], list[str]] = self._batch(
            [obj.pk for obj in objs], _still_live
        )
        return shown

    def _batch(self, keys: list[str], hanging_with: Callable[[Any, str], Any]) -> Any:
        model: Any = self.model
        rows = model.all_objects.in_bulk(keys[:SHOWN])
        counts = {str(self.opts.verbose_name_plural): len(keys)}
        below: dict[str, list[str]] = {}
        for _label, hanging, parent in model.hanging_rows():
            batch = hanging_with(hanging.filter(**{f"{parent}__in": keys}), parent)
            counts[str(batch.model._meta.verbose_name_plural)] = batch.count()
            for row in batch.filter(**{f"{parent}__in": keys[:SHOWN]}):
                below.setdefault(row.serializable_value(parent), []).append(self._link(row))
        shown: list[Any] = []
        for key in filter(rows.__contains__, keys):
            shown += [self._link(rows[key]), below[key]] if key in below else [self._link(rows[key])]
        if len(keys) > SHOWN:
            more = len(keys) - SHOWN
            shown.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
        return shown, {name: count for name, count in counts.items() if count}, set(), []

    def _link(self, row: Model) -> str:
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
        return format_html('{}: <a href="{}">{}</a>', capfirst(str(row._meta.verbose_name)), url, row)

    # One row

    def get_urls(self) -> list[URLPattern]:
        if not self.has_trash:
            return super().get_urls()
        view = self.admin_site.admin_view(self.restore_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        return [path("<path:object_id>/restore/", view, name=name), *super().get_urls()]

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with using_primary():
            response = super().delete_view(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    def restore_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say what will come back, and on POST bring it back. A row that is live already is left as it is."""
        with using_primary():
            row = self.get_object(request, unquote(object_id))
            if row is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined, no-any-return]
            if not super().has_delete_permission(request, row):
                raise PermissionDenied
            if row.is_deleted and request.method != "POST":
                return self._confirm_restoring(request, row)
            return self._restore_one(request, row)

    def _restore_one(self, request: HttpRequest, row: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                if row.is_deleted and self.restore_rows(request, [row.pk]):
                    self.log_change(request, row, _("Restored."))
                    self.message_user(request, _("“%(row)s” is restored.") % {"row": row}, messages.SUCCESS)
        except RestoreRefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(row.pk)])
        return HttpResponseRedirect(url)

    def _confirm_restoring(self, request: HttpRequest, row: Any) -> HttpResponse:
        rows, counts, *_rest = self._batch([row.pk], _taken_by_the_same_deletion)
        context = self._about(request, _("Restore"), rows, counts) | {"object": row}
        return TemplateResponse(request, "admin/restore_confirmation.html", context).render()

    # Many rows

    def get_actions(self, request: HttpRequest) -> Any:
        """Offer what the rows of the list can take: live ones are deleted, deleted ones restored."""
        actions = super().get_actions(request)
        useless = {LIVE: "restore_selected", DELETED: "delete_selected"}.get(TrashFilter.state(request))
        return {name: action for name, action in actions.items() if name != useless}

    @admin.action(permissions=["delete"], description=gettext_lazy("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        keys = self._selected(request, queryset)
        if keys is None:
            return None
        if request.POST.get("post"):
            with transaction.atomic():
                count = self.delete_rows(request, keys)
                self.log_keys(request, keys, DELETION)
            done = _("Successfully deleted %(count)d %(items)s.")
            self.message_user(request, done % self._counted(count), messages.SUCCESS)
            return None
        return self._confirm_deleting(request, keys)

    @admin.action(permissions=["restore"], description=gettext_lazy("Restore selected %(verbose_name_plural)s"))
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        keys = self._selected(request, queryset)
        if keys is None:
            return
        try:
            with transaction.atomic():
                count = self.restore_rows(request, keys)
                self.log_keys(request, keys, CHANGE, _("Restored."))
        except RestoreRefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        self.message_user(request, _("Restored %(count)d %(items)s.") % self._counted(count), messages.SUCCESS)

    def _selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[str] | None:
        """Return the keys, None where they are too many for one transaction: the person is told so."""
        keys = list(queryset.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(keys) <= MOST_AT_ONCE:
            return keys
        message = _("That is more than %(most)s at once. Narrow the list first.") % {"most": f"{MOST_AT_ONCE:,}"}
        self.message_user(request, message, messages.ERROR)
        return None

    def _confirm_deleting(self, request: HttpRequest, keys: list[str]) -> HttpResponse:
        rows, counts, *_rest = self.get_deleted_objects(self._shells(keys), request)
        is_across = request.POST.get("select_across") == "1"
        context = self._about(request, _("Delete multiple objects"), rows, counts) | {
            "select_across": is_across,
            # The list's filters are in the address: across all pages one key stands for the selection.
            "selected": keys[:1] if is_across else keys,
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, self.delete_selected_confirmation_template, context)

    def _shells(self, keys: Iterable[str]) -> list[Model]:
        return [self.model(pk=key) for key in keys]

    def _counted(self, count: int) -> dict[str, Any]:
        return {"count": count, "items": model_ngettext(self.opts, count)}

    def _about(self, request: HttpRequest, title: str, rows: list[Any], counts: dict[str, int]) -> dict[str, Any]:
        request.current_app = self.admin_site.name
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": None,
            "rows": rows,
            "model_count": counts.items(),
            "opts": self.opts,
            "media": self.media,
            "preserved_filters": self.get_preserved_filters(request),
        }


def _still_live(rows: Any, parent: str) -> Any:
    return rows.live()


def _taken_by_the_same_deletion(rows: Any, parent: str) -> Any:
    return rows.filter(deleted_at=F(f"{parent}__deleted_at"))
