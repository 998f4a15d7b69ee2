"""Emit what the overlay package knows of each operation.

Where it is generated, its media types, the flattened schema of every property, from which values are checked before
anything is sent, and what follows from the facts that overlay documents state.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import capabilities
import facts
import models
from options import HEADER, Types, arguments, deprecated_values, deprecation, option_fields, options_name
from schemas import Schema, choices, content_of, flatten, operations, request_bodies, resolve, server_path
from specfile import located
from specfile.naming import class_name, module_name, module_of

# Characters of a schema that is repeated rather than given a name.
SHORT = 40

# Said elsewhere in the table, or of no use there.
LEFT_OUT = {
    "description",
    "enum",
    "example",
    "examples",
    "externalDocs",
    "xml",
    "x-argument",
    "x-carrier",
    "x-image",
    "x-same-as",
    "x-spread",
}


def emit_operations(specification: Schema) -> str:
    """Source of `recraft_api/operations.py`."""
    by_model = models.table_of(specification)
    table = {
        operation["operationId"]: _entry(specification, method, path, operation, by_model)
        for method, path, operation in operations(specification)
    }
    header = HEADER.format(doc="Every operation as data: where it is generated, and what its request may hold.")
    shared = _share(table)
    server = str((specification.get("servers") or [{"url": ""}])[0]["url"])
    return (
        f"{header}from typing import Any\n\nSERVER = {server!r}\n\n"
        f"CAPABILITIES: dict[str, str] = {capabilities.known(specification)!r}\n\n"
        f"MODELS: dict[str, Any] = {models.rules(by_model)!r}\n\n"
        f"{shared}\n"
        f"OPERATIONS: dict[str, dict[str, Any]] = {table!r}\n"
    )


class _Name(str):
    """A value of the table that has a name of its own in the module."""

    def __repr__(self) -> str:
        return str(self)


def _share(table: dict[str, Any]) -> str:
    """Give schemas of properties that occur more than once a name each, and put that in their place; what defines
    them.
    """
    places = [
        (body["properties"], key)
        for entry in table.values()
        for body in entry["bodies"].values()
        for key in body["properties"]
    ]
    count = Counter(repr(properties[key]) for properties, key in places)
    names: dict[str, _Name] = {}
    for properties, key in places:
        text = repr(properties[key])
        if count[text] > 1 and len(text) > SHORT:
            base = f"_{module_name(key).upper()}"
            taken = sum(name == base or name.startswith(f"{base}__") for name in names.values())
            names.setdefault(text, _Name(f"{base}__{taken + 1}" if taken else base))
            properties[key] = names[text]
    return "".join(f"{name}: dict[str, Any] = {text}\n" for text, name in names.items())


def _entry(
    specification: Schema, method: str, path: str, operation: Schema, by_model: models.Table | None
) -> dict[str, Any]:
    identifier = operation["operationId"]
    bodies = request_bodies(specification, operation)
    answers = facts.answers(specification, operation)
    answer = answers[0] if answers else None
    types = Types(specification)
    fields = option_fields(types, operation, by_model)
    return {
        "module": module_of((operation.get("tags") or ["default"])[0], identifier),
        "method": method,
        "path": path,
        "capability": capabilities.of(specification, operation),
        "root": _is_at_root(specification, operation),
        "always_send": facts.always_sent(operation, bodies),
        "images": facts.images_made(specification, answers, bodies, identifier),
        "bodies": {
            media_type: _body(specification, operation, media_type, body) for media_type, body in bodies.items()
        },
        "parameters": _parameters(specification, operation),
        "options": options_name(operation),
        "keywords": {key: (annotation, doc, required) for key, annotation, required, doc in fields},
        "arguments": arguments(types, operation, by_model),
        "by_model": models.rules_of(by_model, identifier, _inside(specification, bodies, identifier)),
        "deprecated": _deprecated(specification, operation, bodies),
        "answer": _model_name(specification, answer) if answer is not None else None,
    }


def _is_at_root(specification: Schema, operation: Schema) -> bool:
    """Whether an operation stands beside what the document's server has in its path, such as `/v1`."""
    own = server_path(specification, operation)
    if own not in ("", server_path(specification)):
        raise facts.FactError(
            f"{operation['operationId']}: its own server has the path {own!r}; expected the document's or none"
        )
    return own != server_path(specification)


