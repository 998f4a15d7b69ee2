"""httpcore's sockets, read in larger pieces; and those of a blocking client wait no longer than until the end of the
exchange under way.

A timeout of httpcore is for one step, so a server that sends a header or an informational answer now and then keeps a
call for ever. An awaiting client cuts that off with a cancel scope, a blocking one with this.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Coroutine, Iterable
from contextvars import ContextVar
from typing import Any

import httpcore

from .clock import FOR_EVER

#: Bytes of a read where httpcore asks for `HTTPCORE_READS`, as it does for answers: what asyncio takes from a socket at
#: a time, which is cut into pieces and copied where less is wanted.
MOST = 2**18
HTTPCORE_READS = 2**16

#: When the exchange of this thread ends, on the monotonic clock. It may still change.
_end: ContextVar[Callable[[], float] | None] = ContextVar("recraft_end", default=None)


class until:
    """Let nothing wait beyond `end` meanwhile, in this thread."""

    def __init__(self, end: Callable[[], float]) -> None:
        self._end = end

    def __enter__(self) -> None:
        self._before = _end.get()
        _end.set(self._end)

    def __exit__(self, *error: object) -> None:
        _end.set(self._before)


class Network(httpcore.SyncBackend):
    """httpcore's own sockets, with an end."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        timeout = _shortened(timeout, httpcore.ConnectTimeout)
        return _Stream(super().connect_tcp(host, port, timeout, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(_enough(max_bytes), _shortened(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shortened(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        timeout = _shortened(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """The sockets of another backend, read in larger pieces."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self._backend = backend

    async def connect_tcp(self, *arguments: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return _AsyncStream(await self._backend.connect_tcp(*arguments, **options))


class _AsyncStream(httpcore.AsyncNetworkStream):
    """Hands on what the stream below returns to be awaited: a small call pays for no turn of a coroutine here."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> Coroutine[Any, Any, bytes]:
        return self._stream.read(_enough(max_bytes), timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> Coroutine[Any, Any, None]:
        return self._stream.write(buffer, timeout)

    def aclose(self) -> Coroutine[Any, Any, None]:
        return self._stream.aclose()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Coroutine[Any, Any, httpcore.AsyncNetworkStream]:
        return self._stream.start_tls(ssl_context, server_hostname, timeout)  # TLS gives 16 KiB at most at a time

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _enough(max_bytes: int) -> int:
    return MOST if max_bytes == HTTPCORE_READS else max_bytes


def _shortened(timeout: float | None, late: type[Exception]) -> float | None:
    """The timeout of one step, no longer than what is left of the whole."""
    end = _end.get()
    left = FOR_EVER if end is None else end() - time.monotonic()
    if left <= 0:
        raise late("the answer did not end in time")
    return timeout if left >= FOR_EVER else left if timeout is None else min(timeout, left)
