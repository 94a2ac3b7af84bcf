"""Who consults: the active accounts that may change consultations. Accounts are read from the primary."""

from collections.abc import Iterable

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from ygs_admin.staff.models import Staff

CONSULTS = "matching.change_consultschedule"


def consultants() -> QuerySet[Staff]:
    """Return them by name. Superusers repair things; they consult where a role says so."""
    rows: QuerySet[Staff] = ModelBackend().with_perm(CONSULTS, include_superusers=False)
    return rows.order_by("name", "id")


def is_consultant(staff_id: str) -> bool:
    return consultants().filter(pk=staff_id).exists()


def names_of(staff_ids: Iterable[str]) -> dict[str, str]:
    """Return id → name of the accounts that there are, deactivated ones included."""
    return dict(Staff.objects.filter(pk__in=set(staff_ids)).values_list("pk", "name"))
