"""A transport on aiohttp, for hundreds of calls in flight. Needs the extra `[aiohttp]`.

aiohttp's errors do not say whether a request went out. So it tells how far each of them got, with the `trace` extension
and in the words that httpcore has for it, as the transport of httpx does.
"""

from __future__ import annotations

import asyncio
import base64
import functools
import os
from collections.abc import AsyncIterator
from contextvars import ContextVar
from typing import Any, Self

import httpcore
import httpx

try:
    import aiohttp
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.connector import Connection
    from yarl import URL
except ImportError as error:
    raise ImportError("aiohttp_transport needs aiohttp: pip install 'recraft-sdk[aiohttp]'") from error

from ..errors import InputError
from .answers_on_aiohttp import LONGEST_HEAD, Answers
from .body import VISIT
from .connections import AsyncPools, Way
from .io import running_loop
from .proxies import Route

#: Seconds that a connection is kept without a request, as httpx has it.
KEPT = 5.0

#: Bytes that aiohttp writes without waiting.
AT_ONCE = 2**16

#: What aiohttp would add to a request by itself.
ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


def aiohttp_transport(*, proxy: str | httpx.Proxy | None = None) -> httpx.AsyncBaseTransport:
    """What an `AsyncRecraft` can send through in place of httpx's own transport, for hundreds of calls in flight:
    `AsyncRecraft(transport=recraft.aiohttp_transport())`.

    Calls, errors, retries and limits are the same. It works on asyncio alone, not on trio. Needs the extra `[aiohttp]`.

    Args:
        proxy: As for a client, but for SOCKS and for an https proxy with an `ssl_context` of its own, which aiohttp
            does not take.

    Raises:
        InputError: `proxy` is no proxy, or one that aiohttp does not take.
        ImportError: aiohttp is not installed.
    """
    return AiohttpPools(proxy)


class AiohttpPools(AsyncPools):
    """aiohttp's connections, for each event loop and way out."""

    def __init__(self, proxy: str | httpx.Proxy | None) -> None:
        super().__init__(proxy)
        _check(self._route)

    def through(self, route: Route) -> Self:
        _check(route)
        return super().through(route)

    def _pool(self, way: Way) -> httpx.AsyncBaseTransport:
        if not isinstance(running_loop(), asyncio.AbstractEventLoop):
            raise InputError("aiohttp_transport() works on asyncio, and this is trio: leave the transport out there.")
        return _Pool(**self._arguments(way))


def _check(route: Route) -> None:
    proxy = route.proxy
    if proxy is not None and (proxy.url.scheme.startswith("socks") or proxy.context is not None):
        raise InputError(
            f"aiohttp does not go through {proxy.name}, a proxy that speaks SOCKS or has an ssl_context of its own. "
            "Leave the transport out for it: httpx's does."
        )


class _Attempt:
    """One request on its way, and what became of it."""

    def __init__(self, request: httpx.Request) -> None:
        self.request = request
        self.timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        self.connected = False
        self.failure: Exception | None = None  # of the body or of whoever listens: not aiohttp's
        self.headers: list[tuple[str, str]] = []
        self.length: bytes | None = None  # as the headers say it
        self.has_body = False
        for name, value in request.headers.raw:
            lower = name.lower()
            if lower == b"transfer-encoding":  # aiohttp writes it itself
                self.has_body = True
                continue
            if lower == b"content-length":
                self.length, self.has_body = value, value != b"0"
            try:
                self.headers.append((name.decode("ascii"), value.decode()))
            except UnicodeDecodeError:
                raise httpx.LocalProtocolError("a header of the request is no text in UTF-8") from None

    async def tell(self, name: str, **facts: Any) -> None:
        trace = self.request.extensions.get("trace")
        if trace is not None:
            await trace(name, facts)

    async def leave(self, connection: Connection) -> None:
        """It is about to be sent: there is a connection."""
        if self.connected:
            raise httpx.ReadError("the connection broke, and the request is not sent a second time")
        self.connected = True
        try:
            await self.tell("http11.send_request_headers.started", request=self.request)
        except Exception as caught:  # the call must not leave, for a reason of its own
            self.failure = caught
            raise
        if connection.closed:  # while it was held back
            raise httpx.WriteError("the server closed the connection")
        if not self.has_body:  # its end is told now: nothing comes between
            async for _ in self._pieces():
                pass

    async def _pieces(self) -> AsyncIterator[bytes]:
        stream = self.request.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        try:
            async for piece in stream:
                yield piece
        except Exception as caught:
            self.failure = caught
            raise

    async def write(self, writer: AbstractStreamWriter) -> None:
        """Send the body."""
        transport = getattr(writer, "transport", None)
        if transport is None or transport.is_closing():  # nothing of the request went out
            raise ConnectionResetError("the server closed the connection")
        written = 0
        async for piece in self._pieces():
            written += len(piece)
            if written <= AT_ONCE:
                await writer.write(piece)
                continue
            try:
                async with asyncio.timeout(self.timeouts.get("write")):
                    await writer.write(piece)
            except TimeoutError:
                await self._stalled()

    async def _stalled(self) -> None:
        """The server stopped reading. It may have answered; where it has not, whoever waits for that gives up, and
        aiohttp cancels this.
        """
        self.failure = httpx.WriteTimeout("the server stopped reading the request")
        try:
            await self.tell("http11.send_request_body.failed", exception=httpcore.WriteTimeout(str(self.failure)))
        except httpcore.WriteError:  # whoever listens wants to wait for an answer
            await self.tell("http11.receive_response_headers.started", request=self.request)
            await asyncio.Future()
        raise self.failure

    def error(self, caught: Exception) -> Exception:
        """An error of aiohttp in terms of httpx."""
        if self.failure is not None:
            return self.failure
        if isinstance(caught, httpx.HTTPError) or not isinstance(caught, aiohttp.ClientError | OSError | ValueError):
            return caught
        if not self.connected:
            return _not_connected(caught)
        if isinstance(caught, TimeoutError):
            return httpx.ReadTimeout(str(caught))
        if isinstance(caught, aiohttp.ServerDisconnectedError):
            return httpx.RemoteProtocolError("the server closed the connection without an answer")
        if isinstance(caught, OSError):  # what aiohttp says of some names the URL
            return httpx.ReadError(os.strerror(caught.errno) if caught.errno else "the connection broke")
        if isinstance(caught, aiohttp.ClientResponseError):
            return httpx.RemoteProtocolError(caught.message)
        if isinstance(caught, aiohttp.ClientError):
            return httpx.RemoteProtocolError(str(caught))
        return httpx.LocalProtocolError(str(caught))


