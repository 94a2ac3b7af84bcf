"""What a member states about themselves."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.querysets import SharedQuerySet

from .keyed_by_member import KeyedByMember
from .vocabulary import Education, Mbti, SalaryRange


class UserProfile(KeyedByMember):
    height = models.IntegerField(_("height (cm)"), null=True, blank=True)
    education = EnumField(_("education"), choices=Education.choices, null=True, blank=True)
    university = VarcharField(_("university"), null=True, blank=True)
    job = VarcharField(_("job"), null=True, blank=True)
    salary_range = EnumField(_("yearly salary"), choices=SalaryRange.choices, null=True, blank=True)
    district = VarcharField(_("district"), null=True, blank=True)
    mbti = EnumField(_("MBTI"), choices=Mbti.choices, null=True, blank=True)
    about_me = VarcharField(_("about me"), null=True, blank=True)
    profile_appeal = VarcharField(_("appeal"), null=True, blank=True)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        db_table = "user_profiles"
        base_manager_name = "objects"
        default_related_name = "profile"
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
