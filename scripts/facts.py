"""The facts that hand-written code needs of the specification, stated in overlay documents as `x-...`.

A document declares the facts it states in `x-facts`. One that is declared and stated nowhere, or stated and not
declared, or that nobody knows, stops the pipeline: a helper that goes on without it would be wrong without a word.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any

from overlays import OverlayError
from schemas import Schema, choices, content_of, flatten, successes, types_of
from specfile import DATA_KEYWORDS, NAME_MAPS

#: Every fact: how it is given, and what for.
FACTS = {
    "x-image": "`x-image: true` on the schema of one image in an answer; an answer that holds one makes images",
    "x-image=address": "`x-image: address` on a request property that takes an image as a URL",
    "x-argument": "`x-argument: NAME` on a request property that a helper takes under this name; it is no option",
    "x-spread": "`x-spread: true` on the schema of an object whose members are options too",
    "x-same-as": "`x-same-as: PROPERTY` on a request property that says the same as another one",
    "x-always-send": "`x-always-send: {PROPERTY: VALUE}` on an operation, for what is sent unless the caller says",
    "x-models": "`x-models: {...}` on the whole document: which model takes what; see scripts/models.py",
    "x-carrier": "`x-carrier: true` on a request property that says how images come; agents do not choose it",
    "x-capability": "`x-capability: [NAME, ...]` on an operation: the capabilities of `x-capabilities` it belongs to",
    "x-capabilities": "`x-capabilities: {NAME: WORDS}` on the whole document: each capability, with what it is for",
    "x-role=size": "`x-role: size` on a request property that takes a ratio, `WxH` or a pair",
    "x-role=prompt": "`x-role: prompt` on a request property that must not be blank",
    "x-role=count": "`x-role: count` on the request property that says how many images to make",
    "x-role=style": "`x-role: style` on a property or parameter that takes a style by its id",
    "x-role=color-rgb": "`x-role: color-rgb` on the schema of a colour in red, green and blue",
    "x-role=color-hex": "`x-role: color-hex` on the schema of a colour written `#rrggbb`",
}
# Keys of others' that no helper depends on: `x-deprecated-enum-values` is what vendors write beside `enum`.
READ_ELSEWHERE = {"x-facts", "x-deprecated-enum-values"}
KEYS = {fact.partition("=")[0] for fact in FACTS}
# What a value of a role is on the wire; a colour is an object with one required member of this type.
ROLE_TYPES = {
    "size": {"string"},
    "prompt": {"string"},
    "style": {"string"},
    "count": {"integer", "number"},
    "color-rgb": {"array"},
    "color-hex": {"string"},
}


class FactError(OverlayError):
    """A fact is missing, unknown, or says what cannot be."""


def check(specification: Schema) -> None:
    """Raise FactError unless exactly the facts that are declared are stated."""
    declared = specification.get("x-facts")
    if not declared:
        raise FactError(
            "the specification declares no facts (`x-facts`), and no helper works without: "
            "apply spec/overlays/30-helpers.yaml."
        )
    if unknown := [fact for fact in declared if fact not in FACTS]:
        raise FactError(f"x-facts declares {unknown[0]!r}, which is none; known are {', '.join(FACTS)}.")
    stated = {_fact(key, value, place): place for place, key, value in _stated(specification, "#")}
    for fact in declared:
        if fact not in stated:
            raise FactError(
                f"nothing in the specification carries {fact}. Give it in an overlay document: {FACTS[fact]}."
            )
    for fact, place in stated.items():
        if fact not in declared:
            raise FactError(f"{place} states {fact}, which is not declared: add it to `x-facts` in the same document.")


def check_names(overlay: Schema, name: str) -> None:
    """Raise FactError when an overlay document updates with an `x-` key that nobody reads."""
    for action in overlay["actions"]:
        for place, key, _ in _extensions(action.get("update"), ""):
            if key not in KEYS | READ_ELSEWHERE:
                raise FactError(
                    f"{name}: {action['target']}{place} says {key}, which nobody reads; known are {sorted(KEYS)}."
                )


def _extensions(node: Any, place: str, *, names: bool = False) -> Iterator[tuple[str, str, Any]]:
    """Every `x-` key of a document with its place and value; `names` tells that the keys of `node` are names."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _extensions(item, f"{place}/{index}")
    elif isinstance(node, dict):
        for key, value in node.items():
            if not names and str(key).startswith("x-"):
                yield place, key, value
            elif names or key not in DATA_KEYWORDS:
                yield from _extensions(value, f"{place}/{key}", names=not names and key in NAME_MAPS)


