"""Callers that come late, are held up, give up, die or meet a 429, in simulated time; and the check of their sends."""

import heapq
import itertools
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from attrs import define, field

from recraft.limiter import Limit, RateLimiter, Ticket

Stamp = tuple[float, int]


def worst_excess(stamps: Iterable[Stamp], limits: Iterable[Limit], margin: float) -> int:
    """By how much the fullest half-open window of any limit is over its cap (0 or less: the limits hold)."""
    rows = sorted(stamps)
    worst = -(10**9)
    for limit in limits:
        width = limit.per + margin - 1e-9
        for start, _ in rows:
            inside = sum(limit.weight(images) for at, images in rows if start <= at < start + width)
            worst = max(worst, inside - limit.cap)
    return worst


@define
class Caller:
    """One call on its way through the limiter."""

    number: int
    images: int
    ticket: Ticket
    ready: float | None = None


@define
class World:
    """Runs callers against a limiter. Each chance is a probability per step; `late` is the mean lateness in seconds.

    `stall` says how long a call that was let go takes until its headers could go out. `stamps` are the moments they
    did, `held` the seconds between the two.
    """

    limiter: RateLimiter
    clock: Any
    random: Random
    late: float = 0.0
    stall: Callable[[], float] = lambda: 0.0
    cancels: float = 0.0
    crashes: float = 0.0
    overloads: float = 0.0
    stamps: list[tuple[float, int, int]] = field(factory=list)
    held: list[float] = field(factory=list)
    lost: set[int] = field(factory=set)
    _events: list[tuple[float, int, Callable[[], None]]] = field(factory=list)
    _order: "itertools.count[int]" = field(factory=itertools.count)

    def at(self, when: float, what: Callable[[], None]) -> None:
        heapq.heappush(self._events, (when, next(self._order), what))

    def arrive(self, when: float, images: int, number: int) -> None:
        caller = Caller(number, images, self.limiter.ticket("account", images=images))
        self.at(when, lambda: self.ask(caller))

    def run(self) -> None:
        while self._events:
            when, _, what = heapq.heappop(self._events)
            self.clock.now = max(self.clock.now, when)
            what()

    def chance(self, probability: float) -> bool:
        return probability > 0 and self.random.random() < probability

    def ask(self, caller: Caller) -> None:
        if self.gone(caller):
            return
        delay = caller.ticket.ask()
        if delay > 0:
            self.at(self.clock.now + self.limiter.renew(delay) + self.lateness(), lambda: self.ask(caller))
        else:
            self.at(self.clock.now + self.stall(), lambda: self.leave(caller))

    def leave(self, caller: Caller) -> None:
        if self.gone(caller):
            return
        caller.ready = self.clock.now if caller.ready is None else caller.ready
        delay = caller.ticket.leave()
        if delay > 0:
            self.at(self.clock.now + delay + self.lateness(), lambda: self.leave(caller))
            return
        self.held.append(self.clock.now - caller.ready)
        caller.ready = None
        self.stamps.append((self.clock.now, caller.images, caller.number))
        self.at(self.clock.now + self.random.uniform(0.01, 3.0), lambda: self.answer(caller))

    def gone(self, caller: Caller) -> bool:
        """Whether the caller died, or gave up."""
        crashed = self.chance(self.crashes)
        if not crashed and not self.chance(self.cancels):
            return False
        if not crashed:
            caller.ticket.cancel()
        self.lost.add(caller.number)
        return True

    def lateness(self) -> float:
        return self.random.expovariate(1 / self.late) if self.late else 0.0

    def answer(self, caller: Caller) -> None:
        if self.chance(self.overloads):
            caller.ticket.rejected(self.random.choice([None, 0.0, 0.5, 3.0]))
            self.ask(caller)
        else:
            caller.ticket.settled()
