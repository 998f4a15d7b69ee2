"""Results as linked data: JSON-LD, with a context that needs no network."""

from __future__ import annotations

import copy
import functools
import json
from collections.abc import Mapping
from typing import Any


@functools.cache
def context() -> dict[str, Any]:
    """The context of every document: what each class and attribute of a result means."""
    from importlib import resources  # late: nobody else needs it, and it takes a while

    file = resources.files("recraft").joinpath("agents", "schemas", "context.jsonld")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))["@context"]
    return found


def linked(data: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON-LD document of what a result says of itself in plain data."""
    return {"@context": copy.deepcopy(context()), **_node(data)}


def _node(data: Mapping[str, Any]) -> dict[str, Any]:
    """A value without what the context does not know: addresses, which are signed, the image itself, and the call."""
    known = context().get(data["type"], {}).get("@context", {})
    found: dict[str, Any] = {"type": data["type"]}
    for name, value in data.items():
        if name in known and value is not None:
            found[name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(item) for item in value]
    return _node(value) if isinstance(value, Mapping) and "type" in value else value
