"""Operations as capability files and their OpenAPI files see them: what is typed, described and named of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

import capabilities
import facts
from schemas import (
    Schema,
    choices,
    content_of,
    flatten,
    operations,
    request_bodies,
    resolve,
    server_path,
    successes,
    types_of,
)

JSON, MULTIPART = "application/json", "multipart/form-data"
#: How deep an answer is typed.
DEPTH = 6


@attrs.frozen
class Member:
    """One thing that an operation takes.

    Attributes:
        name: Its name on the wire.
        where: `path`, `query` or `body`.
        kind: Its JSON type.
        words: What it is, in words.
        required: Whether it must be given.
        upload: Whether it is a file of a form.
    """

    name: str
    where: str
    kind: str
    words: str
    required: bool
    upload: bool = False


@attrs.frozen
class Operation:
    """One operation, read from the specification."""

    specification: Schema = attrs.field(repr=False)
    method: str
    path: str
    raw: Schema = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """Its id in words with hyphens."""
        return kebab(self.raw["operationId"])

    @property
    def words(self) -> str:
        """What it does."""
        found = " ".join(str(self.raw.get("description") or self.raw.get("summary") or self.name).split())
        return found if found.endswith(".") else f"{found}."

    @property
    def at_root(self) -> bool:
        """Whether it stands beside the path of the server."""
        return server_path(self.specification, self.raw) != server_path(self.specification)

    @property
    def safe(self) -> bool:
        return self.method == "GET"

    @property
    def idempotent(self) -> bool:
        return self.method in ("GET", "PUT", "DELETE")

    @property
    def makes_images(self) -> bool:
        bodies = request_bodies(self.specification, self.raw)
        return bool(facts.images_made(self.specification, self.answers, bodies, self.name))

    @property
    def answers(self) -> list[Schema]:
        return facts.answers(self.specification, self.raw)

    @property
    def statuses(self) -> list[str]:
        """The statuses of its successes."""
        return sorted(code for code in map(str, self.raw["responses"]) if code.startswith("2"))

    def parameters(self) -> Iterator[Member]:
        """What stands in its address."""
        for item in (resolve(self.specification, each) for each in self.raw["parameters"]):
            if item["in"] in ("path", "query"):
                schema, required = item.get("schema", {}), bool(item.get("required"))
                words = self._described({**schema, "description": item.get("description")}, item["name"])
                yield Member(item["name"], item["in"], self._kind(schema), words, required)

    def body(self, media_type: str) -> list[Member]:
        """What its body takes, when it is written so; what must be given comes first. Where nothing must, an image is
        what makes sense, and a template needs something that is always there.
        """
        schema = request_bodies(self.specification, self.raw).get(media_type, {})
        required = schema.get("required", ())
        found = [
            Member(name, "body", self._kind(item), self._described(item, name), name in required, self._is_file(item))
            for name, item in schema.get("properties", {}).items()
            if not flatten(self.specification, item).get("x-carrier")
        ]
        if found and not any(member.required for member in found):
            properties = schema["properties"]
            images = [member for member in found if facts.takes_image(self.specification, properties[member.name])]
            first = (images or found)[0]
            found[found.index(first)] = attrs.evolve(first, required=True)
        return sorted(found, key=lambda member: not member.required)

    def has(self, media_type: str) -> bool:
        return media_type in content_of(self.specification, self.raw.get("requestBody", {}))

    def answer(self) -> Schema | None:
        """What it answers, flattened all the way down; None when it promises nothing."""
        return self.flat(self.answers[0]) if successes(self.raw) and self.answers else None

    def flat(self, schema: Schema, depth: int = DEPTH) -> Schema:
        """A schema that reads without the specification, without what only this project states."""
        flat = flatten(self.specification, schema)
        left_out = {key for key in flat if key.startswith("x-") or key in ("title", "default")}
        found = {key: value for key, value in flat.items() if key not in left_out}
        if depth == 0:
            return {key: value for key, value in found.items() if key in ("type", "description")}
        if "properties" in found:
            found["properties"] = {key: self.flat(value, depth - 1) for key, value in found["properties"].items()}
        for key in ("items", "additionalProperties"):
            if isinstance(found.get(key), dict):
                found[key] = self.flat(found[key], depth - 1)
        for key in ("oneOf", "anyOf"):
            if key in found:
                found[key] = [self.flat(each, depth - 1) for each in found[key]]
        return found

    def _kind(self, schema: Schema) -> str:
        flat = flatten(self.specification, schema)
        kinds = [kind for kind in types_of(flat) if kind != "null"]
        if not kinds:
            kinds = [self._kind(each) for each in choices(flat)] or ["object" if "properties" in flat else "string"]
        return kinds[0]

    def _is_file(self, schema: Schema) -> bool:
        flat = flatten(self.specification, schema)
        return "binary" in (flat.get("format"), flatten(self.specification, flat.get("items", {})).get("format"))

    def _described(self, schema: Schema, name: str) -> str:
        flat = flatten(self.specification, schema)
        given = schema.get("description") or flat.get("description") or name.replace("_", " ").capitalize()
        words = " ".join(str(given).split())
        words = words if words.endswith((".", "!", "?")) else f"{words}."
        for low, high, what in (("minimum", "maximum", ""), ("minItems", "maxItems", " items")):
            bounds = ((low, "at least"), (high, "at most"))
            said = [f"{word} {flat[key]}{what}" for key, word in bounds if key in flat]
            words += f" {', '.join(said).capitalize()}." if said else ""
        inner = [flatten(self.specification, each) for each in choices(flat)]
        known = [str(value) for each in (flat, *inner) for value in each.get("enum", ()) if value is not None]
        return f"{words} Known values: {', '.join(dict.fromkeys(known))}." if known else words


def by_capability(specification: Schema) -> dict[str, list[Operation]]:
    """The operations of each capability, in the order of the specification."""
    found: dict[str, list[Operation]] = {name: [] for name in capabilities.known(specification)}
    for method, path, raw in operations(specification):
        for name in capabilities.of(specification, raw):
            found[name].append(Operation(specification, method, path, raw))
    return found


def kebab(name: str) -> str:
    """`createImage` and `style_id` as words with hyphens."""
    return re.sub(r"[^a-zA-Z0-9]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name)).strip("-").lower()
