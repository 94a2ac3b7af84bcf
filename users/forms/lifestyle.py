"""How the member lives."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from users.models import UserLifestyle
from ygs_admin.web.versioned_form import VersionedModelForm

from .fields import TextListField


class LifestyleForm(VersionedModelForm):
    """Religion can be seen and stated only with the member's consent; taking the consent back erases it."""

    hobbies = TextListField(label=capfirst(_("hobbies")), required=False, help_text=_("With commas between them."))
    religion_consent = forms.BooleanField(
        label=_("Consents to the use of religion"),
        required=False,
        help_text=_("Sensitive data. Without consent the religion is neither shown nor matched on."),
    )

    class Meta:
        model = UserLifestyle
        fields = (
            "smoking",
            "drinking",
            "exercise",
            "pet",
            "marital_history",
            "wants_children",
            "marriage_timing",
            "hobbies",
            "religion_consent",
            "religion",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        has_consented = instance is not None and instance.shows_religion
        kwargs["initial"] = {"religion_consent": has_consented, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if not has_consented:
            del self.fields["religion"]

    def _post_clean(self) -> None:
        super()._post_clean()
        consents = self.cleaned_data.get("religion_consent", False)
        if not consents:
            if self.instance.shows_religion:
                self.instance.religion = None
            self.instance.religion_consented_at = None
        elif not self.instance.shows_religion:
            self.instance.religion_consented_at = timezone.now()
