"""The sandbox as an httpx transport: no socket, no port, sync and async in one object.

A delivery becomes what httpx would have made of it: a response, or the exception that the same fault causes on a
socket. No time passes in here: a wait longer than the request's read timeout is a ReadTimeout at once, a shorter one
is skipped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import httpx

from recraft.sandbox.delivery import PIECES, Delivery
from recraft.sandbox.desk import Desk
from recraft.sandbox.wire import Request

ORIGIN = "https://sandbox.invalid"
"""Where image URLs made through the transport point to; the same transport serves them."""


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Sends every request to the sandbox, whatever its host. Give it to `httpx.Client` or `httpx.AsyncClient`."""

    def __init__(self, desk: Desk, clock: Callable[[], float], refusing: Callable[[], bool]) -> None:
        self._desk, self._clock, self._refusing = desk, clock, refusing

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._handle(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._handle(request, await request.aread())

    def _handle(self, request: httpx.Request, body: bytes) -> httpx.Response:
        if self._refusing():
            raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
        target = request.url.raw_path.decode("ascii")
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in request.headers.raw)
        ticket = self._desk.open(request.method, target)
        read = ticket.drop not in {"request", "body"}
        met = () if ticket.drop == "request" else headers
        received = Request(request.method, target, met, body if read else b"", self._clock(), ORIGIN)
        if ticket.drop:
            self._desk.drop(ticket, received)
            if ticket.drop == "request":
                raise httpx.ConnectError("[Errno 111] Connection refused", request=request)
            raise httpx.ReadError("[Errno 104] Connection reset by peer", request=request)
        return _response(self._desk.serve(ticket, received), request, self._clock())


def _response(delivery: Delivery, request: httpx.Request, now: float) -> httpx.Response:
    patience = request.extensions.get("timeout", {}).get("read")

    def too_slow(seconds: float) -> bool:
        return patience is not None and seconds > patience

    if too_slow(delivery.before) or too_slow(delivery.header_gap):
        raise httpx.ReadTimeout("The read operation timed out", request=request)
    stream = _Stream(delivery, request, slow=too_slow(delivery.chunk_gap))
    headers = [(name, value) for name, value in delivery.headers(now)]
    return httpx.Response(delivery.reply.status, headers=headers, stream=stream, request=request)


class _Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body's bytes, and then the error that a cut connection gives."""

    def __init__(self, delivery: Delivery, request: httpx.Request, *, slow: bool) -> None:
        self._delivery, self._request, self._slow = delivery, request, slow

    def __iter__(self) -> Iterator[bytes]:
        delivery = self._delivery
        if self._request.method == "HEAD":
            return
        if delivery.stream is not None:
            yield from delivery.stream()
            return
        body = delivery.body()
        if self._slow:
            yield body[: -(-len(body) // PIECES)]
            raise httpx.ReadTimeout("The read operation timed out", request=self._request)
        # A client stops reading at the announced length, whatever comes after it.
        yield body if delivery.length is None else body[: delivery.length]
        if delivery.end == "reset":
            raise httpx.ReadError("[Errno 104] Connection reset by peer", request=self._request)
        if delivery.length is not None and len(body) < delivery.length:
            told = f"(received {len(body)} bytes, expected {delivery.length})"
            message = f"peer closed connection without sending complete message body {told}"
            raise httpx.RemoteProtocolError(message, request=self._request)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece
