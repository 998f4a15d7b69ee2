"""A started sandbox, a clock that stands still until a test moves it, and clients for both wires."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sandbox_support import Clock, client_for

from recraft.sandbox import Sandbox


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sandbox(clock: Clock) -> Iterator[Sandbox]:
    """It keeps to the vendored document; what the live service adds has tests of its own."""
    with Sandbox(answers="vendored", limits=False, clock=clock, balance=100_000) as started:
        yield started


@pytest.fixture
def api(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client over the real socket."""
    with client_for(sandbox) as client:
        yield client


@pytest.fixture
def inside(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """A client over the in-process transport."""
    with client_for(sandbox, transport=sandbox.transport()) as client:
        yield client


@pytest.fixture(params=["socket", "transport"])
def either(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[httpx.Client]:
    """The same test over both wires."""
    transport = sandbox.transport() if request.param == "transport" else None
    with client_for(sandbox, transport=transport) as client:
        yield client


@pytest.fixture
def service(clock: Clock) -> Iterator[Sandbox]:
    """A sandbox that is as the live service is documented."""
    with Sandbox(answers="live", limits=False, clock=clock, balance=100_000) as started:
        yield started


@pytest.fixture(params=["socket", "transport"])
def live(request: pytest.FixtureRequest, service: Sandbox) -> Iterator[httpx.Client]:
    """The documented service over both wires."""
    transport = service.transport() if request.param == "transport" else None
    with client_for(service, transport=transport) as client:
        yield client
