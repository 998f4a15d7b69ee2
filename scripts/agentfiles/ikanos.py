"""Capability files for the ikanos engine: one for each capability, with all of its operations.

How the engine of 1.0.0-beta5 sends decides how they are written. A body is a Mustache template: a text with a section
for each option sends nothing for what was not given, where an object would send empty texts. An object that comes in as
one would be written as Java writes it, so it comes in as JSON text. A form is declared as the format has it; the engine
does not send forms yet, so no flow calls one: every operation that takes a file takes an address as well.
"""

from __future__ import annotations

from ruamel.yaml.scalarstring import LiteralScalarString

import capabilities
from schemas import Schema, choices, server_path, types_of

from .operations import JSON, MULTIPART, Member, Operation, by_capability, kebab

VERSION = "1.0.0-beta5"
TOKEN = "RECRAFT_API_TOKEN"
#: The first port of each adapter, on this machine; each capability has the next one, so that all can run.
PORTS = {"rest": 8080, "mcp": 8180, "skill": 8280}
ADDRESS = "localhost"
#: Where images are. Source: the vendor's page on image inputs and results, 2026-11.
IMAGES = "https://img.recraft.ai"
LARGEST = "64MiB"


def files(specification: Schema) -> dict[str, Schema]:
    """Every capability file by its name without an ending."""
    words = capabilities.known(specification)
    return {
        file_name(name, operations): _file(specification, name, words[name], operations, place)
        for place, (name, operations) in enumerate(by_capability(specification).items())
    }


def file_name(name: str, operations: list[Operation]) -> str:
    """What the file of a capability is called: as in the API's catalogue."""
    return f"images-{name}" if operations[0].path.startswith("/images/") else name


def port(kind: str, place: int) -> int:
    """The port of an adapter of the capability at a place."""
    return PORTS[kind] + place


def _file(specification: Schema, name: str, words: str, operations: list[Operation], place: int) -> Schema:
    pictures = any(operation.makes_images for operation in operations)
    roots = [operation for operation in operations if operation.at_root]
    below = [operation for operation in operations if not operation.at_root]
    server = str(specification["servers"][0]["url"]).rstrip("/")
    consumed = [_consumed("recraft", server, "The Recraft Images API.", below)]
    if roots:
        root = server.removesuffix(server_path(specification))
        consumed.append(_consumed("recraft-root", root, "What stands beside the versions of the API.", roots))
    if pictures:
        consumed.append(_pictures())
    flows = {operation.name: _flow(operation) for operation in operations}
    if pictures:
        flows["download-image"] = DOWNLOAD
    exposed = [_rest(name, operations, place, pictures), _mcp(name, words, operations, place)]
    exposed.append(_skill(name, words, operations, place))
    return {
        "ikanos": VERSION,
        "info": {
            "display": f"Recraft Images API: {name}",
            "description": words,
            "tags": ["recraft", "images", name],
            "version": str(specification["info"]["version"]),
        },
        "binds": [
            {
                "namespace": "environment",
                "description": "The token of the Recraft account, from the environment of the engine.",
                "keys": {TOKEN: TOKEN},
            }
        ],
        "capability": {
            "consumes": consumed,
            "aggregates": [{"display": f"Recraft: {name}", "namespace": name, "flows": flows}],
            "exposes": exposed,
        },
    }


# --- Consumed ---------------------------------------------------------------------------------------------------------


def _consumed(namespace: str, base: str, words: str, operations: list[Operation]) -> Schema:
    resources: dict[str, Schema] = {}
    for operation in operations:
        key = kebab(operation.path)
        resource = resources.setdefault(key, {"path": _mustache(operation.path), "operations": {}})
        resource["operations"][operation.name] = _request(operation, JSON)
        if operation.has(MULTIPART):
            resource["operations"][f"{operation.name}-form"] = _request(operation, MULTIPART)
    return {
        "type": "http",
        "namespace": namespace,
        "description": words,
        "baseUri": base,
        "authentication": {"type": "bearer", "token": f"{{{{{TOKEN}}}}}"},
        "resources": resources,
    }


