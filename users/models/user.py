"""Members."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from users.masking import Shown, mask_name
from ygs_admin.db.columns import VarcharField
from ygs_admin.db.enums import EnumField
from ygs_admin.db.ids import PrefixedULIDField
from ygs_admin.db.indexes import BackendIndex
from ygs_admin.db.soft_delete import LiveRows
from ygs_admin.db.timestamps import UTCDateTimeField
from ygs_admin.staff.models import Staff
from ygs_admin.web.showing import note_shown

from .approval import Approvable, ApprovalQuerySet
from .deletion import Deletable, DeletionQuerySet
from .status import UserStatus
from .suspension import Suspendable, SuspensionQuerySet
from .withdrawal import Withdrawable, WithdrawalQuerySet

__all__ = ["Gender", "User", "UserStatus"]


class Gender(models.TextChoices):
    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class UserQuerySet(ApprovalQuerySet, SuspensionQuerySet, WithdrawalQuerySet, DeletionQuerySet):  # type: ignore[override]
    def known_to(self, staff: Staff) -> "UserQuerySet":
        """Narrow to the members of whom this person may know: deleted ones are for whoever may restore them."""
        return self if staff.has_perm("users.restore_user") else self.live()

    def with_profile(self) -> "UserQuerySet":
        """Read profile and subscription in the same query."""
        return self.select_related("profile", "subscription")

    def with_everything(self) -> "UserQuerySet":
        """Read all that there is one of for each member in the same query."""
        return self.select_related("profile", "lifestyle", "preference", "subscription")


class User(Approvable, Suspendable, Withdrawable, Deletable):
    """A member of the service, `usr_`."""

    subject = "id"
    deleted_with = ("photos", "documents", "subscription")

    id = PrefixedULIDField(_("ID"), prefix="usr", primary_key=True)
    firebase_id = VarcharField(_("Firebase ID"), null=True, blank=True)
    kakao_id = VarcharField(_("Kakao ID"), null=True, blank=True)
    email = VarcharField(_("e-mail"), null=True, blank=True)
    phone = VarcharField(_("phone"), unique=True)
    name = VarcharField(_("name"), max_length=50)
    gender = EnumField(_("gender"), choices=Gender.choices)
    birth_year = models.IntegerField(_("birth year"))
    is_admin = models.BooleanField(_("administrator of the app"), default=False)
    created_at = UTCDateTimeField(_("signed up"), default=timezone.now, editable=False)
    updated_at = UTCDateTimeField(_("changed"), null=True, blank=True, editable=False)

    objects: ClassVar[Any] = LiveRows.from_queryset(UserQuerySet)()
    all_objects: ClassVar[Any] = models.Manager.from_queryset(UserQuerySet)()

    class Meta:
        db_table = "users"
        base_manager_name = "all_objects"
        verbose_name = _("member")
        verbose_name_plural = _("members")
        indexes = (
            BackendIndex(fields=["firebase_id"], name="ix_users_firebase_id"),
            BackendIndex(fields=["kakao_id"], name="ix_users_kakao_id"),
            BackendIndex(fields=["email"], name="ix_users_email"),
            BackendIndex(fields=["gender"], name="ix_users_gender"),
            BackendIndex(fields=["status"], name="ix_users_status"),
        )
        permissions = (
            ("approve_user", _("Can decide sign-ups")),
            ("suspend_user", _("Can suspend and reinstate members")),
            ("withdraw_user", _("Can withdraw and readmit members")),
            ("restore_user", _("Can restore deleted members")),
            ("reveal_contact", _("Can reveal contact details")),
            ("see_names", _("Can read members' names in full")),
            ("export_user", _("Can export members")),
            ("export_contacts", _("Can export contact details")),
        )

    def __str__(self) -> str:
        return self.shown.name

    def __repr__(self) -> str:
        """Return what logs and stack traces may say."""
        return f"<User: {self.pk}>"

    @property
    def shown(self) -> Shown:
        """Return name and contact details as whoever reads them now may know them; whoever reads them is shown them."""
        self.note_shown()
        return Shown(self)

    def note_shown(self) -> None:
        """Say that the response to the present request shows this member (`ygs_admin/web/showing.py`)."""
        note_shown(self.pk, self.name, mask_name(self.name))

    @property
    def age(self) -> int:
        """Return the full years (만 나이) that the member completes this year; the birthday is not on record."""
        return timezone.localdate().year - int(self.birth_year)

    @property
    def age_label(self) -> str:
        """`1993년생 (만 33세)`."""
        return gettext("born %(year)s (age %(age)s)") % {"year": self.birth_year, "age": self.age}
