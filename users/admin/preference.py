"""Whom members wish to meet."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from users.forms.fields import TextListField
from users.models import UserPreference
from ygs_admin.web.admin.forms import RepairForm

from .keyed_by_member import KeyedByMemberAdmin

PREFERENCE_FIELDS = (
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


class PreferenceRepairForm(RepairForm):
    districts = TextListField(label=_("districts"), required=False, help_text=_("With commas between them."))


@admin.register(UserPreference)
class UserPreferenceAdmin(KeyedByMemberAdmin):
    form = PreferenceRepairForm
    fields: ClassVar[Any] = ("user", *PREFERENCE_FIELDS)
    list_display = ("user", "birth_year_min", "birth_year_max", "height_min", "height_max")