def _request(operation: Operation, media_type: str) -> Schema:
    members = operation.body(media_type)
    found: Schema = {"method": operation.method, "description": operation.words}
    if inputs := {member.name: {"in": member.where} for member in [*operation.parameters(), *members]}:
        found["inputParameters"] = inputs
    if members:
        found["body"] = _form(members) if media_type == MULTIPART else _template(members)
    answer = operation.answer()
    if answer is not None:
        found["outputRawFormat"] = "json"
        found["outputParameters"] = {
            name: {"type": output_type(schema), "value": f"$.{name}"}
            for name, schema in answer.get("properties", {}).items()
        }
    return found


def _template(members: list[Member]) -> str:
    """A JSON body as a template: what is required, and a section for each option."""
    first = [member for member in members if member.required]
    lines = [f'  "{member.name}": {_value(member)}' for member in first]
    options = [
        f'  {{{{#{member.name}}}}}, "{member.name}": {_value(member)}{{{{/{member.name}}}}}'
        for member in members
        if member not in first
    ]
    template: str = LiteralScalarString("\n".join(["{", ",\n".join(lines), *options, "}", ""]))
    return template


def _value(member: Member) -> str:
    return f'"{{{{{member.name}}}}}"' if member.kind == "string" else f"{{{{{member.name}}}}}"


def _form(members: list[Member]) -> Schema:
    file = {"filename": "image", "contentType": "application/octet-stream"}
    parts = [{"name": member.name, "value": f"{{{{{member.name}}}}}"} for member in members]
    files = {member.name for member in members if member.upload}
    return {"type": "multipartForm", "data": [{**part, **file} if part["name"] in files else part for part in parts]}


def _pictures() -> Schema:
    """Where the images of results are: signed addresses, to which the token never goes."""
    download = {
        "method": "GET",
        "description": "Fetch an image by what stands in its url behind the host. It works for about 24 hours.",
        "inputParameters": {"path": {"in": "path"}},
        "outputRawFormat": "binary",
        "outputMediaType": "image/webp",
        "maxBinarySize": LARGEST,
    }
    return {
        "type": "http",
        "namespace": "recraft-images",
        "description": "The images that the API makes.",
        "baseUri": IMAGES,
        "resources": {"image": {"path": "/{{path}}", "operations": {"download-image": download}}},
    }


# --- Flows ------------------------------------------------------------------------------------------------------------

PATH = "What stands in the image's url behind the host."
DOWNLOAD: Schema = {
    "description": "Fetch the bytes of an image that a flow made, within about 24 hours. It costs nothing.",
    "semantics": {"safe": True, "idempotent": True, "cacheable": True},
    "outputMediaType": "image/webp",
    "inputParameters": {"path": {"type": "string", "description": PATH, "required": True}},
    "call": "recraft-images.download-image",
}


def inputs(operation: Operation) -> list[Member]:
    """What a flow takes."""
    return [*operation.parameters(), *operation.body(JSON)]


def _flow(operation: Operation) -> Schema:
    found: Schema = {
        "description": flow_words(operation),
        # Nothing may be kept: balances, prices and lists change, and a paid call makes other images each time.
        "semantics": {"safe": operation.safe, "idempotent": operation.idempotent, "cacheable": False},
    }
    if members := inputs(operation):
        found["inputParameters"] = {
            member.name: {"type": flow_type(member), "description": flow_about(member), "required": member.required}
            for member in members
        }
    found["call"] = f"{'recraft-root' if operation.at_root else 'recraft'}.{operation.name}"
    answer = operation.answer()
    if answer is not None:
        found["outputParameters"] = [_output(answer, None)]
    return found


def flow_words(operation: Operation) -> str:
    """What a flow does, and what it means for the account."""
    paid = "credits" in (operation.answer() or {}).get("properties", {}) and not operation.safe
    if not paid:
        return operation.words
    return f"{operation.words} It costs API units on success only; `credits` says how many (1,000 are 1 US dollar)."


