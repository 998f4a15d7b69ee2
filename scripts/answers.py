"""Answers as they are read: a paid one is never lost to a member that the document promises and the service leaves out.

The generated models fail on a required member that is missing. So `required` is dropped from every schema that is
reachable from a response and from no request, where it says what a caller must send.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from specfile import DATA_KEYWORDS, NAME_MAPS, located, mapping

#: Where something stands: the component it belongs to, or the place of the operation, and then the way down.
Place = tuple[str | int, ...]


def relax(specification: dict[str, Any]) -> list[str]:
    """Drop `required` from what only answers hold, in place; one sentence that says where, if anywhere."""
    sent, answered = _reached(specification, "request"), _reached(specification, "response")
    places = []
    for place, schema in answered.items():
        if place not in sent and isinstance(schema.get("required"), list):
            del schema["required"]
            places.append(place)
    if not places:
        return []
    names = [_name(place) for place in places]
    return [f"answers may lack what the document requires of them: {', '.join(dict.fromkeys(names))}"]


def _name(place: Place) -> str:
    return str(place[2]) if place[:2] == ("components", "schemas") else f"{str(place[2]).upper()} {place[1]}"


def _reached(specification: dict[str, Any], side: str) -> dict[Place, dict[str, Any]]:
    """Every mapping that one side of the operations leads to, by its place."""
    found: dict[Place, dict[str, Any]] = {}
    pending = list(_starts(specification, side))
    while pending:
        place, value, names = pending.pop()
        if isinstance(value, list):
            pending += [((*place, index), item, False) for index, item in enumerate(value)]
        elif isinstance(value, dict) and place not in found:
            if not names:
                found[place] = value
            reference = value.get("$ref")
            if isinstance(reference, str) and not names:
                at = tuple(part.replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/"))
                pending.append((at, located(specification, reference), False))
            pending += [
                ((*place, key), child, not names and key in NAME_MAPS and isinstance(child, dict))
                for key, child in value.items()
                if names or key not in DATA_KEYWORDS
            ]
    return dict(sorted(found.items(), key=lambda item: str(item[0])))


def _starts(specification: dict[str, Any], side: str) -> Iterator[tuple[Place, Any, bool]]:
    for path, item in mapping(specification.get("paths")).items():
        for method, operation in mapping(item).items():
            if method == "parameters":
                if side == "request":
                    yield ("paths", path, method), operation, False
            elif isinstance(operation, dict):
                for key in ("responses",) if side == "response" else ("parameters", "requestBody"):
                    yield ("paths", path, method, key), operation.get(key), key == "responses"
