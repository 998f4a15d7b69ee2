"""Where the service is known to take other requests than the document says.

The vendored document leaves `n` open. The live service takes models that no document lists yet, hands results over as
multipart, counts the images of a style by the style's model, and takes them in parts of any name.
"""

from __future__ import annotations

from recraft.sandbox.schema import Schema

MAX_IMAGES_PER_CALL = 6
_STYLE_IMAGES = ("file", "images", "image_urls")


def as_served(schema: Schema, *, live: bool) -> Schema:
    """The schema of a request body as the service reads it."""
    properties = dict(schema.get("properties", {}))
    if "n" in properties and "maximum" not in properties["n"]:
        properties["n"] = {"minimum": 1, **properties["n"], "maximum": MAX_IMAGES_PER_CALL}
    if live:
        if "model" in properties:
            properties["model"] = _without(properties["model"], "enum")
        if "url" in properties.get("response_format", {}).get("enum", ()):
            properties["response_format"] = _also(properties["response_format"], "multipart")
        images = {name for name in _STYLE_IMAGES if properties.get(name, {}).get("type") == "array"}
        for name in images:
            properties[name] = _without(properties[name], "maxItems")
        schema = {**schema, "required": [name for name in schema.get("required", ()) if name not in images]}
    return {**schema, "properties": properties} if properties else schema


def _without(schema: Schema, key: str) -> Schema:
    return {name: value for name, value in schema.items() if name != key}


def _also(schema: Schema, value: str) -> Schema:
    return {**schema, "enum": list(dict.fromkeys([*schema["enum"], value]))}
