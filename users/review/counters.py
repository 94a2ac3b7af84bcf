"""How much waits, and since when: counted up to a bound, whatever waits beyond it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ygs_admin.staff.models import Staff
from ygs_admin.web.keyset import COUNT_BOUND

from .queue import DECIDES_DOCUMENTS, DECIDES_SIGN_UPS, waiting_documents, waiting_sign_ups


@dataclass(frozen=True)
class Waiting:
    """`count` goes no further than one beyond the bound; `oldest` is None where nothing waits."""

    label: str
    count: int
    oldest: datetime | None

    @property
    def count_label(self) -> str:
        is_more = self.count > COUNT_BOUND
        return str(number_format(min(self.count, COUNT_BOUND), force_grouping=True)) + ("+" if is_more else "")


def waiting_sign_ups_now() -> Waiting:
    return _waiting(_("Sign-ups waiting"), waiting_sign_ups())


def waiting_documents_now() -> Waiting:
    return _waiting(_("Documents waiting"), waiting_documents())


def waiting_now(staff: Staff) -> list[Waiting]:
    """Return what waits of each kind that this person decides; two queries a kind."""
    kinds = ((DECIDES_SIGN_UPS, waiting_sign_ups_now), (DECIDES_DOCUMENTS, waiting_documents_now))
    return [count() for permission, count in kinds if staff.has_perm(permission)]


def oldest_of(waiting: list[Waiting]) -> datetime | None:
    return min((kind.oldest for kind in waiting if kind.oldest), default=None)


def _waiting(label: str, rows: QuerySet[Any]) -> Waiting:
    # In their order: left the choice, PostgreSQL may read whole tables in search of the first thousand.
    count = rows[: COUNT_BOUND + 1].count()
    return Waiting(label, count, rows.values_list("created_at", flat=True).first())
