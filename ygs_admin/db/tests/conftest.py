"""A database that the backend and the console share, to be altered."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections, transaction

from users.tests.shared_database import SharedDatabase, create_live_database
from ygs_admin.db.tests.nodes import own_pair, second_replica
from ygs_admin.db.tests.pooled import pooled

__all__ = ["own_pair", "pooled", "second_replica"]

Alter = Callable[[str], None]


@pytest.fixture(scope="session")
def database_in_order() -> SharedDatabase:
    """A database that passes the check and has no rows, which some alterations would not bear."""
    return create_live_database(aware=False)


@pytest.fixture
def alter(database_in_order: SharedDatabase, django_db_blocker: Any) -> Iterator[Alter]:
    """Run SQL on a database in order, Django's `default` for the test; what it alters is rolled back."""
    with django_db_blocker.unblock(), database_in_order.as_default(), transaction.atomic():
        yield execute
        transaction.set_rollback(True)


def execute(sql: str) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(sql)
