"""One run of a batch, written once for every engine: hand out jobs, commit what comes of them, fetch, stop cleanly."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import attrs

from recraft import (
    AuthenticationError,
    ConnectionFailed,
    ExpiredURLError,
    InputError,
    InsufficientCreditsError,
    RecraftError,
)
from recraft.errors import reason

from .answers import commit, units_of
from .budget import Purse
from .engine import Account
from .errors import BatchError, JournalError
from .journal import Journal, Picture, Task
from .stopping import Stop
from .storing import store

LOGGER = logging.getLogger("recraft.batch")

#: Seconds between two looks at whether somebody wants to stop.
LOOK = 0.1

#: How many images are fetched at a time.
FETCHES = 16

#: After so many calls in a row that found no connection, there is none.
UNCONNECTED = 20


@attrs.frozen(kw_only=True)
class Progress:
    """How far a run is: jobs of its manifest by what became of them, calls in flight, and API units of the folder."""

    jobs: int
    done: int
    failed: int
    in_doubt: int
    in_flight: int
    units: float


@attrs.define
class Runner:
    """What a run has and knows. `counts` has the jobs of the manifest by state."""

    journal: Journal
    accounts: Sequence[Account]
    purse: Purse
    stop: Stop
    base: Path
    template: str
    counts: dict[str, int]
    on_progress: Callable[[Progress], None] | None
    units: float
    error: Exception | None = None
    _paid_before: list[int] = attrs.field(factory=list)
    _queue: deque[Task] = attrs.field(factory=deque)
    _last: int = 0
    _unconnected: int = 0
    _wake: anyio.Event = attrs.field(factory=anyio.Event)
    _fetches: anyio.CapacityLimiter = attrs.field(factory=lambda: anyio.CapacityLimiter(FETCHES))
    _retired: set[str] = attrs.field(factory=set)
    _group: Any = None

    async def run(self) -> None:
        """Do what there is to do. Raises what makes it impossible to go on, once nothing is in flight."""
        self._paid_before = self.journal.paid_before()
        async with anyio.create_task_group() as outer:
            outer.start_soon(self._watch, outer.cancel_scope)
            async with anyio.create_task_group() as self._group:
                self._group.start_soon(self._fetch_paid)
                for account in self.accounts:
                    self._group.start_soon(self._feed, account)
            outer.cancel_scope.cancel()
        try:
            await anyio.to_thread.run_sync(self.journal.flush)
        except JournalError as error:
            self._break(error)
        if self.error is not None:
            raise self.error

    async def _watch(self, scope: anyio.CancelScope) -> None:
        while not self.stop.at_once:
            await anyio.sleep(LOOK)
        scope.cancel()

    async def _feed(self, account: Account) -> None:
        """Hand jobs to an account for as long as there are some, one whenever it has room."""
        try:
            if await self._next() is not None and not await self._greet(account):
                return
            while self.stop.reason is None and account.name not in self._retired:
                if (delay := account.pace.delay()) > 0:
                    await self._pause(delay)
                    continue
                if (task := await self._next()) is None:
                    return
                match self.purse.ask(task.number, task.kind):
                    case "go":
                        self._queue.popleft()
                        await self._send(account, task)
                    case "wait":
                        await self._pause(1.0)
                    case "stop":
                        self.stop.because("budget")
        except JournalError as error:
            self._break(error)

    async def _greet(self, account: Account) -> bool:
        """Note the balance. Whether the account can be used."""
        try:
            balance = await account.balance()
        except (AuthenticationError, InputError) as error:
            LOGGER.warning("the account %s cannot be used: %s", account.name, error)
            self._retire(account, "token")
            return False
        except RecraftError as error:
            LOGGER.info("the balance is not known: %s", error)
        else:
            if balance is not None:
                await anyio.to_thread.run_sync(self.journal.note_balance, account.name, balance)
        return True

    def _retire(self, account: Account, why: str) -> None:
        """An account can do no more; without any, the run is over."""
        self._retired.add(account.name)
        if len(self._retired) == len(self.accounts):
            self.stop.because(why)

    async def _next(self) -> Task | None:
        """The job that is next, still in the queue."""
        while not self._queue:
            tasks = await anyio.to_thread.run_sync(self.journal.todo, self._last)
            if not tasks:
                return None
            # Another feeder may have asked at the same time.
            self._queue.extend(task for task in tasks if task.job.line > self._last)
            self._last = max(self._last, tasks[-1].job.line)
        return self._queue[0]

    async def _send(self, account: Account, task: Task) -> None:
        account.pace.start(task.number)
        try:
            bound = self.purse.bound(task.number)
            await anyio.to_thread.run_sync(self.journal.sent, task, bound or None, account.name)
        except BaseException:
            account.pace.end(task.number)
            raise
        account.pace.start(task.number)
        self._count(task, "todo", "sent")
        self._group.start_soon(self._call, account, task)

    async def _call(self, account: Account, task: Task) -> None:
        """One job, from its call to its files."""
        try:
            try:
                result = await account.call(task, self.base)
            except RecraftError as error:
                await self._ended(account, task, error)
                return
            except Exception as caught:  # of no kind that a call raises: who knows how far it came
                text = f"the call ended in {reason(caught)}"
                await self._ended(account, task, BatchError(text, maybe_charged=True))
                return
            finally:
                account.pace.end(task.number)
                self._woken()
            self._unconnected = 0
            pictures: list[Picture] = []
            with anyio.CancelScope(shield=True):
                pictures = await self._paid(account, task, result)
            if pictures:
                await self._store(account, task, pictures)
        except JournalError as error:
            self._break(error)
        except OSError as error:
            self._break(BatchError(f"{str(self.journal.folder)!r} cannot be written to: {error.strerror}."))

    async def _paid(self, account: Account, task: Task, result: Any) -> list[Picture]:
        """Commit an answer. Its images."""
        units = units_of(result)
        self.purse.settle(task.number, units, maybe=True)
        self.units += units or 0.0
        pictures = await commit(self.journal, account, task, self.template, result)
        await account.forget(task)
        self._count(task, "sent", "paid" if pictures else "done")
        return pictures

    async def _ended(self, account: Account, task: Task, error: RecraftError) -> None:
        """Commit that a call has no result, and see whether that ends the run."""
        doubt = error.maybe_charged is not False
        ends = {AuthenticationError: "token", InsufficientCreditsError: "credits"}
        why = next((word for kind, word in ends.items() if isinstance(error, kind)), None)
        state = "doubt" if doubt else "todo" if why else "failed"
        self.purse.settle(task.number, None, maybe=doubt)
        self._unconnected = self._unconnected + 1 if isinstance(error, ConnectionFailed) and not doubt else 0
        if self._unconnected >= UNCONNECTED:
            self.stop.because("connection")
        if why:
            self._retire(account, why)
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self.journal.ended, task, state, error)
        self._count(task, "sent", state)
        if state == "todo":
            self._queue.append(attrs.evolve(task, tries=task.tries + 1))  # for another account

    async def _fetch_paid(self) -> None:
        """What earlier runs paid and did not fetch, whatever manifest it was in."""
        try:
            for start in range(0, len(self._paid_before), FETCHES):
                if self.stop.reason is not None:
                    return
                numbers = self._paid_before[start : start + FETCHES]
                async with anyio.create_task_group() as group:
                    for task in await anyio.to_thread.run_sync(self.journal.numbered, numbers):
                        pictures = await anyio.to_thread.run_sync(self.journal.pictures, task)
                        group.start_soon(self._store, self.accounts[0], task, pictures)
        except JournalError as error:
            self._break(error)

    async def _store(self, account: Account, task: Task, pictures: list[Picture]) -> None:
        """Have the files of a paid job, or note why not."""
        try:
            async with self._fetches:
                failure = await store(self.journal, account, task, pictures)
            if failure is None:
                self._count(task, "paid", "done")
                return
            state = "expired" if isinstance(failure, ExpiredURLError) and self._is_late(task) else "paid"
            await anyio.to_thread.run_sync(self.journal.ended, task, state, failure)
            self._count(task, "paid", state)
        except JournalError as error:
            self._break(error)
        except OSError as error:
            self._break(BatchError(f"{str(self.journal.folder)!r} cannot be written to: {error.strerror}."))

    def _is_late(self, task: Task) -> bool:
        """Whether a missing image is past the time that its address lives."""
        missing = [each.image.expires_at for each in self.journal.pictures(task) if each.file is None]
        return any(end is not None and end <= datetime.fromtimestamp(time.time(), UTC) for end in missing)

    def _count(self, task: Task, before: str, after: str) -> None:
        self.counts[before] = self.counts.get(before, 0) - 1
        self.counts[after] = self.counts.get(after, 0) + 1
        if self.on_progress is not None:
            counts = self.counts
            now = Progress(
                jobs=sum(counts.values()),
                done=counts.get("done", 0),
                failed=counts.get("failed", 0) + counts.get("expired", 0),
                in_doubt=counts.get("doubt", 0),
                in_flight=counts.get("sent", 0),
                units=self.units,
            )
            try:
                self.on_progress(now)
            except Exception:  # what was paid must not be lost to it
                LOGGER.exception("the on_progress function failed")

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until a call has ended; never so long that a stop would go unseen."""
        with anyio.move_on_after(min(seconds, LOOK)):
            await self._wake.wait()

    def _woken(self) -> None:
        self._wake.set()
        self._wake = anyio.Event()

    def _break(self, error: Exception) -> None:
        """Start nothing more; what is in flight goes on, and its answers are committed if they can be."""
        self.error = self.error or error
        self.stop.because("error")
