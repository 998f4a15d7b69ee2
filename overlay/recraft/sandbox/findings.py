"""What is wrong with a value, by its schema: the words of OpenAPI's Schema Object, after `flatten` has made it plain.

Written out here because a whole JSON Schema library takes longer to import than the rest of the sandbox. A word that
is not known lets everything pass.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from attrs import frozen

from recraft.sandbox.forms import FilePart
from recraft.sandbox.schema import Schema, is_binary

Path = tuple[str | int, ...]


@frozen
class Finding:
    """One thing that is wrong, and where: names of fields and numbers of items, from the outside in."""

    path: Path
    message: str


def findings(schema: Any, value: Any, path: Path = ()) -> Iterator[Finding]:
    """Everything about the value that is not as the schema says."""
    if schema is False:
        yield Finding(path, "nothing is allowed here")
    if not isinstance(schema, dict):
        return
    if is_binary(schema):
        if not (isinstance(value, FilePart) and value.is_file):
            yield Finding(path, "expected a file part (with a file name)")
        return
    for word, wanted in schema.items():
        if word in _WORDS and (message := _WORDS[word](wanted, value)):
            yield Finding(path, message)
    yield from _choices(schema, value, path)
    if isinstance(value, dict):
        yield from _fields(schema, value, path)
    if isinstance(value, list):
        first = schema.get("prefixItems", ())
        for index, item in enumerate(value):
            yield from findings(first[index] if index < len(first) else schema.get("items"), item, (*path, index))


def _fields(schema: Schema, value: dict[str, Any], path: Path) -> Iterator[Finding]:
    for name in schema.get("required", ()):
        if name not in value:
            yield Finding((*path, name), "required field is missing")
    properties = schema.get("properties", {})
    for name, sub in value.items():
        yield from findings(properties.get(name, schema.get("additionalProperties")), sub, (*path, name))


def _choices(schema: Schema, value: Any, path: Path) -> Iterator[Finding]:
    def fits(branch: Any) -> bool:
        return next(findings(branch, value), None) is None

    if "anyOf" in schema and not any(map(fits, schema["anyOf"])):
        yield Finding(path, f"{_shown(value)} is none of what is taken here")
    if "oneOf" in schema and (count := sum(map(fits, schema["oneOf"]))) != 1:
        what = f"{count} of the things that are" if count else "none of what is"
        yield Finding(path, f"{_shown(value)} is {what} taken here")
    if "not" in schema and fits(schema["not"]):
        yield Finding(path, f"{_shown(value)} is not allowed here")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "number": _number,
    "integer": lambda value: _number(value) and (isinstance(value, int) or value.is_integer()),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "null": lambda value: value is None,
}


def _type(wanted: Any, value: Any) -> str | None:
    names = wanted if isinstance(wanted, list) else [wanted]
    if any(name not in _TYPES or _TYPES[name](value) for name in names):
        return None
    return f"{_shown(value)} is not of type {', '.join(map(_shown, names))}"


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON has it: true is not 1, but 1.0 is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _enum(wanted: list[Any], value: Any) -> str | None:
    known = any(_same(each, value) for each in wanted)
    return None if known else f"{_shown(value)} is not one of {', '.join(map(_shown, wanted))}"


def _unique(wanted: Any, value: Any) -> str | None:
    if wanted is not True or not isinstance(value, list):
        return None
    twice = any(_same(one, other) for at, one in enumerate(value) for other in value[:at])
    return f"{_shown(value)} holds the same twice" if twice else None


def _multiple(wanted: Any, value: Any) -> str | None:
    if not _number(value):
        return None
    try:  # whole numbers exactly, others as near as they can be written
        times = 0.0 if isinstance(value, int) and isinstance(wanted, int) and value % wanted == 0 else value / wanted
        if math.isclose(times, round(times), rel_tol=1e-12, abs_tol=1e-12):
            return None
    except OverflowError:
        pass
    return f"{value} is not a multiple of {wanted}"


def _format(wanted: Any, value: Any) -> str | None:
    if wanted != "uuid" or not isinstance(value, str):
        return None
    try:
        if str(UUID(value)) == value.lower():
            return None
    except ValueError:
        pass
    return f"{_shown(value)} is not a uuid"


def _pattern(wanted: str, value: Any) -> str | None:
    found = not isinstance(value, str) or re.search(wanted, value)
    return None if found else f"{_shown(value)} does not match {wanted}"


def _bound(fails: Callable[[Any, Any], bool], told: str) -> Callable[[Any, Any], str | None]:
    def check(wanted: Any, value: Any) -> str | None:
        return f"{value} is {told} of {wanted}" if _number(value) and fails(value, wanted) else None

    return check


def _length(kind: type, fails: Callable[[int, int], bool], told: str) -> Callable[[Any, Any], str | None]:
    def check(wanted: Any, value: Any) -> str | None:
        if not isinstance(value, kind) or not fails(len(value), wanted):  # type: ignore[arg-type]
            return None
        at = "least" if fails is _less else "most"
        return f"{_shown(value)} is too {told}: it has {len(value)}, at {at} {wanted} are taken"  # type: ignore[arg-type]

    return check


def _less(one: Any, other: Any) -> bool:
    return bool(one < other)


def _more(one: Any, other: Any) -> bool:
    return bool(one > other)


_WORDS: Mapping[str, Callable[[Any, Any], str | None]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda wanted, value: _enum([wanted], value),
    "minimum": _bound(_less, "less than the minimum"),
    "maximum": _bound(_more, "greater than the maximum"),
    "exclusiveMinimum": _bound(lambda value, bound: value <= bound, "not above the minimum"),
    "exclusiveMaximum": _bound(lambda value, bound: value >= bound, "not below the maximum"),
    "multipleOf": _multiple,
    "minLength": _length(str, _less, "short"),
    "maxLength": _length(str, _more, "long"),
    "minItems": _length(list, _less, "short"),
    "maxItems": _length(list, _more, "long"),
    "minProperties": _length(dict, _less, "small"),
    "maxProperties": _length(dict, _more, "large"),
    "uniqueItems": _unique,
    "pattern": _pattern,
    "format": _format,
}


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 240 else f"{text[:120]} ... {text[-100:]}"
