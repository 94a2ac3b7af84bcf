"""How a member lives."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.enums import EnumField
from ygs_admin.db.querysets import SharedQuerySet
from ygs_admin.db.timestamps import UTCDateTimeField

from .keyed_by_member import KeyedByMember
from .vocabulary import Drinking, Exercise, MaritalHistory, MarriageTiming, Pet, Religion, Smoking, WantsChildren


class UserLifestyle(KeyedByMember):
    """Religion is sensitive data (개인정보 보호법 제23조): shown and matched on only where its holder consented."""

    smoking = EnumField(_("smoking"), choices=Smoking.choices, null=True, blank=True)
    drinking = EnumField(_("drinking"), choices=Drinking.choices, null=True, blank=True)
    religion = EnumField(_("religion"), choices=Religion.choices, null=True, blank=True)
    exercise = EnumField(_("exercise"), choices=Exercise.choices, null=True, blank=True)
    pet = EnumField(_("pet"), choices=Pet.choices, null=True, blank=True)
    marital_history = EnumField(_("marital history"), choices=MaritalHistory.choices, null=True, blank=True)
    wants_children = EnumField(_("children"), choices=WantsChildren.choices, null=True, blank=True)
    marriage_timing = EnumField(_("marriage"), choices=MarriageTiming.choices, null=True, blank=True)
    hobbies = models.JSONField(_("hobbies"), null=True, blank=True)
    religion_consented_at = UTCDateTimeField(_("consent to religion"), null=True, blank=True)
    created_at = UTCDateTimeField(_("created"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        db_table = "user_lifestyles"
        base_manager_name = "objects"
        default_related_name = "lifestyle"
        verbose_name = _("lifestyle")
        verbose_name_plural = _("lifestyles")

    @property
    def shows_religion(self) -> bool:
        return self.religion_consented_at is not None
