"""Reading a request's body from a stream: by Content-Length or in chunks."""

from __future__ import annotations

import re
from collections.abc import Callable
from email.message import Message
from typing import Protocol

from recraft.sandbox.wire import MAX_BODY


class Reader(Protocol):
    """A buffered binary stream."""

    def read(self, size: int, /) -> bytes: ...
    def readline(self, size: int, /) -> bytes: ...


class BodyError(Exception):
    """A body that cannot be read; `status` is 400 or 413."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def read_body(stream: Reader, headers: Message, ready: Callable[[], None], limit: int = MAX_BODY) -> bytes:
    """The whole body, at most `limit` bytes; `ready` is called before the first byte is wanted (100-continue).

    Raises BodyError for broken framing and for too much, ConnectionError when the client leaves in the middle.
    """
    if "chunked" in headers.get("Transfer-Encoding", "").lower():
        ready()
        return _read_chunks(stream, limit)
    text = headers.get("Content-Length", "0").strip()
    if not re.fullmatch(r"\d{1,18}", text):
        raise BodyError(400, "Content-Length is not a number")
    length = int(text)
    if length > limit:
        raise BodyError(413, f"the body has {length} bytes, at most {limit} are taken")
    if not length:
        return b""
    ready()
    return _exactly(stream, length)


def _read_chunks(stream: Reader, limit: int) -> bytes:
    body = bytearray()
    while True:
        line = stream.readline(1024)
        size = line.split(b";")[0].strip()
        if not line.endswith(b"\n") or not re.fullmatch(rb"[0-9a-fA-F]{1,15}", size):
            raise BodyError(400, "a chunk has no valid size")
        length = int(size, 16)
        if not length:
            while stream.readline(8192).strip():  # trailers
                pass
            return bytes(body)
        if len(body) + length > limit:
            raise BodyError(413, f"the body has more than {limit} bytes")
        body += _exactly(stream, length)
        if stream.readline(3).strip():
            raise BodyError(400, "a chunk is longer than its size")


def _exactly(stream: Reader, length: int) -> bytes:
    data = stream.read(length)
    if len(data) != length:
        raise ConnectionError("the client left in the middle of the body")
    return data
