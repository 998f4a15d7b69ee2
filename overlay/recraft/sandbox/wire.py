"""The values that cross the sandbox's border: a `Request` comes in, a `Reply` goes out, a `Problem` becomes one.

Nothing here knows sockets, httpx or the spec, so the whole service is a function of these values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from attrs import field, frozen

MAX_BODY = 256 * 1024 * 1024
"""Largest request body the sandbox reads, in bytes; a larger one is answered 413."""

Headers = tuple[tuple[str, str], ...]


@frozen
class Request:
    """One HTTP request as it arrived.

    `now` is in seconds since the epoch, `origin` the scheme and host it came through.
    """

    method: str
    target: str = field(repr=False)  # the query of an image URL is a signature
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    now: float = 0.0
    origin: str = "https://sandbox.invalid"

    @property
    def path(self) -> str:
        return path_of(self.target)

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(split_target(self.target)[1], keep_blank_values=True)

    def header(self, name: str) -> str | None:
        """The value of a header (names compare without case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@frozen
class Reply:
    """One HTTP answer. Content-Length and Date are added by whoever sends it."""

    status: int
    headers: Headers = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)

    @classmethod
    def json(cls, status: int, value: Any, headers: Headers = ()) -> Reply:
        return cls(status, (("Content-Type", "application/json"), *headers), json.dumps(value).encode())

    @classmethod
    def text(cls, status: int, text: str, headers: Headers = ()) -> Reply:
        return cls(status, (("Content-Type", "text/plain"), *headers), text.encode())


class Problem(Exception):
    """A request the service turns down, and what it says of it. `of_a_file`: it asked for an image URL."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        headers: Mapping[str, str] | None = None,
        *,
        of_a_file: bool = False,
    ) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message
        self.headers = tuple((headers or {}).items())
        self.of_a_file = of_a_file

    def body(self) -> dict[str, str]:
        return {"code": self.code, "message": self.message}


def invalid(name: str, why: str) -> Problem:
    """The 400 for one wrong field; the message starts with the field's name."""
    return Problem(400, "invalid_request_parameter", f"{name}: {why}")


def split_target(target: str) -> tuple[str, str]:
    """Path (still percent-encoded) and query of a request target, absolute or origin form."""
    try:
        parts = urlsplit(target)
    except ValueError:  # a target such as "//[" is no URL; it cannot be a known path either
        return target, ""
    return parts.path, parts.query


def path_of(target: str) -> str:
    """The decoded path of a request target, without its query."""
    return unquote(split_target(target)[0])
