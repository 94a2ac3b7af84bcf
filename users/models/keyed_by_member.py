"""Tables with one row for each member, whose key is the member's."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.models import SharedModel

from .user import User


class KeyedByMember(SharedModel):
    """`id` and `user_id` both hold the member's id."""

    is_destroyed_when_due: ClassVar[bool] = True

    id = PrefixedULIDField(_("ID"), prefix="usr", generated=False, primary_key=True)
    user = models.OneToOneField(User, models.DO_NOTHING, verbose_name=_("member"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.id = self.id or self.user_id
        super().save(*args, **kwargs)
