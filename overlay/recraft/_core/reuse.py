"""Which connection a request goes out on: the one that came back last, or a new one.

httpcore's own pool looks at every connection for every request, and closes an idle one whenever all together, busy ones
included, are more than it keeps: beyond that many calls in flight each makes a connection of its own. Here a request
looks at two. httpcore's connections, to the host itself and through proxies, are used as they are.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

import anyio
import httpcore

#: The most connections that are kept for later calls: what a burst leaves behind, until they expire.
MOST_IDLE = 100


class Connection(Protocol):
    """What httpcore's blocking and awaiting connections have in common."""

    def can_handle_request(self, origin: httpcore.Origin) -> bool: ...
    def has_expired(self) -> bool: ...
    def is_idle(self) -> bool: ...
    def is_closed(self) -> bool: ...


C = TypeVar("C", bound=Connection)


class Shelf(Generic[C]):
    """The connections of one way out. Decides which one is used, kept or closed, and does none of it."""

    def __init__(self, make: Callable[[httpcore.Origin], C]) -> None:
        self._make = make
        self._idle: list[C] = []  # the one at the end came back last
        self._busy: set[C] = set()
        self._lock = threading.Lock()

    def take(self, origin: httpcore.Origin) -> tuple[C, list[C]]:
        """A connection to this origin, and those that are to be closed."""
        over: list[C] = []
        with self._lock:
            found = None
            for place in range(len(self._idle) - 1, -1, -1):
                if self._idle[place].can_handle_request(origin):
                    candidate = self._idle.pop(place)
                    if not candidate.has_expired():
                        found = candidate
                        break
                    over.append(candidate)
            while self._idle and self._idle[0].has_expired():  # it has been idle for the longest
                over.append(self._idle.pop(0))
            connection = found or self._make(origin)
            self._busy.add(connection)
        return connection, over

    def back(self, connection: C) -> list[C]:
        """A request is over, however it ended: those that are to be closed."""
        with self._lock:
            if connection not in self._busy:  # all were closed meanwhile
                return [] if connection.is_closed() else [connection]
            self._busy.remove(connection)
            if not connection.is_idle():  # it broke, or the request did not come to its end
                return [] if connection.is_closed() else [connection]
            self._idle.append(connection)
            return [self._idle.pop(0)] if len(self._idle) > MOST_IDLE else []

    def empty(self) -> list[C]:
        """Give up all connections, those in use as well: they are to be closed."""
        with self._lock:
            every = [*self._idle, *self._busy]
            self._idle, self._busy = [], set()
        return [each for each in every if not each.is_closed()]


class Reusing:
    """In place of the pool of an `httpx.HTTPTransport`."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._shelf = Shelf[httpcore.ConnectionInterface](pool.create_connection)

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        connection, over = self._shelf.take(_origin(request))
        try:
            _close(over)
            response = connection.handle_request(request)
        except BaseException:
            _close(self._shelf.back(connection))
            raise
        stream = _Stream(response.stream, lambda: _close(self._shelf.back(connection)))
        return _with(stream, response)

    def close(self) -> None:
        _close(self._shelf.empty())


class AsyncReusing:
    """In place of the pool of an `httpx.AsyncHTTPTransport`."""

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._shelf = Shelf[httpcore.AsyncConnectionInterface](pool.create_connection)

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        connection, over = self._shelf.take(_origin(request))
        try:
            await _aclose(over)
            response = await connection.handle_async_request(request)
        except BaseException:
            await _aclose(self._shelf.back(connection))
            raise
        stream = _AsyncStream(response.stream, lambda: _aclose(self._shelf.back(connection)))
        return _with(stream, response)

    async def aclose(self) -> None:
        await _aclose(self._shelf.empty())


class _Stream:
    """The body of an answer. Its connection goes back when it is closed, which is when the next request may have it."""

    def __init__(self, stream: Any, give_back: Callable[[], None]) -> None:
        self._stream, self._give_back = stream, give_back

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._stream)

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._give_back()


class _AsyncStream:
    def __init__(self, stream: Any, give_back: Callable[[], Awaitable[None]]) -> None:
        self._stream, self._give_back = stream, give_back

    def __aiter__(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    async def aclose(self) -> None:
        try:
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
        finally:
            await self._give_back()


def _origin(request: httpcore.Request) -> httpcore.Origin:
    if request.url.scheme not in (b"http", b"https"):
        raise httpcore.UnsupportedProtocol("the address begins with neither http:// nor https://")
    return request.url.origin


def _with(stream: Any, response: httpcore.Response) -> httpcore.Response:
    return httpcore.Response(response.status, headers=response.headers, content=stream, extensions=response.extensions)


def _close(connections: list[httpcore.ConnectionInterface]) -> None:
    for each in connections:
        with contextlib.suppress(Exception):  # it is given up: how it ends matters to nobody
            each.close()


async def _aclose(connections: list[httpcore.AsyncConnectionInterface]) -> None:
    if connections:
        with anyio.CancelScope(shield=True):  # also on behalf of a call that is cancelled
            for each in connections:
                with contextlib.suppress(Exception):
                    await each.aclose()
