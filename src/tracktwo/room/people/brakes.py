"""Growing delays instead of lockout: a wrong answer makes the next one wait, a right one after the wait always passes.

All of it is in memory. Unknown names wait like known ones, so that a delay says nothing about who has an account.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Clock = Callable[[], float]
LONGEST = 300.0
"""Seconds that one has to wait at most."""
FORGOTTEN = 3600.0
"""Seconds after which wrong answers no longer count."""
MOST = 50_000
"""Names that are kept; past that the one tried longest ago is given up."""


class Wait(Exception):
    """It is too early; ``seconds`` says how long to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds + 0.49))


class Delays:
    """For each key, how often it was tried wrongly and when it may be tried again: after 1 s, 2 s, 4 s … 5 minutes."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self.clock = clock
        self._wrong: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = [threading.Lock() for _ in range(64)]

    def left(self, key: str) -> float:
        """Seconds until the key may be tried."""
        return max(0.0, self._wrong.get(key, (0, 0.0))[1] - self.clock())

    def attempt(self, key: str, check: Callable[[], T | None]) -> T | None:
        """What ``check`` finds; None, which counts, where it finds nothing. Wait where it is too early: unchecked.

        Attempts at one key go one after another, so that many at once are not more than one.
        """
        with self._turns[hash(key) % len(self._turns)]:
            left = self.left(key)
            if left > 0:
                raise Wait(left)
            found = check()
            if found is None:
                self._count(key)
            return found

    def forget(self, key: str) -> None:
        """Whoever tried is in: begin anew."""
        with self._lock:
            self._wrong.pop(key, None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._wrong.clear()

    def _count(self, key: str) -> None:
        with self._lock:
            now = self.clock()
            count, until = self._wrong.pop(key, (0, 0.0))
            count = 1 if now - until > FORGOTTEN else count + 1
            self._wrong[key] = (count, now + min(LONGEST, 2.0 ** min(count - 1, 20)))
            while len(self._wrong) > MOST:
                self._wrong.popitem(last=False)


class Flood:
    """So many attempts a second for all names together; those beyond are asked to come back, none is kept waiting."""

    def __init__(self, rate: float = 10.0, most: float = 60.0, clock: Clock = time.monotonic) -> None:
        self.rate, self.most, self.clock = rate, most, clock
        self._left, self._at = most, clock()
        self._lock = threading.Lock()

    def take(self) -> None:
        """Count an attempt; Wait where there were too many."""
        with self._lock:
            now = self.clock()
            self._left = min(self.most, self._left + (now - self._at) * self.rate)
            self._at = now
            if self._left < 1:
                raise Wait(2)
            self._left -= 1

    def clear(self) -> None:
        """Begin anew."""
        with self._lock:
            self._left, self._at = self.most, self.clock()


delays = Delays()
flood = Flood()
