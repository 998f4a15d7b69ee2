"""Emit what the overlay package knows of each operation, next to the generated models.

`options.py` holds one TypedDict of optional keywords for each operation, so that a new optional field in the specification is a
typed keyword without a hand edit. `operations.py` holds the same operations as data: where each is generated, its media types, and
the flattened schema of every property, from which the overlay checks values before anything is sent.
"""

from __future__ import annotations

import keyword

from schemas import Schema, flatten, operations, resolve, types_of
from specfile.naming import class_name, module_name, module_of

# Properties that every helper takes by a name of its own, or builds from what it was given. They are never options.
INPUTS = {"prompt", "image", "mask", "file", "images", "image_url", "mask_url", "image_urls"}
# The same for single operations: `outpaint(top=...)` is sent as `outpaint_top`.
NAMED = {
    "createStyle": {"style"},
    "exploreSimilarImages": {"source_image_id", "similarity"},
    "optimizeColors": {"colors", "num_colors_limit"},
    "outpaintImage": {"outpaint_top", "outpaint_bottom", "outpaint_left", "outpaint_right"},
}
# An object whose members are plain keywords as well: `colors=[...]` instead of `controls={"colors": [...]}`.
SPREAD = {"controls"}
# What a caller may pass for a property of this name, or for a schema of this name; see spec/templates/inputs.py.
WIDER_PROPERTIES = {"size": "SizeLike", "style_id": "StyleLike"}
WIDER_SCHEMAS = {"Color": "str | Sequence[int] | ColorDict"}

HEADER = '"""{doc}\n\nWritten by scripts/generate.py from the effective specification. Do not edit.\n"""\n\n'


class _Types:
    """Python types for schemas, collecting a TypedDict for every object met on the way."""

    def __init__(self, specification: Schema) -> None:
        self.specification = specification
        self.dicts: dict[str, str] = {}

    def of(self, schema: Schema, name: str) -> str:
        """The annotation for `schema`; `name` is what an inline object would be called."""
        reference = str(schema.get("$ref", "")).rpartition("/")[2]
        flat = flatten(self.specification, schema)
        name = reference or flat.get("title") or name
        if any(key in flat for key in ("oneOf", "anyOf")):
            choices = [self.of(choice, f"{name}{i}") for i, choice in enumerate(flat.get("oneOf") or flat["anyOf"])]
            annotation = " | ".join(dict.fromkeys(choices))
        else:
            annotation = self._plain(flat, name)
        annotation = WIDER_SCHEMAS.get(reference, annotation)
        return f"{annotation} | None" if "null" in types_of(flat) and "None" not in annotation else annotation

    def _plain(self, flat: Schema, name: str) -> str:
        kinds = [kind for kind in types_of(flat) if kind != "null"]
        if not kinds and flat.get("type"):
            return "None"
        kind = (
            kinds[0]
            if len(kinds) == 1
            else "object"
            if "properties" in flat
            else "string"
            if flat.get("enum")
            else None
        )
        if len(kinds) > 1:
            return " | ".join(self._plain({**flat, "type": each, "nullable": False}, name) for each in kinds)
        base = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(kind or "")
        if base and flat.get("enum"):
            values = ", ".join(repr(value) for value in dict.fromkeys(flat["enum"]) if value is not None)
            return f"Literal[{values}] | {base}" if values else base
        if kind == "string":
            return {"uuid": "str | UUID", "binary": "ImageInput", "date-time": "str | datetime"}.get(
                flat.get("format", ""), "str"
            )
        if base:
            return base
        if kind == "array":
            return f"Sequence[{self.of(flat.get('items', {}), name + 'Item')}]"
        if kind == "object":
            return self._object(flat, name) if flat.get("properties") else "Mapping[str, Any]"
        return "Any"

    def _object(self, flat: Schema, name: str) -> str:
        typed = class_name(name) + "Dict"
        if typed not in self.dicts:
            self.dicts[typed] = ""  # reserved first: a recursive schema refers to itself
            fields = [
                (key, self.of(value, f"{name}_{key}"), key in flat.get("required", ()), self.describe(value))
                for key, value in flat["properties"].items()
            ]
            self.dicts[typed] = typed_dict(typed, fields, flat.get("description", f"The object `{name}`."))
        return typed

    def describe(self, schema: Schema) -> str:
        """The specification's own words and bounds, on one line."""
        flat = flatten(self.specification, schema)
        words = " ".join(str(schema.get("description") or flat.get("description") or "").split())
        words += "." if words and words[-1] not in ".!?" else ""
        for low, high, what in (
            ("minimum", "maximum", ""),
            ("minItems", "maxItems", " items"),
            ("minLength", "maxLength", " characters"),
        ):
            match flat.get(low), flat.get(high):
                case None, None:
                    continue
                case None, top:
                    words += f" At most {top}{what}."
                case bottom, None:
                    words += f" At least {bottom}{what}."
                case bottom, top:
                    words += f" From {bottom} to {top}{what}."
        return words.strip()


