"""JSON Schemas of tools: what they take, from the options of helpers, and what they give, from the results."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from recraft import results
from recraft.helpers.shape import Option, Shape

Schema = dict[str, Any]

#: What a model has no use for: `response_format` would put images into its context, which are saved here anyway;
#: `billing` takes another balance than the one that the budget is of.
NOT_OFFERED = ("response_format", "billing")

#: More known values than this are not listed in each tool: a model reads all of them before its first word.
MOST_VALUES = 60

#: So many of those are mentioned.
MENTIONED = 8

#: What an image may be given as.
IMAGE = "A path in the allowed folders, an http(s) address, or the id of an earlier image, recraft://results/1/1."

#: Where the known values are that no schema lists.
_VALUES = " Known values: {} and others; all are in the resource recraft://values/{}."

_KINDS = {"int": "integer", "float": "number", "bool": "boolean"}

#: What says something about a value, in the specification and here alike.
_KEPT = ("type", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "format", "pattern")

#: What results have that is not for a model: the answer as it came, and images as text.
_NOT_TOLD = ("raw", "headers", "b64_json", "data", "images", "image")

#: A text of the service is repeated to so many characters, and what is longer and no text not at all.
LONGEST = 2000

#: So many items of a list are told.
MOST_ITEMS = 200


def offered(shape: Shape) -> Iterator[Option]:
    """The options of a helper that its tool has."""
    parts = {container for body in shape.facts["bodies"].values() for container in body["spread"].values()}
    for option in shape.options:
        # What has its parts as options is not offered as a whole; and what nobody knows, no model should make up.
        if option.name not in NOT_OFFERED and option.name not in parts and option.kind != "pairs":
            yield option


def takes(shape: Shape) -> Schema:
    """What a tool takes."""
    options = list(offered(shape))
    return {
        "type": "object",
        "properties": {option.name: _of(option, shape.facts) for option in options},
        "required": [option.name for option in options if option.required],
        "additionalProperties": False,
    }


def _of(option: Option, facts: Mapping[str, Any]) -> Schema:
    found = _property(option.name, facts)
    one = found.get("items", {}) if option.many else found
    if option.kind == "image":
        schema: Schema = {"type": "string"}
    elif option.kind in _KINDS:
        schema = {**_plain(one), "type": _KINDS[option.kind]}
    elif _lists(option):
        schema = {"anyOf": [{"enum": list(option.values)}, {"type": "string"}]}  # new ones come, and are passed on
    else:
        schema = _plain(one) or {"type": "string"}
    if option.many:
        schema = {**_plain({**found, "items": {}}), "type": "array", "items": schema}
    about = f"{option.about} {IMAGE}" if option.kind == "image" else _short(option)
    return {**schema, "description": about.strip()} if about else schema


def _lists(option: Option) -> bool:
    """Whether the known values stand in the schema."""
    return 0 < len(option.values) <= MOST_VALUES


def _short(option: Option) -> str:
    """What an option means, without what its schema says, and without the pixels that each model takes."""
    about = re.sub(r"; (?:\w+(?:, | and )?)+ take \d+x\d+.*?(?=\.|$)", "", option.about)
    if not option.values:
        return about
    known = "" if _lists(option) else _VALUES.format(", ".join(option.values[:MENTIONED]), option.name)
    return re.sub(r" Known values: .*? more\.| Known values: [^.]*\.", lambda _: known, about)


def _property(name: str, facts: Mapping[str, Any]) -> Schema:
    """What the specification says of an option; {} where it says nothing."""
    for body in facts["bodies"].values():
        properties: Mapping[str, Schema] = body["properties"]
        arguments = {argument: key for key, argument in body["arguments"].items()}
        if name in body["spread"]:
            properties = properties[body["spread"][name]].get("properties", {})
        if (key := arguments.get(name, name)) in properties:
            return properties[key]
    parameter = facts["parameters"].get(name, {})
    return dict(parameter.get("schema", {}))


def _plain(schema: Schema) -> Schema:
    """A schema of the specification, with nothing but what JSON Schema has."""
    plain: Schema = {key: schema[key] for key in _KEPT if key in schema}
    if "items" in schema:
        plain["items"] = _plain(schema["items"])
    if "properties" in schema:
        plain["properties"] = {name: _plain(each) for name, each in schema["properties"].items()}
        plain["required"] = schema.get("required", [])
    if "anyOf" in schema:
        choices = [_plain(each) for each in schema["anyOf"]]
        different = [each for place, each in enumerate(choices) if each not in choices[:place]]
        plain |= different[0] if len(different) == 1 else {"anyOf": different}
    if schema.get("x-role") == "color-rgb":
        return {"anyOf": [{"type": "string", "description": "A colour such as #ff8800."}, plain]}
    return plain


def gives(name: str, *, paid: bool) -> Schema:
    """What a tool gives whose helper returns this, `ImageResult` or `Listing[Style]`."""
    if name == "None":
        return _object({"done": {"type": "boolean"}})
    if name.startswith("Listing["):
        items = _object(_fields(name.removeprefix("Listing[").removesuffix("]")))
        return _object({"items": {"type": "array", "items": items}, "total": {"type": "integer"}})
    fields = _fields(name)
    if name == "ImageResult":
        one = {
            **_fields("Image"),
            "id": {"type": "string"},
            **{key: _OR_NOTHING[key] for key in ("file", "media_type")},
        }
        fields |= {"id": {"type": "string"}, "images": {"type": "array", "items": _object(one)}}
    if paid:
        fields["budget_left_usd"] = {"type": ["number", "null"], "description": "None where there is no budget."}
    return _object(fields)


_OR_NOTHING: dict[str, Schema] = {
    "file": {"type": ["string", "null"], "description": "Where it is saved; null when that failed."},
    "media_type": {"type": ["string", "null"]},
}


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _fields(name: str) -> dict[str, Schema]:
    """What a model is told of a result, from the annotations of its class."""
    kind = getattr(results, name)
    fields = {each.name: _typed(str(each.type)) for each in attrs.fields(kind) if each.name not in _NOT_TOLD}
    return {**fields, "more": {"type": "object", "description": "What else the service said."}}


def told(result: Any) -> dict[str, Any]:
    """What a model is told of a result, as `gives` describes it."""
    if result is None:
        return {"done": True}
    if isinstance(result, Sequence) and not isinstance(result, results.ImageResult):
        return {"items": [told(item) for item in result[:MOST_ITEMS]], "total": len(result)}
    whole = result.to_dict()
    rest = (whole.get("raw") or {}).get("rest", {})
    said = {each.name: _cut(whole[each.name]) for each in attrs.fields(type(result)) if each.name not in _NOT_TOLD}
    more = {name: _cut(each) for name, each in rest.items() if name not in _NOT_TOLD}
    return {**said, "more": {name: each for name, each in more.items() if len(json.dumps(each)) <= LONGEST + 2}}


def _cut(value: Any) -> Any:
    return value[: LONGEST // 2] + "…" if isinstance(value, str) and len(value) > LONGEST // 2 else value


def _typed(annotation: str) -> Schema:
    one = annotation.removesuffix(" | None")
    kinds = {"str": "string", "UUID": "string", "datetime": "string", "float": "number", "int": "integer"}
    kind = {**kinds, "bool": "boolean"}.get(one, "object" if one.startswith("Mapping") else None)
    if kind is None:
        return {}
    return {"type": [kind, "null"] if one != annotation else kind}
