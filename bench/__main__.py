"""`make bench ARGS=--members=200000`: what each list and search costs beside the plain newest page.

Starts a PostgreSQL of its own in a temporary folder, fills it with members in SQL, and asks each question as the list
does: a page of 50 and the bounded count. Prints the median of each, and its ratio to the first.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tqdm import tqdm

from ygs_admin.demo import placement
from ygs_admin.demo.cluster import DISPOSABLE
from ygs_admin.demo.servers import Secrets, Servers

from .questions import QUESTIONS

RUNS = 15


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    members = parser.parse_args().members
    with ExitStack() as stack:
        start(stack)
        from .members import fill  # noqa: PLC0415 - models are not loaded before Django is set up

        fill(members)
        _report(members, list(_measure()))


def start(stack: ExitStack) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ygs-bench-")))
    folder.chmod(0o711)
    stack.callback(placement.remove, folder / "postgres")
    keys = Secrets.generate()
    servers = Servers.at(folder, keys, conditions=DISPOSABLE)
    stack.callback(servers.cluster.stop)
    servers.cluster.start()
    os.environ |= servers.environment(keys.secret_key) | {"DJANGO_SETTINGS_MODULE": "ygs_admin.settings"}
    import django  # noqa: PLC0415 - reads the environment that has just been set
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


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
