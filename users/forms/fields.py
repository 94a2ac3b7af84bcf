"""Form fields over the JSON columns."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from users.models.vocabulary import PreferenceGroup

LIGHTEST, HEAVIEST = 1, 5


class TextListField(forms.CharField):
    """A JSON list of texts, typed with commas between them; None where it is empty."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str] | None:
        text = super().clean(value) or ""
        items = [item.strip() for item in text.split(",")]
        return list(dict.fromkeys(item for item in items if item)) or None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class WeightsWidget(forms.MultiWidget):
    template_name = "users/widgets/weights.html"

    def __init__(self, groups: Iterable[tuple[str, Any]]) -> None:
        self.groups = list(groups)
        numbers = [("", "–"), *((str(n), str(n)) for n in range(LIGHTEST, HEAVIEST + 1))]
        super().__init__(
            {key: forms.Select(attrs={"aria-label": label}, choices=numbers) for key, label in self.groups}
        )

    def decompress(self, value: Any) -> list[Any]:
        stated = value if isinstance(value, dict) else {}
        return [str(stated.get(key, "")) for key, _label in self.groups]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, (_key, label) in zip(context["widget"]["subwidgets"], self.groups, strict=True):
            subwidget["label"] = label
        return context


class WeightsField(forms.Field):
    """A JSON object from preference group to weight, 1 to 5; keys that the console does not know are kept."""

    widget = WeightsWidget(PreferenceGroup.choices)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        names = dict(PreferenceGroup.choices)
        return ", ".join(f"{names.get(key, key)} {weight}" for key, weight in value.items())

    def bound_data(self, data: Any, initial: Any) -> Any:
        return self._stated(data) if isinstance(data, list) else initial

    def clean(self, value: Any) -> dict[str, int] | None:
        stated = self._stated(value or [])
        if any(not LIGHTEST <= weight <= HEAVIEST for weight in stated.values()):
            raise ValidationError(_("Weights go from 1 to 5."), code="range")
        return stated or None

    def _stated(self, values: list[str]) -> dict[str, int]:
        return {
            key: int(value)
            for (key, _label), value in zip(PreferenceGroup.choices, values, strict=False)
            if value and str(value).isdigit()
        }
