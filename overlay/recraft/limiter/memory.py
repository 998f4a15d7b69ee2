"""State in this process: the default. Costs microseconds, and is shared by all threads and event loops."""

import os
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable
from heapq import heappop, heappush, merge
from itertools import chain
from math import inf
from operator import attrgetter
from threading import Lock
from weakref import WeakSet

from attrs import define, field

from .._core.clock import clock
from .._portable import Single
from .schedule import CLOCK_STEP, LET_GO, Answer, Gate, Place, Rules, Used, earliest, lease

_seq, _slot = attrgetter("seq"), attrgetter("slot")


@define
class _Waiting:
    """A row of the queue. It is dead when `expires` has passed; the heap of leases has it under `due`."""

    seq: int
    slot: Used
    expires: float = inf
    due: float = inf


@define
class _Account:
    """One account. `queue` is sorted by `seq`, its plans never decrease; `rows` finds its rows by id."""

    gate: Gate = field(factory=Gate)
    last_seq: int = 0
    last_seen: float = -inf
    horizon: float = 0.0
    sent: deque[Used] = field(factory=deque)
    queue: list[_Waiting] = field(factory=list)
    rows: dict[str, _Waiting] = field(factory=dict)
    leases: list[tuple[float, str]] = field(factory=list)

    def ask(self, place: Place, rules: Rules, now: float) -> Answer:
        self.horizon = rules.horizon
        self.tidy(now)
        seq = place.seq
        if seq is None:
            seq = self.last_seq + 1
        self.last_seq = max(self.last_seq, seq)  # one that waits may remember more than an account that was forgotten
        return self._turn(place, seq, rules, now, leaving=False)

    def leave(self, place: Place, rules: Rules, now: float) -> Answer:
        assert place.seq is not None
        if self._take_newest(place.id, place.seq - LET_GO, now):
            return self._go(place, place.seq, now)
        self.horizon = rules.horizon
        self.tidy(now)
        self.unstamp(place.id)
        return self._turn(place, place.seq, rules, now, leaving=True)

    def _turn(self, place: Place, seq: int, rules: Rules, now: float, leaving: bool) -> Answer:
        """Go, or plan to, behind those of a lower rank."""
        rank = seq - LET_GO if leaving else seq
        index = bisect_left(self.queue, rank, key=_seq) if self.queue else 0
        opens = self.gate.opens(now, place.probe if leaving else 0)
        at = earliest(self._used(index), place.images, rules, opens)
        if at <= now:
            self.remove(place.id)
            return self._go(place, seq, now)
        row = self.rows.get(place.id)
        if row is None:
            self.rows[place.id] = row = _Waiting(rank, Used(at, place.images, place.id))
            self.queue.insert(index, row)
        row.slot = Used(at, place.images, place.id)
        row.expires = now + lease(at - now)
        self._fall_due(row)
        for behind in range(index + 1, len(self.queue)):  # nobody plans to be earlier than one ahead
            slot = self.queue[behind].slot
            if slot.at >= at:
                break
            self.queue[behind].slot = Used(at, slot.images, slot.id)
        probe = place.probe if leaving and place.probe == self.gate.strikes else 0
        if probe:
            self.gate = self.gate.passed(now)
        return Answer(at - now, seq, probe, now)

    def _go(self, place: Place, seq: int, now: float) -> Answer:
        self.sent.append(Used(now, place.images, place.id))
        probe = self.gate.strikes
        if probe:
            self.gate = self.gate.passed(now)
        return Answer(0.0, seq, probe, now)

    def _take_newest(self, id: str, rank: int, now: float) -> bool:
        """Take the stamp away if no call was let go after it, nor waits to leave before it: then any time will do."""
        sent = self.sent
        if not sent or sent[-1].at > now or self.gate.strikes or (self.queue and self.queue[0].seq < rank):
            return False
        newest = sent[-1].at
        for index in range(len(sent) - 1, -1, -1):
            if sent[index].at != newest:
                break
            if sent[index].id == id:
                del sent[index]
                return True
        return False

    def unstamp(self, id: str) -> None:
        row = next((row for row in reversed(self.sent) if row.id == id), None)
        if row is not None:
            self.sent.remove(row)

    def remove(self, id: str) -> None:
        row = self.rows.pop(id, None)
        if row is not None:
            index = bisect_left(self.queue, row.seq, key=_seq)
            while self.queue[index] is not row:
                index += 1
            del self.queue[index]

    def tidy(self, now: float) -> None:
        """Forget what no longer matters, and what only a clock set back can explain."""
        while self.sent and self.sent[0].at + self.horizon <= now:
            self.sent.popleft()
        if self.sent and self.sent[-1].at > now + CLOCK_STEP:
            self.sent = deque(row._replace(at=min(row.at, now)) for row in self.sent)
        if self.last_seen > now + CLOCK_STEP:
            self.forget_plans()  # those alive ask again, and know their place
        self.last_seen = now
        while self.leases and self.leases[0][0] < now:
            due, id = heappop(self.leases)
            row = self.rows.get(id)
            if row is not None and row.due == due:
                row.due = inf
                if row.expires < now:
                    self.remove(id)
                else:
                    self._fall_due(row)
        if self.gate.strikes:
            self.gate = self.gate.plausible(now)

    def forget_plans(self) -> None:
        self.queue, self.rows, self.leases = [], {}, []

    def _fall_due(self, row: _Waiting) -> None:
        """Have the row looked at when it expires, or sooner: a heap can't move an entry that turns out too early."""
        if row.expires < row.due:
            row.due = row.expires
            heappush(self.leases, (row.due, row.slot.id))

    def _used(self, index: int) -> Iterable[Used]:
        """The plans before `index` in the queue, and all stamps, newest first."""
        stamps = reversed(self.sent)
        if not index:
            return stamps
        plans = map(_slot, map(self.queue.__getitem__, range(index - 1, -1, -1)))
        if not self.sent or self.queue[0].slot.at >= self.sent[-1].at:
            return chain(plans, stamps)
        return merge(plans, stamps, reverse=True)


