"""Both kinds of client, wherever a test does not care which."""

from __future__ import annotations

import pytest

from .support import Wire


@pytest.fixture(params=["sync", "async"])
def wire(request: pytest.FixtureRequest) -> Wire:
    return Wire(request.param)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests does not reach them."""
    for name in ("RECRAFT_API_TOKEN", "RECRAFT_BASE_URL", "RECRAFT_LOG"):
        monkeypatch.delenv(name, raising=False)
