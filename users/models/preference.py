"""Whom a member wishes to meet."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField, EnumListField
from ygs_admin.db.querysets import SharedQuerySet
from ygs_admin.db.timestamps import UTCDateTimeField

from .keyed_by_member import KeyedByMember
from .vocabulary import Drinking, Education, MaritalHistory, Mbti, PreferenceGroup, Religion, SalaryRange, Smoking


class UserPreference(KeyedByMember):
    """Stated wishes: hard where their group is in `must_have`, soft otherwise, weighted 1 to 5."""

    birth_year_min = models.IntegerField(_("born from"), null=True, blank=True)
    birth_year_max = models.IntegerField(_("born until"), null=True, blank=True)
    height_min = models.IntegerField(_("height from (cm)"), null=True, blank=True)
    height_max = models.IntegerField(_("height up to (cm)"), null=True, blank=True)
    education_min = EnumField(_("education at least"), choices=Education.choices, null=True, blank=True)
    salary_min = EnumField(_("salary at least"), choices=SalaryRange.choices, null=True, blank=True)
    districts = models.JSONField(_("districts"), null=True, blank=True)
    religions = EnumListField(_("religions"), enum=Religion)
    smoking = EnumListField(_("smoking"), enum=Smoking)
    drinking = EnumListField(_("drinking"), enum=Drinking)
    marital_histories = EnumListField(_("marital histories"), enum=MaritalHistory)
    mbti = EnumListField(_("MBTI"), enum=Mbti)
    must_have = EnumListField(_("hard conditions"), enum=PreferenceGroup)
    weights = models.JSONField(_("weights"), null=True, blank=True)
    note = VarcharField(_("note"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        db_table = "user_preferences"
        base_manager_name = "objects"
        default_related_name = "preference"
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