def typed_dict(name: str, fields: list[tuple[str, str, bool, str]], description: str) -> str:
    """Source of one TypedDict; a field is (key, annotation, required, description)."""
    fields = [
        (key, f"Required[{annotation}]" if required else annotation, required, doc)
        for key, annotation, required, doc in fields
    ]
    if any(not key.isidentifier() or keyword.iskeyword(key) for key, *_ in fields):
        entries = "".join(f"    {key!r}: {annotation},\n" for key, annotation, _, _ in fields)
        return f"{name} = TypedDict({name!r}, {{\n{entries}}}, total=False)\n"
    lines = [f"class {name}(TypedDict, total=False):", f"    {_docstring(description)}"]
    for key, annotation, _, doc in fields:
        lines += [f"    {key}: {annotation}", *([f"    {_docstring(doc)}"] if doc else [])]
    return "\n".join(lines) + "\n"


def _docstring(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{text}{" " if text.endswith(chr(34)) else ""}"""'


def properties(specification: Schema, operation: Schema) -> tuple[dict[str, Schema], set[str]]:
    """All request properties of an operation over its media types, and those that every one of them requires."""
    found: dict[str, Schema] = {}
    required: list[set[str]] = []
    for content in resolve(specification, operation.get("requestBody", {})).get("content", {}).values():
        flat = flatten(specification, content.get("schema", {}))
        for key, value in flat.get("properties", {}).items():
            found.setdefault(key, value)
        required.append(set(flat.get("required", ())))
    return found, set.intersection(*required) if required else set()


def option_fields(types: _Types, operation: Schema) -> list[tuple[str, str, bool, str]]:
    """The keywords of an operation: properties that no helper names, members of spread objects, query parameters."""
    found, required = properties(types.specification, operation)
    fields: dict[str, tuple[str, str, bool, str]] = {}
    for key, schema in found.items():
        if key in INPUTS | NAMED.get(operation["operationId"], set()) or "x-same-as" in schema:
            continue
        annotation = WIDER_PROPERTIES.get(key) or types.of(schema, f"{operation['operationId']}_{key}")
        fields[key] = (key, annotation, key in required, types.describe(schema))
        if key in SPREAD:
            for member, inner in flatten(types.specification, schema).get("properties", {}).items():
                if member not in found:
                    fields[member] = (
                        member,
                        types.of(inner, member),
                        False,
                        f"{types.describe(inner)} Sent in `{key}`.".strip(),
                    )
    for parameter in (resolve(types.specification, item) for item in operation["parameters"]):
        if parameter["in"] == "query":
            key = module_name(parameter["name"])
            annotation = types.of(parameter.get("schema", {}), f"{operation['operationId']}_{key}")
            fields[key] = (key, annotation, bool(parameter.get("required")), types.describe(parameter))
    return list(fields.values())


def options_name(operation: Schema) -> str:
    return class_name(operation["operationId"]) + "Options"


def emit_options(specification: Schema) -> str:
    """Source of `recraft_api/options.py`."""
    types, classes = _Types(specification), []
    for method, path, operation in operations(specification):
        description = f"Optional keywords of `{operation['operationId']}` ({method} {path})."
        classes.append(typed_dict(options_name(operation), option_fields(types, operation), description))
    header = HEADER.format(doc="Optional keywords of each operation, for `**options: Unpack[...]`.")
    imports = (
        "from __future__ import annotations\n\n"
        "from collections.abc import Mapping, Sequence\nfrom datetime import datetime\n"
        "from typing import Any, Literal, Required, TypedDict\nfrom uuid import UUID\n\n"
        "from .inputs import ImageInput, SizeLike, StyleLike\n\n\n"
    )
    return header + imports + "\n\n".join([*types.dicts.values(), *classes])


def emit_operations(specification: Schema) -> str:
    """Source of `recraft_api/operations.py`."""
    table = {}
    for method, path, operation in operations(specification):
        operation_id = operation["operationId"]
        bodies = {}
        for media_type, content in resolve(specification, operation.get("requestBody", {})).get("content", {}).items():
            schema = content.get("schema", {})
            flat = flatten(specification, schema)
            bodies[media_type] = {
                "model": _model_name(schema, flat),
                "required": list(flat.get("required", ())),
                "properties": {key: _expand(specification, value) for key, value in flat.get("properties", {}).items()},
                "attributes": {key: module_name(key) for key in flat.get("properties", {})},
            }
        parameters = [resolve(specification, item) for item in operation["parameters"]]
        answer = (
            resolve(specification, operation["responses"].get("200", {})).get("content", {}).get("application/json", {})
        )
        tag = (operation.get("tags") or ["default"])[0]
        table[operation_id] = {
            "module": module_of(tag, operation_id),
            "method": method,
            "path": path,
            "always_send": operation.get("x-always-send", {}),
            "bodies": bodies,
            "parameters": {
                module_name(item["name"]): {
                    "name": item["name"],
                    "in": item["in"],
                    "required": bool(item.get("required")),
                    "schema": _expand(specification, item.get("schema", {})),
                }
                for item in parameters
            },
            "options": options_name(operation),
            "keywords": {
                key: (annotation, doc, required)
                for key, annotation, required, doc in option_fields(_Types(specification), operation)
            },
            "answer": _model_name(answer["schema"], flatten(specification, answer["schema"]))
            if "schema" in answer
            else None,
        }
    header = HEADER.format(doc="Every operation as data: where it is generated, and what its request may hold.")
    server = str((specification.get("servers") or [{"url": ""}])[0]["url"])
    return (
        f"{header}from typing import Any\n\nSERVER = {server!r}\n\nOPERATIONS: dict[str, dict[str, Any]] = {table!r}\n"
    )


def _model_name(schema: Schema, flat: Schema) -> str | None:
    """The generated class for a schema: named by its `$ref`, or by its title when it stands inline."""
    name = str(schema.get("$ref", "")).rpartition("/")[2] or flat.get("title")
    return class_name(name) if name else None


def _expand(specification: Schema, schema: Schema, seen: tuple[str, ...] = ()) -> Schema:
    """`schema` flattened all the way down, so that reading it needs no specification. A recursive part is left open."""
    reference = schema.get("$ref")
    if reference in seen:
        return {}
    seen = (*seen, reference) if reference else seen
    flat = dict(flatten(specification, schema))
    if description := schema.get("description") or flat.get("description"):
        flat["description"] = " ".join(str(description).split())
    if "properties" in flat:
        flat["properties"] = {key: _expand(specification, value, seen) for key, value in flat["properties"].items()}
    if isinstance(flat.get("items"), dict):
        flat["items"] = _expand(specification, flat["items"], seen)
    for key in ("oneOf", "anyOf"):
        if key in flat:
            flat[key] = [_expand(specification, choice, seen) for choice in flat[key]]
    return {key: value for key, value in flat.items() if key not in ("example", "examples", "externalDocs", "xml")}
