"""What a server sends on one connection, made fit for aiohttp.

aiohttp loses an answer that says its length twice or is followed by something else at once, takes for the answer to the
next request what came before it, tells nobody who already reads a body that the rest is broken, and takes a reset for
the end of an answer that says no length. None of that may happen to a result that is paid for.
"""

from __future__ import annotations

import re
from typing import Any

from aiohttp import ClientPayloadError
from aiohttp.client_proto import ResponseHandler
from aiohttp.http_exceptions import HttpProcessingError

#: Bytes of the longest head of an answer, as h11 has it.
LONGEST_HEAD = 100 * 2**10

_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]+ ([0-9]{3})")
_LENGTH = re.compile(
    rb"\r?\ncontent-length[ \t]*:[ \t]*([0-9]{1,18}(?:[ \t]*,[ \t]*[0-9]{1,18})*)[ \t]*(?=\r?\n)", re.IGNORECASE
)


class Answers(ResponseHandler):
    """The answers that come on one connection, in place of aiohttp's own class."""

    _head: bytearray | None = None  # what there is of it, while one comes
    _left: int | None = 0  # bytes of the body that are still to come, None when the head does not say
    _without_body = False

    def set_response_params(self, **given: Any) -> None:  # before each request
        self._head, self._payload = bytearray(), None
        self._without_body = given.get("skip_payload", False)
        super().set_response_params(**given)

    def data_received(self, data: bytes) -> None:
        if not data:  # so aiohttp goes on with what it had put off
            self._take(data)
        while data and self._head is not None:
            data = self._read_head(self._head, data)
        if not data or not self.is_connected():
            return
        fits = b"" if self._is_over else data if self._left is None else data[: self._left]
        if self._left is not None:
            self._left -= len(fits)
        if fits:
            self._take(fits)
        if len(fits) < len(data):  # nobody asked for it, and it must not answer the next request
            self.force_close()
            if self._is_over and self.transport is not None:
                self.transport.close()

    def _take(self, data: bytes) -> None:
        super().data_received(data)
        broken = self.exception()
        if isinstance(broken, HttpProcessingError) and self._payload is not None and not self._payload.is_eof():
            self._payload.set_exception(ClientPayloadError(broken.message))  # or its reader waits for ever

    def connection_lost(self, exc: BaseException | None) -> None:
        if exc is not None and self._payload is not None and not self._payload.is_eof():
            self._payload.set_exception(ClientPayloadError(str(exc)))  # where no length is said, not the end
        super().connection_lost(exc)

    @property
    def _is_over(self) -> bool:
        return self._payload is None or self._payload.is_eof()

    def _read_head(self, head: bytearray, data: bytes) -> bytes:
        """Take it up to where the head ends; what is left."""
        searched = max(0, len(head) - 3)
        head += data
        found = _END.search(head, searched)
        if found is None and len(head) <= LONGEST_HEAD:
            return b""
        end = found.end() if found else len(head)
        whole, rest = bytes(head[:end]), bytes(head[end:])
        status = int(read[1]) if (read := _STATUS.match(whole)) else 0
        informs = 100 <= status < 200 and status != 101
        self._head = bytearray() if informs else None
        whole, length = _said_once(whole)
        bodyless = self._without_body or status in (204, 304)
        self._left = 0 if bodyless else None if b"\ntransfer-encoding" in whole.lower() else length
        self._take(whole)
        if informs:
            self._payload = None  # that of the answer is still to come
        return rest


def _said_once(head: bytes) -> tuple[bytes, int | None]:
    """A head that says the length of its body no more than once, and that length, unless it contradicts itself."""
    said = _LENGTH.findall(head)
    lengths = {int(each) for value in said for each in value.split(b",")}
    if len(lengths) != 1:
        return head, None
    (length,) = lengths
    if len(said) > 1 or b"," in said[0]:
        once = iter([b"\r\nContent-Length: %d" % length])
        head = _LENGTH.sub(lambda _: next(once, b""), head)
    return head, length
