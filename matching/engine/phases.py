"""How long the phases of a run take, and how much memory it had needed by then."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from .results import Phase, Progress

KB_PER_MB = 1024
"""`ru_maxrss` counts kilobytes (getrusage(2))."""


class Phases:
    """Measures each phase, and passes on what is done of it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress
        self.measured: dict[str, dict[str, float]] = {}

    @contextmanager
    def phase(self, name: Phase) -> Iterator[None]:
        began = perf_counter()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB_PER_MB
        self.measured[name] = {"seconds": round(perf_counter() - began, 3), "peak_mb": round(peak)}

    def report(self, name: Phase, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(name, done, total)
