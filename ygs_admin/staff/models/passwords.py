"""The passwords that an account had, hashed, so that none comes back at once."""

from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = 3


class PastPassword(models.Model):
    """The last `KEPT` of an account, the present one among them."""

    staff = models.ForeignKey("staff.Staff", on_delete=models.CASCADE, related_name="past_passwords")
    password = models.CharField(max_length=128)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "console_past_passwords"
        verbose_name = _("past password")
        verbose_name_plural = _("past passwords")
        ordering = ("-created_at", "-id")

    @classmethod
    def remember(cls, staff_id: str, password: str) -> None:
        """Keep a hash, and forget those that are older than the last `KEPT`."""
        cls.objects.create(staff_id=staff_id, password=password)
        old = cls.objects.filter(staff_id=staff_id)[KEPT:].values_list("pk", flat=True)
        cls.objects.filter(pk__in=list(old)).delete()

    @classmethod
    def has(cls, staff_id: str, raw: str) -> bool:
        """Tell whether it is one of the kept. Each costs a slow hash."""
        kept = cls.objects.filter(staff_id=staff_id).values_list("password", flat=True)
        return any(check_password(raw, password) for password in kept)
