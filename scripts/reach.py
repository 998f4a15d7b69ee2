"""What the overlay package can send of a specification, found out by calling every helper and looking at what goes out.

python scripts/reach.py           say what is out of reach; exit 1 when something is
python scripts/reach.py --json    the same as data: {"missing": [...], "stale": [...], "unreachable": [...]}
"""

from __future__ import annotations

import contextlib
import inspect
import json
import logging
import re
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from email import message_from_bytes
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import httpx

import facts
import helpers
import recraft
from options import EXTRA
from recraft_api.operations import OPERATIONS
from schemas import Schema, choices, flatten, operations, request_bodies, resolve

BASE = "https://api.invalid"
ID = "123e4567-e89b-12d3-a456-426614174000"
URL = "https://img.invalid/a.png"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
# For a keyword that is called otherwise than what it sends, such as `top`: the first that is accepted.
GUESSES: tuple[Any, ...] = (1, "x", 0.5, True, ID, ["x"], [1], {"x": 1}, "2024-01-02T03:04:05Z", PNG)
# What a value of a role may be.
SAMPLES = {"size": "1:1", "color-rgb": "#ff8800", "color-hex": "#ff8800"}
MEMBERS_UP_TO = 4  # how deep a recursive schema is filled


def missing_helpers(openapi: Schema) -> list[str]:
    """Operations that no helper makes."""
    known = _helpers()
    return [
        operation["operationId"] for _, _, operation in operations(openapi) if operation["operationId"] not in known
    ]


def stale_helpers(openapi: Schema) -> list[str]:
    """Helpers whose operation the specification does not have."""
    there = {operation["operationId"] for _, _, operation in operations(openapi)}
    return [f"{helper} ({operation})" for operation, helper in _helpers().items() if operation not in there]


def unreachable(openapi: Schema) -> list[str]:
    """Request properties and parameters that no call of a helper sends, each with its operation and its place."""
    known, found = _helpers(), []
    for method, path, operation in operations(openapi):
        if operation["operationId"] not in known:
            continue
        caller = _Caller(openapi, method, path, operation, known[operation["operationId"]])
        sent = caller.explore()
        # Once is enough: what several media types hold is sent in one of them, the others are there for `client.raw`.
        names = {name for _, name in sent}
        found += [
            f"{operation['operationId']}: {name} ({place})" for place, name in caller.wanted() if name not in names
        ]
    return sorted(found)


def _helpers() -> dict[str, str]:
    return helpers.helpers(Path(recraft.__file__).parent)


@attrs.define
class _Capture(httpx.BaseTransport):
    """Keeps the last request and answers with nothing that could be read."""

    request: httpx.Request | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.request = request
        return httpx.Response(200, json={})


