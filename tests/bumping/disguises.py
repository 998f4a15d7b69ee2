"""Our own document as another publisher would have written it: what is on the wire stays the same."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import specfile

Document = dict[str, Any]
SCHEMAS = "#/components/schemas/"


def renamed(document: Document) -> Document:
    """Every operation id and schema has another name, and some of them that of another."""
    text = json.dumps(document)
    schemas = list(document["components"]["schemas"])
    others = [f"Api{name}V2" for name in schemas]
    others[:2] = [schemas[1], schemas[0]]  # two have changed places
    for name in schemas:
        text = text.replace(f'"{SCHEMAS}{name}"', f'"{SCHEMAS}?{name}"')
    for name, other in zip(schemas, others, strict=True):
        text = text.replace(f'"{SCHEMAS}?{name}"', f'"{SCHEMAS}{other}"')
    found: Document = json.loads(text)
    found["components"]["schemas"] = dict(zip(others, found["components"]["schemas"].values(), strict=True))
    operations = [operation for _, _, operation in specfile.operations(found)]
    ids = [operation["operationId"] for operation in operations]
    for operation, other in zip(operations, [*ids[1:], "Recraft_First"], strict=True):
        operation["operationId"] = other  # each has that of the next
    return found


def prefixed(document: Document) -> Document:
    """`/v1` is part of the paths, and not of the server's address."""
    found = copy.deepcopy(document)
    found["paths"] = {f"/v1{path}": item for path, item in found["paths"].items()}
    for server in found["servers"]:
        server["url"] = server["url"].removesuffix("/v1")
    return found


def promising(document: Document) -> Document:
    """Every member of every answer is required."""
    found = copy.deepcopy(document)
    pending = [
        content["schema"]
        for _, _, operation in specfile.operations(found)
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
    ]
    while pending:
        schema = specfile.located(found, pending[-1]["$ref"]) if "$ref" in pending[-1] else pending[-1]
        pending.pop()
        if "properties" in schema and "required" not in schema:
            schema["required"] = list(schema["properties"])
            pending += schema["properties"].values()
        if "items" in schema:
            pending.append(schema["items"])
    return found


def anonymous(document: Document) -> Document:
    """No operation has an id."""
    found = copy.deepcopy(document)
    for _, _, operation in specfile.operations(found):
        del operation["operationId"]
    return found


def tagged(document: Document) -> Document:
    """Operations have tags, none of them ours."""
    found = copy.deepcopy(document)
    for _, path, operation in specfile.operations(found):
        operation["tags"] = ["public", next(word for word in path.split("/") if word not in ("", "v1"))]
    return found


def split(document: Document, folder: Path) -> list[Path]:
    """Write one file for each tag, with the schemas it needs; the paths of the files."""
    tags = {operation["tags"][-1] for _, _, operation in specfile.operations(document)}
    written = []
    for tag in sorted(tags):
        part = copy.deepcopy(document)
        part["info"] = {**part["info"], "title": f"{part['info']['title']}: {tag}"}
        for path, item in document["paths"].items():
            if not any(tag in operation["tags"] for operation in item.values()):
                del part["paths"][path]
        needed: set[str] = set()
        while True:
            text = json.dumps([part["paths"], *(part["components"]["schemas"][name] for name in needed)])
            more = {name for name in document["components"]["schemas"] if f'"{SCHEMAS}{name}"' in text}
            if more == needed:
                break
            needed = more
        schemas = document["components"]["schemas"]
        part["components"]["schemas"] = {name: schemas[name] for name in schemas if name in needed}
        written.append(folder / f"{tag}.yaml")
        written[-1].write_text(json.dumps(part, indent=1), "utf-8")
    return written
