"""Steps and their progress: one line a step, rewritten in place on a terminal, a few lines in a log."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

REDRAW_SECONDS = 0.1
# In a log, which keeps every line, a long step shows now and then that it lives.
LOG_SECONDS = 10.0
CLEAR_LINE = "\r\x1b[2K"


@dataclass
class Progress:
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    _title: str = field(default="", init=False)
    _started: float = field(default=0.0, init=False)
    _drawn: float = field(default=0.0, init=False)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        self._begin(title)
        yield
        self._end()

    def __call__(self, title: str, done: int, total: int) -> None:
        """Report `done` of `total`; another title begins another step, and the last of it ends it."""
        if title != self._title:
            self._begin(title)
        if done >= total:
            self._end(f"{total:,}" if total > 1 else "")
        elif time.monotonic() - self._drawn > (REDRAW_SECONDS if self._is_terminal else LOG_SECONDS):
            self._drawn = time.monotonic()
            report = f"  {title}: {done:,} of {total:,}"
            self._write(f"{CLEAR_LINE}{report}" if self._is_terminal else f"{report}\n")

    def note(self, text: str) -> None:
        self._write(f"{CLEAR_LINE if self._is_terminal else ''}  {text}\n")

    def clear(self) -> None:
        """Take away the line of a step that did not end, before an error is shown."""
        if self._is_terminal:
            self._write(CLEAR_LINE)

    @property
    def _is_terminal(self) -> bool:
        return self.stream.isatty()

    def _begin(self, title: str) -> None:
        self._title = title
        self._started = self._drawn = time.monotonic()
        if self._is_terminal:
            self._write(f"{CLEAR_LINE}  {title} …")

    def _end(self, amount: str = "") -> None:
        seconds = time.monotonic() - self._started
        said = f"{self._title}: {amount}" if amount else self._title
        self._write(f"{CLEAR_LINE if self._is_terminal else ''}✓ {said} ({seconds:.1f} s)\n")
        self._title = ""

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
