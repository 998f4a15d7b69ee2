"""Which OpenAPI version a document is read as."""

from __future__ import annotations

import re
from typing import Any

from specfile.structure import subtrees


def lower(spec: dict[str, Any]) -> list[str]:
    """Read a document that claims 3.2, in place, as one of a version that the generator takes; say so.

    Everything 3.2 has and 3.1 lacks is a member that validation does not know in 3.1, so nothing new passes unseen.
    `nullable`, which says nothing since 3.1, marks a writer whose claim alone is newer: 3.0 is what it means.
    """
    claimed = spec.get("openapi")
    if not (isinstance(claimed, str) and re.fullmatch(r"3\.2\.\d+", claimed)):
        return []
    old = any("nullable" in node or isinstance(node.get("exclusiveMinimum"), bool) for _, node in subtrees(spec))
    spec["openapi"] = "3.0.4" if old else "3.1.1"
    return [f"the document claims `openapi: {claimed}`; it was read as {spec['openapi']}, which the generator takes"]
