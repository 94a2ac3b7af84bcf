"""What the member states about themselves."""

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from users.models import UserProfile
from ygs_admin.web.versioned_form import VersionedModelForm

SHORTEST_CM, TALLEST_CM = 120, 230


class ProfileForm(VersionedModelForm):
    class Meta:
        model = UserProfile
        fields = (
            "height",
            "education",
            "university",
            "job",
            "salary_range",
            "district",
            "mbti",
            "about_me",
            "profile_appeal",
        )
        widgets: ClassVar = {"about_me": forms.Textarea, "profile_appeal": forms.Textarea}

    def clean_height(self) -> int | None:
        height: int | None = self.cleaned_data["height"]
        if height is None or height == self.instance.stored_values.get("height"):
            return height
        if not SHORTEST_CM <= height <= TALLEST_CM:
            message = _("Enter a height from %(shortest)s to %(tallest)s cm.")
            raise ValidationError(message, "range", {"shortest": SHORTEST_CM, "tallest": TALLEST_CM})
        return height
