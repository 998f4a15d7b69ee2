"""Propose spec/overlays/05-names.yaml for a document: what it calls otherwise, by methods and paths.

    python scripts/names.py DOCUMENT... [--write]     one file or folder, or the files an API was split into

Operations are known by method and path, wherever `/v1` is written, and schemas by where operations use them; what the
document calls them is no matter, nor whether it calls them anything. What is new keeps its own names. It is printed, or
written with --write. Exit code 1 where an operation that a helper needs is not there, with the nearest path, and 3 for
an invalid document.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

import correspondence
import generate
import helpers
import overlays
import specfile
from renaming import Place, at, bare
from specfile.naming import module_name

Route = tuple[str, str]
_PLAIN = re.compile(r"[-$.\[\]'/{}A-Za-z0-9_]+")  # what YAML takes without quotes

HEAD = """\
# Names: the one place that knows what the publisher of the vendored document calls things. The documents after this
# one, and all code, speak of operations by these ids, of schemas by these names, and of paths as they are here.
# `python scripts/names.py DOCUMENT` proposes this file for another document.
overlay: 1.0.0
info:
  title: Names
  version: 1.0.0
actions:
"""
OPERATIONS = "Operations, by method and path: what helpers call them, whatever the document does"
SCHEMAS = "Schemas: each becomes the component, and the class, of its name"


@attrs.define
class Names:
    """What a document is to be called.

    Attributes:
        prefix: What is taken off its paths.
        operations: The id of each operation, by method and path as the document writes it.
        schemas: The name of each schema that has another or none, by its place.
        titles: The title it has.
        missing: A sentence for each helper whose operation is not there.
    """

    prefix: str
    operations: dict[Route, str]
    schemas: dict[Place, str]
    titles: dict[Place, str]
    missing: list[str]


def propose(theirs: dict[str, Any], base: dict[str, Any], full: dict[str, Any], by_helper: Mapping[str, str]) -> Names:
    """Names for a document.

    `base` is the vendored document with our names, `full` the effective specification, `by_helper` the helper of each
    operation id.
    """
    known = _routes(full)
    own = _routes(theirs)
    prefix = _prefix(list(own), set(known))
    ids = {(method, path): found for method, path in own if (found := known.get((method, bare(path, prefix))))}
    kept = dict(_called(own, ids, prefix))
    schemas = correspondence.schemas(theirs, ids, base, full)
    titles = {place: str(title) for place in schemas if (title := specfile.mapping(at(theirs, place)).get("title"))}
    added = set(known.values()) - set(_routes(base).values())
    missing = [
        _missing(helper, identifier, known, own, prefix)
        for identifier, helper in by_helper.items()
        if identifier not in {*ids.values(), *added}
    ]
    return Names(prefix, kept, schemas, titles, missing)


def _routes(specification: dict[str, Any]) -> dict[Route, Any]:
    return {(method, path): item.get("operationId") for method, path, item in specfile.operations(specification)}


def _prefix(routes: list[Route], known: set[Route]) -> str:
    """The beginning of paths without which most of them are known; the shortest such."""
    found = {""}
    for _, path in routes:
        steps = path.partition("{")[0].split("/")[1:-1]
        found |= {"/" + "/".join(steps[: count + 1]) for count in range(len(steps))}

    def score(prefix: str) -> int:
        return sum((method, bare(path, prefix)) in known for method, path in routes)

    return max(sorted(found, key=lambda prefix: (len(prefix), prefix)), key=score)


def _called(own: dict[Route, Any], ids: Mapping[Route, str], prefix: str) -> Iterator[tuple[Route, str]]:
    """Every operation that has to be called something, in order: ours, and those without an id, or with one that would
    be the module of another, by method and path.
    """
    taken = {module_name(name) for name in ids.values()}
    for (method, path), name in own.items():
        if (method, path) in ids:
            yield (method, path), ids[method, path]
        elif not name or module_name(name) in taken:
            words = re.findall(r"[A-Za-z0-9]+", bare(path, prefix).replace("{", "by/"))
            made = unique = method + "".join(word[:1].upper() + word[1:] for word in words)
            while module_name(unique) in taken:
                unique = f"{made}{len(taken)}"
            taken.add(module_name(unique))
            yield (method, path), unique
        else:
            taken.add(module_name(name))


def _missing(helper: str, identifier: str, known: dict[Route, Any], own: dict[Route, Any], prefix: str) -> str:
    route = next(route for route, name in known.items() if name == identifier)
    wanted = _words(*route)
    there = [_words(method, bare(path, prefix)) for method, path in own]
    (nearest,) = difflib.get_close_matches(wanted, there, 1, 0.0) or ["nothing"]
    return f"{helper} needs {identifier}, {wanted}, and the document has no such operation; the nearest is {nearest}"


def _words(method: str, path: str) -> str:
    return f"{method.upper()} {path}"


def render(names: Names) -> str:
    """The overlay document."""
    lines = [_heading(OPERATIONS)]
    for (method, path), identifier in names.operations.items():
        lines += [
            *_target(("paths", path, method)),
            "    x-optional: true",
            f"    update: {{operationId: {identifier}}}",
        ]
    lines += [f"  # Not there: {specfile.printable(text)}." for text in names.missing]
    if names.schemas:
        lines += ["", _heading(SCHEMAS)]
    for place, name in names.schemas.items():
        lines += _target(place)
        if place in names.titles:
            lines.append(f"    x-was: {{title: {json.dumps(names.titles[place])}}}")
        lines.append(f"    update: {{title: {name}}}")
    if names.prefix:
        why = "    description: It is part of the address of the server, as helpers and the other documents have it."
        lines += ["", "  - target: $.paths", why, f"    x-strip: {json.dumps(names.prefix)}"]
    return HEAD + "\n".join(lines) + "\n"


def _heading(text: str) -> str:
    return f"  # --- {text} {'-' * (120 - len(text))}"[:120]


def _target(place: Place) -> Iterator[str]:
    path = "$" + "".join(_step(step) for step in place)
    yield f"  - target: {path if _PLAIN.fullmatch(path) else json.dumps(path)}"


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", step):
        return f".{step}"
    quoted = json.dumps(step)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"['{quoted}']"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="DOCUMENT")
    parser.add_argument("--write", action="store_true", help="write the file instead of printing it")
    options = parser.parse_args(arguments)
    spec, overlay_dir = generate.ROOT / "spec", generate.ROOT / "spec" / "overlays"
    try:
        with tempfile.TemporaryDirectory(prefix="recraft-names-") as scratch:
            theirs = specfile.load(specfile.gathered(options.files, Path(scratch)))
        specfile.lower(theirs)
        specfile.validate(theirs, named=False)
        ours = generate.named(generate.read(specfile.vendored(spec)), overlay_dir)
        full = json.loads((generate.ROOT / "generated" / generate.PACKAGE / "openapi.json").read_text("utf-8"))
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError) as error:
        print(specfile.printable(f"invalid: {error}"), file=sys.stderr)
        return 3
    base, known = ours.specification, _routes(ours.specification)
    if ours.stale or any(found != known.get(route, found) for route, found in _routes(full).items()):
        print("invalid: spec/overlays/05-names.yaml is not that of the vendored document; put it back", file=sys.stderr)
        return 3
    names = propose(theirs, base, full, helpers.helpers(generate.ROOT / "overlay" / "recraft"))
    if options.write:
        (overlay_dir / "05-names.yaml").write_text(render(names), "utf-8")
    else:
        print(render(names), end="")
    for text in names.missing:
        print(specfile.printable(text), file=sys.stderr)
    return 1 if names.missing else 0


if __name__ == "__main__":
    sys.exit(main())
