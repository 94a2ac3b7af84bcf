"""`make bench ARGS=--members=200000`: what each list and search costs beside the plain newest page.

Starts a PostgreSQL of its own in a temporary folder, fills it with members in SQL, and asks each question as the list
does: a page of 50 and the bounded count. Prints the median of each, and its ratio to the first.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from statistics import median
from time import perf_counter

from tqdm import tqdm

from .nodes import start_django, start_nodes
from .questions import QUESTIONS

RUNS = 15


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    members = parser.parse_args().members
    with ExitStack() as stack:
        _folder, keys, servers = start_nodes(stack)
        start_django(servers.environment(keys.secret_key))
        from .members import fill  # noqa: PLC0415 - models are not loaded before Django is set up

        fill(members)
        _report(members, list(_measure()))


def _measure() -> Iterator[tuple[str, float, int]]:
    from .asking import ask  # noqa: PLC0415

    for title, query in tqdm(QUESTIONS.items(), disable=None):
        found = ask(query)
        yield title, median(_timed(partial(ask, query)) for _ in range(RUNS)), found


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _report(members: int, rows: list[tuple[str, float, int]]) -> None:
    plain = rows[0][1]
    print(f"{members:,} members; median of {RUNS}; ratio to the newest page\n")
    for title, seconds, found in rows:
        print(f"{title:42} {seconds * 1000:8.2f} ms {seconds / plain:8.2f} ×   {found:>5} found")


if __name__ == "__main__":
    main()
