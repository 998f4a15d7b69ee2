"""What a call is doing, as its client tells it, and whether money is at stake."""

from __future__ import annotations

import time
from collections.abc import Callable

from recraft import Event
from recraft.events import Listener


class Watch:
    """A listener of one call, which tells another one too. `clock` gives seconds."""

    def __init__(self, other: Listener | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._other, self._clock = other, clock
        self._began, self._waits_until = clock(), 0.0
        self._reason = ""
        self.outcome: Event | None = None
        self.saving = False

    def __call__(self, event: Event) -> None:
        if event.kind == "wait":
            self._waits_until, self._reason = self._clock() + event.seconds, event.reason or ""
        elif event.kind == "outcome":
            self.outcome = event
        if self._other is not None:
            self._other(event)

    @property
    def seconds(self) -> float:
        return self._clock() - self._began

    @property
    def waits(self) -> bool:
        """Whether it waits before it is sent, so that nothing is lost when it is stopped now."""
        return self.outcome is None and self._clock() < self._waits_until

    @property
    def now(self) -> str:
        """What it is doing, in words."""
        if self.saving:
            return "The answer is there; its images are fetched and saved."
        if self.waits:
            left = self._waits_until - self._clock()
            return f"It waits {left:.0f} s more before it is sent ({self._reason}). Nothing was charged so far."
        if self.seconds < 1:
            return "It is being sent."
        return f"It was sent {self.seconds:.0f} s ago, and may be charged. The answer is awaited."
