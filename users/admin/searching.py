"""The router of what is typed, in the Django admin: the same as the members list's, over the same index."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from users.models import MemberSearch
from users.search.query import understand
from ygs_admin.db.ids import ULID_PATTERN

SEARCH_ROW = "search_row"


def members_found(members: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Narrow members to those whom a search means; four digits put the numbers that end in them first."""
    understood = understand(typed)
    if understood is None:
        return members
    found: QuerySet[Any] = members.filter(_through(SEARCH_ROW, understood.condition()))
    if not understood.ranks_last_digits:
        return found
    ends = When(**{f"{SEARCH_ROW}__phone__endswith": understood.text, "then": Value(0)})
    ranked: QuerySet[Any] = found.annotate(rank=Case(ends, default=Value(1), output_field=IntegerField()))
    return ranked.order_by("rank", *found.query.order_by)


def rows_of_members(rows: QuerySet[Any], typed: str, column: str) -> QuerySet[Any]:
    """Narrow rows to those that hang, by this column, on the members whom a search means."""
    understood = understand(typed)
    if understood is None:
        return rows
    return rows.filter(**{f"{column}__in": MemberSearch.objects.matching(understood).values("user_id")})


def newest_members(typed: str, most: int) -> list[str] | None:
    """Return the ids of the members whom a search means, the newest of them; None where nothing was typed."""
    understood = understand(typed)
    if understood is None:
        return None
    return list(MemberSearch.objects.matching(understood).order_by("-user_id").values_list("user_id", flat=True)[:most])


def exact_row(typed: str, columns: Mapping[str, str]) -> dict[str, str] | None:
    """Return the look-up by a whole id, in any case, whose prefix is one of `columns`; None for anything else."""
    found = re.fullmatch(rf"\s*([a-z]+)_({ULID_PATTERN})\s*", typed, re.IGNORECASE)
    column = columns.get(found[1].lower()) if found else None
    return {column: f"{found[1].lower()}_{found[2].upper()}"} if found and column else None


def _through(relation: str, condition: Q) -> Q:
    """Return the condition on a related row."""
    moved: list[Any] = [
        _through(relation, child) if isinstance(child, Q) else _renamed(relation, child) for child in condition.children
    ]
    return cast(Q, Q.create(moved, connector=condition.connector, negated=condition.negated))


def _renamed(relation: str, condition: Any) -> tuple[str, Any]:
    column, value = condition
    return f"{relation}__{column}", value
