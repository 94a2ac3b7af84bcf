"""Enumerations that another program may extend: values that the console does not know yet are kept as they stand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst

from .columns import VarcharField


class EnumField(VarcharField):
    """A `varchar` that holds one value of a `TextChoices`.

    A stored value that is not among the choices is shown as it stands and survives an edit of other fields; only a
    *change* to an unknown value is refused. The choices stay out of migrations: the database does not know them.
    """

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value and value == stored_value(model_instance, self.attname):
            return
        super().validate(value, model_instance)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class EnumListField(models.JSONField):
    """A `jsonb` list of the values of a `TextChoices`; null where nothing is stated."""

    def __init__(self, *args: Any, enum: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.enum = enum  # None only in migrations, which do not know the values.
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is None or self.enum is None:
            return
        known = {*self.enum.values, *(stored_value(model_instance, self.attname) or ())}
        if unknown := [item for item in value if item not in known]:
            message = forms.MultipleChoiceField.default_error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": ", ".join(map(str, unknown))})

    def labels(self, value: list[str] | None) -> list[str]:
        """Return the labels of the listed values, an unknown value as it stands."""
        names = dict(self.enum.choices) if self.enum else {}
        return [str(names.get(item, item)) for item in value or ()]

    def save_form_data(self, instance: models.Model, data: Any) -> None:
        super().save_form_data(instance, data or None)

    def formfield(self, form_class: Any = None, choices_form_class: Any = None, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.enum.choices if self.enum else (),
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
        )


def stored_value(instance: models.Model | None, attname: str) -> Any:
    """Return what the database held for a field when the instance was read, None for a new instance."""
    return getattr(instance, "stored_values", {}).get(attname)
