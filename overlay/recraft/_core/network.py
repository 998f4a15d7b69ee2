"""httpcore's sockets: those of an awaiting client are read in larger pieces, and those of a blocking one wait no longer
than until the end of the exchange under way.

A timeout of httpcore is for one step, so a server that sends a header or an informational answer now and then keeps a
call for ever. An awaiting client cuts that off with a cancel scope, a blocking one with this.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

import httpcore

from .clock import FOR_EVER

#: Bytes of a read where httpcore asks for `ASKED`, as it does for answers: what asyncio takes from a socket at a time,
#: which is cut into pieces and copied where less is wanted.
MOST, ASKED = 2**18, 2**16

#: The longest record of TLS, in bytes, and the shortest that is likely to have another one behind it.
RECORD, LONG = 2**14, 2**12

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
        return self._stream.read(max_bytes, _shortened(timeout, httpcore.ReadTimeout))

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
    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(MOST if max_bytes == ASKED else max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        return _AsyncSecure(stream, stream.get_extra_info("ssl_object"))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _AsyncSecure(_AsyncStream):
    """A stream over TLS, which gives one record at a time: a read takes all that are there."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, tls: object) -> None:
        super().__init__(stream)
        self._tls = tls if isinstance(tls, ssl.SSLObject) else None  # of a socket, it would wait
        self._broken = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if self._broken:
            raise httpcore.ReadError("the connection's encryption is broken")
        first = await self._stream.read(max_bytes, timeout)
        if self._tls is None or len(first) < LONG:
            return first
        records, left = [first], max_bytes - len(first)
        try:
            while left > 0 and (record := self._tls.read(min(left, RECORD))):
                records.append(record)
                left -= len(record)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            self._broken = True  # what came before is whole, and may be the end of an answer
        return b"".join(records)

    def get_extra_info(self, info: str) -> Any:
        """Whether it `is_readable` says too whether a record came that nobody asked for: httpcore, which sees none that
        has left the socket, then uses the connection no more.
        """
        return (info == "is_readable" and self._has_more()) or super().get_extra_info(info)

    def _has_more(self) -> bool:
        try:
            return self._broken or (self._tls is not None and self._tls.read(1) is not None)
        except ssl.SSLError as error:
            return not isinstance(error, ssl.SSLWantReadError)


def _shortened(timeout: float | None, late: type[Exception]) -> float | None:
    """The timeout of one step, no longer than what is left of the whole."""
    end = _end.get()
    left = FOR_EVER if end is None else end() - time.monotonic()
    if left <= 0:
        raise late("the answer did not end in time")
    return timeout if left >= FOR_EVER else left if timeout is None else min(timeout, left)
