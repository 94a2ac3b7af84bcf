"""The admin's forms: a stale one is refused with what differs, an untouched field keeps its stored value exactly."""

from functools import cached_property
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, InlineForeignKeyField
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.soft_delete import SoftDeleteModel
from ygs_admin.web.versioned_form import Difference, VersionedModelForm

VERSION_FIELDS = ("row_version", "original")


class RepairForm(VersionedModelForm):
    """A versioned form of the Django admin, of a row by itself or inline.

    - A stale form with touched fields is invalid; `conflict` lists what differs, and rendered again it carries the
      current version, so that saving it once more is a decision. A stale form without touched fields writes nothing.
    """

    conflict: list[Difference] | None = None

    @property
    def title(self) -> str:
        return capfirst(str(self.instance._meta.verbose_name))

    def model_fields(self) -> list[str]:
        return [
            name
            for name in super().model_fields()
            if name not in {DELETION_FIELD_NAME, self.instance._meta.pk.name}
            and not isinstance(self.fields[name], InlineForeignKeyField)
        ]

    @cached_property
    def changed_data(self) -> list[str]:
        if self._versioned:
            return self.touched
        return [name for name in super().changed_data if name not in VERSION_FIELDS]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_stale and self.touched:
            self._refuse()

    def _refuse(self) -> None:
        self.conflict = list(self.differences())
        labels = ", ".join(difference.label for difference in self.conflict)
        message = _("Somebody changed this while you were editing; nothing is saved. What differs: %(fields)s.")
        self.add_error(None, ValidationError(message, code="conflict", params={"fields": labels or "–"}))
        current = {"row_version": str(self.current_version), "original": self.initial["original"]}
        renewed: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in current.items():
            renewed[self.add_prefix(name)] = value
        self.data = renewed

    def _update_errors(self, errors: ValidationError) -> None:
        for messages in getattr(errors, "error_dict", {}).values():
            messages[:] = [_with_link(message) for message in messages]
        super()._update_errors(errors)  # type: ignore[misc]


class RepairFormSet(BaseInlineFormSet):
    """Rows that hang on the edited one. A posted row is found again though it was deleted since the page was made."""

    def get_queryset(self) -> Any:
        if not self.is_bound:
            return super().get_queryset()
        if not hasattr(self, "_queryset"):
            rows: Any = self.queryset
            found = rows.in_bulk(self._posted_keys())
            self._queryset = [found[key] for key in self._posted_keys() if key in found]
        return self._queryset

    def _posted_keys(self) -> list[str]:
        key = self.model._meta.pk.name
        # The count is posted too, and may be any number.
        count = min(self.initial_form_count(), self.absolute_max)
        posted = (self.data.get(f"{self.add_prefix(i)}-{key}", "") for i in range(count))
        return list(dict.fromkeys(posted))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self.model._meta.pk.name].queryset = self.model._base_manager.all()


def _with_link(error: ValidationError) -> ValidationError:
    """Turn "a deleted entry holds this value" into a way there; any other error stays as it is."""
    if error.code != "held_by_deleted" or not error.params:
        return error
    holder: SoftDeleteModel = error.params["holder"]
    url = reverse(f"admin:{holder._meta.app_label}_{holder._meta.model_name}_change", args=[quote(holder.pk)])
    link = format_html('<a href="{}">{} ({})</a>', url, holder, holder.pk)
    message = gettext("%(holder)s is deleted and holds this value. Restore it instead.")
    return ValidationError(format_html(message.replace("%(holder)s", "{}"), link), code=error.code)
