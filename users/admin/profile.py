"""What members state about themselves."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from users.forms import ProfileForm
from users.models import UserProfile
from ygs_admin.web.admin.base import enum_column
from ygs_admin.web.admin.forms import RepairForm

from .keyed_by_member import KeyedByMemberAdmin

PROFILE_FIELDS = (
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


class ProfileRepairForm(RepairForm, ProfileForm):
    """The console's rules for a profile."""


@admin.register(UserProfile)
class UserProfileAdmin(KeyedByMemberAdmin):
    form = ProfileRepairForm
    fields: ClassVar[Any] = ("user", *PROFILE_FIELDS)
    list_display = ("user", "district", enum_column("education", _("education")), "job", "height")