class MemoryStore(Single):
    """Keeps the state in memory. `clock` gives seconds from any origin and never goes back by itself.

    After a fork the child goes on with a copy: it knows what was sent, and has none of the parent's waiting callers.
    Parent and child do not see each other's calls from then on; `SQLiteStore` is for that.

    A store made here does not pickle: its state cannot travel, and a limiter that began anew elsewhere would let
    through as much again. The store of a `RateLimiter()` that names none does, as what it is: one for each process.
    """

    blocking = False

    def __init__(self, *, clock: Callable[[], float] = clock.now) -> None:
        self.clock = clock
        self._accounts: dict[str, _Account] = {}
        self._lock = Lock()
        _stores.add(self)

    def __reduce__(self) -> str:
        if self is SHARED:
            return "SHARED"  # that of the other process
        raise TypeError(
            "a MemoryStore does not travel to another process: its state is in this one. Give the limiter a "
            "SQLiteStore (all processes of a host) or a RedisStore (of all hosts); RateLimiter() without a "
            "store travels too, and keeps the limits in each process by itself."
        )

    def ask(self, place: Place, rules: Rules) -> Answer:
        with self._lock:
            now = self.clock()
            account = self._accounts.get(place.key)
            if account is None:
                self._forget_idle(now)
                account = self._accounts[place.key] = _Account()
            return account.ask(place, rules, now)

    def leave(self, place: Place, rules: Rules) -> Answer:
        with self._lock:
            account = self._accounts.get(place.key)
            if account is None:
                account = self._accounts[place.key] = _Account()
            return account.leave(place, rules, self.clock())

    def cancel(self, place: Place) -> None:
        with self._lock:
            account = self._accounts.get(place.key, _Account())
            account.remove(place.id)
            account.unstamp(place.id)
            account.gate = account.gate.returned(place.probe)

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
            account.forget_plans()


_stores: WeakSet[MemoryStore] = WeakSet()


def _after_fork() -> None:
    for store in _stores:
        store._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)

SHARED = MemoryStore()
"""The store of every limiter that names none."""
