"""Counting the queries that pages issue on the shared tables."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

from ygs_admin.db.ownership import shared_models


@contextmanager
def all_queries() -> Iterator[list[str]]:
    """Collect the statements on every alias; the list is full after the block."""
    found: list[str] = []
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        yield found
    found.extend(query["sql"] for capture in captured for query in capture.captured_queries)


@contextmanager
def domain_queries() -> Iterator[list[str]]:
    """Collect those that name a table of the domain."""
    tables = [model._meta.db_table for model in shared_models()] + ["console_member_search"]
    pattern = re.compile("|".join(f'"{table}"' for table in tables))
    found: list[str] = []
    with all_queries() as statements:
        yield found
    found.extend(statement for statement in statements if pattern.search(statement))


@contextmanager
def aliases_reading(table: str) -> Iterator[set[str]]:
    """Collect the aliases that read a table; the set is full after the block."""
    found: set[str] = set()
    with ExitStack() as stack:
        captured = {alias: stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections}
        yield found
    found.update(
        alias
        for alias, capture in captured.items()
        if any(f'FROM "{table}"' in query["sql"] for query in capture.captured_queries)
    )