def _not_connected(caught: Exception) -> Exception:
    if isinstance(caught, aiohttp.ClientHttpProxyError):
        return httpx.ProxyError(f"{caught.status} {caught.message}")
    if isinstance(caught, TimeoutError):
        return httpx.ConnectTimeout("connecting took too long")
    if isinstance(caught, ValueError) and not isinstance(caught, OSError):
        return httpx.LocalProtocolError(str(caught))
    return httpx.ConnectError(str(caught))


#: What the request that aiohttp is at work on belongs to.
_attempt: ContextVar[_Attempt] = ContextVar("recraft_attempt")


class _Request(aiohttp.ClientRequest):
    """A request that waits until it may leave, and sends nothing that was not asked for."""

    async def send(self, conn: Connection) -> aiohttp.ClientResponse:
        attempt = _attempt.get()
        await attempt.leave(conn)
        if attempt.length is None:
            self.headers.pop("Content-Length", None)  # aiohttp's own, of 0
        return await super().send(conn)


class _Body(aiohttp.Payload):
    """The body of a request, as aiohttp sends it."""

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        raise TypeError("a request's body is sent once")

    async def write(self, writer: AbstractStreamWriter) -> None:
        await self._value.write(writer)


class _Pool(httpx.AsyncBaseTransport):
    """The connections of one way out, on the event loop that runs now."""

    def __init__(self, *, verify: Any, proxy: httpx.Proxy | None, trust_env: bool) -> None:
        self._through: dict[str, Any] = {}
        if proxy is not None:
            headers = [(name.decode("ascii"), value.decode()) for name, value in proxy.headers.raw]
            if proxy.raw_auth is not None:
                said = base64.b64encode(b":".join(proxy.raw_auth)).decode("ascii")
                headers.append(("Proxy-Authorization", f"Basic {said}"))
            self._through = {"proxy": str(proxy.url), "proxy_headers": headers}
        connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT, ssl=verify)
        make: Any = functools.partial(Answers, loop=asyncio.get_running_loop())
        connector._factory = make  # there is no way to pass it
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            request_class=_Request,
            skip_auto_headers=ADDED,
            auto_decompress=False,
            trust_env=trust_env,
            read_bufsize=VISIT // 4,
            max_line_size=LONGEST_HEAD,
            max_field_size=LONGEST_HEAD,
            max_headers=LONGEST_HEAD,  # as many as fit
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        attempt = _Attempt(request)
        before = _attempt.set(attempt)
        try:
            await attempt.tell("connection.connect_tcp.started")
            response = await self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                headers=attempt.headers,
                data=_Body(attempt) if attempt.has_body else None,
                timeout=aiohttp.ClientTimeout(
                    total=None, connect=attempt.timeouts.get("connect"), sock_read=attempt.timeouts.get("read")
                ),
                allow_redirects=False,
                **self._through,
            )
        except Exception as caught:
            if isinstance(caught, aiohttp.ClientConnectorError) and caught.host == request.url.host:
                await attempt.tell("proxy.start_tls.started")  # where there is a proxy, it had let this through
            raise attempt.error(caught) from caught
        finally:
            _attempt.reset(before)
        reason = (response.reason or "").encode("ascii", "replace")
        return httpx.Response(
            response.status,
            headers=response.raw_headers,
            stream=_Answer(response, attempt),
            extensions={"http_version": b"HTTP/1.1", "reason_phrase": reason},
        )

    async def aclose(self) -> None:
        await self._session.close()


class _Answer(httpx.AsyncByteStream):
    """The body of an answer."""

    def __init__(self, response: aiohttp.ClientResponse, attempt: _Attempt) -> None:
        self._response, self._attempt = response, attempt

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            try:
                piece = await self._response.content.readany()
            except Exception as caught:
                raise self._attempt.error(caught) from caught
            if not piece:
                return
            yield piece

    async def aclose(self) -> None:
        self._response.close()  # and with it the connection, unless the answer was read to its end
