"""Staff accounts. They decide who may do what: never read from a replica."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ygs_admin.db.ids import PrefixedULIDField

from .standing import Standing


class StaffManager(BaseUserManager["Staff"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Staff":
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Staff":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email__iexact=username)


class Staff(Standing, AbstractBaseUser, PermissionsMixin):
    """A person who works in the console, `stf_`; signs in with the e-mail address."""

    id = PrefixedULIDField(_("ID"), prefix="stf", primary_key=True)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=50)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    if TYPE_CHECKING:
        # The sessions of `StaffSession`, and what django-otp's middleware adds.
        sessions: Any
        is_verified: Callable[[], bool]

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "console_staff"
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Tell whether the account may enter the Django admin: superusers repair things there, nobody else."""
        return self.is_superuser

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name
