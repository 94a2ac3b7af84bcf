"""How members live."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from users.forms.fields import TextListField
from users.models import UserLifestyle
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.forms import RepairForm

from .keyed_by_member import KeyedByMemberAdmin

LIFESTYLE_FIELDS = (
    "smoking",
    "drinking",
    "religion",
    "religion_consented_at",
    "exercise",
    "pet",
    "marital_history",
    "wants_children",
    "marriage_timing",
    "hobbies",
)


class LifestyleRepairForm(RepairForm):
    """Religion and the time of the consent to it are plain fields here: what is wrong is repaired by hand."""

    hobbies = TextListField(label=_("hobbies"), required=False, help_text=_("With commas between them."))


@admin.register(UserLifestyle)
class UserLifestyleAdmin(KeyedByMemberAdmin):
    form = LifestyleRepairForm
    fields: ClassVar[Any] = ("user", *LIFESTYLE_FIELDS)
    list_display = (
        "user",
        enum_column("smoking", _("smoking")),
        enum_column("drinking", _("drinking")),
        enum_column("marital_history", _("marital history")),
    )
