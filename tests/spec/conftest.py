"""The vendored document, parsed once, and the pipeline's modules on the import path."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "scripts", Path(__file__).parent):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

import specfile  # noqa: E402

_VENDORED = specfile.load(ROOT / "tests" / "spec" / "base.yaml")


@pytest.fixture
def vendored() -> dict[str, Any]:
    """A copy of the vendored document that the test may edit."""
    return copy.deepcopy(_VENDORED)
