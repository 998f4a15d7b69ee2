"""The spec at work: which operation a request asks for, and whether it asks for it in the right way.

Driven by the document alone. A field, a media type or an operation that is added to the spec is accepted here without
a change.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from attrs import frozen

from recraft.sandbox.amend import as_served
from recraft.sandbox.findings import Finding, findings
from recraft.sandbox.forms import FilePart, read_form, typed
from recraft.sandbox.schema import Schema, flatten, resolve
from recraft.sandbox.wire import Problem, Request, split_target

VERBS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@frozen
class Parameter:
    """A path or query parameter and what it must look like."""

    name: str
    place: str
    required: bool
    schema: Schema


@frozen
class Operation:
    """One operation of the spec, ready to match and to validate."""

    id: str
    method: str
    path: str
    pattern: re.Pattern[str]
    parameters: tuple[Parameter, ...]
    bodies: Mapping[str, Schema]
    body_required: bool
    answer: Schema
    answer_status: int
    secured: bool

    @property
    def key(self) -> str:
        """Verb and path, such as "POST /images/vectorize": some documents write the version into their paths."""
        return f"{self.method} {self.path.removeprefix('/v1')}"

    @property
    def makes_images(self) -> bool:
        """Whether its answer holds images."""
        answer = self.answer.get("properties", {})
        shapes = (answer.get("image", {}), answer.get("data", {}).get("items", {}))
        return any("image_id" in shape.get("properties", {}) for shape in shapes)

    @property
    def answers_one(self) -> bool:
        """Whether the document itself says that the answer holds one image and no list."""
        answer = self.answer.get("properties", {})
        return self.makes_images and "image" in answer and "data" not in answer


@frozen
class Call:
    """A valid request: the operation, its parameters, and its body's fields (file parts as `FilePart`)."""

    operation: Operation
    parameters: Mapping[str, Any]
    fields: Mapping[str, Any]


class Contract:
    """All operations of an OpenAPI document; `live` reads requests as the live service does.

    Raises KeyError for a dangling reference.
    """

    def __init__(self, document: Schema, *, live: bool = False) -> None:
        self.document, self._live = document, live
        self.base_path = _server_path(document)
        # Paths without parameters first: GET /styles/basic is not a style called "basic".
        paths = sorted(document.get("paths", {}).items(), key=lambda item: item[0].count("{"))
        self.operations = tuple(
            operation for path, item in paths for operation in self._read(path, resolve(document, item))
        )

    def find(self, method: str, target: str) -> Operation:
        """The operation for a method and a request target. Raises Problem: 404 for the path, 405 for the verb."""
        path = split_target(target)[0]
        matching = [operation for operation in self.operations if operation.pattern.fullmatch(path)]
        if not matching:
            raise Problem(404, "not_found", f"no such path: {unquote(path)[:200]}")
        # The plainest path wins for all its verbs: DELETE /styles/basic is not allowed, whatever /styles/{id} takes.
        here = [operation for operation in matching if operation.pattern == matching[0].pattern]
        for operation in here:
            if operation.method == method:
                return operation
        allowed = ", ".join(sorted({operation.method for operation in here}))
        raise Problem(
            405, "method_not_allowed", f"{method[:20]} is not allowed here, only {allowed}", {"Allow": allowed}
        )

    def read(self, operation: Operation, request: Request) -> Call:
        """The request as a checked `Call`. Raises Problem: 400 naming the field, or 415 for the content type."""
        return Call(operation, _parameters(operation, request), _body(operation, request))

    def _read(self, path: str, item: Schema) -> Iterator[Operation]:
        for verb in VERBS:
            node = item.get(verb)
            if not isinstance(node, dict):
                continue
            base = _server_path(node, item, self.document)
            pattern = re.compile(re.escape(base) + _path_pattern(path))
            body = resolve(self.document, node.get("requestBody", {}))
            status, answer = self._answer(node)
            declared = {}
            for raw in [*item.get("parameters", ()), *node.get("parameters", ())]:
                spec = resolve(self.document, raw)
                schema = flatten(self.document, spec.get("schema", {}))
                declared[spec["name"], spec["in"]] = Parameter(
                    spec["name"], spec["in"], spec.get("required", False), schema
                )
            yield Operation(
                id=node.get("operationId", f"{verb} {path}"),
                method=verb.upper(),
                path=path,
                pattern=pattern,
                parameters=tuple(declared.values()),
                bodies={
                    media.lower(): as_served(flatten(self.document, content.get("schema", {})), live=self._live)
                    for media, content in body.get("content", {}).items()
                },
                body_required=body.get("required", False),
                answer=answer,
                answer_status=status,
                secured=bool(node.get("security", self.document.get("security", ()))),
            )

    def _answer(self, node: Schema) -> tuple[int, Schema]:
        for status, raw in sorted(node.get("responses", {}).items()):
            if str(status).startswith("2"):
                content = resolve(self.document, raw).get("content", {})
                schema: Any = next((value.get("schema", {}) for media, value in content.items() if "json" in media), {})
                return (int(status) if str(status).isdigit() else 200), flatten(self.document, schema)
        return 200, {}


