"""Measure what a document is with every `$ref` written out: three kilobytes can stand for more than fits on a disk.

Everything that reads schemas follows references, so what is too large or too deep is refused before any of it starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from specfile.reading import MAX_DEPTH, MAX_NODES
from specfile.structure import DATA_KEYWORDS, NAME_MAPS, located, mapping, pointer

#: A value, whether its keys are names, how deep it stands, and the references on the way to it.
Step = tuple[Any, bool, int, frozenset[str]]


def expansion(spec: dict[str, Any]) -> Iterator[str]:
    """The first problem with the size or the depth of a document; references that lead nowhere end there."""
    left = MAX_NODES
    for start, value in _starts(spec):
        pending: list[Step] = [(value, False, 1, frozenset())]
        while pending:
            step = pending.pop()
            left -= 1
            if left < 0:
                yield (
                    f"{pointer(start)}: the document has more than {MAX_NODES:,} values once its $refs are followed, "
                    "which double at each level or form many circles; describe less of it"
                )
                return
            if step[2] > MAX_DEPTH:
                yield f"{pointer(start)}: nests deeper than {MAX_DEPTH} levels once its $refs are followed"
                return
            pending += _inside(spec, *step)


def _starts(spec: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key in ("paths", "webhooks"):
        for path, item in mapping(spec.get(key)).items():
            yield (key, path), item
    for kind, components in mapping(spec.get("components")).items():
        for name, component in mapping(components).items():
            yield ("components", kind, name), component


def _inside(spec: dict[str, Any], value: Any, names: bool, depth: int, stack: frozenset[str]) -> Iterator[Step]:
    if isinstance(value, list):
        yield from ((item, False, depth + 1, stack) for item in value)
    elif isinstance(value, dict):
        target = value.get("$ref")
        if not names and isinstance(target, str):
            if target not in stack:  # a circle is followed once around
                with suppress(LookupError):
                    yield located(spec, target), False, depth + 1, stack | {target}
        else:
            for key, child in value.items():
                if names or key not in DATA_KEYWORDS:
                    yield child, not names and key in NAME_MAPS and isinstance(child, dict), depth + 1, stack
