"""Members by hand and searches over them, for tests of the search."""

from typing import Any

from django.db import connection

from users.models import MemberSearch
from users.search import rebuild
from users.search.query import understand
from ygs_admin.db.ids import new_id


def insert_member(name: str, *, phone: str | None = None, **columns: Any) -> str:
    """Insert a member by SQL, as another program does; return the id."""
    key = new_id("usr")
    values = {
        "id": key, "name": name, "phone": phone or f"0{int(key[-9:], 36)}", "gender": "male", "birth_year": 1990,
        "status": "approved", "is_admin": False, "created_at": "2026-01-01 00:00:00", **columns,
    }  # fmt: skip
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    execute(f"INSERT INTO users ({names}) VALUES ({places})", *values.values())  # noqa: S608
    return key


def insert_profile(user_id: str, **columns: Any) -> None:
    values = {"id": user_id, "user_id": user_id, **columns}
    names, places = ", ".join(values), ", ".join(["%s"] * len(values))
    execute(f"INSERT INTO user_profiles ({names}) VALUES ({places})", *values.values())  # noqa: S608


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def indexed(user_id: str) -> dict[str, Any]:
    """Return the member's entry in the console's index."""
    entry: dict[str, Any] = MemberSearch.objects.values().get(user_id=user_id)
    return entry


def found(typed: str) -> set[str]:
    """Return the ids of the live members whom a search finds."""
    return set(MemberSearch.objects.live().matching(understand(typed)).values_list("user_id", flat=True))


def found_names(typed: str) -> set[str]:
    rows = MemberSearch.objects.live().matching(understand(typed))
    return set(rows.values_list("user__name", flat=True))


def index_is_right() -> bool:
    """Tell whether every entry is what a rebuild would write."""
    return all(batch.is_right for batch in rebuild.verify())
