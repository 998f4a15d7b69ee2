"""A real Redis server, a service, and an environment that is the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from limiter.conftest import redis_url as redis_url

from recraft._core.clock import clock
from recraft.sandbox import Sandbox


@pytest.fixture(autouse=True)
def real_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No time was skipped in this process by tests before: other processes would not know of it."""
    monkeypatch.setattr(clock, "skipped", 0.0)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox that processes find as they would the real service."""
    with Sandbox(limits=False, small_pictures=True) as sandbox:
        monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        yield sandbox
