"""Counting the queries that pages issue on the shared tables."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections
from django.test.utils import CaptureQueriesContext

from ygs_admin.db.ownership import shared_models


@contextmanager
def domain_queries() -> Iterator[list[str]]:
    """Collect, on every alias, the statements that name a table of the domain; the list is full after the block."""
    tables = [model._meta.db_table for model in shared_models()] + ["console_member_search"]
    pattern = re.compile("|".join(f'"{table}"' for table in tables))
    found: list[str] = []
    with ExitStack() as stack:
        captured = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        yield found
    statements = [query["sql"] for capture in captured for query in capture.captured_queries]
    found.extend(statement for statement in statements if pattern.search(statement))
