"""The JSON-LD context: what each class of results and each of its attributes means.

What is not named here is a term of the vendor's vocabulary, so an attribute that is new is one at once.
"""

from __future__ import annotations

from typing import Any

import attrs

import recraft
from recraft import Listing

SCHEMA_ORG = "https://schema.org/"
#: As in the context that the API's catalogue publishes.
VENDOR = "https://www.recraft.ai/vocab#"

#: Never in a linked document: addresses (whoever has one has the image), the image itself, and what is of the call.
LEFT_OUT = {"url", "b64_json", "data", "raw", "headers", "request_id", "attempts", "seconds"}

TIME = "schema:DateTime"
TYPES = {
    "Image": "schema:ImageObject",
    "ImageResult": "schema:Collection",
    "Listing": "schema:ItemList",
    "Origin": "schema:CreateAction",
    "User": "schema:Person",
}
TERMS: dict[str, dict[str, str | dict[str, Any]]] = {
    "": {
        "id": "schema:identifier",
        "image_id": "schema:identifier",
        "created": {"@id": "schema:dateCreated", "@type": TIME},
        "expires_at": {"@id": "schema:expires", "@type": TIME},
        "name": "schema:name",
        "description": "schema:description",
        "email": "schema:email",
        "mapping": {"@id": "recraft:mapping", "@type": "@json"},
    },
    "Image": {
        "origin": {"@reverse": "schema:result"},
        "media_type": "schema:encodingFormat",
        "sha256": "schema:sha256",
        "file": {"@id": "schema:contentUrl", "@type": "@id"},
    },
    "ImageResult": {"images": {"@id": "schema:hasPart", "@container": "@set"}},
    "Listing": {"items": {"@id": "schema:itemListElement", "@container": "@list"}},
    "Origin": {"at": {"@id": "schema:endTime", "@type": TIME}, "images": "recraft:imageCount"},
}


def results() -> dict[str, list[str]]:
    """Every class of results that is public, with its attributes, those of the call left out."""
    found = {}
    for name in vars(recraft)["__all__"]:
        kind = getattr(recraft, name)
        if isinstance(kind, type) and hasattr(kind, "to_jsonld") and attrs.has(kind):
            found[name] = [field.name for field in attrs.fields(kind)]
    return {**found, Listing.__name__: ["items"]}


def context() -> dict[str, Any]:
    """The whole document."""
    terms: dict[str, Any] = {"@version": 1.1, "schema": SCHEMA_ORG, "recraft": VENDOR, "type": "@type"}
    terms |= {name: means for own in TERMS.values() for name, means in own.items() if "@reverse" in means}
    for kind, attributes in results().items():
        own = TERMS.get(kind, {})
        names = [
            *(name for name in attributes if name not in LEFT_OUT),
            *(name for name in own if name not in attributes),
        ]
        known = {**TERMS[""], **own}
        terms[kind] = {
            "@id": TYPES.get(kind, f"recraft:{kind}"),
            "@context": {name: known.get(name, f"recraft:{_camel(name)}") for name in names},
        }
    return {"@context": terms}


def _camel(name: str) -> str:
    first, *more = name.split("_")
    return first + "".join(word.title() for word in more)
