"""Whom the member wishes to meet."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from users.models import UserPreference
from ygs_admin.web.versioned_form import VersionedModelForm

from .fields import TextListField, WeightsField

RANGES = (("birth_year_min", "birth_year_max"), ("height_min", "height_max"))


class PreferenceForm(VersionedModelForm):
    districts = TextListField(label=capfirst(_("districts")), required=False, help_text=_("With commas between them."))
    weights = WeightsField(label=capfirst(_("weights")), required=False)

    class Meta:
        model = UserPreference
        fields = (
            "birth_year_min",
            "birth_year_max",
            "height_min",
            "height_max",
            "education_min",
            "salary_min",
            "districts",
            "religions",
            "smoking",
            "drinking",
            "marital_histories",
            "mbti",
            "must_have",
            "weights",
            "note",
        )
        widgets: ClassVar = {"note": forms.Textarea}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for low, high in RANGES:
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(high, ValidationError(_("This must not be below the lower bound."), code="range"))
        return cleaned
