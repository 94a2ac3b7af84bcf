"""Saving in the admin: what somebody else has changed meanwhile is answered with 409 and a choice, never saved over."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ygs_admin.db.routing import using_primary
from ygs_admin.db.row_version import RowConflictError

from .forms import RepairForm


class ConflictAdmin(admin.ModelAdmin):
    """Reads what is edited from the primary, the choices in its form included."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with using_primary():
            try:
                response = super().changeform_view(request, *args, **kwargs)
            except (RowConflictError, IntegrityError):
                # Somebody wrote between our reading and our writing. Nothing of ours is left; read again, the form
                # finds the conflict or the taken value by itself.
                response = super().changeform_view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                self._show_conflicts(response)
                response.render()
        return response

    def _show_conflicts(self, response: TemplateResponse) -> None:
        context: Any = response.context_data
        conflicts = [form for form in _forms(context) if form.conflict is not None]
        if conflicts:
            context["conflicts"] = conflicts
            response.status_code = HTTPStatus.CONFLICT


def _forms(context: dict[str, Any]) -> Iterator[RepairForm]:
    """Return the page's versioned forms; the answer to a pop-up has none."""
    forms = [context["adminform"].form] if "adminform" in context else []
    for inline in context.get("inline_admin_formsets", ()):
        forms += inline.formset.forms
    return (form for form in forms if isinstance(form, RepairForm))
