"""A sandbox on a real socket for each module, a second one that stands for a stranger's host, and no waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recraft import Image
from recraft.sandbox import FaultPlan, Sandbox
from recraft.testing import no_waits

from .support import TOKEN, one_image


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with Sandbox(TOKEN, strict=False, limits=False, balance=10**9) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def stranger() -> Iterator[Sandbox]:
    """Another origin, which never gets to know the token."""
    with Sandbox("another-token", strict=False, limits=False) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def made(running: Sandbox) -> Image:
    """An image of the sandbox, to be downloaded."""
    return one_image(running)


@pytest.fixture
def sandbox(running: Sandbox, stranger: Sandbox, made: Image) -> Sandbox:
    running.faults = stranger.faults = FaultPlan()
    running.ledger.clear()
    stranger.ledger.clear()
    return running


@pytest.fixture(autouse=True)
def _skip_waits() -> Iterator[None]:
    with no_waits():
        yield


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)
