"""What the fault tests share: the four operations of the matrix, clients on a real socket, and a patient look at the
ledger.
"""

from __future__ import annotations

import inspect
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen
from PIL import Image as Picture

from recraft import AsyncRecraft, Image, Recraft, RetryPolicy
from recraft.errors import RecraftError
from recraft.sandbox import Fault, FaultPlan, Sandbox

TOKEN = "token-4f2c9b7e1d"

#: Real seconds. A fault that hangs does so for longer than any test lives; the sandbox lets go of it when it closes.
HANGS = 30.0

PAID = ("createImage", "removeBackground")
OPERATIONS = (*PAID, "getCurrentUser", "download")


def small_png() -> bytes:
    buffer = io.BytesIO()
    Picture.new("RGB", (24, 16), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


#: Larger than what the sockets of both ends hold: a server that stops reading keeps it from going out whole.
LARGE_PNG = small_png() + bytes(16 * 2**20)
PNG = small_png()


@frozen
class Ended:
    """How a call ended: the result, or the error."""

    result: Any = None
    error: RecraftError | None = None

    @property
    def maybe_charged(self) -> bool:
        return self.error is not None and self.error.maybe_charged


def timeout(read: float) -> httpx.Timeout:
    return httpx.Timeout(10.0, read=read, pool=None)


def options(sandbox: Sandbox, **changes: Any) -> dict[str, Any]:
    """Arguments for a client of the sandbox that does not pace itself."""
    given = {"base_url": sandbox.base_url, "limiter": None, "timeout": timeout(10.0), "retry": RetryPolicy()}
    return {"token": sandbox.token, **given, **changes}


def call(
    client: Any, operation: str, *, image: bytes = PNG, made: Image | None = None, into: Path | None = None
) -> Any:
    """Start one of the four operations: its result, or the awaitable of an asynchronous client."""
    match operation:
        case "createImage":
            return client.images.generate("a fox")
        case "removeBackground":
            return client.images.remove_background(image)
        case "getCurrentUser":
            return client.users.me()
        case _:
            return client.save(made, into)


def ended(act: Callable[[], Any]) -> Ended:
    try:
        return Ended(act())
    except RecraftError as error:
        return Ended(error=error)


async def aended(act: Callable[[], Any]) -> Ended:
    try:
        started = act()
        return Ended(await started if inspect.isawaitable(started) else started)
    except RecraftError as error:
        return Ended(error=error)


def end_call(sandbox: Sandbox, operation: str, settings: dict[str, Any], **arguments: Any) -> Ended:
    """Make a call with a fresh synchronous client."""
    with Recraft(**options(sandbox, **settings)) as client:
        return ended(lambda: call(client, operation, **arguments))


async def aend_call(sandbox: Sandbox, operation: str, settings: dict[str, Any], **arguments: Any) -> Ended:
    """Make a call with a fresh asynchronous client."""
    async with AsyncRecraft(**options(sandbox, **settings)) as client:
        return await aended(lambda: call(client, operation, **arguments))


def one_image(sandbox: Sandbox) -> Image:
    """An image made in peace, and a ledger that has forgotten it."""
    sandbox.faults = FaultPlan()
    with Recraft(**options(sandbox)) as client:
        made = client.images.generate("a fox")[0]
    sandbox.ledger.clear()
    return made


def plan(*faults: Fault) -> FaultPlan:
    return FaultPlan(faults)


def received(sandbox: Sandbox, operation: str) -> int:
    return sum(each.operation == operation for each in sandbox.ledger.requests)


def settles(look: Callable[[], object], expected: object, seconds: float = 5.0) -> bool:
    """Whether a look at the sandbox comes to show what is expected: a client that gave up may be ahead of the server's
    books.
    """
    end = time.monotonic() + seconds
    while look() != expected:
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True
