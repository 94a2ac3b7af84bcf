"""Rows of the access record as people read them: whom they are about by name, what was changed, whom a page showed."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from users import masking
from users.models import User, UserAccessAudit
from ygs_admin.db.ids import ULID_PATTERN
from ygs_admin.staff.models import Staff

from .filter import tables

# So many of the people whom a page showed are written out.
NAMED = 40
BEFORE_AND_AFTER = 2


@dataclass(frozen=True)
class Person:
    """A member: the name as the reader may know it, empty where the reader may not know of them."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class Entry:
    """`whom` is the row's own subject, `shown` how many a page or file showed."""

    row: UserAccessAudit
    whom: Person | None
    table: str
    shown: int


@dataclass(frozen=True)
class EntryInFull:
    """`changes` are (field, before, after), `other` whatever else the row keeps, by name."""

    entry: Entry
    people: list[Person]
    left_out: int
    changes: list[tuple[str, Any, Any]] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)

    @property
    def named(self) -> list[str]:
        """Return the ids of everybody who is on the page, by name or by the id alone."""
        whom = [self.entry.whom] if self.entry.whom else []
        written = " ".join([self.entry.row.resource_id or "", *(value for _name, value in self.other)])
        ids = [person.id for person in (*whom, *self.people)] + re.findall(f"usr_{ULID_PATTERN}", written)
        return list(dict.fromkeys(ids))


def people(keys: Iterable[str], reader: Staff) -> dict[str, Person]:
    """Return each of these members as the reader may know them, in one query; deleted ones to who may restore them."""
    wanted = dict.fromkeys(keys)
    known = User.all_objects.known_to(reader).filter(pk__in=list(wanted))
    names = dict(known.values_list("pk", "name")) if wanted else {}
    return {key: Person(key, masking.shown("name", names.get(key), reader)) for key in wanted}


def read_entries(keys: list[str], reader: Staff) -> list[Entry]:
    """Return these rows in this order, in two queries."""
    found = UserAccessAudit.objects.in_bulk(keys)
    rows = [found[key] for key in keys if key in found]
    known = people((row.user_id for row in rows if row.user_id), reader)
    labels = dict(tables())
    return [_entry(row, known, labels) for row in rows]


def read_in_full(row: UserAccessAudit, reader: Staff) -> EntryInFull:
    """Return a row with all that it says, in one query."""
    listed = _shown_by(row)
    known = people([*([row.user_id] if row.user_id else []), *listed[:NAMED]], reader)
    detail = row.detail if isinstance(row.detail, dict) else {}
    changes = [(name, *values) for name, values in detail.items() if _is_change(name, values)]
    other = [(name, _written(values)) for name, values in detail.items() if not _is_change(name, values)]
    return EntryInFull(
        entry=_entry(row, known, dict(tables())),
        people=[known[key] for key in dict.fromkeys(listed[:NAMED])],
        left_out=max(0, len(listed) - NAMED),
        changes=changes,
        other=[(name, value) for name, value in other if name != "user_ids"],
    )


def _entry(row: UserAccessAudit, known: dict[str, Person], labels: dict[str, str]) -> Entry:
    whom = known[row.user_id] if row.user_id else None
    return Entry(row, whom, labels.get(row.resource_type or "", row.resource_type or ""), len(_shown_by(row)))


def _is_change(name: str, values: Any) -> bool:
    return name != "user_ids" and isinstance(values, list) and len(values) == BEFORE_AND_AFTER


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_written(inner)}" for name, inner in value.items())
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown_by(row: UserAccessAudit) -> list[str]:
    """Return the ids of the members whom a page or file showed, beside the row's own subject."""
    return row.subjects[1:] if row.user_id else row.subjects