class _Caller:
    """One helper, called with sample values in as many ways as it takes."""

    def __init__(self, openapi: Schema, method: str, path: str, operation: Schema, helper: str) -> None:
        self.openapi, self.method, self.path, self.operation = openapi, method, path, operation
        self.transport = _Capture()
        client = recraft.Recraft("token", base_url=BASE, limiter=None, retry=None, transport=self.transport)
        self.helper: Any = client
        for step in helper.removeprefix("client.").split("."):
            self.helper = getattr(self.helper, step)
        self.parameters = inspect.signature(self.helper).parameters
        self.required = [name for name, parameter in self.parameters.items() if parameter.default is parameter.empty]
        self.sent: set[tuple[str, str]] = set()
        self.bodies = request_bodies(openapi, operation)
        self.pictures = self._pictures()
        self.spread = {key for _, key, schema in self._properties() if self._flat(schema).get("x-spread")}
        self.schemas = dict(self._named_schemas())

    def wanted(self) -> set[tuple[str, str]]:
        """Everything a request may hold, as (place, name)."""
        found = {(f"{item['in']} parameter", item["name"]) for item in self._request_parameters()}
        for media_type, key, schema in self._properties():
            found.add((media_type, key))
            if key in self.spread:
                found |= {(media_type, f"{key}.{member}") for member in self._flat(schema).get("properties", {})}
        return found

    def explore(self) -> set[tuple[str, str]]:
        """Call in many ways; what was sent in any of them."""
        pictures = [name for name in self.parameters if name in self.pictures]
        plain = [name for name in self.parameters if name not in pictures and name not in self.required]
        # Keywords that are no Python names are not in the signature, and still are keywords.
        plain += [name for name in OPERATIONS[self.operation["operationId"]]["keywords"] if name not in self.parameters]
        plain.remove(EXTRA)  # anything can be sent by it: what counts is what has a keyword of its own
        needed = [name for name in pictures if name in self.required]
        ways = [("file", pictures), ("address", pictures), ("file", needed), ("address", needed), ("none", needed)]
        for kind, names in ways if pictures else [("none", needed)]:  # what is optional may exclude one of the ways
            given = {name: self._picture(name, kind) for name in names}
            given |= {name: self._sample(name) for name in self.required if name not in pictures}
            values = {name: self._sample(name, given) for name in plain}
            tries: list[dict[str, Any]] = [{}]
            for kept in self._together():  # an operation may take some keywords in one media type only
                fitting = {name: value for name, value in values.items() if kept(name)}
                tries += [fitting, {name: value for name, value in fitting.items() if name not in self.spread}]
            if not self._call({**given, **values}):  # some exclude others: each alone, and each left out
                tries += [{name: value} for name, value in values.items()]
                tries += [{name: value for name, value in values.items() if name != out} for out in values]
            for extra in tries:
                self._call({**given, **extra})
        return self.sent

    def _together(self) -> Iterator[Callable[[str], bool]]:
        """For each media type, whether a keyword can be sent in it; one that no property is called after always can."""
        bodies: dict[str, set[str]] = {}
        for media_type, key, schema in self._properties():
            members = self._flat(schema).get("properties", {}) if key in self.spread else ()
            bodies.setdefault(media_type, set()).update((key, *members))
        somewhere = set().union(*bodies.values())
        for keys in bodies.values() or [set[str]()]:
            yield lambda name, keys=keys: name in keys or name not in somewhere  # type: ignore[misc]

    def _call(self, arguments: Mapping[str, Any]) -> bool:
        """Whether the helper takes these arguments; notes what it sends."""
        self.transport.request = None
        named = self.parameters
        first = [name for name in arguments if name in named and named[name].kind is inspect.Parameter.POSITIONAL_ONLY]
        rest = {name: value for name, value in arguments.items() if name not in first}
        with contextlib.suppress(
            Exception
        ):  # refused, or the answer was not read; what counts is whether a request went out
            self.helper(*(arguments[name] for name in first), **rest)
        request = self.transport.request
        if request is None or not self._is_ours(request):
            return False
        by_keyword = not self.spread & arguments.keys()
        for place, name in _sent(request):
            if by_keyword or name.partition(".")[0] not in self.spread or "." not in name:
                self.sent.add((place, name))
        self.sent |= {("path parameter", name) for name in re.findall(r"\{([^}]*)\}", self.path)}
        return True

    def _is_ours(self, request: httpx.Request) -> bool:
        pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(self.path))
        return request.method == self.method and re.fullmatch(pattern, request.url.path) is not None

    def _request_parameters(self) -> list[Schema]:
        return [resolve(self.openapi, item) for item in self.operation["parameters"]]

    def _properties(self) -> Iterator[tuple[str, str, Schema]]:
        for media_type, body in self.bodies.items():
            for key, schema in body.get("properties", {}).items():
                yield media_type, key, schema

    def _pictures(self) -> dict[str, bool]:
        """Arguments of helpers that take images, and whether they take several."""
        found = {}
        for media_type, body in self.bodies.items():
            for argument, key in facts.images_taken(self.openapi, body, media_type).items():
                found[argument] = self._flat(body["properties"][key]).get("type") == "array"
        return found

    def _named_schemas(self) -> Iterator[tuple[str, Schema]]:
        """The schema of everything that a keyword may be called after."""
        for _, key, schema in self._properties():
            if key in self.spread:
                yield from self._flat(schema).get("properties", {}).items()
        for _, key, schema in self._properties():
            yield key, schema
        for parameter in self._request_parameters():
            yield re.sub(r"\W", "_", parameter["name"]), parameter.get("schema", {})

    def _picture(self, name: str, kind: str) -> Any:
        value: Any = URL if kind == "address" else PNG
        return [value] if self.pictures[name] else value

    def _sample(self, name: str, given: Mapping[str, Any] | None = None) -> Any:
        """A value for a keyword: what its schema allows, or the first guess that is accepted."""
        if name in self.schemas:
            return self._filled(self.schemas[name])
        if given is None:
            return GUESSES[0]
        return next((value for value in GUESSES if self._call({**given, name: value})), GUESSES[0])

    def _filled(self, schema: Any, depth: int = 0) -> Any:
        flat = self._flat(schema)
        if depth > MEMBERS_UP_TO:
            return None
        if sample := SAMPLES.get(flat.get("x-role", "")):
            return sample
        if inner := choices(flat):
            return self._filled(inner[0], depth + 1)
        if flat.get("enum"):
            return flat["enum"][0]
        kind = flat.get("type")
        kind = next((each for each in kind if each != "null"), None) if isinstance(kind, list) else kind
        if kind in ("integer", "number"):
            return max(flat.get("minimum", 1), min(1, flat.get("maximum", 1)))
        if kind == "boolean":
            return True
        if kind == "array":
            return [self._filled(flat.get("items", {}), depth + 1)] * max(1, flat.get("minItems", 1))
        if kind == "object" or "properties" in flat:
            members = flat.get("properties", {}).items()
            return {key: self._filled(member, depth + 1) for key, member in members} or {"x": 1}
        texts = {"uuid": ID, "date-time": "2024-01-02T03:04:05Z", "date": "2024-01-02", "binary": PNG, "uri": URL}
        return texts.get(flat.get("format", "")) or "x" * max(1, flat.get("minLength", 1))

    def _flat(self, schema: Any) -> Schema:
        return flatten(self.openapi, schema) if isinstance(schema, dict) else {}


