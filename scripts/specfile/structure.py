"""What an OpenAPI document is made of, for everything that walks one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import unquote

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


#: Keywords whose value is data: a "$ref" or a "type" inside is an example, not a part of the description.
DATA_KEYWORDS: Final = frozenset({"example", "examples", "default", "enum", "const"})
#: Keywords whose value maps names that people chose, so a key "example" or "enum" below is a name and no keyword.
NAME_MAPS: Final = frozenset(
    [
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
        "schemas",
        "parameters",
        "headers",
        "responses",
        "requestBodies",
        "securitySchemes",
        "links",
        "callbacks",
        "pathItems",
        "paths",
        "webhooks",
        "content",
        "encoding",
    ]
)


class SpecError(Exception):
    """The file cannot be used. `problems` holds each reason: what is wrong, where, and what to do about it."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        first, rest = problems[0], problems[1:]
        lines = [f"{len(problems)} problems:", *(f"  - {problem}" for problem in problems)]
        super().__init__("\n".join(lines) if rest else first)

    def __reduce__(self) -> tuple[type[SpecError], tuple[str, ...]]:
        return type(self), self.problems


def operations(spec: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every (method, path, operation) in file order, whatever shape the rest of the document is in."""
    for path, item in mapping(spec.get("paths")).items():
        for method in METHODS:
            if isinstance(operation := mapping(item).get(method), dict):
                yield method, path, operation


def mapping(value: object) -> dict[str, Any]:
    """The value if it is a mapping, else an empty one: checks of one part survive nonsense in another."""
    return value if isinstance(value, dict) else {}


def pointer(parts: Iterable[str | int]) -> str:
    """An RFC 6901 JSON pointer, as `/paths/~1users~1me/get`."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def subtrees(
    value: Any, at: tuple[str | int, ...] = (), names: bool = False
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every mapping of the document with its place, except those inside examples, defaults and other plain data."""
    if isinstance(value, dict):
        if not names:
            yield at, value
        for key, child in value.items():
            if names or key not in DATA_KEYWORDS:
                # Inside a map of names the next level is described by keywords again, and the other way round.
                yield from subtrees(child, (*at, key), not names and key in NAME_MAPS and isinstance(child, dict))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from subtrees(child, (*at, index))


def located(spec: dict[str, Any], reference: str) -> Any:
    """What a local `$ref` names. Raises LookupError with the first part of it that is not there."""
    node: Any = spec
    for part in (unquote(part).replace("~1", "/").replace("~0", "~") for part in reference[2:].split("/")):
        if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
            node = node[int(part)]
        elif isinstance(node, dict) and part in node:
            node = node[part]
        else:
            raise LookupError(part)
    return node


def printable(text: str) -> str:
    """Text of a document as a terminal may show it: what would move the cursor, colour or hide anything is escaped."""
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)