def _body(specification: Schema, operation: Schema, media_type: str, body: Schema) -> dict[str, Any]:
    place = f"{operation['operationId']} ({media_type})"
    schema = content_of(specification, operation.get("requestBody", {}))[media_type].get("schema", {})
    properties = {key: _expand(specification, value) for key, value in body.get("properties", {}).items()}
    for key, value in properties.items():
        facts.check_roles(value, f"{place}: {key}")
    return {
        "model": _model_name(specification, schema),
        "required": list(body.get("required", ())),
        "properties": properties,
        "attributes": {key: module_name(key) for key in properties},
        "images": facts.images_taken(specification, body, place),
        "arguments": facts.arguments(specification, body),
        "spread": facts.spread(specification, body, place),
        "copies": facts.copies(specification, body, place),
    }


def _inside(specification: Schema, bodies: dict[str, Schema], place: str) -> dict[str, str]:
    """Options that are members of a property, in any media type."""
    return {key: name for body in bodies.values() for key, name in facts.spread(specification, body, place).items()}


def _deprecated(specification: Schema, operation: Schema, bodies: dict[str, Schema]) -> dict[str, Any]:
    """What the specification calls deprecated of an operation; empty when it is nothing.

    `operation` is what to say of the whole of it, None when it stays. `options` and `values` have the way to each in
    the request: `("controls", "colors", None, "weight")`, with None for every item of a list.
    """
    options: list[tuple[str | None, ...]] = []
    values: dict[tuple[str | None, ...], list[Any]] = {}

    def look(schema: Schema, way: tuple[str | None, ...], seen: tuple[str, ...] = ()) -> None:
        reference = schema.get("$ref")
        if reference in seen:
            return
        seen, flat = (*seen, reference) if reference else seen, flatten(specification, schema)
        if (schema.get("deprecated") or flat.get("deprecated")) and way not in options:
            options.append(way)
        if found := deprecated_values(flat):
            values[way] = list(dict.fromkeys([*values.get(way, []), *found]))
        for key, member in flat.get("properties", {}).items():
            look(member, (*way, key), seen)
        if isinstance(flat.get("items"), dict):
            look(flat["items"], (*way, None), seen)
        for choice in choices(flat):
            look(choice, way, seen)

    for body in bodies.values():
        for key, schema in body.get("properties", {}).items():
            look(schema, (key,))
    for item in (resolve(specification, item) for item in operation["parameters"]):
        look({**item.get("schema", {}), "deprecated": bool(item.get("deprecated"))}, (module_name(item["name"]),))
    words = deprecation(operation) if operation.get("deprecated") else None
    return {"operation": words, "options": options, "values": values} if words or options or values else {}


def _parameters(specification: Schema, operation: Schema) -> dict[str, Any]:
    found = {}
    for item in (resolve(specification, item) for item in operation["parameters"]):
        schema = _expand(specification, item.get("schema", {}))
        facts.check_roles(schema, f"{operation['operationId']}: {item['name']}")
        found[module_name(item["name"])] = {
            "name": item["name"],
            "in": item["in"],
            "required": bool(item.get("required")),
            "schema": schema,
        }
    return found


def _model_name(specification: Schema, schema: Schema) -> str | None:
    """The generated class for a schema: named by its own title, or by the `$ref` that leads to it."""
    name = None
    while reference := schema.get("$ref"):
        name = str(reference).rpartition("/")[2]
        schema = located(specification, reference)
    name = schema.get("title") or name
    return class_name(name) if name else None


def _expand(specification: Schema, schema: Schema, seen: tuple[str, ...] = ()) -> Schema:
    """`schema` flattened all the way down, so that reading it needs no specification. A recursive part is left open."""
    reference = schema.get("$ref")
    if reference in seen:
        return {}
    seen = (*seen, reference) if reference else seen
    flat = dict(flatten(specification, schema))
    if "properties" in flat:
        flat["properties"] = {key: _expand(specification, value, seen) for key, value in flat["properties"].items()}
    if isinstance(flat.get("items"), dict):
        flat["items"] = _expand(specification, flat["items"], seen)
    for key in ("oneOf", "anyOf"):
        if key in flat:
            flat[key] = [_expand(specification, choice, seen) for choice in flat[key]]
    return {key: value for key, value in flat.items() if key not in LEFT_OUT}
