"""Who the member is and how to reach them."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from users.models import User
from users.phones import national_number
from ygs_admin.web.versioned_form import VersionedModelForm

OLDEST_BIRTH_YEAR = 1920
ADULT = 19


class MemberForm(VersionedModelForm):
    class Meta:
        model = User
        fields = ("name", "gender", "birth_year", "phone", "email", "kakao_id")
        field_classes: ClassVar = {"email": forms.EmailField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].empty_value = None  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        """Take a number in any spelling; keep one that the backend wrote in another form while it is not changed."""
        typed = self.cleaned_data["phone"]
        if typed == self.instance.stored_values.get("phone"):
            return str(typed)
        number = national_number(typed)
        if number is None:
            raise ValidationError(_("Enter a mobile number such as 010-1234-5678."), code="invalid")
        return number

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        youngest = timezone.localdate().year - ADULT
        if year != self.instance.stored_values.get("birth_year") and not OLDEST_BIRTH_YEAR <= year <= youngest:
            message = _("Enter a year from %(oldest)s to %(youngest)s.")
            raise ValidationError(message, "range", {"oldest": OLDEST_BIRTH_YEAR, "youngest": youngest})
        return year
