from __future__ import annotations

from pathlib import Path

import pytest

from .server_support import World
from .server_support import world as made


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return made(tmp_path)
