"""Check and convert what a caller passed into what the specification asks for.

All bounds come from the specification, through `recraft_api.operations`; what a value means there, such as a size or a
colour, is its `x-role`. Enum values are not checked: the API adds some every few weeks, and a string that it knows and
this package does not must go through.
"""

from __future__ import annotations

import itertools
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from ..errors import InputError, forgotten_await, reason, shown

Schema = Mapping[str, Any]

#: How many items a list may have where the specification does not say. An endless iterator has to end somewhere.
MOST_ITEMS = 10_000

#: How many lists and dicts deep a value may be where the specification does not say.
DEEPEST = 32

_SIZE = re.compile(r"[1-9]\d{0,4}\s*[x:]\s*[1-9]\d{0,4}", re.ASCII)
_HEX = re.compile(r"#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_BYTES = (bytes, bytearray, memoryview)


def to_wire(value: Any, schema: Schema, name: str) -> Any:
    """`value` as plain JSON data that fits `schema`. Raises InputError naming `name`, value and what is expected."""
    if isinstance(value, Enum):
        value = value.value
    role = schema.get("x-role")
    try:
        return _BY_ROLE.get(role, _by_type)(value, schema, name)
    except InputError as error:
        error.message += forgotten_await(value)
        raise
    except Exception as error:  # whatever a caller's own class raises when it is looked into
        raise InputError(f"{name} cannot be read: {shown(value)}: {reason(error)}.") from None


def parse_color(value: Any, name: str) -> list[int]:
    """Red, green and blue, each 0..255, of `"#ff8800"`, `"#f80"` or three integers."""
    if isinstance(value, str):
        if not _HEX.fullmatch(value):
            raise InputError(f'{name} is {shown(value)}; expected a colour such as "#ff8800", "#f80" or (255, 136, 0).')
        digits = value.lstrip("#")
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]
    listed = (isinstance(value, Sequence) and not isinstance(value, _BYTES)) or hasattr(value, "tolist")
    if not listed or getattr(value, "ndim", 1) != 1 or len(value) != 3:
        raise InputError(
            f'{name} is {shown(value)}; expected a colour such as "#ff8800" or three integers (255, 136, 0).'
        )
    part = {"minimum": 0, "maximum": 255}
    return [int(_number(item, part, f"{name}: {shown(value)}: each part", whole=True)) for item in value]


def check_count(count: int, schema: Schema, name: str) -> None:
    """Raise InputError when a list of `count` items is shorter or longer than the schema allows."""
    low, high = schema.get("minItems", 0), schema.get("maxItems", count)
    if not low <= count <= high:
        expected = f"{low} to {high}" if low != high else f"{low}"
        raise InputError(f"{name} has {count} items; expected {expected}.")


# By role.


def _size(value: Any, schema: Schema, name: str) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str | bytes) and len(value) == 2:
        sides = [
            None if isinstance(side, bool) or not hasattr(side, "__index__") else side.__index__() for side in value
        ]
        if all(side is not None and 0 < side < 100_000 for side in sides):
            return f"{sides[0]}x{sides[1]}"
    elif isinstance(value, str) and _SIZE.fullmatch(value):
        return str.__str__(value)
    raise InputError(
        f'{name} is {shown(value)}; expected a ratio such as "16:9", "1024x1024", or (width, height) in pixels.'
    )


def _prompt(value: Any, schema: Schema, name: str) -> str:
    if isinstance(value, str) and not value.strip():
        raise InputError(f"{name} is empty; expected a description of the image.")
    return _string(value, schema, name)


def _rgb(value: Any, schema: Schema, name: str) -> dict[str, Any]:
    return _color(value, schema, name, lambda parts: parts)


def _hex(value: Any, schema: Schema, name: str) -> dict[str, Any]:
    return _color(value, schema, name, lambda parts: "#{:02x}{:02x}{:02x}".format(*parts))


def _color(value: Any, schema: Schema, name: str, write: Callable[[list[int]], Any]) -> dict[str, Any]:
    """A colour alone becomes the object around it, whose one required member it is."""
    if not isinstance(value, Mapping):
        value = {schema["required"][0]: write(parse_color(value, name))}
    return _object(value, schema, name)


def _style(value: Any, schema: Schema, name: str) -> Any:
    return _by_type(getattr(value, "id", value), schema, name)  # a Style result stands for its id


# By type.


def _by_type(value: Any, schema: Schema, name: str) -> Any:
    if choices := schema.get("oneOf") or schema.get("anyOf"):
        return _any_of(value, choices, name)
    if schema.get("format") == "uuid":
        return _uuid(value, name)
    return _BY_TYPE.get(schema.get("type"), _plain)(value, schema, name)


def _any_of(value: Any, choices: Sequence[Schema], name: str) -> Any:
    complaints = []
    for choice in choices:
        try:
            return to_wire(value, choice, name)
        except InputError as error:
            complaints.append(error.message)
    raise InputError(" Or: ".join(dict.fromkeys(complaints)))


