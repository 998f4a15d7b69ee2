"""What changed between two specifications, and what it means.

    python scripts/diff.py NEW         compare with what was released, overlay documents and helpers included
    python scripts/diff.py OLD NEW     compare any two files

Both take --json or --markdown. Exit codes, by what happens on the wire: 0 nothing or documentation only, 1 additive,
2 breaking, 3 invalid, 4 unclassified: a person has to look. What it means for generated names is said beside it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import attrs

import generate
import judge
import overlays
import releases
import specdiff
import specfile

EXIT_CODES = {"identical": 0, "docs-only": 0, "additive": 1, "breaking": 2, "unclassified": 4}
INVALID = 3
FORMS: dict[str, Callable[..., str]] = {
    "text": specdiff.render_text,
    "markdown": specdiff.render_markdown,
    "json": lambda *found: json.dumps(specdiff.to_json(*found), indent=2),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="NEW, or OLD NEW")
    for name in ("json", "markdown"):
        parser.add_argument(f"--{name}", dest="form", action="store_const", const=name, default="text")
    options = parser.parse_args(arguments)
    if len(options.files) > 2:
        parser.error("one or two files")
    try:
        if len(options.files) == 2:
            return _two(options.files[0], options.files[1], options.form)
        return _vendored(options.files[0], options.form)
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError) as error:
        if options.form == "json":
            print(json.dumps({"version": specdiff.VERSION, "invalid": str(error)}, indent=2))
        print(specfile.printable(f"invalid: {error}"), file=sys.stderr)
        return INVALID


def _two(old: Path, new: Path, form: str) -> int:
    documents = [specfile.load(path) for path in (old, new)]
    for document in documents:
        specfile.lower(document)
        specfile.validate(document)
    findings = specdiff.diff(*documents)
    verdicts, places = specdiff.verdicts(findings), specfile.lines(new)

    def line(finding: specdiff.Finding) -> int | None:
        return places.get(finding.pointer)

    print(FORMS[form](findings, verdicts, line))
    return EXIT_CODES[verdicts["wire"]]


def _vendored(new: Path, form: str) -> int:
    root = generate.ROOT
    with tempfile.TemporaryDirectory(prefix="recraft-released-") as scratch:
        found = judge.judge(new, root, releases.released(root, Path(scratch)))
    reach = judge.Reach([], [], []) if found.stale or not found.fits else judge.reach_of(found.specification, root)
    if form == "json":
        report = specdiff.to_json(found.effective, found.verdicts, found.line)
        report |= {"warnings": found.warnings, "stale": found.stale, "helpers": attrs.asdict(reach)}
        print(json.dumps(report, indent=2))
    else:
        print(FORMS[form](found.effective, found.verdicts, found.line))
        told = [f"note: {warning}" for warning in found.warnings]
        told += [f"stale: {action}" for action in found.stale] or [reach_text(reach)]
        print(specfile.printable("\n".join(told)))
    return EXIT_CODES[found.verdicts["wire"]]


def reach_text(reach: judge.Reach) -> str:
    """What the helpers cover, in sentences."""
    lines = [f"operation without a helper, use client.raw: {name}" for name in reach.missing]
    lines += [f"helper whose operation is gone: {name}" for name in reach.stale]
    lines += [f"request property that no helper reaches: {name}" for name in reach.unreachable]
    return "\n".join(lines) or "every operation has a helper, and every request property is reached"


if __name__ == "__main__":
    sys.exit(main())
