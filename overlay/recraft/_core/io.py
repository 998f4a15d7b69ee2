"""All that exists twice: what a flow may do to the world, once by blocking and once by awaiting.

A flow is an `async def` that is written once. `Awaiting` suspends it as usual. `Blocking` never suspends, so `run_now`
runs the same coroutine to its end with a single `send(None)`: the blocking client pays no event loop, and nothing is
written twice.
"""

from __future__ import annotations

import contextlib
import copy
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from contextvars import copy_context
from types import SimpleNamespace
from typing import Any, Protocol, Self, TypeVar
from weakref import WeakKeyDictionary

import anyio
import httpx

from ..errors import InputError
from .body import VISIT, in_thread
from .clock import clock
from .exchange import Exchange, drop_leftovers
from .network import until
from .redaction import private

T = TypeVar("T")

CLOSED = "this client was closed. Make a new one, or make the call inside its `with` block."


def running_loop() -> object:
    """What the event loop that runs now can be told by, of asyncio or trio."""
    import asyncio  # late: a blocking client does without

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio

        return trio.lowlevel.current_trio_token()


def run_now(flow: Coroutine[Any, Any, T]) -> T:
    """Run a flow whose io never suspends; its result."""
    try:
        flow.send(None)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    finally:
        flow.close()
    raise RuntimeError("a blocking flow tried to wait")


class IO(Protocol):
    """All that a flow may do to the world."""

    async def sleep(self, seconds: float) -> None:
        """Wait. Zero lets other tasks go first."""

    async def run(self, function: Callable[[], T], *, blocks: bool = False) -> T:
        """Call a function; one that `blocks` runs in a worker thread when awaited, so the event loop goes on."""
        ...

    def begins(self) -> AbstractAsyncContextManager[Any]:
        """Around the beginning of a call and a `sleep(0.0)`. Where many begin at once, each does in a turn of the event
        loop of its own, in their order: thousands in one would stop everything else for seconds.
        """
        ...

    async def together(self, flows: Sequence[Callable[[], Coroutine[Any, Any, T]]], most: int) -> list[T]:
        """Run flows side by side, at most so many at a time, begun in their order; their results, in that order.

        When this is left before they are done, by Ctrl-C for instance, none is begun any more.
        """
        ...

    async def exchange(self, exchange: Exchange) -> httpx.Response:
        """Send a request and hand its whole answer to `exchange.received`.

        The result is its status line and headers.
        """
        ...


class _Sender:
    """A transport, and whether the client that owns it was closed: its siblings, which share that, are closed too."""

    def __init__(self, transport: Any) -> None:
        self.transport, self._state = transport, SimpleNamespace(closed=False)  # no lock: it may be forked

    def over(self, transport: Any) -> Self:
        """The same, sending through another transport."""
        sibling = copy.copy(self)
        sibling.transport = transport
        return sibling

    def _check(self) -> None:
        if self._state.closed:
            raise InputError(CLOSED)


class Blocking(_Sender):
    """What a `Recraft` does its work with."""

    transport: httpx.BaseTransport

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:  # nobody else's turn in a thread of one's own
            clock.sleep(seconds)

    async def run(self, function: Callable[[], T], *, blocks: bool = False) -> T:
        return function()

    def begins(self) -> AbstractAsyncContextManager[Any]:
        return contextlib.nullcontext()

    async def together(self, flows: Sequence[Callable[[], Coroutine[Any, Any, T]]], most: int) -> list[T]:
        if len(flows) == 1 or most == 1:
            return [await flow() for flow in flows]
        waiting = deque(enumerate(flows))
        results: dict[int, T] = {}
        failures: list[BaseException] = []

        def work() -> None:
            with contextlib.suppress(IndexError):
                while not failures:
                    place, flow = waiting.popleft()
                    try:
                        results[place] = run_now(flow())
                    except BaseException as failure:
                        failures.append(failure)

        # Not the threads of a pool: those keep a program from ending until each of them is done.
        count = min(most, len(flows))
        threads = [threading.Thread(target=copy_context().run, args=(work,), daemon=True) for _ in range(count)]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            waiting.clear()
        for failure in failures:
            raise failure
        return [results[place] for place in range(len(flows))]

    async def exchange(self, exchange: Exchange) -> httpx.Response:
        self._check()

        def trace(name: str, info: Any) -> None:
            if exchange.traced(name, info):
                while (delay := exchange.leave()) > 0:
                    clock.sleep(delay)
                exchange.left = True

        exchange.request.extensions["trace"] = trace
        with private(exchange.secret), until(lambda: exchange.end), exchange:
            response = self.transport.handle_request(exchange.request)
            stream = response.stream
            assert isinstance(stream, httpx.SyncByteStream)
            try:
                exchange.begin(response)
                for chunk in stream:
                    exchange.check_time()
                    exchange.received(chunk)
                exchange.ended()
                drop_leftovers(response)
            finally:
                stream.close()
        return response

    def close(self) -> None:
        self._state.closed = True
        self.transport.close()