def _sent(request: httpx.Request) -> Iterator[tuple[str, str]]:
    """What a request holds, as (place, name); the members of an object in JSON as `object.member`."""
    yield from (("query parameter", name) for name in request.url.params)
    yield from (("header parameter", name) for name in request.headers)
    media_type = request.headers.get("content-type", "").partition(";")[0]
    if media_type == "multipart/form-data":
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        for part in message_from_bytes(head + request.content).walk():
            if name := part.get_param("name", header="content-disposition"):
                yield media_type, str(name)
                if part.get_content_type() == "application/json":
                    yield from ((media_type, f"{name}.{member}") for member in _members(part.get_payload(decode=True)))
    elif media_type == "application/json":
        for key, value in _members(request.content).items():
            yield media_type, key
            yield from ((media_type, f"{key}.{member}") for member in (value if isinstance(value, dict) else ()))
    elif media_type:
        for key in httpx.QueryParams(request.content.decode("utf-8", "replace")):
            yield media_type, key


def _members(text: Any) -> dict[str, Any]:
    """The members of an object in JSON; none of anything else."""
    value = json.loads(text)
    return value if isinstance(value, dict) else {}


def main(arguments: list[str]) -> int:
    openapi = json.loads(resources.files("recraft_api").joinpath("openapi.json").read_text("utf-8"))
    found = {
        "missing": missing_helpers(openapi),
        "stale": stale_helpers(openapi),
        "unreachable": unreachable(openapi),
    }
    if "--json" in arguments:
        print(json.dumps(found))
        return 0
    for what, names in found.items():
        for name in names:
            print(f"{what}: {name}")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # it asks for whatever there is, and answers with nothing
    logging.disable()
    sys.exit(main(sys.argv[1:]))
