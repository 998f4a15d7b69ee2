"""One request, ready to be sent, with all that is known about its call: nothing of it is worked out again on the
way.
"""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import attrs
import httpx

from .._record import FromCall
from .._repair import bounded, repaired
from .body import Body
from .content import Content

T = TypeVar("T")

#: Methods that may be sent twice: the second time changes nothing, and none of them is charged.
IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})


@attrs.frozen(kw_only=True)
class Outgoing(Generic[T]):
    """A call as it will be sent.

    Attributes:
        operation: The operation's id in the specification.
        timeouts: Seconds for `connect`, `read`, `write` and `pool`; None for no limit.
        images: How many images the call makes; what the rate limit counts.
        answered: Whether an answer is promised. One that is not is never parsed, whatever it holds.
        read: The result, from the answer as parsed JSON (None when nothing was promised) and as it came.
        decodes: Whether images in base64 are decoded as they come.
        spool: The folder for images that come with the answer, None for memory.
        helper: The method that was called, such as `images.generate`, and the `model` it asks for: for listeners.
    """

    operation: str
    method: str
    url: httpx.URL
    headers: httpx.Headers | list[tuple[bytes, bytes]] = attrs.field(repr=False)  # the token is among them
    body: Body
    timeouts: Mapping[str, float | None]
    images: int
    answered: bool
    read: Callable[[Any, Content], T]
    decodes: bool = False
    spool: str | None = None
    helper: str | None = None
    model: Any = None

    @property
    def idempotent(self) -> bool:
        """Whether it may be sent twice without paying twice."""
        return self.method in IDEMPOTENT

    def request(self, timeouts: dict[str, float | None]) -> httpx.Request:
        """A request for one attempt: what transports do to it stays with that attempt."""
        return httpx.Request(
            self.method, self.url, headers=self.headers, stream=self.body, extensions={"timeout": timeouts}
        )


@attrs.frozen
class Answer(Generic[T]):
    """A success: the result, and what the answer and the way to it say of themselves."""

    result: T
    status: int
    headers: httpx.Headers = attrs.field(repr=False)
    request_id: str | None
    attempts: int
    seconds: float

    @property
    def spent(self) -> tuple[float | None, int]:
        """What the call cost in API units, as far as the answer says it, and how many images it brought."""
        spent: tuple[float | None, int] = getattr(self.result, "_spent", (None, 0))
        return spent

    def known(self) -> T:
        """The result, and with it what is known of the call."""
        if isinstance(self.result, FromCall):
            self.result._came_from(self.request_id, self.attempts, self.seconds, self.headers)
        return self.result


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def json_of(value: Any) -> bytes:
    """JSON as it goes over the wire."""
    return _encoder.encode(value).encode()


def json_again(value: Any) -> bytes:
    """Parsed JSON as JSON that Python parses to the same, NaN and half surrogate pairs included: an answer may hold
    them, what we send may not.
    """
    return json.dumps(value).encode()


@functools.cache
def _generated(model: str) -> Any:
    return getattr(importlib.import_module("recraft_api.models"), model)


def readable(model: str, data: Any) -> tuple[Any, Any]:
    """The generated model of an answer, and the data it was made from: repaired, where it could not be read as it is.

    Raises whatever the generated code does when repairing does not help.
    """
    kind = _generated(model)
    data = bounded(data)
    try:
        return kind.from_dict(data), data
    except Exception:
        mended = repaired(data)
        return kind.from_dict(mended), mended
