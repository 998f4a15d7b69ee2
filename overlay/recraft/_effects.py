"""Effects: what a flow wants done, performed by blocking or by awaiting.

A flow is a generator that decides everything and does nothing. Whenever something has to happen it yields an effect and is handed the
result, or has the error thrown in. `drive` performs the effects by blocking, `adrive` by awaiting. Only these two and the effects
know which kind of client they serve, so that everything else is written once.
"""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Any, Protocol, TypeVar

import anyio
import anyio.to_thread
import attrs
import httpx

from ._clock import clock

T = TypeVar("T")


class Effect(Protocol):
    """Something a flow wants done, in a blocking and in an awaitable form."""

    def perform(self) -> Any: ...
    async def aperform(self) -> Any: ...


Flow = Generator[Effect, Any, T]


def drive(flow: Flow[T]) -> T:
    """Run a flow to its end, blocking."""
    step: Callable[[], Effect] = lambda: next(flow)  # noqa: E731
    while True:
        try:
            effect = step()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            result = effect.perform()
        except BaseException as error:  # also KeyboardInterrupt: the flow gives its reservation back
            step = _throwing(flow, error)
        else:
            step = _sending(flow, result)


async def adrive(flow: Flow[T]) -> T:
    """Run a flow to its end, awaiting."""
    step: Callable[[], Effect] = lambda: next(flow)  # noqa: E731
    while True:
        try:
            effect = step()
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        try:
            result = await effect.aperform()
        except BaseException as error:  # also cancellation
            step = _throwing(flow, error)
        else:
            step = _sending(flow, result)


def _throwing(flow: Flow[Any], error: BaseException) -> Callable[[], Effect]:
    return lambda: flow.throw(error)


def _sending(flow: Flow[Any], result: object) -> Callable[[], Effect]:
    return lambda: flow.send(result)


@attrs.frozen
class Sleep:
    """Wait for some seconds."""

    seconds: float

    def perform(self) -> None:
        if self.seconds > 0:  # nobody else's turn in a thread of one's own
            clock.sleep(self.seconds)

    async def aperform(self) -> None:
        await clock.asleep(self.seconds)


@attrs.frozen
class Run:
    """Call a function; one that blocks runs in a worker thread when awaited, so the event loop goes on."""

    function: Callable[[], Any]
    blocking: bool = False

    def perform(self) -> Any:
        return self.function()

    async def aperform(self) -> Any:
        return await anyio.to_thread.run_sync(self.function) if self.blocking else self.function()


#: Seconds after which a call has left later than it was let go; making a connection takes longer, taking one from the pool does not.
LATE = 0.003


class TooLarge(Exception):
    """An answer went on beyond the size that is read."""


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A request body that knows how far it got, can be sent again, and is read from disk in a thread when awaited."""

    def __init__(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream, length: float = 0) -> None:
        self._stream, self._length = stream, length
        self.reset()

    def reset(self) -> None:
        """Forget the attempt before; a multipart stream rewinds its files by itself when it is iterated again."""
        self.begun = self.traced = False
        self.handed_out = 0  # bytes
        self.head: httpx.Response | None = None  # status line and headers of the answer, once they are there
        self.whole_at: float | None = None  # time.monotonic() when the last byte had gone out
        self.on_whole: Callable[[], None] = lambda: None
        self.on_leaving: Run | None = None  # performed before the first byte goes out, when that is late
        self._started = time.monotonic()

    @property
    def may_have_arrived(self) -> bool:
        """Whether the service can have the whole request.

        A body that was not begun has gone nowhere when httpcore sends it, which tells what it does; any other transport may have
        taken it elsewhere.
        """
        if self.traced:
            return self.whole_at is not None
        return self.whole_at is not None or not self.begun or self.handed_out >= self._length

    def trace(self, name: str, info: object) -> None:
        """httpcore is at work on this request."""
        self.traced = True
        if self.on_leaving is not None and self._leaves_late(name):
            self.on_leaving.perform()

    async def atrace(self, name: str, info: object) -> None:
        self.traced = True
        if self.on_leaving is not None and self._leaves_late(name):
            await self.on_leaving.aperform()

    def _leaves_late(self, name: str) -> bool:
        return name.endswith("send_request_headers.started") and time.monotonic() - self._started > LATE

    def _whole(self) -> None:
        self.whole_at = time.monotonic()
        self.on_whole()

    def __iter__(self) -> Iterator[bytes]:
        assert isinstance(self._stream, httpx.SyncByteStream)
        self.begun = True
        for chunk in self._stream:
            self.handed_out += len(chunk)  # a transport may stop at the Content-Length, and never ask for the end
            yield chunk
        self._whole()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.begun = True
        if isinstance(self._stream, httpx.SyncByteStream) and not isinstance(self._stream, httpx.ByteStream):
            chunks = iter(self._stream)
            while (chunk := await anyio.to_thread.run_sync(next, chunks, None)) is not None:
                self.handed_out += len(chunk)
                yield chunk
        else:
            assert isinstance(self._stream, httpx.AsyncByteStream)
            async for chunk in self._stream:
                self.handed_out += len(chunk)
                yield chunk
        self._whole()


@attrs.frozen(repr=False)  # the request's URL may be signed
class Exchange:
    """Send one request and hand the whole answer, decompressed, to `take`. The result is its status line and headers.

    It may take `seconds` in all, and `read_timeout` from the last byte sent to the last byte received: an answer that drips in
    slower is a read timeout, however short the pause between two bytes. Both are real time, also where waits are skipped.
    """

    transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    request: httpx.Request
    body: Body
    take: Callable[[httpx.Response, bytes], None]
    limit: int
    seconds: float = math.inf
    read_timeout: float = math.inf
    blocking: bool = False

    def perform(self) -> httpx.Response:
        assert isinstance(self.transport, httpx.BaseTransport)
        end = time.monotonic() + self.seconds
        self.request.extensions["trace"] = self.body.trace
        self.body.head = response = self.transport.handle_request(self.request)
        with contextlib.closing(response):
            taken = 0
            for chunk in response.iter_bytes():
                if time.monotonic() > min(end, (self.body.whole_at or math.inf) + self.read_timeout):
                    raise httpx.ReadTimeout("the answer did not end in time")
                taken += len(chunk)
                if taken > self.limit:
                    raise TooLarge
                self.take(response, chunk)
        return response

    async def aperform(self) -> httpx.Response:
        assert isinstance(self.transport, httpx.AsyncBaseTransport)
        self.request.extensions["trace"] = self.body.atrace
        with anyio.CancelScope(deadline=anyio.current_time() + self.seconds) as scope:

            def read_from_now() -> None:
                scope.deadline = min(scope.deadline, anyio.current_time() + self.read_timeout)

            self.body.on_whole = read_from_now
            self.body.head = response = await self.transport.handle_async_request(self.request)
            async with contextlib.aclosing(response):
                taken = 0
                async for chunk in response.aiter_bytes():
                    taken += len(chunk)
                    if taken > self.limit:
                        raise TooLarge
                    if self.blocking:
                        await anyio.to_thread.run_sync(self.take, response, chunk)
                    else:
                        self.take(response, chunk)
            return response
        raise httpx.ReadTimeout("the answer did not end in time")  # the scope was left because its time was up
