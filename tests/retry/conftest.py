"""A sandbox, and no waits unless a test wants real time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recraft._core import client
from recraft._core.on_aiohttp import AiohttpPools
from recraft.sandbox import Sandbox
from recraft.testing import no_waits


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=False, balance=10**9) as sandbox:
        yield sandbox


@pytest.fixture(autouse=True)
def _skip_waits() -> Iterator[None]:
    with no_waits():
        yield


@pytest.fixture(params=["asyncio", "trio", pytest.param("aiohttp", marks=pytest.mark.slow)])
def anyio_backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What awaits: an event loop, or asyncio with all clients that choose no transport on that of aiohttp."""
    if request.param == "aiohttp":
        monkeypatch.setattr(client, "AsyncPools", AiohttpPools)
        return "asyncio"
    return str(request.param)
