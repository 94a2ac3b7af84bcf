"""Reading and writing very many rows, some at a time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item")
ROWS = 20_000


def in_chunks(rows: Any, *columns: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield lists of tuples of these columns, the key before them, in the order of the keys.

    Behind a pooler there are no server-side cursors: each list is a query of its own that goes on after the last key.
    """
    ordered, last = rows.order_by("pk").values_list("pk", *columns), ""
    while chunk := list(ordered.filter(pk__gt=last)[:ROWS]):
        yield chunk
        if len(chunk) < ROWS:
            return
        last = chunk[-1][0]


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield lists of this size, the last one shorter, without holding more than one."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
