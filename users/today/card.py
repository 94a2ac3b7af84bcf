"""What a card and a panel of the first page are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ygs_admin.staff.models import Staff
from ygs_admin.web.keyset import bounded_count
from ygs_admin.web.listing import bounded_label


@dataclass(frozen=True)
class Figure:
    """What a card says: how much or what, since when or how much of it presses, and where one acts on it.

    `is_late` marks a hint that somebody should have acted on by now. `url` is empty where there is nothing to open.
    """

    value: str
    hint: str = ""
    url: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Card:
    key: str
    label: str | Promise
    permission: str
    load: Callable[[Staff], Figure]


@dataclass(frozen=True)
class Panel:
    """`load` returns what the template shows as `panel`."""

    key: str
    template: str
    permission: str
    load: Callable[[Staff], Any]


def counted(rows: QuerySet[Any]) -> str:
    """Count rows up to the bound, as a card says it: `57`, or `1,000+`."""
    return bounded_label(bounded_count(rows))


def overdue(rows: QuerySet[Any]) -> str:
    """Say how many of what a card counts are overdue, nothing where none is."""
    count = bounded_count(rows)
    return _("%(count)s overdue") % {"count": bounded_label(count)} if count else ""
