"""The effective specification of this checkout, worked out once for all tests. They change copies of it."""

from __future__ import annotations

from typing import Any

import generate

SPEC, OVERLAYS = generate.specfile.vendored(generate.ROOT / "spec"), generate.ROOT / "spec" / "overlays"
EFFECTIVE: dict[str, Any] = generate.effective(SPEC, OVERLAYS)[0]
