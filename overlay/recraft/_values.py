"""Check and convert what a caller passed into what the specification asks for.

All bounds come from the specification, through `recraft_api.operations`. Enum values are not checked: the API adds some every few
weeks, and a string it knows and this package does not must go through.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from .errors import InputError

_SIZE = re.compile(r"[1-9]\d{0,4}\s*[x:]\s*[1-9]\d{0,4}")
_HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def to_wire(value: Any, schema: Mapping[str, Any], name: str) -> Any:
    """`value` as plain JSON data that fits `schema`. Raises InputError naming `name`, the value and what was expected."""
    if isinstance(value, Enum):
        value = value.value
    if name == "size" and not isinstance(value, str):
        value = _size(value)
    if name == "size" and not _SIZE.fullmatch(value):
        raise InputError(
            f'size is {value!r}; expected a ratio such as "16:9", "1024x1024", or (width, height) in pixels.'
        )
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return _any_of(value, choices, name)
    if "rgb" in schema.get("properties", {}) and not isinstance(value, Mapping):
        value = {"rgb": parse_color(value, name)}
    if "hex" in schema.get("properties", {}) and not isinstance(value, Mapping):
        value = {"hex": "#{:02x}{:02x}{:02x}".format(*parse_color(value, name))}
    if schema.get("format") == "uuid":
        return _uuid(value, name)
    if isinstance(value, date) and schema.get("type") == "string":
        return value.isoformat()
    match schema.get("type"):
        case "integer" | "number" as kind:
            return _number(value, schema, name, whole=kind == "integer")
        case "boolean":
            if not isinstance(value, bool):
                raise InputError(f"{name} is {value!r}; expected True or False.")
        case "string":
            _string(value, schema, name)
        case "array":
            return _array(value, schema, name)
        case "object":
            return _object(value, schema, name)
    return value


def parse_color(value: Any, name: str) -> list[int]:
    """Red, green and blue, each 0..255, of `"#ff8800"`, `"#f80"` or three integers."""
    if isinstance(value, str):
        if not _HEX.fullmatch(value):
            raise InputError(f'{name} is {value!r}; expected a colour such as "#ff8800", "#f80" or (255, 136, 0).')
        digits = value.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]
    listed = (isinstance(value, Sequence) and not isinstance(value, bytes | bytearray)) or hasattr(value, "tolist")
    parts = list(value) if listed and getattr(value, "ndim", 1) == 1 else []
    if len(parts) != 3:
        raise InputError(f'{name} is {value!r}; expected a colour such as "#ff8800" or three integers (255, 136, 0).')
    return [
        int(_number(part, {"minimum": 0, "maximum": 255}, f"{name}: {value!r}: each part", whole=True))
        for part in parts
    ]


def _size(value: Any) -> str:
    sides = list(value) if isinstance(value, Sequence) and not isinstance(value, bytes) else []
    if len(sides) == 2 and all(
        hasattr(side, "__index__") and not isinstance(side, bool) and side > 0 for side in sides
    ):
        return f"{sides[0].__index__()}x{sides[1].__index__()}"
    raise InputError(f'size is {value!r}; expected a ratio such as "16:9", "1024x1024", or (width, height) in pixels.')


def _uuid(value: Any, name: str) -> str:
    value = getattr(value, "id", value)
    try:
        return str(value if isinstance(value, UUID) else UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise InputError(
            f"{name} is {value!r}; expected a UUID such as 123e4567-e89b-12d3-a456-426614174000."
        ) from None


def _number(value: Any, schema: Mapping[str, Any], name: str, *, whole: bool) -> int | float:
    kind = "a whole number" if whole else "a number"
    low, high = schema.get("minimum"), schema.get("maximum")
    span = f" from {low} to {high}" if None not in (low, high) else f" of {low} or more" if low is not None else ""
    if isinstance(value, bool) or not hasattr(value, "__index__" if whole else "__float__"):
        raise InputError(f"{name} is {value!r}; expected {kind}{span}.")
    number: int | float = value.__index__() if hasattr(value, "__index__") else float(value)
    if (
        number != number
        or (low is not None and number < low)
        or (high is not None and number > high)
        or abs(number) == float("inf")
    ):
        raise InputError(f"{name} is {value!r}; expected {kind}{span}.")
    return number


def _string(value: Any, schema: Mapping[str, Any], name: str) -> None:
    if not isinstance(value, str):
        raise InputError(f"{name} is {type(value).__name__} {value!r:.80}; expected a string.")
    if name == "prompt" and not value.strip():
        raise InputError("prompt is empty; expected a description of the image.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f"{name} holds half of a surrogate pair, which no text can; decode it with errors='replace'.")
    low, high = schema.get("minLength", 0), schema.get("maxLength", len(value))
    if not low <= len(value) <= high:
        raise InputError(f"{name} has {len(value)} characters; expected {low} to {high}.")


def _array(value: Any, schema: Mapping[str, Any], name: str) -> list[Any]:
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        raise InputError(f"{name} is {value!r:.80}; expected a list.")
    items = [to_wire(item, schema.get("items", {}), f"{name}[{index}]") for index, item in enumerate(value)]
    check_count(len(items), schema, name)
    return items


def check_count(count: int, schema: Mapping[str, Any], name: str) -> None:
    """Raise InputError when a list of `count` items is shorter or longer than the schema allows."""
    low, high = schema.get("minItems", 0), schema.get("maxItems", count)
    if not low <= count <= high:
        raise InputError(
            f"{name} has {count} items; expected {low} to {high}."
            if low != high
            else f"{name} has {count} items; expected {low}."
        )


def _object(value: Any, schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name} is {value!r:.80}; expected a dict.")
    if missing := [key for key in schema.get("required", ()) if key not in value]:
        raise InputError(f"{name} lacks {', '.join(missing)}: {dict(value)!r:.80}.")
    known = schema.get("properties", {})
    for key in value:  # what is like nothing known may be newer than this package, and goes through
        if key not in known and (close := difflib.get_close_matches(str(key), known, 1)):
            raise InputError(f"{name} has no member {key!r}. Did you mean {close[0]}?")
    return {key: to_wire(item, known.get(key, {}), f"{name}.{key}") for key, item in value.items()}


def _any_of(value: Any, choices: Sequence[Mapping[str, Any]], name: str) -> Any:
    complaints = []
    for choice in choices:
        try:
            return to_wire(value, choice, name)
        except InputError as error:
            complaints.append(error.message)
    raise InputError(" Or: ".join(dict.fromkeys(complaints)))
