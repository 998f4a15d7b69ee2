"""The JSON Schemas of what results are in plain data: what the specification says of a member, and what results add."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, get_args, get_origin
from uuid import UUID

import attrs

from recraft import Image, ImageResult, Listing, Origin, Style
from schemas import Schema, flatten

from .linked import TERMS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TIME = {"type": "string", "format": "date-time"}
PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: TIME,
    bytes: {"type": "string", "contentEncoding": "base64"},
}
#: What the generated model said, beside what an attribute says; see `to_dict`.
RAW: Schema = {
    "type": ["object", "null"],
    "description": "What the service said beside it: the generated model, its members that are `same`, and the `rest`.",
    "properties": {
        "model": {"type": "string"},
        "same": {"type": "array", "items": {"type": "string"}},
        "rest": {"type": "object"},
    },
    "required": ["model", "same", "rest"],
    "additionalProperties": False,
}
#: What a document on its own has beside that: its context, and in a sidecar what binds it to its file.
ALONE: dict[str, Schema] = {
    "@context": {"type": "object", "description": "The JSON-LD context."},
    "media_type": {"type": "string", "pattern": "^image/", "description": "The media type of the file."},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "The SHA-256 of the file."},
    "file": {"type": "string", "pattern": "^[^/\\\\]+$", "description": "The name of the file, in the same folder."},
}


def documents(specification: Schema) -> dict[str, Schema]:
    """Every schema by the name of its file."""
    made = _Schemas(specification)
    return {
        "image.schema.json": made.document("An image, or the images of a call", Image, ImageResult),
        "style.schema.json": made.document("A custom style, or those of an account", Style, Listing),
    }


class _Schemas:
    """Schemas of classes of results, by the specification of what they are read from."""

    def __init__(self, specification: Schema) -> None:
        self.specification = specification

    def document(self, title: str, *kinds: type) -> Schema:
        """A schema of any of `kinds`, as `to_dict` and `to_jsonld` write them."""
        used = {kind.__name__: self._of(kind) for kind in (*kinds, *([Origin] if Image in kinds else []))}
        if Listing in kinds:
            used["Listing"]["properties"]["items"]["items"] = {"$ref": f"#/$defs/{kinds[0].__name__}"}
        return {
            "$schema": DIALECT,
            "title": title,
            "description": "What `to_dict()` and `to_jsonld()` of the Python package recraft-sdk write.",
            "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in kinds],
            "$defs": used,
        }

    def _of(self, kind: type) -> Schema:
        said = _attributes(kind)
        properties: dict[str, Schema] = {"type": {"const": kind.__name__}}
        for name, annotation in _fields(kind):
            schema = RAW if name == "raw" else self._member(kind, name, annotation)
            properties[name] = {**schema, "description": said[name]} if name in said else dict(schema)
        extra = {"@context", *(name for name in TERMS.get(kind.__name__, {}) if name not in properties)}
        return {
            "type": "object",
            "description": str(inspect.getdoc(kind)).partition("\n")[0],
            "properties": properties | {name: ALONE[name] for name in ALONE if name in extra},
            "required": ["type", *_required(kind)],
            "additionalProperties": False,
        }

    def _member(self, kind: Any, name: str, annotation: Any) -> Schema:
        """What an attribute may be: by its type, and by the specification where it has the member."""
        found = _annotated(annotation)
        model = self.specification["components"]["schemas"].get(getattr(kind, "_model", ""), {})
        member = flatten(self.specification, model).get("properties", {}).get(name)
        if member is None or name not in getattr(kind, "_shared", ()):
            return found
        flat = flatten(self.specification, member)
        kept = {"minimum", "maximum", "format"} & flat.keys() - found.keys()
        bounds: Schema = {key: flat[key] for key in sorted(kept)}
        return {**found, **bounds}


def _annotated(annotation: Any) -> Schema:
    """The schema of a type of Python, as `to_dict` writes it."""
    options = [each for each in get_args(annotation) if each is not type(None)]
    if get_origin(annotation) in (typing.Union, types.UnionType):
        (one,) = map(_annotated, options)
        return one if "$ref" not in one and _nullable(one) else {"anyOf": [one, {"type": "null"}]}
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": _annotated(get_args(annotation)[0])}
    if annotation in PLAIN:
        return dict(PLAIN[annotation])
    if get_origin(annotation) is Mapping:
        return {"type": "object", "additionalProperties": _annotated(get_args(annotation)[1])}
    return {"$ref": f"#/$defs/{annotation.__name__}"}


def _nullable(schema: Schema) -> bool:
    """Let a schema take null too."""
    schema["type"] = [schema["type"], "null"]
    return True


def _fields(kind: Any) -> Iterator[tuple[str, Any]]:
    """Every attribute with its type; those of generated models, which nobody looks into, are anything."""
    hints = typing.get_type_hints(kind, localns={"models": _Anything()})
    if kind is Listing:
        yield "items", tuple[Any, ...]
        yield from ((name, hints[name]) for name in Listing.__annotations__)
    else:
        yield from ((field.name, hints[field.name]) for field in attrs.fields(kind))


class _Anything:
    def __getattr__(self, name: str) -> Any:
        return Any


def _required(kind: Any) -> list[str]:
    if kind is Listing:
        return ["items"]
    return [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]


def _attributes(kind: type) -> dict[str, str]:
    """What the documentation of a class says of its attributes, those of its bases too."""
    found: dict[str, str] = {}
    for each in reversed(kind.__mro__):
        text = inspect.cleandoc(each.__doc__ or "").partition("Attributes:\n")[2]
        for name, words in re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", text, re.M):
            found[name] = " ".join(words.split())
    return found
