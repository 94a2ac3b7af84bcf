"""Minimum-cost flow by cost scaling: OR-tools' `SimpleMinCostFlow`, in a process of its own where it takes long.

The solver holds Python's lock until it has finished, a minute for millions of pairs: the thread that tells the queue
that its worker lives could not, and nobody could cancel. A process stands in nobody's way, and can be ended.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from .edges import Mask

LONG = 500_000
"""From so many pairs on, which take about half a second, the solver runs in a process of its own."""
SECONDS = 0.2
"""How often whoever waits for it is asked."""
ROOT = Path(__file__).parents[2]

Waiting = Callable[[], object]
"""Called now and again; what it raises ends the solver."""


class AssignmentFailedError(RuntimeError):
    """The solver gave up: its message says why (worths out of the range of 64-bit costs)."""


@dataclass(frozen=True)
class Bids:
    """The pairs that compete: who (int32), and what each is worth in units of the solver's cost (int64)."""

    man: NDArray[np.int32]
    woman: NDArray[np.int32]
    worth: NDArray[np.int64]
    quota_a: NDArray[np.int64]
    quota_b: NDArray[np.int64]


def best_flow(bids: Bids, waiting: Waiting) -> Mask:
    """Return which of the pairs are the best set, `bool[m]`; raises `AssignmentFailedError`."""
    return solved(bids) if len(bids.worth) < LONG else _solved_elsewhere(bids, waiting)


def solved(bids: Bids) -> Mask:
    """Send each man's quota to the women's, or, at no cost, through a hub that stands for staying out."""
    men, women = len(bids.quota_a), len(bids.quota_b)
    man, woman = np.arange(men, dtype=np.int32), np.arange(men, men + women, dtype=np.int32)
    hub = np.int32(men + women)
    flow = SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        bids.man, bids.woman + np.int32(men), np.ones_like(bids.worth), -bids.worth
    )
    flow.add_arcs_with_capacity_and_unit_cost(man, np.full_like(man, hub), bids.quota_a, np.zeros_like(bids.quota_a))
    flow.add_arcs_with_capacity_and_unit_cost(
        np.full_like(woman, hub), woman, bids.quota_b, np.zeros_like(bids.quota_b)
    )
    supplies = np.concatenate([bids.quota_a, -bids.quota_b, [bids.quota_b.sum() - bids.quota_a.sum()]])
    flow.set_nodes_supplies(np.arange(hub + 1, dtype=np.int32), supplies)
    status = flow.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise AssignmentFailedError(f"{status.name} for {len(bids.worth)} pairs of {men} men and {women} women")
    carries_one: Mask = flow.flows(pairs) > 0
    return carries_one


def _solved_elsewhere(bids: Bids, waiting: Waiting) -> Mask:
    with TemporaryFile() as question, TemporaryFile() as answer, TemporaryFile() as said:
        for array in astuple(bids):
            np.save(question, array)
        question.seek(0)
        ended_with = _run(question, answer, said, waiting)
        answer.seek(0)
        said.seek(0)
        if ended_with:
            last_line = said.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise AssignmentFailedError(last_line or f"the solver ended with {ended_with}")
        chosen: Mask = np.load(answer)
    return chosen


def _run(question: IO[bytes], answer: IO[bytes], said: IO[bytes], waiting: Waiting) -> int:
    """Run this module on files, which unlike pipes nobody has to empty, and return the exit code."""
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ.get("PATH", "")}
    with subprocess.Popen(  # noqa: S603 - this very module
        [sys.executable, "-m", __name__], stdin=question, stdout=answer, stderr=said, env=environment
    ) as solver:
        try:
            while True:
                try:
                    return solver.wait(SECONDS)
                except subprocess.TimeoutExpired:
                    waiting()
        finally:
            solver.kill()


def main() -> None:
    """Read bids from the standard input, and write the answer to the standard output."""
    bids = Bids(*(np.load(sys.stdin.buffer) for _each in fields(Bids)))
    np.save(sys.stdout.buffer, solved(bids))


if __name__ == "__main__":
    main()
