"""The one place that reads clocks and sleeps, so that a test can take the waits out; and the deadline of a call."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping

import anyio

#: Seconds that are as good as for ever: three years. The system's own clock types overflow beyond some hundred years.
FOR_EVER = 1e8


class Clock:
    """Real time, plus what was skipped.

    With `skip_waits` a sleep returns at once and moves this clock forward by as much: code that waits until a time sees
    that time.
    """

    def __init__(self) -> None:
        self.skip_waits = False
        self.skipped = 0.0

    def __reduce__(self) -> str:
        """In another process, and as a copy: the clock that is there."""
        return "clock"

    def now(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic() + self.skipped

    def wall(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self.skipped

    def sleep(self, seconds: float) -> None:
        if self.skip_waits:
            self.skipped += seconds
        else:
            time.sleep(seconds)

    async def asleep(self, seconds: float) -> None:
        if self.skip_waits:
            self.skipped += seconds
            await anyio.lowlevel.checkpoint()  # other tasks run here, as they would during a real sleep
        else:
            await anyio.sleep(seconds)


#: Shared by every client and limiter of the process.
clock = Clock()


class Deadline:
    """The end of a call, some seconds from now; None for no end."""

    def __init__(self, seconds: float | None) -> None:
        self._end = math.inf if seconds is None else clock.now() + seconds

    def left(self) -> float:
        """Seconds until it; below 0 when it has passed."""
        return math.inf if self._end == math.inf else self._end - clock.now()

    def shorten(self, timeouts: Mapping[str, float | None]) -> dict[str, float | None]:
        """The timeouts of one attempt, in seconds, each cut to what is left."""
        left = max(0.001, self.left())
        if left > FOR_EVER:
            return dict(timeouts)
        return {key: left if value is None else min(value, left) for key, value in timeouts.items()}