def _server_path(*nodes: Schema) -> str:
    """What stands before a path, by the first of these that names servers: operation, path item, document."""
    servers: Any = next((node["servers"] for node in nodes if node.get("servers")), [{}])
    return urlsplit(str(servers[0].get("url", ""))).path.rstrip("/")


def _path_pattern(path: str) -> str:
    parts = re.split(r"\{([^}]+)\}", path)
    named = [re.escape(part) if i % 2 == 0 else f"(?P<{_group(part)}>[^/]+)" for i, part in enumerate(parts)]
    return "".join(named)


def _group(name: str) -> str:
    return re.sub(r"\W", "_", name)


def _parameters(operation: Operation, request: Request) -> dict[str, Any]:
    matched = operation.pattern.fullmatch(split_target(request.target)[0])
    in_path = {name: unquote(text) for name, text in (matched.groupdict() if matched else {}).items()}
    in_query: dict[str, list[str]] = {}
    for name, text in request.query:
        in_query.setdefault(name, []).append(text)
    values: dict[str, Any] = {}
    for parameter in operation.parameters:
        if parameter.place == "path":
            texts = [in_path[_group(parameter.name)]]
        elif parameter.place == "query":
            texts = in_query.get(parameter.name, [])
        else:
            continue
        if not texts:
            if parameter.required:
                raise Problem(
                    400, "invalid_request_parameter", f"{parameter.name}: required query parameter is missing"
                )
            continue
        value = typed([FilePart(text.encode(errors="surrogatepass")) for text in texts], parameter.schema)
        _check(parameter.schema, value, parameter.name)
        values[parameter.name] = value
    return values


def _body(operation: Operation, request: Request) -> dict[str, Any]:
    if not operation.bodies or (not request.body and not operation.body_required):
        return {}
    declared = request.header("content-type")
    media = (declared or "").split(";")[0].strip().lower()
    schema = operation.bodies.get(media)
    if declared is None or schema is None:
        wanted = " or ".join(sorted(operation.bodies))
        raise Problem(415, "unsupported_media_type", f"Content-Type: expected {wanted}, got {media[:100] or 'none'}")
    form = media == "multipart/form-data"
    fields = read_form(declared, request.body, schema) if form else _json(request.body)
    _check(schema, fields)
    return fields if isinstance(fields, dict) else {}


def _json(body: bytes) -> Any:
    def refuse(name: str) -> Any:
        raise ValueError(f"{name} is not JSON")

    try:
        return json.loads(body, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Problem(400, "invalid_body", f"the body is not JSON: {error}") from None


def _check(schema: Schema, value: Any, *prefix: str) -> None:
    """Raise the first finding (in the order of the fields) as a 400 that names the field."""
    found = min(findings(schema, value, prefix), key=lambda each: [str(step) for step in each.path], default=None)
    if found is not None:
        raise Problem(400, "invalid_request_parameter", _explain(found))


def _explain(found: Finding) -> str:
    steps = [f"[{step}]" if isinstance(step, int) else step for step in found.path]
    return f"{'.'.join(steps).replace('.[', '[') or 'body'}: {found.message}"
