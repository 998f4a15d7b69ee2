"""Say what another description of the service has and our effective specification lacks, without touching anything.

    python scripts/compare.py PATH

Operations are matched by method and path, whatever they are called and wherever `/v1` is written. Of each it tells the
media types, request properties, parameters, enum values and members of the answer that we lack. What only we have is
not told, and bounds and types are not compared: scripts/diff.py does that for two versions of one document.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

import generate
import overlays
import specfile
from schemas import Schema, choices, content_of, flatten, operations, resolve, server_path, successes

Places = dict[str, list[Any]]


@frozen
class Lack:
    """One thing that the other document has: of which operation of theirs, what kind of thing, and where.

    Attributes:
        values: What its enum names; with `known`, the place itself is not lacking, only these values are.
        media_types: Those of its requests that have it, when not all of them do.
    """

    operation: str
    kind: str
    place: str = ""
    values: tuple[Any, ...] = ()
    known: bool = False
    media_types: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f" ({', '.join(self.media_types)})" if self.media_types else ""
        values = f": {', '.join(map(str, self.values))}" if self.values else ""
        return f"{self.kind}{where}{' values of' if self.known else ''} {self.place}{values}".rstrip()


def compare(ours: Schema, theirs: Schema) -> list[Lack]:
    """What `theirs` has and `ours` lacks, in the order of their document."""
    known = {_route(ours, method, path, operation): operation for method, path, operation in operations(ours)}
    found: list[Lack] = []
    for method, path, operation in operations(theirs):
        name = f"{method} {path} ({operation.get('operationId', 'no id')})"
        mine = known.get(_route(theirs, method, path, operation))
        if mine is None:
            found.append(Lack(name, "operation"))
            continue
        found += _requests(name, ours, mine, theirs, operation)
        found += _lacking(name, "parameter", _parameters(ours, mine), _parameters(theirs, operation))
        found += _lacking(name, "answer", _answer(ours, mine), _answer(theirs, operation))
    return found


def _route(specification: Schema, method: str, path: str, operation: Schema) -> tuple[str, str]:
    """What a client asks for: the path below the host and a version, whatever its parameters are called."""
    whole = server_path(specification, operation) + path
    return method, re.sub(r"\{[^}]*\}", "{}", re.sub(r"^/v\d+(?=/)", "", whole))


def _requests(name: str, ours: Schema, mine: Schema, theirs: Schema, other: Schema) -> Iterator[Lack]:
    """What their bodies have, told once for all media types that have it."""
    have, want = _bodies(ours, mine), _bodies(theirs, other)
    anywhere = _joined(have.values())
    media_types: dict[Lack, list[str]] = {}
    for media_type, places in want.items():
        if media_type not in have:
            yield Lack(name, "media type", media_type)
        for lack in _lacking(name, "request", have.get(media_type, anywhere), places):
            media_types.setdefault(lack, []).append(media_type)
    for lack, where in media_types.items():
        yield evolve(lack, media_types=() if len(where) == len(want) else tuple(where))


def _lacking(name: str, kind: str, have: Places, want: Places) -> Iterator[Lack]:
    lacking = want.keys() - have.keys()
    for place, values in want.items():
        if place in lacking:
            if not _above(place) & lacking:
                yield Lack(name, kind, place, tuple(values))
        elif new := [value for value in values if value not in have[place]]:
            yield Lack(name, kind, place, tuple(new), known=True)


def _above(place: str) -> set[str]:
    """The places that hold this one: what is lacking as a whole is not told member by member."""
    steps = re.split(r"(?<=.)(?=\.|\[\])", place)
    return {"".join(steps[:count]) for count in range(1, len(steps))}


def _bodies(specification: Schema, operation: Schema) -> dict[str, Places]:
    content = content_of(specification, operation.get("requestBody", {}))
    return {kind: _places(specification, item.get("schema", {})) for kind, item in content.items()}


def _parameters(specification: Schema, operation: Schema) -> Places:
    items = [resolve(specification, item) for item in operation["parameters"]]
    named = {item["name"]: item.get("schema", {}) for item in items if item["in"] != "path"}
    return _places(specification, {"properties": named})


def _answer(specification: Schema, operation: Schema) -> Places:
    contents = [content_of(specification, response) for response in successes(operation)]
    return _joined(_places(specification, item.get("schema", {})) for content in contents for item in content.values())


def _joined(several: Iterable[Places]) -> Places:
    joined: Places = {}
    for places in several:
        for place, values in places.items():
            joined.setdefault(place, []).extend(value for value in values if value not in joined[place])
    return joined


def _places(specification: Schema, schema: Schema, place: str = "", seen: tuple[str, ...] = ()) -> Places:
    """Every member at any depth, such as `controls.colors[].std`, with the values its enum names."""
    reference = schema.get("$ref")
    if reference in seen:
        return {}
    seen = (*seen, reference) if reference else seen
    flat = flatten(specification, schema)
    found: Places = {place: list(flat.get("enum", ()))} if place else {}
    parts = [(f"{place}.{key}" if place else key, member) for key, member in flat.get("properties", {}).items()]
    parts += [(f"{place}[]", flat["items"])] if isinstance(flat.get("items"), dict) else []
    parts += [(place, choice) for choice in choices(flat)]
    return _joined([found, *(_places(specification, part, where, seen) for where, part in parts)])


def render(found: list[Lack]) -> str:
    """The findings in words, by operation."""
    lines = []
    for name in dict.fromkeys(lack.operation for lack in found):
        of_it = [lack for lack in found if lack.operation == name]
        if of_it[0].kind == "operation":
            lines.append(f"{name}: no such operation")
        else:
            lines += [name, *(f"  {lack}" for lack in of_it)]
    missing = sum(lack.kind == "operation" for lack in found)
    lines.append(f"{missing} operations and {len(found) - missing} other things are in that document and not in ours.")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the other document, YAML or JSON")
    options = parser.parse_args(arguments)
    try:
        ours, _ = generate.effective(specfile.vendored(generate.ROOT / "spec"), generate.ROOT / "spec" / "overlays")
        theirs = specfile.load(options.path)
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(render(compare(ours, theirs)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
