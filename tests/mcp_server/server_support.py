"""A server over a sandbox, clients of both generations of the protocol, and a service that waits to be let go."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import attrs
import httpx
from mcp import Client
from mcp_types import CallToolResult, ElicitResult
from PIL import Image

from recraft import AsyncRecraft, RateLimiter
from recraft.agents.mcp import RecraftServer, Settings
from recraft.sandbox import Sandbox

#: The handshake, and the requests that stand for themselves.
ERAS = ("legacy", "2026-07-28")


class Gate(httpx.AsyncBaseTransport):
    """A transport whose calls to one path wait before they are answered until they are let go."""

    def __init__(self, inner: httpx.AsyncBaseTransport, path: str) -> None:
        self._inner, self._path = inner, path
        self.arrived, self.open = asyncio.Semaphore(0), asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith(self._path):
            await request.aread()
            self.arrived.release()
            await self.open.wait()
        return await self._inner.handle_async_request(request)


@attrs.define
class World:
    """A sandbox, a folder that may be read, and one that is written."""

    sandbox: Sandbox
    folder: Path

    @property
    def output(self) -> Path:
        return self.folder / "out"

    @property
    def photos(self) -> Path:
        return self.folder / "photos"

    def server(
        self,
        transport: httpx.AsyncBaseTransport | None = None,
        limiter: RateLimiter | None = None,
        base_url: str | None = None,
        **settings: Any,
    ) -> RecraftServer:
        used = transport or self.sandbox.transport()
        client = AsyncRecraft(self.sandbox.token, base_url=base_url, transport=used, limiter=limiter, retry=None)
        self.output.mkdir(exist_ok=True)
        settings = {"output": self.output, "roots": (self.photos,), "ask_above": 1000.0, **settings}
        return RecraftServer(client, Settings(**settings))

    @contextlib.asynccontextmanager
    async def client(self, mode: str = "legacy", **settings: Any) -> AsyncIterator[Client]:
        async with Client(self.server(**settings), mode=mode) as client:
            yield client

    @property
    def spent(self) -> int:
        return self.sandbox.ledger.total_units

    def calls(self, operation: str) -> int:
        """How many requests for an operation arrived."""
        return sum(request.operation == operation for request in self.sandbox.ledger.requests)


def world(folder: Path) -> World:
    made = World(Sandbox(limits=False, small_pictures=True), folder)
    made.photos.mkdir()
    Image.linear_gradient("L").convert("RGB").save(made.photos / "photo.png")
    mask = Image.new("L", (256, 256))
    mask.paste(255, (64, 64, 192, 192))
    mask.save(made.photos / "mask.png")
    return made


def words(result: CallToolResult) -> str:
    """All that a model reads of a result."""
    return "\n".join(block.text for block in result.content if block.type == "text")


def answers(action: str, go_on: bool | None = None, asked: list[str] | None = None) -> Callable[..., Any]:
    """Somebody at the client who answers every question so."""

    async def answer(_: Any, params: Any) -> ElicitResult:
        if asked is not None:
            asked.append(params.message)
        return ElicitResult(action=action, content=None if go_on is None else {"go_on": go_on})  # type: ignore[arg-type]

    return answer
