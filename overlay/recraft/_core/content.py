"""The body of an answer as it comes in: JSON, or a form whose files are kept apart from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

import httpx

from .._base64 import Encoded
from .._spool import Growing, Spooled, whole
from .decoding import Decoding

#: The part that is the JSON of the answer.
RESPONSE = "response"

#: The longest head of a part, in bytes.
LONGEST_HEAD = 16 * 2**10

#: How many bytes are set aside for a part because the answer says that it is so long; more comes as it comes.
MOST_AHEAD = 64 * 2**20


# What follows the boundary on the line of a delimiter, and what may become that.
_DELIMITED = re.compile(rb"--|[ \t]*\r\n")
_MAY_BE_DELIMITED = re.compile(rb"-?|[ \t]*\r?")
_LINE = 80


class Content:
    """An answer of the API. `text` is its JSON, or whatever it is; `files` are the images of a form by their names.

    One that `decodes` has stand-ins for images in base64 in `text`, and the images in `encoded`. Images are kept in
    files of the folder `spool` where there is one.
    """

    def __init__(self, *, decodes: bool = False, spool: str | None = None) -> None:
        self.files: dict[str, bytes | Spooled] = {}
        self._spool = spool
        self._plain = bytearray()
        self._form: Form | None = None
        self._decodes = decodes
        self._decoding: Decoding | None = None

    def begin(self, head: httpx.Response) -> None:
        written = head.headers.get("content-type", "")
        if not head.is_success:
            return
        if "multipart" in written.lower():  # hardly ever; and reading the parameters costs as much as all else here
            kind = Message()
            kind["content-type"] = written
            boundary = kind.get_boundary()
            if kind.get_content_type() == "multipart/form-data" and boundary:
                length = head.headers.get("content-length", "")
                size = int(length) if re.fullmatch(r"\d{1,9}", length, re.ASCII) else 0
                self._form = Form(boundary.encode(), size, self._spool)
        elif self._decodes:
            self._decoding = Decoding(self._spool)

    def take(self, data: bytes) -> None:
        taker = self._form or self._decoding
        if taker is None:
            self._plain += data
        else:
            taker.take(data)

    @property
    def text(self) -> bytearray:
        """The JSON of the answer; of a form, its part `response`. Once asked for, `files` has the other parts."""
        if self._form is not None:
            self.files = dict(self._form.parts())
            self._form, self._plain = None, bytearray(whole(self.files.pop(RESPONSE, b"")))
        if self._decoding is not None:
            self._decoding.end()
            return self._decoding.text
        return self._plain

    @property
    def encoded(self) -> dict[str, Encoded]:
        return {} if self._decoding is None else self._decoding.found

    def whole(self) -> bytes:
        """`text` as it came."""
        return bytes(self.text) if self._decoding is None else self._decoding.restored()


class Form:
    """multipart/form-data, read as it comes: a part is in memory once, or in a file of the folder `spool`, and whole
    only when its delimiter was there.
    """

    def __init__(self, boundary: bytes, length: int, spool: str | None = None) -> None:
        self._delimiter = b"\r\n--" + boundary
        self._left = length  # bytes still to come, 0 when nobody said
        self._buffer = bytearray(b"\r\n")  # the first delimiter needs no line before it
        self._name: str | None = None
        self._part: Growing | None = None
        self._spool = spool
        self._in_head = self._over = False
        self._found: list[tuple[str, bytes | Spooled]] = []

    def take(self, data: bytes) -> None:
        self._buffer += data
        self._left = max(0, self._left - len(data))
        while not self._over and (self._read_head() if self._in_head else self._read_body()):
            pass

    def parts(self) -> Iterator[tuple[str, bytes | Spooled]]:
        """Name and bytes of each part that is whole."""
        while self._found:
            yield self._found.pop(0)

    def _read_body(self) -> bool:
        """Take what belongs to the part, up to its delimiter. Whether there is more to do."""
        at = self._buffer.find(self._delimiter)
        if at < 0:
            self._keep(len(self._buffer) - len(self._delimiter) + 1)
            return False
        behind = bytes(self._buffer[at + len(self._delimiter) :][:_LINE])
        if not _DELIMITED.match(behind):
            if len(behind) < _LINE and _MAY_BE_DELIMITED.fullmatch(behind):
                return False  # the rest of its line is still to come
            self._keep(at + 1)  # an image that holds the same bytes
            return True
        self._keep(at)
        if self._part is not None:
            self._found.append((self._name or "", self._part.whole()))
            self._part = None
        self._over = behind.startswith(b"--")
        del self._buffer[: len(self._delimiter)]
        self._in_head = True
        return True

    def _read_head(self) -> bool:
        """Read the head of a part: what is left of its delimiter's line, and its headers."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            self._over = len(self._buffer) > LONGEST_HEAD
            return False
        self._name = _name(bytes(self._buffer[:end]))
        del self._buffer[: end + 4]
        room = min(MOST_AHEAD, self._left + len(self._buffer)) if self._left else 0  # for all that can come
        self._part = Growing(None if self._name == RESPONSE else self._spool, room)
        self._in_head = False
        return True

    def _keep(self, count: int) -> None:
        """Move so many bytes from the buffer to the part."""
        if count > 0:
            if self._part is not None:
                with memoryview(self._buffer) as view:
                    self._part.write(view[:count])
            del self._buffer[:count]


def _name(head: bytes) -> str:
    """The name of a part: of its disposition, or its Content-ID."""
    headers = Message()
    for line in head.decode("utf-8", "replace").split("\r\n"):
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip()] = value.strip()
    named = headers.get_param("name", header="content-disposition")
    return named if isinstance(named, str) else str(headers.get("content-id", "")).strip("<>")
