"""For tests of code that uses this package: a sandbox, clients for it, results made by hand, and no waiting.

Installed as a pytest plugin, so the fixtures are there without an import. They need the extra `[sandbox]`.
"""

from __future__ import annotations

import contextlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

try:
    import pytest
except ImportError:  # no_waits works without it
    pytest = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from recraft import AsyncRecraft, Image, ImageResult, Recraft
    from recraft.sandbox import Sandbox


@contextlib.contextmanager
def no_waits() -> Iterator[None]:
    """Skip every wait of every client in the process: for retries, rate limits and pauses. Their order and number stay.

    A skipped wait moves the clients' clock forward instead, so deadlines and rate limits still count it. A limiter
    whose state is in Redis goes by the server's clock and waits as ever, and so does the other side: use a sandbox with
    `limits=False`.
    """
    from ._core.clock import clock

    before, clock.skip_waits = clock.skip_waits, True
    try:
        yield
    finally:
        clock.skip_waits = before


def make_result(
    images: int | Iterable[Image | bytes | str] = 1, *, credits: float | None = 40, **facts: Any
) -> ImageResult:
    """A result as a call would give it, made without one: for a fake client, or a test of what comes after the call.

    `images` is how many, each a small PNG of its own colour that is already there, so `save` and `fetch` need no
    service; or what each is: an `Image`, its bytes, or its URL. `facts` are further attributes of `ImageResult`.
    The same arguments give the same result.
    """
    from .results import ImageResult

    given = [_png(place) for place in range(images)] if isinstance(images, int) else list(images)
    made = tuple(_image(item, place) for place, item in enumerate(given, 1))
    known = {
        "created": datetime(2026, 1, 1, tzinfo=UTC),
        "request_id": "made-for-a-test",
        "attempts": 1,
        "seconds": 1.0,
    }
    return ImageResult(made, credits, **{**known, **facts})


def _image(item: Image | bytes | str, place: int) -> Image:
    from .results import Image

    if isinstance(item, Image):
        return item
    identifier = UUID(int=place)
    return Image(item, image_id=identifier) if isinstance(item, str) else Image(data=item, image_id=identifier)


def _png(place: int) -> bytes:
    """A PNG of 8 x 8 pixels of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    colour = bytes((place * 83 % 256, place * 47 % 256, 128))
    pixels = zlib.compress((b"\0" + colour * 8) * 8)
    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


if pytest is not None:

    @pytest.fixture
    def recraft_no_waits() -> Iterator[None]:
        """`no_waits()` for the length of a test."""
        with no_waits():
            yield

    @pytest.fixture
    def recraft_sandbox() -> Iterator[Sandbox]:
        """A started sandbox on a free loopback port, with its rate limits off and small pictures."""
        from .sandbox import Sandbox

        with Sandbox(limits=False, small_pictures=True) as sandbox:
            yield sandbox

    @pytest.fixture
    def recraft_client(recraft_sandbox: Sandbox) -> Iterator[Recraft]:
        """A client of `recraft_sandbox` that does not pace itself."""
        from recraft import Recraft

        with Recraft(recraft_sandbox.token, base_url=recraft_sandbox.base_url, limiter=None) as client:
            yield client

    @pytest.fixture
    def recraft_async_client(recraft_sandbox: Sandbox) -> AsyncRecraft:
        """An `AsyncRecraft` of `recraft_sandbox` that does not pace itself, for tests on asyncio or trio.

        It keeps no connection open, so it needs no closing, and whatever plugin runs the test may run it.
        """
        import httpx

        from recraft import AsyncRecraft

        transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)
        address = recraft_sandbox.base_url
        return AsyncRecraft(recraft_sandbox.token, base_url=address, limiter=None, transport=transport)
