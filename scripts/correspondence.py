"""Which schema of one document is which of another, by where operations use them and not by what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from renaming import Place
from specfile import located, mapping, operations

#: A schema where it is used: its place, and what stands there.
Use = tuple[Place, Any]


def schemas(
    theirs: dict[str, Any], ids: Mapping[tuple[str, str], str], base: dict[str, Any], full: dict[str, Any]
) -> dict[Place, str]:
    """What our documents call schemas of theirs that are called otherwise, by their place.

    `ids` are our ids of their operations. `base` comes first, since overlay documents speak of its schemas; of `full`,
    which those make of it, is what only it has. Where several of theirs stand for one of ours, it is the one that
    stands for it most often, and the others keep their names.
    """
    found: dict[Place, str] = {}
    for ours in (base, full):
        pairs = _Pairs(theirs, ours)
        for method, path, operation in operations(theirs):
            other = _operation(ours, ids.get((method, path)))
            if other is not None:
                pairs.look(("paths", path, method), operation, other)
        for (place, name), _ in pairs.votes.most_common():
            if place not in found and name not in found.values():
                found[place] = name
    components = list(mapping(mapping(theirs.get("components")).get("schemas")))
    _without_clashes(found, components)
    order: dict[Place, int] = {("components", "schemas", key): index for index, key in enumerate(components)}
    places = sorted(found, key=lambda place: order.get(place, len(order)))
    return {place: found[place] for place in places if place != ("components", "schemas", found[place])}


def _operation(specification: dict[str, Any], identifier: str | None) -> dict[str, Any] | None:
    return next((item for _, _, item in operations(specification) if item.get("operationId") == identifier), None)


def _without_clashes(found: dict[Place, str], components: Sequence[str]) -> None:
    """Leave out names that another schema of theirs has and keeps."""
    while True:
        moved = {place[2] for place, name in found.items() if len(place) == 3 and place[2] != name}
        clash = [
            place
            for place, name in found.items()
            if name in components and name not in moved and place != ("components", "schemas", name)
        ]
        if not clash:
            return
        for place in clash:
            del found[place]


@attrs.define
class _Pairs:
    """How often a schema of theirs, by its place, stands where a component of ours does."""

    theirs: dict[str, Any]
    ours: dict[str, Any]
    votes: Counter[tuple[Place, str]] = attrs.Factory(Counter)

    def look(self, place: Place, operation: dict[str, Any], other: dict[str, Any]) -> None:
        """Compare what two operations take and answer."""
        key = "requestBody"
        self._contents(((*place, key), operation.get(key)), other.get(key))
        answers = mapping(other.get("responses"))
        for status, response in mapping(operation.get("responses")).items():
            self._contents(((*place, "responses", status), response), answers.get(status))
        known = {mapping(item).get("name"): item for _, item in _parameters(((), other), self.ours)}
        for at, item in _parameters((place, operation), self.theirs):
            if same := known.get(item.get("name")):
                self._schemas(((*at, "schema"), item.get("schema")), same.get("schema"), frozenset())

    def _contents(self, use: Use, other: Any) -> None:
        (place, holder), (_, ours) = _resolved(use, self.theirs), _resolved(((), other), self.ours)
        contents = mapping(mapping(ours).get("content"))
        for media_type, content in mapping(mapping(holder).get("content")).items():
            inner = ((*place, "content", media_type, "schema"), mapping(content).get("schema"))
            self._schemas(inner, mapping(contents.get(media_type)).get("schema"), frozenset())

    def _schemas(self, use: Use, other: Any, seen: frozenset[tuple[Place, str]]) -> None:
        (place, schema), (at, ours) = _resolved(use, self.theirs), _resolved(((), other), self.ours)
        if not isinstance(schema, dict) or not isinstance(ours, dict):
            return
        if at[:2] == ("components", "schemas") and len(at) == 3:
            pair = (place, str(at[2]))
            if pair in seen:
                return
            seen |= {pair}
            self.votes[pair] += 1
        members = dict(_members(((), ours), self.ours))
        for key, inner in _members((place, schema), self.theirs):
            if key in members:
                self._schemas(inner, members[key][1], seen)


def _resolved(use: Use, document: dict[str, Any]) -> Use:
    """What a reference leads to, with the place where that stands; the document was seen to have no circles."""
    place, value = use
    while isinstance(value, dict) and isinstance(value.get("$ref"), str):
        reference = value["$ref"]
        value = located(document, reference)
        place = tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))
    return place, value


def _parameters(use: Use, document: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    place, operation = use
    for index, item in enumerate(operation.get("parameters", ())):
        at, parameter = _resolved(((*place, "parameters", index), item), document)
        yield at, mapping(parameter)


def _members(use: Use, document: dict[str, Any]) -> Iterator[tuple[str, Use]]:
    """What is inside a schema, by a name that tells where: its properties, those of its parts too, and the like."""
    place, schema = use
    for key, value in mapping(schema.get("properties")).items():
        yield f".{key}", ((*place, "properties", key), value)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield key, ((*place, key), schema[key])
    for key in ("oneOf", "anyOf", "allOf"):
        for index, part in enumerate(schema.get(key) or ()):
            inner = ((*place, key, index), part)
            yield f"{key}/{index}", inner
            if key == "allOf":
                yield from _members(_resolved(inner, document), document)
