"""The vendored document under our names, so that a test may change it by them whatever the publisher calls things."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import generate

SPEC = Path(__file__).resolve().parents[2] / "spec"


@pytest.fixture
def named() -> dict[str, Any]:
    """The vendored document with its names."""
    return generate.named(generate.read(generate.specfile.vendored(SPEC)), SPEC / "overlays").specification


@pytest.fixture
def after_names(tmp_path: Path) -> Path:
    """The overlay documents that come after the names."""
    target = tmp_path / "after-names"
    shutil.copytree(SPEC / "overlays", target, ignore=shutil.ignore_patterns("*-names.yaml"))
    return target
