"""A sandbox, and no waits unless a test wants real time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)
