"""Members as the engine takes them, from the shared tables."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from matching.engine.members import GROUPS, MemberRecord, Wishes

from .chunks import in_chunks
from .past import NOTHING, Past

WEEK_SECONDS = 7 * 24 * 3600
STATED = (
    "gender",
    "birth_year",
    "profile__height",
    "profile__education",
    "profile__salary_range",
    "profile__district",
    "lifestyle__religion",
    "lifestyle__smoking",
    "lifestyle__drinking",
    "lifestyle__marital_history",
    "profile__mbti",
)
RELIGION = STATED.index("lifestyle__religion")
RANGES = (
    "preference__birth_year_min",
    "preference__birth_year_max",
    "preference__height_min",
    "preference__height_max",
    "preference__education_min",
    "preference__salary_min",
)
LISTS = (
    "preference__districts",
    "preference__religions",
    "preference__smoking",
    "preference__drinking",
    "preference__marital_histories",
    "preference__mbti",
)
OTHERS = (
    "preference__must_have",
    "preference__weights",
    "lifestyle__religion_consented_at",
    "subscription__starts_at",
    "subscription__introductions_total",
    "subscription__introductions_used",
)
COLUMNS = (*STATED, *RANGES, *LISTS, *OTHERS)
LISTS_AT = len(STATED) + len(RANGES)
OTHERS_AT = LISTS_AT + len(LISTS)
KNOWN_GROUPS = frozenset(GROUPS)
LIGHTEST, HEAVIEST = 1, 5

Quota = Callable[[str, int | None], int]
"""Says how many introductions a member may get, by id and by how many the subscription has left (None: no limit)."""


def records(members: Any, pasts: Mapping[str, Past], *, quota: Quota, as_of: datetime) -> Iterator[list[MemberRecord]]:
    """Yield lists of the records of these members, in the order of their ids: one statement for each list.

    What a member did not state is None; so is religion without its holder's consent (개인정보 보호법 제23조).
    """
    for chunk in in_chunks(members, *COLUMNS):
        yield [_record(row, pasts.get(row[0], NOTHING), quota, as_of) for row in chunk]


def _record(row: tuple[Any, ...], past: Past, quota: Quota, as_of: datetime) -> MemberRecord:
    user_id, columns = row[0], row[1:]
    must_have, weights, consented_at, starts_at, total, used = columns[OTHERS_AT:]
    stated = list(columns[: len(STATED)])
    if consented_at is None:
        stated[RELIGION] = None
    wishes = Wishes(  # type: ignore[call-arg] # mypy counts a slice of a tuple as any number of values
        *columns[len(STATED) : LISTS_AT],
        *map(_values, columns[LISTS_AT:OTHERS_AT]),
        frozenset(_values(must_have)) & KNOWN_GROUPS,
        _weights(weights),
    )
    return MemberRecord(  # type: ignore[call-arg]
        user_id,
        *stated,
        wishes,
        quota(user_id, None if total is None else total - used),
        _weeks_between(past.last_introduced_at or starts_at, as_of),
        past.gave,
        past.got,
        past.introductions,
    )


def _values(stored: Any) -> tuple[str, ...]:
    """Return a list of the backend's as it is meant: a null, or anything but texts, states nothing."""
    return tuple(value for value in stored if isinstance(value, str)) if isinstance(stored, list) else ()


def _weights(stored: Any) -> dict[str, int]:
    if not isinstance(stored, dict):
        return {}
    return {
        group: value
        for group, value in stored.items()
        if group in KNOWN_GROUPS and type(value) is int and LIGHTEST <= value <= HEAVIEST
    }


def _weeks_between(since: datetime | None, as_of: datetime) -> float:
    return max(0.0, (as_of - since).total_seconds() / WEEK_SECONDS) if since is not None else 0.0
