"""One request and the answer to it: how far each of them got. No I/O; `io` does it and tells this what happens."""

from __future__ import annotations

import math
import time
import zlib
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import httpcore
import httpx

from .body import Body

#: Seconds for an answer that may be waiting behind an upload which the server stopped reading: it is there or it is
#: not.
PEEK = 1.0

#: Bytes that one step of inflating may make: a small answer that claims to be gigabytes is noticed before it is in
#: memory.
STEP = 2**20


class Sink(Protocol):
    """Where an answer goes."""

    def begin(self, head: httpx.Response) -> None:
        """The status line and the headers are there."""

    def take(self, data: bytes) -> None:
        """A piece of the body, decompressed."""


class TooLarge(Exception):
    """An answer went on beyond the size that is read."""

    def __init__(self, limit: int) -> None:
        self.limit = limit  # bytes


class Held(Exception):
    """The rate limit holds a call back, at the moment it would leave, for longer than it may wait."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds


def _at_once() -> float:
    return 0.0


def _nothing() -> None: ...


class Exchange:
    """What is sent in one attempt, and what came of it so far.

    An answer may take `seconds` in all, and `read_timeout` from the last byte sent to the last byte received: one that
    drips in slower is a read timeout, however short the pause between two bytes. Both are real time, also where waits
    are skipped.

    `leave` is asked, as often as it names a delay, when the headers are about to go out; `sink` gets the answer,
    decompressed.
    """

    def __init__(
        self,
        request: httpx.Request,
        body: Body,
        sink: Sink,
        *,
        limit: int,
        seconds: float = math.inf,
        secret: str = "",
        leave: Callable[[], float] | None = None,
        leaving_blocks: bool = False,
        taking_blocks: bool = False,
    ) -> None:
        self.request, self.body, self.leave, self.secret = request, body, leave or _at_once, secret
        self.leaving_blocks, self.taking_blocks = leaving_blocks, taking_blocks
        self.timeouts: dict[str, float | None] = request.extensions["timeout"]
        self.read_timeout = _or_for_ever(self.timeouts["read"])
        self.end = time.monotonic() + seconds
        self.left = False  # whether the headers have gone out, where the transport tells
        self.head: httpx.Response | None = None  # status line and headers of the answer, once they are there
        self.stalled = False  # whether the server stopped reading the request
        self.on_new_end: Callable[[], None] = _nothing
        self._traced = False
        self._past_proxy = False
        self._whole = self.end
        self._sink, self._limit, self._count = sink, limit, 0
        self._inflate: zlib._Decompress | None = None
        body.begin(self._sent)

    @property
    def may_have_arrived(self) -> bool:
        """Whether the service can have the request, or enough of it to answer.

        httpcore, and our own transport on aiohttp, tell what they do: a body that was not begun has gone nowhere. Any
        other transport may have taken it elsewhere.
        """
        return self.body.begun or self.head is not None or not self._traced

    @property
    def has_not_left(self) -> bool:
        """Whether not a byte went out, as far as the transport tells."""
        return self._traced and not self.left

    @property
    def room(self) -> int:
        """Bytes of the answer, decompressed, that it still takes."""
        return self._limit - self._count

    @property
    def stopped_at(self) -> str | None:
        """The proxy, when the way ended there: not reached, not trusted, or it refused."""
        return None if self._past_proxy else self.request.extensions.get("recraft_proxy")

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None:
        """It is over. What refers to itself in a circle would stay, with a large answer, until the garbage collector
        runs.
        """
        self.request.extensions.pop("trace", None)
        self.body.on_whole = self.on_new_end = _nothing

    def traced(self, name: str, info: Mapping[str, Any]) -> bool:
        """The transport is at work on this request, in the words of httpcore. True: its headers are about to go out."""
        self._traced = True
        if name.endswith("send_request_body.failed") and isinstance(info["exception"], httpcore.WriteTimeout):
            # A server may answer early and stop reading. For a WriteError httpcore goes on to read the answer; so it
            # shall here.
            self.stalled = True
            self.timeouts["read"] = peek = min(PEEK, self.read_timeout)
            self.end = max(self.end, time.monotonic() + peek)
            raise httpcore.WriteError("the server stopped reading")
        if name == "socks.setup_socks5_connection.started":  # httpcore lets it take any time
            self._whole = self.end
            self._end_at(min(self.end, time.monotonic() + _or_for_ever(self.timeouts["connect"])))
        if name == "socks.setup_socks5_connection.complete":
            self._end_at(self._whole)
        if name.endswith("receive_response_headers.started") and _method(info) != b"CONNECT":
            self._sent()  # the upload was cut off: what there is of an answer is bounded all the same
        # Not those of a CONNECT: the call is still on its way to the proxy.
        leaves = name.endswith("send_request_headers.started") and _method(info) != b"CONNECT"
        self._past_proxy |= leaves or name in ("proxy.start_tls.started", "socks.start_tls.started")
        return leaves

    def begin(self, response: httpx.Response) -> None:
        """The status line and the headers are there."""
        self.head = response
        self._sink.begin(response)
        encodings = response.headers.get("content-encoding", "").lower()
        match [name for part in encodings.split(",") if (name := part.strip())]:
            case [] | ["identity"]:
                pass
            case ["gzip" | "x-gzip" | "deflate"] if "gzip" in self.request.headers.get("accept-encoding", ""):
                self._inflate = zlib.decompressobj(wbits=47)  # gzip or zlib, by the first bytes
            case _:
                raise httpx.DecodingError("the answer is compressed in a way that was not asked for")

    def received(self, data: bytes) -> None:
        """A piece of the answer is there. Raises TooLarge, and httpx.DecodingError where it cannot be decompressed."""
        if self._inflate is None:
            self._take_counted(data)
            return
        try:
            while data and not self._inflate.eof:
                self._take_counted(self._inflate.decompress(data, STEP))
                data = self._inflate.unconsumed_tail
        except zlib.error:
            raise httpx.DecodingError("the answer's compression is broken") from None

    def received_all(self, pieces: deque[bytes]) -> None:
        """Several pieces, each gone when the next one is taken."""
        while pieces:
            self.received(pieces.popleft())

    def ended(self) -> None:
        """The answer is whole."""
        if self._inflate is not None and not self._inflate.eof and self._count:
            raise httpx.DecodingError("the answer's compression is cut short")

    def check_time(self) -> None:
        """Raises httpx.ReadTimeout when the answer takes too long."""
        if time.monotonic() > self.end:
            raise httpx.ReadTimeout("the answer did not end in time")

    def _take_counted(self, data: bytes) -> None:
        self._count += len(data)
        if self._count > self._limit:
            raise TooLarge(self._limit)
        self._sink.take(data)

    def _sent(self) -> None:
        self.request.extensions.pop("trace", None)  # what httpcore tells from here on changes nothing
        self._end_at(min(self.end, time.monotonic() + self.read_timeout))

    def _end_at(self, end: float) -> None:
        self.end = end
        self.on_new_end()


def drop_leftovers(response: httpx.Response) -> None:
    """Keep a connection from being used again when bytes came after the end of this answer: they would be read as the
    answer to the next call.

    h11 has them, and there is no public way to it; where the way has changed, this cannot tell. Bytes that come later
    are noticed by httpcore, which uses no connection again that has something to read. The connection is not closed
    here: httpcore closes one whose request did not end well, and trips over one that is closed already (on trio).
    """
    state: Any = response.stream
    for name in ("_httpcore_stream", "_stream", "_connection", "_h11_state"):
        state = getattr(state, name, None)
    if getattr(state, "trailing_data", (b"",))[0]:
        state.send_failed()


def _method(info: Mapping[str, Any]) -> bytes | None:
    return getattr(info.get("request"), "method", None)


def _or_for_ever(seconds: float | None) -> float:
    return math.inf if seconds is None else seconds
