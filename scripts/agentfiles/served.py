"""OpenAPI files of what the REST adapters of the capability files serve."""

from __future__ import annotations

import capabilities
from schemas import Schema

from . import ikanos
from .operations import JSON, Operation, by_capability


def files(specification: Schema) -> dict[str, Schema]:
    """The OpenAPI document of each capability by the name of its file without an ending."""
    words = capabilities.known(specification)
    return {
        ikanos.file_name(name, operations): _document(specification, name, words[name], operations, place)
        for place, (name, operations) in enumerate(by_capability(specification).items())
    }


def _document(specification: Schema, name: str, words: str, operations: list[Operation], place: int) -> Schema:
    paths: dict[str, Schema] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    if any(operation.makes_images for operation in operations):
        paths["/image"] = {"get": _download()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Recraft Images API: {name}, as its capability file serves it",
            "description": f"{words} No token is asked for: the engine has it.",
            "version": str(specification["info"]["version"]),
        },
        "servers": [{"url": f"http://{ikanos.ADDRESS}:{ikanos.port('rest', place)}"}],
        "paths": paths,
    }


def _operation(operation: Operation) -> Schema:
    found: Schema = {"operationId": operation.name, "summary": operation.words, "responses": {}}
    found["description"] = ikanos.flow_words(operation)
    if parameters := [
        {
            "name": member.name,
            "in": member.where,
            "required": member.required,
            "description": member.words,
            "schema": {"type": member.kind},
        }
        for member in operation.parameters()
    ]:
        found["parameters"] = parameters
    if members := operation.body(JSON):
        schema = {
            "type": "object",
            "properties": {
                member.name: {"type": ikanos.flow_type(member), "description": ikanos.flow_about(member)}
                for member in members
            },
            "required": [member.name for member in members if member.required],
        }
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": schema}}}
    answer = operation.answer()
    content = {} if answer is None else {"content": {JSON: {"schema": _typed(answer)}}}
    found["responses"] = {operation.statuses[0]: {"description": "It worked.", **content}}
    return found


def _typed(schema: Schema) -> Schema:
    """What is served of an answer: every member that it has, null where the service left it out."""
    kind = ikanos.output_type(schema)
    found: Schema = {"type": [kind, "null"]}
    if kind == "object":
        found["properties"] = {name: _typed(each) for name, each in schema.get("properties", {}).items()}
    elif kind == "array":
        found["items"] = _typed(schema.get("items", {}))
    return {**found, **({"description": schema["description"]} if "description" in schema else {})}


def _download() -> Schema:
    path = ikanos.DOWNLOAD["inputParameters"]["path"]
    return {
        "operationId": "download-image",
        "summary": ikanos.DOWNLOAD["description"],
        "parameters": [
            {
                "name": "path",
                "in": "query",
                "required": True,
                "description": path["description"],
                "schema": {"type": "string"},
            }
        ],
        "responses": {"200": {"description": "The image.", "content": {"image/webp": {}}}},
    }