def flow_type(member: Member) -> str:
    return "string" if member.kind == "object" else member.kind


def flow_about(member: Member) -> str:
    return f"{member.words} As JSON text." if member.kind == "object" else member.words


def _output(schema: Schema, mapping: str | None) -> Schema:
    """A part of an answer, mapped from itself."""
    kind = output_type(schema)
    own: Schema = {"type": kind, **({} if mapping is None else {"mapping": mapping})}
    if kind == "object":
        properties = schema.get("properties", {})
        return {**own, "properties": {name: _output(each, f"$.{name}") for name, each in properties.items()}}
    if kind == "array":
        items = schema.get("items", {})
        return {**own, "items": _output(items, None if output_type(items) == "object" else "$")}
    return own if mapping is not None else {**own, "mapping": "$"}


def output_type(schema: Schema) -> str:
    """A JSON type as outputs have it."""
    kinds = [kind for kind in types_of(schema) if kind != "null"] or [output_type(each) for each in choices(schema)]
    kind = kinds[0] if kinds else "object" if "properties" in schema else "string"
    return "number" if kind == "integer" else kind


# --- Exposed ----------------------------------------------------------------------------------------------------------


def _rest(name: str, operations: list[Operation], place: int, pictures: bool) -> Schema:
    resources: dict[str, Schema] = {}
    for operation in operations:
        resource = resources.setdefault(
            kebab(operation.path),
            {"path": _mustache(operation.path), "description": f"{operation.path} of the API.", "operations": {}},
        )
        exposed: Schema = {"method": operation.method, "description": flow_words(operation)}
        if members := inputs(operation):
            exposed["inputParameters"] = {
                member.name: {"in": member.where, "type": flow_type(member), "description": flow_about(member)}
                for member in members
            }
        resource["operations"][operation.name] = {**exposed, "ref": f"{name}.{operation.name}"}
    if pictures:
        resources["image"] = {
            "path": "/image",
            "description": "The bytes of an image.",
            "operations": {
                "download-image": {
                    "method": "GET",
                    "description": DOWNLOAD["description"],
                    "inputParameters": {
                        "path": {
                            "in": "query",
                            "type": "string",
                            "description": PATH,
                        }
                    },
                    "ref": f"{name}.download-image",
                    "responseBinary": {"status": 200, "mediaType": "image/webp", "description": "The image."},
                }
            },
        }
    return {
        "type": "rest",
        "address": ADDRESS,
        "port": port("rest", place),
        "namespace": f"{name}-rest",
        **({"maxBinarySize": LARGEST} if pictures else {}),
        "resources": resources,
    }


def _mcp(name: str, words: str, operations: list[Operation], place: int) -> Schema:
    # Nothing here returns bytes: an image as base64 would fill the context of a model.
    tools = {
        operation.name: {
            "display": str(operation.raw.get("summary") or operation.name),
            "description": flow_words(operation),
            "ref": f"{name}.{operation.name}",
            "hints": {
                "readOnly": operation.safe,
                "destructive": operation.method == "DELETE",
                "idempotent": operation.idempotent,
                "openWorld": True,
            },
        }
        for operation in operations
    }
    return {
        "type": "mcp",
        "transport": "http",
        "address": ADDRESS,
        "port": port("mcp", place),
        "namespace": f"{name}-mcp",
        "description": words,
        "tools": tools,
    }


def _skill(name: str, words: str, operations: list[Operation], place: int) -> Schema:
    tools = {
        operation.name: {
            "description": flow_words(operation),
            "from": {"sourceNamespace": f"{name}-mcp", "action": operation.name},
        }
        for operation in operations
    }
    return {
        "type": "skill",
        "address": ADDRESS,
        "port": port("skill", place),
        "namespace": f"{name}-skill",
        "description": words,
        "skills": {f"recraft-{name}": {"description": f"{words} With the Recraft Images API.", "tools": tools}},
    }


def _mustache(path: str) -> str:
    return path.replace("{", "{{").replace("}", "}}")
