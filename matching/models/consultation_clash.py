"""The database's refusal of two consultations at once (`migrations/consultations_once.sql`), in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from users.models.status import VerbRefusedError

CONSULTANT_ONCE = "console_consultant_once"
MEMBER_ONCE = "console_member_once"


class ClashError(VerbRefusedError):
    """The time is taken; `consultation` is the one that takes it, None where that is gone by now."""

    def __init__(self, constraint: str, consultation: Any) -> None:
        self.consultation = consultation
        super().__init__(_explained(constraint, consultation))


@contextmanager
def refusing_clashes(model: Any) -> Iterator[None]:
    """Raise `ClashError` where the database refuses an overlap. Stands around the transaction: by then it is lost."""
    try:
        yield
    except IntegrityError as error:
        refusal = getattr(error.__cause__, "diag", None)
        if refusal is None or refusal.constraint_name not in {CONSULTANT_ONCE, MEMBER_ONCE}:
            raise
        taken_by = model.objects.select_related("user").filter(pk=refusal.message_detail).first()
        raise ClashError(refusal.constraint_name, taken_by) from error


def _explained(constraint: str, consultation: Any) -> str:
    if consultation is None:
        return _("The time was taken a moment ago. Try again.")
    said = {
        "consultant": consultation.consultant_name,
        "member": consultation.member_name,
        "time": consultation.slot.label,
    }
    if constraint == MEMBER_ONCE:
        return _("%(member)s is in a consultation with %(consultant)s then: %(time)s.") % said
    return _("%(consultant)s is in a consultation with %(member)s then: %(time)s.") % said
