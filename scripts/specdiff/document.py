"""A parsed document that remembers which of its places were compared.

The comparison knows some keywords and walks some paths. What it did not look at must not pass as unchanged, so every
comparer marks what it understood, and `unexplained` lists the values that differ and carry no mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

from attrs import define, field, frozen

from specfile import DATA_KEYWORDS, NAME_MAPS, mapping

Pointer = tuple[str | int, ...]

#: Keywords that only people read. `title` is among them where it does not name a class.
DOCS: Final = frozenset(
    [
        "title",
        "description",
        "summary",
        "example",
        "examples",
        "externalDocs",
        "termsOfService",
        "contact",
        "license",
        "$comment",
        "x-codeSamples",
        "x-code-samples",
        "x-logo",
        "x-displayName",
        "x-tagGroups",
    ]
)
SCHEMAS: Final = ("components", "schemas")


@frozen
class Located:
    """A value and where it stands in its document."""

    value: Any
    at: Pointer

    def child(self, key: str | int, default: Any = None) -> Located:
        """The value under a key or index, or the default with the place where it would stand."""
        if isinstance(self.value, list):
            return Located(self.value[int(key)], (*self.at, key))
        return Located(mapping(self.value).get(str(key), default), (*self.at, key))

    def items(self) -> Iterator[tuple[str, Located]]:
        """The entries of a mapping (none for anything else)."""
        for key in mapping(self.value):
            yield key, self.child(key)


@define
class Document:
    """One side of a comparison."""

    root: dict[str, Any]
    marks: set[Pointer] = field(factory=set)

    def mark(self, *places: Pointer) -> None:
        """Record that these places, with everything below them, were compared."""
        self.marks.update(places)

    def resolve(self, node: Located) -> Located:
        """Follow $refs to what they mean; a circle or a dangling one ends in an empty mapping."""
        seen = set()
        while isinstance(node.value, dict) and isinstance(target := node.value.get("$ref"), str) and target not in seen:
            seen.add(target)
            self.mark((*node.at, "$ref"))
            node = self.target(target)
        return node if not (isinstance(node.value, dict) and "$ref" in node.value) else Located({}, node.at)

    def target(self, reference: str) -> Located:
        """The place a local $ref names."""
        node = Located(self.root, ())
        for part in reference.removeprefix("#/").split("/"):
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            node = node.child(int(key) if isinstance(node.value, list) else key)
        return node

    def expanded(self, value: Any, stack: tuple[str, ...] = (), docs: bool = False, names: bool = False) -> Any:
        """The value with each $ref replaced by what it means and without documentation: equal results mean the same.

        A recursive reference becomes its distance up the chain of references, so the names on the way do not matter.
        """
        if isinstance(value, list):
            return [self.expanded(item, stack, docs) for item in value]
        if not isinstance(value, dict):
            return value
        if not names and isinstance(target := value.get("$ref"), str):
            if target in stack:
                return {"recursion": len(stack) - stack.index(target)}
            return self.expanded(self.target(target).value, (*stack, target), docs)
        return {
            key: child
            if not names and key in DATA_KEYWORDS
            else self.expanded(child, stack, docs, _is_name_map(key, child, names))
            for key, child in value.items()
            if names or docs or key not in DOCS
        }

    def component(self, kind: str) -> dict[str, Any]:
        """The components of one kind, by name."""
        return mapping(mapping(self.root.get("components")).get(kind))


def _is_name_map(key: str, child: object, names: bool) -> bool:
    return not names and key in NAME_MAPS and isinstance(child, dict)


def changed_schemas(old: Document, new: Document) -> set[str]:
    """Component schemas that differ, or refer to one that does, however far away. The others need no comparison."""
    before, after = old.component("schemas"), new.component("schemas")
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    users: dict[str, set[str]] = {}
    for schemas in (before, after):
        for name, schema in schemas.items():
            for target in _references(schema):
                users.setdefault(target, set()).add(name)
    pending = list(changed)
    while pending:
        fresh = users.get(pending.pop(), set()) - changed
        changed |= fresh
        pending += fresh
    return changed


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(target := value.get("$ref"), str):
            yield schema_name(target)
        for child in value.values():
            yield from _references(child)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child)


def schema_name(reference: str) -> str:
    """The component schema a $ref names, or the reference itself when it names something else."""
    return reference.removeprefix("#/components/schemas/").replace("~1", "/").replace("~0", "~")


def holder(at: Pointer) -> str:
    """The component schema that a place belongs to, or ""."""
    return str(at[2]) if at[:2] == SCHEMAS and len(at) > 2 else ""


def unexplained(old: Document, new: Document) -> Iterator[tuple[Pointer, str, bool]]:
    """Values that differ although nothing compared them, as (place, which side, whether only people read it)."""
    before, after = ({(at, text): docs for at, text, docs in _leaves(side.root)} for side in (old, new))
    for document, mine, other, side in ((new, after, before, "new"), (old, before, after, "old")):
        # A list that was empty and no longer is differs by what it now holds, and only by that.
        filled = {at[:length] for at, _ in other for length in range(len(at))}
        for (at, text), docs in mine.items():
            if (at, text) in other or (text in ("{}", "[]") and at in filled):
                continue
            if not any(at[:length] in document.marks for length in range(len(at) + 1)):
                yield at, side, docs


def _leaves(value: Any, at: Pointer = (), names: bool = False) -> Iterator[tuple[Pointer, str, bool]]:
    """Every scalar with its place, and whether only people read it. Documentation and plain data count as one value."""
    if not value or not isinstance(value, dict | list):
        yield at, json.dumps(value), False  # as JSON text, because 1 == True == 1.0 in Python
        return
    for key, child in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(key, str) and not names and key in DOCS | DATA_KEYWORDS:
            yield (*at, key), json.dumps(child, sort_keys=True), key in DOCS
        else:
            yield from _leaves(child, (*at, key), isinstance(key, str) and _is_name_map(key, child, names))
