"""An answer made from a schema, for operations that nobody has written a behaviour for yet."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from recraft.sandbox.schema import Schema

_DEPTH = 6
_TEXTS = {
    "uri": "https://sandbox.invalid/",
    "email": "someone@sandbox.invalid",
    "uuid": str(uuid.UUID(int=0, version=4)),
    "date": "2026-01-01",
}


def synthesize(schema: Schema, known: dict[str, Any], now: float = 0.0, name: str = "", depth: int = 0) -> Any:
    """A value the schema accepts. At any depth a property named in `known` gets that value (for example `credits`)."""
    if name in known:
        return known[name]
    for word in ("const", "example", "default"):
        if word in schema:
            return schema[word]
    if schema.get("enum"):
        return schema["enum"][0]
    for word in ("oneOf", "anyOf"):
        if schema.get(word):
            return synthesize(schema[word][0], known, now, name, depth)
    declared = schema.get("type")
    kind = declared[0] if isinstance(declared, list) else declared
    if kind is None:
        kind = "object" if "properties" in schema else "array" if "items" in schema else "null"
    if kind == "object":
        if depth > _DEPTH:
            return {}
        properties = schema.get("properties", {})
        return {key: synthesize(sub, known, now, key, depth + 1) for key, sub in properties.items()}
    if kind == "array":
        count = min(max(1, schema.get("minItems", 1)), 20) if depth <= _DEPTH else 0
        return [synthesize(schema.get("items", {}), known, now, "", depth + 1) for _ in range(count)]
    return _scalar(kind, schema, now)


def _scalar(kind: str, schema: Schema, now: float) -> Any:
    if kind == "string":
        if schema.get("format") == "date-time":
            return datetime.fromtimestamp(now, UTC).isoformat()
        text = _TEXTS.get(schema.get("format", ""), "sandbox")
        return text.ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", len(text) + 1_000_000)]
    if kind in {"integer", "number"}:
        value: float = max(1, schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
        if "maximum" in schema:
            value = min(value, schema["maximum"])
        return int(value) if kind == "integer" else value
    return True if kind == "boolean" else None
