"""State in this process: the default. Costs microseconds, and is shared by all threads and event loops."""

import os
from bisect import bisect_left
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from heapq import merge
from math import inf
from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from attrs import define, field

from .._clock import clock
from .schedule import CLOCK_STEP, LEASE, Answer, Gate, Rules, Used, earliest

if TYPE_CHECKING:
    from ._limiter import Place

_seq = attrgetter("seq")


@define
class _Waiting:
    seq: int
    id: str
    slot: Used
    seen: float


@define
class _Account:
    """One account. `queue` is sorted by `seq`, its plans never decrease; `seen` has its rows, longest silent first."""

    gate: Gate = field(factory=Gate)
    last_seq: int = 0
    horizon: float = 0.0
    sent: deque[Used] = field(factory=deque)
    queue: list[_Waiting] = field(factory=list)
    seen: OrderedDict[str, _Waiting] = field(factory=OrderedDict)

    def ask(self, place: "Place", rules: Rules, now: float) -> Answer:
        self.horizon = rules.horizon
        self.tidy(now)
        row = self.seen.get(place.id) or self._join(place)
        row.seen = now
        self.seen.move_to_end(row.id)
        index = bisect_left(self.queue, row.seq, key=_seq)
        at = earliest(self._used(index), place.images, rules, self.gate.opens(now))
        if at <= now:
            self.remove(row.id)
            self.sent.append(Used(now, place.images, row.id))
            probe, self.gate = self.gate.strikes, self.gate.passed(now)
            return Answer(0.0, row.seq, probe)
        row.slot = Used(at, place.images, row.id)
        for behind in range(index + 1, len(self.queue)):  # nobody plans to be earlier than one ahead
            if self.queue[behind].slot.at >= at:
                break
            self.queue[behind].slot = self.queue[behind].slot._replace(at=at)
        return Answer(at - now, row.seq, 0)

    def left(self, id: str, now: float) -> None:
        row = next((row for row in reversed(self.sent) if row.id == id), None)
        if row is not None:
            self.sent.remove(row)
            self.sent.append(row._replace(at=max(now, self.sent[-1].at if self.sent else now)))

    def remove(self, id: str) -> bool:
        row = self.seen.pop(id, None)
        if row is not None:
            del self.queue[bisect_left(self.queue, row.seq, key=_seq)]
        return row is not None

    def tidy(self, now: float) -> None:
        """Forget what no longer matters, and what only a clock set back can explain."""
        while self.sent and self.sent[0].at + self.horizon <= now:
            self.sent.popleft()
        if self.sent and self.sent[-1].at > now + CLOCK_STEP:
            self.sent = deque(row._replace(at=min(row.at, now)) for row in self.sent)
        while self.seen:
            oldest = next(iter(self.seen.values()))
            if now - LEASE <= oldest.seen <= now + CLOCK_STEP:
                break
            self.remove(oldest.id)
        self.gate = self.gate.plausible(now)

    def _join(self, place: "Place") -> _Waiting:
        if place.seq is None:
            self.last_seq += 1
        row = _Waiting(place.seq or self.last_seq, place.id, Used(0.0, place.images, place.id), 0.0)
        self.queue.insert(bisect_left(self.queue, row.seq, key=_seq), row)
        self.seen[row.id] = row
        return row

    def _used(self, index: int) -> Iterator[Used]:
        """The plans before `index` in the queue, and all stamps, newest first."""
        last_stamp = self.sent[-1].at if self.sent else -inf
        while index and self.queue[index - 1].slot.at >= last_stamp:
            index -= 1
            yield self.queue[index].slot
        late = (self.queue[i].slot for i in range(index - 1, -1, -1))
        yield from merge(late, reversed(self.sent), reverse=True)


class MemoryStore:
    """Keeps the state in memory. `clock` gives seconds from any origin and never goes back by itself.

    After a fork the child goes on with a copy: it knows what was sent, and has none of the parent's waiting callers.
    Parent and child do not see each other's calls from then on; `SQLiteStore` is for that.
    """

    blocking = False

    def __init__(self, *, clock: Callable[[], float] = clock.now) -> None:
        self.clock = clock
        self._accounts: dict[str, _Account] = {}
        self._lock = Lock()
        _stores.add(self)

    def ask(self, place: "Place", rules: Rules) -> Answer:
        with self._lock:
            now = self.clock()
            if place.key not in self._accounts:
                self._forget_idle(now)
                self._accounts[place.key] = _Account()
            return self._accounts[place.key].ask(place, rules, now)

    def left(self, place: "Place") -> None:
        with self._lock:
            self._accounts.get(place.key, _Account()).left(place.id, self.clock())

    def cancel(self, place: "Place", probe: int) -> None:
        with self._lock:
            account = self._accounts.get(place.key, _Account())
            if not account.remove(place.id):
                account.sent = deque(row for row in account.sent if row.id != place.id)
            account.gate = account.gate.returned(probe)

    def rejected(self, key: str, probe: int, retry_after: float | None) -> None:
        with self._lock:
            account = self._accounts.setdefault(key, _Account())
            account.gate = account.gate.rejected(probe, retry_after, self.clock())

    def settled(self, key: str, probe: int) -> None:
        with self._lock:
            account = self._accounts.get(key, _Account())
            account.gate = account.gate.settled(probe)

    def _forget_idle(self, now: float) -> None:
        for key, account in list(self._accounts.items()):
            account.tidy(now)
            if not (account.sent or account.queue or account.gate.opens(now) > now):
                del self._accounts[key]

    def _after_fork(self) -> None:
        self._lock = Lock()  # another thread of the parent may have held it, and does not exist here
        for account in self._accounts.values():
            account.queue, account.seen = [], OrderedDict()


_stores: WeakSet[MemoryStore] = WeakSet()


def _after_fork() -> None:
    for store in _stores:
        store._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)

SHARED = MemoryStore()
"""The store of every limiter that names none."""
