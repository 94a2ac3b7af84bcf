"""Model forms that refuse to save over somebody else's change, and that keep values they do not know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core import signing
from django.db import models
from django.utils import timezone

from ygs_admin.db.enums import EnumField, EnumListField

SALT = "ygs_admin.web.versioned_form"
KEEP_THEIRS = "theirs"

Changes = dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Difference:
    """One field of a conflict, each value as the form's widget would show it."""

    name: str
    label: str
    original: str
    theirs: str
    mine: str
    is_changed_by_both: bool


class VersionedModelForm(forms.ModelForm):
    """A form over an instance that was read `with_row_version()`.

    - The page carries the version and, signed, the values that it showed. A post whose version is no longer the row's
      `is_stale`: saving it raises `RowConflictError`, and `differences()` says who changed what. A conflict page posts
      `keep_<field>=theirs` for each field in which the other's value stands.
    - `touched` are the fields in which the person changed what the page showed. All others keep what is stored, to the
      microsecond, the line break and the order of a list, whatever widgets make of it.
    """

    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    original = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._versioned = not self.instance._state.adding
        self.initial["row_version"] = self.current_version = self.instance.row_version
        self.initial["original"] = signing.dumps(self._shown_values(), salt=SALT, compress=True)
        self._keep_unknown_values()
        for name in self.model_fields():
            if self.is_bound and self.data.get(self.add_prefix(f"keep_{name}")) == KEEP_THEIRS:
                self.fields[name].disabled = True

    def model_fields(self) -> list[str]:
        return [name for name in self.fields if name not in {"row_version", "original"}]

    @cached_property
    def touched(self) -> list[str]:
        shown = self._original_values() if self.is_stale else {}
        return [
            name
            for name in self.model_fields()
            if self._shown(name, self[name].value())
            != shown.get(name, self._shown(name, self.get_initial_for_field(self.fields[name], name)))
        ]

    @property
    def is_stale(self) -> bool:
        """Tell whether the row was changed after the page with this form was made."""
        return self.is_bound and self._versioned and self._posted_version() != self.current_version

    def save(self, commit: bool = True) -> Any:
        """Write what changed.

        Raises:
            RowConflictError: the row is not the one that the page showed.
        """
        if self._versioned:
            self.instance.row_version = self._posted_version() or 0
        return super().save(commit)

    def changes(self) -> Changes:
        """Return field → (before, after) of what saving this valid form will write."""
        return {
            field.attname: (self.instance.stored_values.get(field.attname), getattr(self.instance, field.attname))
            for field in self.instance.changed_fields()
        }

    def differences(self) -> Iterator[Difference]:
        """Yield the fields in which what I typed, what they saved and what we both started from are not all one."""
        original = self._original_values()
        for name in self.model_fields():
            bound, theirs = self[name], self._shown(name, self.get_initial_for_field(self.fields[name], name))
            mine = self._shown(name, bound.value())
            first = original.get(name, theirs)
            if not first == theirs == mine:
                both = theirs not in (first, mine) and mine != first
                yield Difference(name, str(bound.label), first, theirs, mine, both)

    def _post_clean(self) -> None:
        if self._versioned:
            for name in self.cleaned_data.keys() & set(self.model_fields()) - set(self.touched):
                self._keep_stored(name)
        super()._post_clean()  # type: ignore[misc]

    def _keep_stored(self, name: str) -> None:
        field = self._model_field(name)
        if field is None:
            return
        if field.is_relation:
            del self.cleaned_data[name]  # What is not there is not assigned.
        else:
            self.cleaned_data[name] = getattr(self.instance, name)

    def _posted_version(self) -> int | None:
        posted = str(self.data.get(self.add_prefix("row_version"), ""))
        return int(posted) if posted.isascii() and posted.isdigit() else None

    def _shown_values(self) -> dict[str, str]:
        return {
            name: self._shown(name, self.get_initial_for_field(self.fields[name], name)) for name in self.model_fields()
        }

    def _original_values(self) -> dict[str, str]:
        try:
            shown: dict[str, str] = signing.loads(str(self.data.get(self.add_prefix("original"), "")), salt=SALT)
        except signing.BadSignature:
            return {}
        return shown

    def _shown(self, name: str, value: Any) -> str:
        """Return a value as a person reads it in the form: the label of a choice, a list with commas.

        One spelling for what is stored and what is posted, when both mean the same.
        """
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return str(value or "")  # Its choices are a whole table.
        if isinstance(value, datetime):
            value = timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        elif isinstance(field, forms.MultiValueField):
            return " ".join(map(str, filter(None, value or [])))
        elif isinstance(field, forms.MultipleChoiceField):
            value = sorted(map(str, value or []))
        elif isinstance(field, forms.JSONField) and not isinstance(value, str):
            value = field.prepare_value(value)
        return self._in_words(field, value).replace("\r\n", "\n").strip()

    def _in_words(self, field: forms.Field, value: Any) -> str:
        choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        values = value if isinstance(value, list | tuple) else [field.prepare_value(value)]
        return ", ".join(choices.get(str(item), str(item)) for item in values if item not in (None, ""))

    def _keep_unknown_values(self) -> None:
        """Offer a stored value that is not among the choices, so that an edit of other fields does not lose it."""
        field: Any
        for name, field in self.fields.items():
            model_field = self._model_field(name)
            stored = getattr(self.instance, model_field.attname) if model_field else None
            if isinstance(model_field, EnumListField):
                unknown = [item for item in stored or () if item not in dict(field.choices)]
            elif isinstance(model_field, EnumField) and stored and stored not in dict(field.choices):
                unknown = [stored]
            else:
                continue
            field.choices = [*field.choices, *((item, item) for item in unknown)]

    def _model_field(self, name: str) -> models.Field | None:
        return next((field for field in self.instance._meta.concrete_fields if field.name == name), None)