def _uuid(value: Any, name: str) -> str:
    try:
        return str(value if isinstance(value, UUID) else UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise InputError(
            f"{name} is {shown(value)}; expected a UUID such as 123e4567-e89b-12d3-a456-426614174000."
        ) from None


def _integer(value: Any, schema: Schema, name: str) -> int | float:
    return _number(value, schema, name, whole=True)


def _real(value: Any, schema: Schema, name: str) -> int | float:
    return _number(value, schema, name, whole=False)


def _number(value: Any, schema: Schema, name: str, *, whole: bool) -> int | float:
    low, high = schema.get("minimum"), schema.get("maximum")
    number = None if isinstance(value, bool) else _finite(value, whole=whole)
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        kind = "a whole number" if whole else "a number"
        span = f" from {low} to {high}" if None not in (low, high) else f" of {low} or more" if low is not None else ""
        raise InputError(f"{name} is {shown(value)}; expected {kind}{span}.")
    return number


def _finite(value: Any, *, whole: bool) -> int | float | None:
    """A number that JSON can carry, None when it is no number, not whole, not finite, or has hundreds of digits."""
    try:
        if hasattr(value, "__index__"):
            number: int | float = int(operator.index(value))
        elif whole or not hasattr(value, "__float__"):
            return None
        else:
            number = float(value)
        return number if math.isfinite(number) else None
    except Exception:
        return None


def _boolean(value: Any, schema: Schema, name: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{name} is {shown(value)}; expected True or False.")
    return value


def _string(value: Any, schema: Schema, name: str) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise InputError(f"{name} is {type(value).__name__} {shown(value)}; expected a string.")
    text = str.__str__(value)  # a subclass may say something else when it is written
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(
            f"{name} holds half of a surrogate pair, which no text can; decode it with errors='replace'."
        ) from None
    low, high = schema.get("minLength", 0), schema.get("maxLength", len(text))
    if not low <= len(text) <= high:
        raise InputError(f"{name} has {len(text)} characters; expected {low} to {high}.")
    return text


def _array(value: Any, schema: Schema, name: str) -> list[Any]:
    value = value.tolist() if hasattr(value, "tolist") else value
    if isinstance(value, (str, Mapping, *_BYTES)) or not hasattr(value, "__iter__"):
        raise InputError(f"{name} is {shown(value)}; expected a list.")
    most = max(MOST_ITEMS, schema.get("maxItems", 0))
    members = list(itertools.islice(value, most + 1))
    if len(members) > most:
        raise InputError(f"{name} has more than {most} items.")
    of = schema.get("items", {})
    items = [to_wire(item, of, f"{name}[{index}]") for index, item in enumerate(members)]
    check_count(len(items), schema, name)
    return items


def _object(value: Any, schema: Schema, name: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{name} is {shown(value)}; expected a dict.")
    if missing := [key for key in schema.get("required", ()) if key not in value]:
        raise InputError(f"{name} lacks {', '.join(missing)}: {shown(value)}.")
    known = schema.get("properties", {})
    fields = {}
    for key, item in value.items():  # what is like nothing known may be newer than this package, and goes through
        key = _key(key, name)
        if key not in known:
            from difflib import get_close_matches  # late: few calls have need of it

            if close := get_close_matches(key, known, 1):
                raise InputError(f"{name} has no member {shown(key)}. Did you mean {close[0]}?")
        fields[key] = to_wire(item, known.get(key, {}), f"{name}.{key[:40]}")
    return fields


def _plain(value: Any, schema: Schema, name: str, levels: int = DEEPEST) -> Any:
    """What the specification does not describe, as it stands, if JSON can carry it."""
    value = value.tolist() if hasattr(value, "tolist") else value.value if isinstance(value, Enum) else value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _string(value, {}, name)
    if (number := _finite(value, whole=False)) is not None:
        return number
    if not levels:
        raise InputError(f"{name[:160]} is nested more than {DEEPEST} deep, or holds itself.")
    if isinstance(value, list | tuple):
        return [_plain(item, {}, f"{name}[{index}]", levels - 1) for index, item in enumerate(value)]
    if isinstance(value, Mapping):
        return {_key(key, name): _plain(item, {}, f"{name}.{key[:40]}", levels - 1) for key, item in value.items()}
    raise InputError(
        f"{name} is {shown(value)}; expected what JSON can carry: None, a bool, number, string, list or dict."
    )


def _key(key: Any, name: str) -> str:
    if not isinstance(key, str):
        raise InputError(f"{name} has a member named {shown(key)}; expected a string.")
    return _string(key, {}, f"a member's name in {name}")


_BY_ROLE: dict[str | None, Callable[[Any, Schema, str], Any]] = {
    "size": _size,
    "prompt": _prompt,
    "color-rgb": _rgb,
    "color-hex": _hex,
    "style": _style,
}

_BY_TYPE: dict[str | None, Callable[[Any, Schema, str], Any]] = {
    "integer": _integer,
    "number": _real,
    "boolean": _boolean,
    "string": _string,
    "array": _array,
    "object": _object,
}