def _stated(specification: Schema, place: str) -> Iterator[tuple[str, str, Any]]:
    return ((where, key, value) for where, key, value in _extensions(specification, place) if key in KEYS)


def _fact(key: str, value: Any, place: str) -> str:
    """What a key with its value states, as it is called in `FACTS`."""
    if key == "x-same-as":
        good = isinstance(value, str)
    elif key in ("x-always-send", "x-models", "x-capabilities"):
        good = isinstance(value, dict)
    elif key == "x-capability":
        good = isinstance(value, list) and all(isinstance(name, str) for name in value)
    elif key == "x-argument":
        good = isinstance(value, str) and value.isidentifier() and not keyword.iskeyword(value)
    elif value is True:
        good = key in FACTS
    else:
        key = f"{key}={value}"
        good = key in FACTS
    if not good:
        name = key.partition("=")[0]
        known = "; ".join(text for fact, text in FACTS.items() if fact.partition("=")[0] == name)
        raise FactError(f"{place}: {name} is {value!r}; expected {known}.")
    return key


def check_roles(schema: Schema, place: str) -> None:
    """Raise FactError when a role in an expanded request schema does not fit the type it stands on."""
    role = schema.get("x-role")
    if role in ("color-rgb", "color-hex"):
        required = schema.get("required", ())
        parts = [schema.get("properties", {}).get(name, {}) for name in required]
        if len(parts) != 1 or not _may_be(parts[0], ROLE_TYPES[role]):
            kind = next(iter(ROLE_TYPES[role]))
            raise FactError(
                f"{place} has x-role: {role}, but not exactly one required member, of type {kind}: {list(required)}."
            )
    elif role and not _may_be(schema, ROLE_TYPES[role]):
        raise FactError(
            f"{place} has x-role: {role}, which is no {types_of(schema)}: leave it out of the target of that action."
        )
    elif role == "count" and (lacking := [bound for bound in ("minimum", "maximum") if bound not in schema]):
        raise FactError(
            f"{place} has x-role: count and no `{lacking[0]}`, so any number would go out: give it in an overlay."
        )
    for key, member in schema.get("properties", {}).items():
        check_roles(member, f"{place}.{key}")
    for inner in [schema.get("items"), *choices(schema)]:
        if isinstance(inner, dict):
            check_roles(inner, place)


def _may_be(schema: Schema, kinds: set[str]) -> bool:
    inner = choices(schema)
    named = set(types_of(schema))
    return bool(named & kinds) if named else not inner or any(_may_be(choice, kinds) for choice in inner)


def answers(specification: Schema, operation: Schema) -> list[Schema]:
    """The schemas that an operation promises to answer with when it worked; none when it promises no answer."""
    documented = successes(operation)
    if not documented:
        raise FactError(
            f"{operation['operationId']} documents no success (2xx), so none could be told from an error: "
            "add what it answers in an overlay document."
        )
    contents = [content_of(specification, response).get("application/json", {}) for response in documented]
    return [content["schema"] for content in contents if "schema" in content]


def images_made(specification: Schema, answers: list[Schema], bodies: dict[str, Schema], place: str) -> int | str:
    """0 when no answer holds an image; else the property that says how many there are, or 1 when there is none.

    `bodies` are the flattened request schemas by media type.
    """
    if not any(_holds_image(specification, answer) for answer in answers):
        return 0
    named = {
        key
        for body in bodies.values()
        for key, schema in body.get("properties", {}).items()
        if flatten(specification, schema).get("x-role") == "count"
    }
    if len(named) > 1:
        raise FactError(
            f"{place}: {' and '.join(sorted(named))} both have x-role: count; one can say how many images to make."
        )
    return named.pop() if named else 1


