"""How many calls to have in flight: enough to keep the account full, and no more.

The client's limiter decides when a call leaves. What is left to decide is when to hand it the next one, and the answer
is: when no more than one other waits for its turn there. A call that waits is in the journal as sent, so the fewer
wait, the fewer are in doubt when the process dies; and with one always waiting, no turn passes unused.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from recraft import Event

#: Which job the calls of this task or thread are for: its number, or whoever else wants to hear of it.
current: ContextVar[Any] = ContextVar("current")

#: How many may wait for their turn, or may be about to.
AHEAD = 2

#: Seconds in which a call that was handed over has either left or said that it waits.
ASKING = 0.05

#: In flight at most when nobody says otherwise, and without a limiter that has ever made anybody wait.
MOST, MOST_UNLIMITED = 256, 32


class Pace:
    """Knows which calls are in flight and which of them wait. A client tells it by `heard`, from any thread."""

    def __init__(self, most: int | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._given, self._clock = most, clock
        self._until: dict[int, float] = {}  # by call: when it will have left, as far as is known
        self._limited = False

    @property
    def in_flight(self) -> int:
        return len(self._until)

    def start(self, number: int) -> None:
        self._until[number] = self._clock() + ASKING

    def end(self, number: int) -> None:
        self._until.pop(number, None)

    def heard(self, event: Event) -> None:
        """A listener of the client."""
        number = current.get(None)
        waits = event.kind == "wait" and event.reason == "rate limit"
        if waits and isinstance(number, int) and number in self._until:
            self._limited = True
            self._until[number] = self._clock() + event.seconds

    def delay(self) -> float:
        """Seconds until it is worth asking again, 0.0 when another call may start. An end may come before that."""
        if self.in_flight >= (self._given or (MOST if self._limited else MOST_UNLIMITED)):
            return 1.0
        now = self._clock()
        waiting = sorted(until for until in list(self._until.values()) if until > now)
        return waiting[-AHEAD] - now if len(waiting) >= AHEAD else 0.0


def both(one: Callable[[Event], None] | None, other: Callable[[Event], None]) -> Callable[[Event], Any]:
    """A listener that tells both."""

    def tell(event: Event) -> None:
        other(event)
        if one is not None:
            one(event)

    return tell
