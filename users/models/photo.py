"""Members' photos: keys of objects on S3, never URLs."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.columns import VarcharField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField

from .photo_order import Ordered, PhotoOrderQuerySet
from .user import User


class UserPhoto(Ordered):
    id = PrefixedULIDField(_("ID"), prefix="pho", primary_key=True)
    user = models.ForeignKey(User, models.DO_NOTHING, verbose_name=_("member"), db_index=False)
    s3_key = VarcharField(_("object key"))
    thumbnail_s3_key = VarcharField(_("thumbnail's object key"), null=True, blank=True)
    display_order = models.IntegerField(_("order"), default=0)
    created_at = UTCDateTimeField(_("uploaded"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(PhotoOrderQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(PhotoOrderQuerySet)()

    class Meta:
        db_table = "user_photos"
        base_manager_name = "all_objects"
        default_related_name = "photos"
        ordering = ("display_order", "created_at", "id")
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = (BackendIndex(fields=["user"], name="ix_user_photos_user_id"),)

    def __str__(self) -> str:
        return str(self.pk)
