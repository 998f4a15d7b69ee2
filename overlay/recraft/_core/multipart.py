"""multipart/form-data (RFC 7578) of plain values and uploads: every byte but those of the files is ready before
anything is sent.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..inputs import Upload
from .body import PIECE

_ESCAPES = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})


class Multipart:
    """A form. Iterating gives its bytes, from the start each time; `length` is how many they are, `blocks` whether
    files are read.
    """

    def __init__(self, fields: Mapping[str, Any], files: Mapping[str, Upload | Sequence[Upload]]) -> None:
        boundary = secrets.token_hex(16).encode()  # random, so that no file can hold it
        self.content_type = b"multipart/form-data; boundary=" + boundary
        self._parts: list[bytes | Upload] = []
        for name, upload in _each(files):
            head = (
                f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"; filename="{upload.name}"\r\n'
                f"Content-Type: {upload.media_type}\r\n\r\n"
            )
            self._parts += [b"--" + boundary + b"\r\n" + head.encode(), upload, b"\r\n"]
        for name, value in _each(fields):
            kind, text = _text(value)
            head = f'Content-Disposition: form-data; name="{name.translate(_ESCAPES)}"\r\nContent-Type: {kind}\r\n\r\n'
            self._parts.append(b"--" + boundary + b"\r\n" + head.encode() + text.encode() + b"\r\n")
        self._parts.append(b"--" + boundary + b"--\r\n")
        self.length = sum(len(part) if isinstance(part, bytes) else part.size for part in self._parts)

        self.blocks = not all(isinstance(part, bytes) or part.in_memory for part in self._parts)

    def __iter__(self) -> Iterator[bytes]:
        """Small parts are joined: each piece costs a visit to the transport."""
        small: list[bytes] = []
        size = 0
        for part in self._pieces():
            small.append(part)
            size += len(part)
            if size >= PIECE:
                yield b"".join(small)
                small, size = [], 0
        if small:
            yield b"".join(small)

    def _pieces(self) -> Iterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
            else:
                part.seek(0)
                while piece := part.read(PIECE):
                    yield piece


def _each(items: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name and value of each part: a list is as many parts of one name."""
    for name, value in items.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, item


def _text(value: Any) -> tuple[str, str]:
    """Content type and text of a plain value: objects travel as JSON, the rest as text."""
    if isinstance(value, str):
        return "text/plain", value
    if isinstance(value, dict | list):
        return "application/json", json.dumps(value, ensure_ascii=False, allow_nan=False)
    return "text/plain", json.dumps(value)