class Awaiting(_Sender):
    """What an `AsyncRecraft` does its work with, on asyncio or trio."""

    transport: httpx.AsyncBaseTransport

    def __init__(self, transport: httpx.AsyncBaseTransport) -> None:
        super().__init__(transport)
        self._beginning: WeakKeyDictionary[object, anyio.Lock] = WeakKeyDictionary()  # by event loop

    async def sleep(self, seconds: float) -> None:
        await clock.asleep(seconds)

    async def run(self, function: Callable[[], T], *, blocks: bool = False) -> T:
        return await in_thread(function) if blocks else function()

    def begins(self) -> AbstractAsyncContextManager[Any]:
        loop = running_loop()
        return self._beginning.get(loop) or self._beginning.setdefault(loop, anyio.Lock(fast_acquire=True))

    async def together(self, flows: Sequence[Callable[[], Coroutine[Any, Any, T]]], most: int) -> list[T]:
        results: dict[int, T] = {}
        waiting = iter(enumerate(flows))

        async def work() -> None:
            for place, flow in waiting:
                results[place] = await flow()

        async with anyio.create_task_group() as group:
            for _ in range(min(most, len(flows))):
                group.start_soon(work)
        return [results[place] for place in range(len(flows))]

    async def exchange(self, exchange: Exchange) -> httpx.Response:
        self._check()

        async def trace(name: str, info: Any) -> None:
            if exchange.traced(name, info):
                while (delay := await self.run(exchange.leave, blocks=exchange.leaving_blocks)) > 0:
                    await clock.asleep(delay)
                exchange.left = True

        exchange.request.extensions["trace"] = trace
        with private(exchange.secret), exchange, anyio.CancelScope() as scope:

            def bound() -> None:  # a scope cuts off what comes too slowly, however short the pause between two bytes
                scope.deadline = anyio.current_time() + exchange.end - time.monotonic()

            exchange.on_new_end = bound
            if exchange.end < math.inf:
                bound()
            response = await self.transport.handle_async_request(exchange.request)
            stream = response.stream
            assert isinstance(stream, httpx.AsyncByteStream)
            try:
                exchange.begin(response)
                await self._receive(stream, exchange)
                exchange.ended()
                drop_leftovers(response)
            finally:
                await stream.aclose()
            return response
        raise httpx.ReadTimeout("the answer did not end in time")  # the scope was left because its time was up

    async def _receive(self, stream: httpx.AsyncByteStream, exchange: Exchange) -> None:
        held: deque[bytes] = deque()  # for the next visit to a thread
        size = 0
        async for chunk in stream:
            if not exchange.taking_blocks:
                exchange.received(chunk)
                continue
            held.append(chunk)
            size += len(chunk)
            if size >= VISIT or size > exchange.room:
                await in_thread(exchange.received_all, held)
                size = 0
        if held:
            await in_thread(exchange.received_all, held)

    async def aclose(self) -> None:
        self._state.closed = True
        await self.transport.aclose()
