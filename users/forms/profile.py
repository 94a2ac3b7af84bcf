"""What the member states about themselves."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from users import cleaning
from users.models import UserProfile

from .cleaned import CleanedForm, typed_number


class ProfileForm(CleanedForm):
    height = typed_number(_("height (cm)"), required=False)

    cleaners: ClassVar = {
        "height": cleaning.height,
        "university": cleaning.line,
        "job": cleaning.line,
        "district": cleaning.district,
        "about_me": cleaning.prose,
        "profile_appeal": cleaning.prose,
    }

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
