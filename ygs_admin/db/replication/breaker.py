"""A circuit breaker for each replica: what has failed is left alone for a while, then tried by one request.

M. Nygard, Release It!, 2nd edition (2018), ch. 5. The pause doubles with each failure in a row, up to half a minute;
half of it is random, so that the processes of the console do not come back all at once (M. Brooker, Exponential Backoff
And Jitter, AWS Architecture Blog, 2015).
"""

import random
import time
from collections.abc import Callable
from enum import Enum
from threading import Lock

from .signals import breaker_changed

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
TRIAL_SECONDS = 5.0
"""For this long a trial is waited for before another one may be made."""


class State(Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """Safe to use from several threads."""

    def __init__(self, alias: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.alias = alias
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._retry_at = 0.0
        self._is_on_trial = False

    @property
    def state(self) -> State:
        if not self._failures:
            return State.CLOSED
        return State.OPEN if self._clock() < self._retry_at else State.HALF_OPEN

    def allows(self) -> bool:
        """Tell whether the node may be used now; of a half-open breaker only one asker is told so."""
        if not self._failures:
            return True
        with self._lock:
            if self._clock() < self._retry_at:
                return False
            self._retry_at, self._is_on_trial = self._clock() + TRIAL_SECONDS, True
        self._tell(State.HALF_OPEN)
        return True

    def fail(self) -> None:
        """Open, or stay open for longer where the trial failed.

        What was under way when it opened fails together, and says nothing new.
        """
        with self._lock:
            if self.state is State.OPEN and not self._is_on_trial:
                return
            self._is_on_trial = False
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._failures)
            self._failures = min(self._failures + 1, 10)
            self._retry_at = self._clock() + pause * (0.5 + random.random() / 2)  # noqa: S311 - no secret
        self._tell(State.OPEN)

    def succeed(self) -> None:
        """Close after a trial. What had read before the node failed ends well too, and is none."""
        with self._lock:
            if not self._is_on_trial:
                return
            self._failures, self._is_on_trial = 0, False
        self._tell(State.CLOSED)

    def _tell(self, state: State) -> None:
        breaker_changed.send(sender=type(self), alias=self.alias, state=state)