def _holds_image(specification: Schema, schema: Schema, seen: tuple[str, ...] = ()) -> bool:
    reference = schema.get("$ref")
    if reference in seen:
        return False
    seen = (*seen, reference) if reference else seen
    flat = flatten(specification, schema)
    if flat.get("x-image") is True:
        return True
    inner = [flat.get("items"), flat.get("additionalProperties"), *flat.get("properties", {}).values(), *choices(flat)]
    return any(_holds_image(specification, item, seen) for item in inner if isinstance(item, dict))


def takes_image(specification: Schema, schema: Schema) -> bool:
    """Whether a request property takes an image: its bytes, its address, or a list of either."""
    flat = flatten(specification, schema)
    if flat.get("format") == "binary" or flat.get("x-image") == "address":
        return True
    return any(
        takes_image(specification, item) for item in [flat.get("items"), *choices(flat)] if isinstance(item, dict)
    )


def images_taken(specification: Schema, body: Schema, place: str) -> dict[str, str]:
    """The properties of a flattened body that take images, by the argument of a helper that goes there."""
    found: dict[str, str] = {}
    for key, schema in body.get("properties", {}).items():
        if takes_image(specification, schema):
            argument = flatten(specification, schema).get("x-argument", key)
            if argument in found:
                raise FactError(
                    f"{place}: {found[argument]} and {key} both take the image that helpers call {argument}."
                )
            found[argument] = key
    return found


def arguments(specification: Schema, body: Schema) -> dict[str, str]:
    """The properties of a flattened body that a helper takes under a name of its own, each with that name."""
    flat = {key: flatten(specification, schema) for key, schema in body.get("properties", {}).items()}
    return {key: schema["x-argument"] for key, schema in flat.items() if "x-argument" in schema}


def spread(specification: Schema, body: Schema, place: str) -> dict[str, str]:
    """Members that are options, each with the property it is sent in; a property of the same name comes first."""
    found: dict[str, str] = {}
    for key, schema in body.get("properties", {}).items():
        flat = flatten(specification, schema)
        if not flat.get("x-spread"):
            continue
        if not flat.get("properties"):
            raise FactError(f"{place}: {key} has x-spread, but no members.")
        for member in flat["properties"]:
            if member in found:
                raise FactError(
                    f"{place}: {member} is a member of both {found[member]} and {key}, which have x-spread."
                )
            if member not in body["properties"]:
                found[member] = key
    return found


def copies(specification: Schema, body: Schema, place: str) -> dict[str, str]:
    """Properties that say the same as another one, by `x-same-as`."""
    found = {}
    for key, schema in body.get("properties", {}).items():
        if same := flatten(specification, schema).get("x-same-as"):
            if same not in body["properties"]:
                raise FactError(f"{place}: {key} has x-same-as: {same}, which is no property beside it.")
            found[key] = same
    if twice := [key for key, same in found.items() if same in found]:
        raise FactError(
            f"{place}: {twice[0]} has x-same-as: {found[twice[0]]}, which is the same as another one itself."
        )
    return found


def named_by_helpers(specification: Schema, bodies: dict[str, Schema], place: str) -> set[str]:
    """Properties that a helper takes as an argument, which makes them no options.

    One that is called what the argument is called needs to say so once; any other says it in every media type.
    """
    named: dict[str, set[str | None]] = {}
    for body in bodies.values():
        for key, schema in body.get("properties", {}).items():
            named.setdefault(key, set()).add(flatten(specification, schema).get("x-argument"))
    for key, arguments in named.items():
        if None in arguments and arguments - {None, key}:
            raise FactError(f"{place}: {key} has x-argument in one media type and not in another.")
    return {key for key, arguments in named.items() if arguments - {None}}


def always_sent(operation: Schema, bodies: dict[str, Schema]) -> Schema:
    """What an operation sends when the caller does not say, by `x-always-send`."""
    values: Schema = operation.get("x-always-send", {})
    for key in values:
        if not any(key in body.get("properties", {}) for body in bodies.values()):
            raise FactError(
                f"{operation['operationId']}: x-always-send names {key}, which is no property of its request."
            )
    return values
