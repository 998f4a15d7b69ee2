"""Read schemas the way the wire sees them: `$ref` resolved, `allOf` flattened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

Schema = dict[str, Any]


def resolve(specification: Schema, node: Any) -> Any:
    """Follow `$ref` until something else stands there."""
    seen = set()
    while isinstance(node, dict) and isinstance(node.get("$ref"), str) and node["$ref"] not in seen:
        seen.add(node["$ref"])
        target: Any = specification
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def flatten(specification: Schema, schema: Schema, seen: tuple[str, ...] = ()) -> Schema:
    """One schema with its `$ref` resolved and its `allOf` merged in; what it contains stays as it is. A cycle gives
    `{}`.

    What an overlay document states beside a `$ref` (`x-...`) belongs to this use of the schema.
    """
    reference = schema.get("$ref")
    if reference in seen:
        return {}
    if reference:
        seen += (reference,)
        beside = {key: value for key, value in schema.items() if key.startswith("x-")}
        schema = {**resolve(specification, schema), **beside}
    if "allOf" not in schema:
        return schema
    flat: Schema = {key: value for key, value in schema.items() if key != "allOf"}
    for part in schema["allOf"]:
        for key, value in flatten(specification, part, seen).items():
            if key == "properties":
                flat[key] = {**flat.get(key, {}), **value}
            elif key == "required":
                flat[key] = list(dict.fromkeys([*flat.get(key, []), *value]))
            else:
                flat.setdefault(key, value)
    return flat


def choices(schema: Schema) -> list[Schema]:
    """The schemas of which a value fits one."""
    found: list[Schema] = schema.get("oneOf") or schema.get("anyOf") or []
    return found


def content_of(specification: Schema, node: Schema) -> Schema:
    """The content of a request body or response, by media type."""
    found: Schema = resolve(specification, node).get("content", {})
    return found


def request_bodies(specification: Schema, operation: Schema) -> dict[str, Schema]:
    """The flattened schema of an operation's request, by media type."""
    content = content_of(specification, operation.get("requestBody", {}))
    return {media_type: flatten(specification, item.get("schema", {})) for media_type, item in content.items()}


def successes(operation: Schema) -> list[Schema]:
    """What an operation answers when it worked: every documented 2xx, by status."""
    responses = {str(code): response for code, response in operation["responses"].items()}
    return [responses[code] for code in sorted(responses) if code.startswith("2")]


def operations(specification: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Every operation as (method in upper case, path, operation), with what its path says for all of them: parameters,
    first among its own, and servers, unless it has some.
    """
    for path, item in specification["paths"].items():
        for method in METHODS:
            if method in item:
                operation = {key: item[key] for key in ("servers",) if key in item} | item[method]
                operation["parameters"] = [*item.get("parameters", []), *item[method].get("parameters", [])]
                yield method.upper(), path, operation


def server_path(specification: Schema, operation: Schema | None = None) -> str:
    """What stands before the paths of the document, or of one operation that has a server of its own."""
    servers = (operation or {}).get("servers") or specification.get("servers") or [{"url": ""}]
    return urlsplit(str(servers[0]["url"])).path.rstrip("/")


def types_of(schema: Schema) -> list[str]:
    """The JSON types a schema names, in 3.0 (`nullable`) and 3.1 (a list) spelling alike."""
    named = schema.get("type")
    types = list(named) if isinstance(named, list) else [named] if named else []
    if schema.get("nullable") and "null" not in types:
        types.append("null")
    return types
