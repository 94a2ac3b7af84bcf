"""Keyset pagination: pages in both directions on a total order, at the same cost wherever in the list they are.

A page is asked for by the sort values of the row that it begins after, never by an offset; the count is bounded.
"""

import base64
import binascii
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

COUNT_BOUND = 1000


@dataclass(frozen=True)
class SortKey:
    """One column of an order. The columns of an order together must be unique and not null."""

    name: str
    descending: bool = False

    def order_by(self, *, backwards: bool) -> str:
        return f"-{self.name}" if self.descending is not backwards else self.name

    def beyond(self, *, backwards: bool) -> str:
        return "lt" if self.descending is not backwards else "gt"


Order = tuple[SortKey, ...]


@dataclass(frozen=True)
class Cursor:
    """A place between two rows, and which way to read from it; `position` is about how many rows are before it."""

    values: tuple[Any, ...]
    backwards: bool = False
    position: int = 0

    def encode(self) -> str:
        plain = [value.isoformat() if isinstance(value, datetime) else value for value in self.values]
        text = json.dumps([plain, self.backwards, self.position], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, order: Order, model: type[models.Model]) -> "Cursor | None":
        """Return the cursor, None where the text is none of this order: a worn-out link shows the first page."""
        try:
            raw = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            values, backwards, position = raw
            typed = tuple(_typed(model, key, value) for key, value in zip(order, values, strict=True))
            return cls(typed, bool(backwards), max(0, int(position)))
        except (binascii.Error, ValueError, TypeError, ValidationError, RecursionError):
            return None


def _typed(model: type[models.Model], key: SortKey, value: Any) -> Any:
    """Return the value as the sort key's column holds it; an annotation's keys are numbers."""
    names = {field.attname: field for field in model._meta.concrete_fields}
    if key.name not in names:
        return _number(value)
    typed = names[key.name].to_python(value)
    if typed is None or (isinstance(typed, str) and "\x00" in typed):
        raise ValueError(key.name)
    return typed


def _number(value: Any) -> int | float:
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(value)
    return value if isinstance(value, float) else int(value)


@dataclass(frozen=True)
class KeysetPage:
    """Some consecutive rows (dictionaries), and the cursors of the pages beside them."""

    rows: list[dict[str, Any]]
    position: int
    previous: Cursor | None
    next: Cursor | None


def read_page(rows: models.QuerySet[Any], order: Order, cursor: Cursor | None, size: int) -> KeysetPage:
    """Read one page of at most `size` rows in one query; `rows` is any queryset, its own order is replaced."""
    backwards = cursor is not None and cursor.backwards
    rows = rows.order_by(*(key.order_by(backwards=backwards) for key in order))
    if cursor is not None:
        rows = rows.filter(_beyond(order, cursor))
    read = list(rows.values(*dict.fromkeys(("pk", *(key.name for key in order))))[: size + 1])
    has_more, read = len(read) > size, read[:size]
    if backwards:
        read.reverse()
    position = _position(cursor, len(read))
    return KeysetPage(
        read,
        position,
        previous=_cursor(read[:1], order, position, backwards=True) if _has_previous(cursor, has_more) else None,
        next=_cursor(read[-1:], order, position + len(read), backwards=False) if backwards or has_more else None,
    )


def bounded_count(rows: models.QuerySet[Any]) -> int:
    """Count up to `COUNT_BOUND` + 1 rows and no further."""
    return rows.order_by()[: COUNT_BOUND + 1].count()


def _has_previous(cursor: Cursor | None, has_more: bool) -> bool:
    if cursor is None:
        return False
    return has_more if cursor.backwards else True


def _position(cursor: Cursor | None, size: int) -> int:
    if cursor is None:
        return 0
    return max(0, cursor.position - size) if cursor.backwards else cursor.position


def _cursor(edge: Sequence[dict[str, Any]], order: Order, position: int, *, backwards: bool) -> Cursor | None:
    if not edge:
        return None
    return Cursor(tuple(edge[0][key.name] for key in order), backwards, position)


def _beyond(order: Order, cursor: Cursor) -> Q:
    """Return the condition of lying beyond the cursor.

    The first column is bounded by itself as well, so that an index on the order serves the condition as one range.
    """
    first, value = order[0], cursor.values[0]
    within = Q(**{f"{first.name}__{first.beyond(backwards=cursor.backwards)}e": value})
    return within & _beyond_strictly(order, cursor.values, backwards=cursor.backwards)


def _beyond_strictly(order: Order, values: Sequence[Any], *, backwards: bool) -> Q:
    key, value = order[0], values[0]
    beyond = Q(**{f"{key.name}__{key.beyond(backwards=backwards)}": value})
    if len(order) == 1:
        return beyond
    return beyond | (Q(**{key.name: value}) & _beyond_strictly(order[1:], values[1:], backwards=backwards))
