"""Callers that come late, give up, die or meet a 429, played in simulated time; and the check of what they sent."""

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
    attempts: int = 0


@define
class World:
    """Runs callers against a limiter. Each chance is a probability per step; `late` is the mean lateness in seconds."""

    limiter: RateLimiter
    clock: Any
    random: Random
    late: float = 0.0
    cancels: float = 0.0
    crashes: float = 0.0
    overloads: float = 0.0
    stamps: list[tuple[float, int, int]] = field(factory=list)
    probes: int = 0
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
        if self.chance(self.crashes):
            self.lost.add(caller.number)
            return
        if self.chance(self.cancels):
            self.lost.add(caller.number)
            caller.ticket.cancel()
            return
        delay = caller.ticket.ask()
        if delay > 0:
            late = self.random.expovariate(1 / self.late) if self.late else 0.0
            self.at(self.clock.now + min(delay, self.limiter.renew) + late, lambda: self.ask(caller))
            return
        if self.chance(self.crashes):
            self.lost.add(caller.number)
            return
        self.stamps.append((self.clock.now, caller.images, caller.number))
        travel = self.random.uniform(0.01, 3.0)
        self.at(self.clock.now + travel, lambda: self.answer(caller))

    def answer(self, caller: Caller) -> None:
        if self.chance(self.overloads):
            caller.ticket.rejected(self.random.choice([None, 0.0, 0.5, 3.0]))
            self.ask(caller)
        else:
            caller.ticket.settled()
