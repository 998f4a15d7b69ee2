"""Schemas with their $refs followed and their allOf parts merged, each keyword still knowing where it stands."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any, Final

from attrs import define, field

from specdiff.document import Document, Located, Pointer, holder
from specfile import makes_class, mapping

#: A schema as the conjunction of the places that describe it; one place, unless several allOf parts have the property.
Parts = tuple[Located, ...]

#: keyword -> (+1 when a higher value allows less, what its absence means)
BOUNDS: Final[dict[str, tuple[int, int | None]]] = {
    "minimum": (1, None),
    "maximum": (-1, None),
    "minLength": (1, 0),
    "maxLength": (-1, None),
    "minItems": (1, 0),
    "maxItems": (-1, None),
    "minProperties": (1, 0),
    "maxProperties": (-1, None),
}


@define
class Flat:
    """What a schema says, all in all."""

    at: Pointer
    #: Where the generator finds the class: a component, or the place of an inline schema.
    identity: Located
    #: None is any type. Without "null", which is `nullable`.
    types: frozenset[str] | None = None
    nullable: bool = False
    enum: list[Any] | None = None
    #: keyword -> (value, whether the value itself is excluded)
    bounds: dict[str, tuple[Fraction, bool]] = field(factory=dict)
    required: set[str] = field(factory=set)
    properties: dict[str, Parts] = field(factory=dict)
    items: Parts = ()
    #: () is anything, None is nothing.
    additional: Parts | None = ()
    unions: dict[str, list[Parts]] = field(factory=dict)
    #: Every other keyword, by its first value: the outermost wins, as it does for a reader.
    words: dict[str, Any] = field(factory=dict)
    places: dict[str, list[Located]] = field(factory=dict)
    #: The component schemas that it is made of.
    components: set[str] = field(factory=set)

    def place(self, keyword: str) -> Pointer:
        """Where a keyword stands, or would stand."""
        return self.places[keyword][0].at if keyword in self.places else (*self.at, keyword)


def flatten(document: Document, parts: Parts) -> Flat:
    """Merge the places that describe one schema. A part that contains itself counts once."""
    identity = _identity(document, parts[0]) if len(parts) == 1 else Located({}, parts[0].at if parts else ())
    flat = Flat(at=identity.at, identity=identity)
    seen: set[Pointer] = set()
    nulls: list[bool] = []
    for part in parts:
        _merge(document, flat, part, seen, nulls)
    _unwrap_unions(document, flat, seen, nulls)
    if flat.types is None and not flat.unions:
        flat.types = _implied_types(flat)
    flat.nullable = any(nulls)
    return flat


def class_of(flat: Flat) -> tuple[str, str] | None:
    """The names (component, title) that give the generated class its name, or None if there is no class."""
    union = [key for key in ("oneOf", "anyOf") if len(mapping(flat.identity.value).get(key, ())) > 1]
    if not makes_class(flat.identity.value) or union:
        return None
    return holder(flat.identity.at) if len(flat.identity.at) == 3 else "", str(flat.identity.value.get("title", ""))


def _identity(document: Document, node: Located) -> Located:
    seen = set()
    while isinstance(node.value, dict) and node.at not in seen:
        seen.add(node.at)
        single = [key for key in ("allOf", "anyOf", "oneOf") if len(mapping(node.value).get(key, ())) == 1]
        if "$ref" in node.value:
            node = document.resolve(node)
        elif single and "properties" not in node.value and "$ref" in mapping(node.value[single[0]][0]):
            node = document.resolve(node.child(single[0]).child(0))  # the generator uses a lone reference as it is
        else:
            break
    return node


def _merge(document: Document, flat: Flat, part: Located, seen: set[Pointer], nulls: list[bool]) -> None:
    if part.value is True or part.value is False:
        document.mark(part.at)
        if part.value is False:
            flat.words.setdefault("not", {})
        return
    value = mapping(part.value)
    if "$ref" in value:
        target = document.resolve(part)
        flat.components.add(holder(target.at))
        if target.at not in seen:
            seen.add(target.at)
            _merge(document, flat, target, seen, nulls)
        if str(document.root.get("openapi", "")).startswith("3.0"):
            return  # 3.0 ignores what stands beside a $ref, 3.1 does not
    for key, child in part.items():
        if key == "allOf":
            flat.places.setdefault(key, []).append(child)
            for index in range(len(child.value)):
                _merge(document, flat, child.child(index), seen, nulls)
        elif key != "$ref":
            flat.places.setdefault(key, []).append(child)
            _merge_keyword(flat, key, child, nulls, exclusive=value.get(f"exclusive{key[0].upper()}{key[1:]}") is True)


def _merge_keyword(flat: Flat, key: str, child: Located, nulls: list[bool], *, exclusive: bool) -> None:
    """Merge one keyword; `exclusive` tells that 3.0 makes the bound `key` an exclusive one."""
    match key:
        case "properties":
            for name, schema in child.items():
                flat.properties[name] = (*flat.properties.get(name, ()), schema)
        case "required" if isinstance(child.value, list):
            flat.required |= set(child.value)
        case "items":
            flat.items = (*flat.items, child)
        case "additionalProperties":
            if child.value is False:
                flat.additional = None
            elif child.value is not True and child.value != {} and flat.additional is not None:
                flat.additional = (*flat.additional, child)
        case "oneOf" | "anyOf":
            flat.unions[key] = [(child.child(index),) for index in range(len(child.value))]
        case "type":
            _merge_types(flat, child.value, nulls)
        case "nullable":
            if child.value:
                nulls.append(True)
        case "enum" | "const":
            values = [child.value] if key == "const" else child.value
            flat.enum = list(values) if flat.enum is None else [v for v in flat.enum if v in values]
        case "exclusiveMinimum" | "exclusiveMaximum":
            if not isinstance(child.value, bool):
                _tighten(flat, "minimum" if "Min" in key else "maximum", child.value, True)
        case _ if key in BOUNDS:
            _tighten(flat, key, child.value, exclusive)
        case _:
            flat.words.setdefault(key, child.value)


def _merge_types(flat: Flat, value: Any, nulls: list[bool]) -> None:
    names = set(value) if isinstance(value, list) else {value}
    if "null" in names:
        nulls.append(True)
    names.discard("null")
    if names or flat.types is None:
        flat.types = frozenset(names) if flat.types is None else flat.types & names


def _tighten(flat: Flat, key: str, value: Any, exclusive: bool) -> None:
    direction, absent = BOUNDS[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or value == absent:
        return
    bound = (Fraction(str(value)), exclusive)
    rank = {b: (b[0] * direction, b[1]) for b in (bound, flat.bounds.get(key, bound))}
    flat.bounds[key] = max(rank, key=lambda b: rank[b])


def _unwrap_unions(document: Document, flat: Flat, seen: set[Pointer], nulls: list[bool]) -> None:
    """`oneOf: [X, null]` says "X, or null": 3.1 writers use it where 3.0 had `nullable`."""
    for key, branches in list(flat.unions.items()):
        real = [branch for branch in branches if not _is_null(document.resolve(branch[0]).value)]
        if len(real) < len(branches):
            nulls.append(True)
            for branch in branches:
                if branch not in real:
                    document.mark(branch[0].at)
        flat.unions[key] = real
        if len(real) < 2:
            del flat.unions[key]
            for branch in real:
                _merge(document, flat, branch[0], seen, nulls)


def _implied_types(flat: Flat) -> frozenset[str] | None:
    """What a schema without a type is meant to be; the generator reads it that way too."""
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    if flat.properties:
        return frozenset({"object"})
    if flat.items:
        return frozenset({"array"})
    return frozenset(names[type(value)] for value in flat.enum if value is not None) if flat.enum else None


def _is_null(value: Any) -> bool:
    value = mapping(value)
    return value.get("type") == "null" or value.get("enum") == [None] or ("const" in value and value["const"] is None)


def distinct(values: list[Any] | None) -> dict[str, Any]:
    """Enum values without repetitions, by their JSON text (1 and true are equal in Python)."""
    return {json.dumps(value, sort_keys=True): value for value in values or ()}
