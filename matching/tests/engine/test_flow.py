"""The solver in a process of its own: the same answer, cancelled at once, and heard when it fails."""

import threading
import time

import numpy as np
import pytest

from matching.engine import flow
from matching.engine.flow import AssignmentFailedError, Bids, best_flow, solved


def bids(men: int, each: int, worth: int = 10**6) -> Bids:
    random = np.random.default_rng(men)
    man = np.repeat(np.arange(men, dtype=np.int32), each)
    woman = random.integers(0, men, men * each).astype(np.int32)
    ones = np.ones(men, np.int64)
    return Bids(man, woman, random.integers(1, worth, men * each), ones, ones)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "LONG", 1)
    monkeypatch.setattr(flow, "SECONDS", 0.01)


def test_the_answer_is_that_of_this_process(elsewhere: None) -> None:
    asked = bids(200, 10)
    assert (best_flow(asked, lambda: None) == solved(asked)).all()


def test_other_threads_go_on_meanwhile(elsewhere: None) -> None:
    """Counted against the solver in this process, which lets nobody else run."""
    asked = bids(20_000, 30)

    def turns(solve) -> float:
        ended, counted = threading.Event(), [0]

        def count() -> None:
            while not ended.is_set():
                counted[0] += 1
                time.sleep(0.001)

        other = threading.Thread(target=count)
        began = time.monotonic()
        other.start()
        try:
            solve()
        finally:
            seconds = time.monotonic() - began
            ended.set()
            other.join()
        return counted[0] / seconds

    assert turns(lambda: best_flow(asked, lambda: None)) > 3 * turns(lambda: solved(asked))


def test_whoever_cancels_does_not_wait_for_it(elsewhere: None) -> None:
    asked, processes = bids(20_000, 30), []

    def cancel() -> None:
        processes.append(time.monotonic())
        raise InterruptedError

    began = time.monotonic()
    solved(asked)
    takes = time.monotonic() - began
    began = time.monotonic()
    with pytest.raises(InterruptedError):
        best_flow(asked, cancel)
    assert len(processes) == 1
    assert time.monotonic() - began < takes


def test_what_it_refuses_is_said(elsewhere: None) -> None:
    with pytest.raises(AssignmentFailedError, match="BAD_COST_RANGE"):
        best_flow(bids(50, 5, worth=2**62), lambda: None)


def test_a_solver_that_ends_without_a_word_is_said(elsewhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow.sys, "executable", "/bin/false")
    with pytest.raises(AssignmentFailedError, match="ended with 1"):
        best_flow(bids(50, 5), lambda: None)
