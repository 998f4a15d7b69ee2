"""OpenAPI schemas made plain: references resolved, `allOf` merged, OpenAPI 3.0 words turned into JSON Schema ones.

Merging `allOf` first is what lets a form field find its own schema: with the branches apart, nobody can say which type
the text of a multipart part should have.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

_NESTED = ("items", "additionalProperties", "not")
_NESTED_LISTS = ("oneOf", "anyOf", "prefixItems")
_LOWER, _UPPER = ("minimum", "minLength", "minItems"), ("maximum", "maxLength", "maxItems")


def resolve(document: Schema, node: Any) -> Any:
    """Follow `$ref`s of one node (not of its children) inside the document. Raises KeyError for a dangling one."""
    seen: set[str] = set()
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        pointer = node["$ref"]
        if pointer in seen or not pointer.startswith("#/"):
            raise KeyError(pointer)
        seen.add(pointer)
        node = document
        for step in pointer[2:].split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def flatten(document: Schema, schema: Any, within: frozenset[str] = frozenset()) -> Schema:
    """One self-contained JSON Schema without `$ref` and `allOf`.

    A schema that contains itself is cut at the second visit and accepts anything there.
    """
    if schema is False:
        return {"not": {}}
    if not isinstance(schema, dict):
        return {}
    pointer = schema.get("$ref")
    if isinstance(pointer, str):
        if pointer in within:
            return {}
        target = flatten(document, resolve(document, schema), within | {pointer})
        siblings = {key: value for key, value in schema.items() if key != "$ref"}
        return merge(target, flatten(document, siblings, within)) if siblings else target
    plain = {key: value for key, value in schema.items() if key not in {"allOf", "nullable", "discriminator"}}
    if isinstance(plain.get("properties"), dict):
        plain["properties"] = {name: flatten(document, sub, within) for name, sub in plain["properties"].items()}
    for key in _NESTED:
        if isinstance(plain.get(key), dict):
            plain[key] = flatten(document, plain[key], within)
    for key in _NESTED_LISTS:
        if isinstance(plain.get(key), list):
            plain[key] = [flatten(document, sub, within) for sub in plain[key]]
    _exclusive_bounds(plain)
    for branch in schema.get("allOf", ()):
        plain = merge(plain, flatten(document, branch, within))
    return _nullable(plain) if schema.get("nullable") is True else plain


def merge(left: Schema, right: Schema) -> Schema:
    """The schema both sides accept: properties joined, required added up, the tighter bound kept."""
    merged = {**left, **right}
    if "properties" in left and "properties" in right:
        mine, theirs = left["properties"], right["properties"]
        merged["properties"] = {
            name: merge(mine[name], theirs[name]) if name in mine and name in theirs else {**mine, **theirs}[name]
            for name in {**mine, **theirs}
        }
    if "required" in left and "required" in right:
        merged["required"] = list(dict.fromkeys([*left["required"], *right["required"]]))
    if "enum" in left and "enum" in right:
        merged["enum"] = [value for value in left["enum"] if value in right["enum"]]
    for key in _LOWER:
        if key in left and key in right:
            merged[key] = max(left[key], right[key])
    for key in _UPPER:
        if key in left and key in right:
            merged[key] = min(left[key], right[key])
    return merged


def is_binary(schema: Schema) -> bool:
    """Whether a property is a file part: `format: binary` (3.0) or a string with a `contentMediaType` (3.1)."""
    return schema.get("format") == "binary" or schema.get("contentMediaType") == "application/octet-stream"


def _nullable(schema: Schema) -> Schema:
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema = {**schema, "type": list(dict.fromkeys([*types, "null"]))}
    if "enum" in schema and None not in schema["enum"]:
        schema = {**schema, "enum": [*schema["enum"], None]}
    return schema


def _exclusive_bounds(schema: Schema) -> None:
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        flag = schema.get(exclusive)
        if isinstance(flag, bool):  # a switch in OpenAPI 3.0, a number in JSON Schema
            del schema[exclusive]
            if flag and bound in schema:
                schema[exclusive] = schema.pop(bound)
