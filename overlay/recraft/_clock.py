"""The one place that reads clocks and sleeps, so that a test can take the waits out."""

from __future__ import annotations

import time

import anyio


class Clock:
    """Real time, plus what was skipped.

    With `skip_waits` a sleep returns at once and moves this clock forward by as much: code that waits until a time sees that time.
    """

    def __init__(self) -> None:
        self.skip_waits = False
        self.skipped = 0.0

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
