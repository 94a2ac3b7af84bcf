"""Cases of whoever may not decide on them any more are free at once."""

from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from users.models import ReviewClaim
from ygs_admin.staff.models import Staff
from ygs_admin.staff.signals import access_changed

from .queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS


@receiver(access_changed, sender=Staff, dispatch_uid="users.review.freeing")
def _free_cases(sender: type[Model], row: Staff, **_: Any) -> None:
    """An account that is shut out has no permission."""
    now = Staff.objects.get(pk=row.pk)
    if not (now.has_perm(DECIDES_SIGN_UPS) or now.has_perm(DECIDES_DOCUMENTS)):
        ReviewClaim.objects.filter(staff=now).delete()
