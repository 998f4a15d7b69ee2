"""What changed between two specifications, and what it means.

    python scripts/diff.py NEW         compare with the vendored file, overlay documents and helpers included
    python scripts/diff.py OLD NEW     compare any two files

Exit codes: 0 identical or docs-only, 1 additive, 2 breaking or sdk-breaking, 3 invalid, 4 unclassified: a person has to
look.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import generate
import judge
import overlays
import specdiff
import specfile

EXIT_CODES = {"identical": 0, "docs-only": 0, "additive": 1, "breaking": 2, "sdk-breaking": 2, "unclassified": 4}
INVALID = 3


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="NEW, or OLD NEW")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    options = parser.parse_args(arguments)
    if len(options.files) > 2:
        parser.error("one or two files")
    try:
        return (
            _two(*options.files, as_json=options.json)
            if len(options.files) == 2
            else _vendored(*options.files, as_json=options.json)
        )
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError) as error:
        if options.json:
            print(json.dumps({"verdict": "invalid", "error": str(error)}, indent=2))
        print(specfile.printable(f"invalid: {error}"), file=sys.stderr)
        return INVALID


def _two(old: Path, new: Path, *, as_json: bool) -> int:
    documents = [specfile.load(path) for path in (old, new)]
    for document in documents:
        specfile.lower(document)
        specfile.validate(document)
    findings = specdiff.diff(*documents)
    level = specdiff.verdict(findings)
    print(json.dumps(specdiff.to_json(findings, level), indent=2) if as_json else specdiff.render_text(findings, level))
    return EXIT_CODES[level]


def _vendored(new: Path, *, as_json: bool) -> int:
    root = generate.ROOT
    found = judge.judge(root / "spec" / "openapi.yaml", new, root / "spec" / "overlays")
    level = found.verdict
    reach = judge.reach_of(found.specification, root)
    if as_json:
        report = specdiff.to_json(found.effective, level)
        report |= {"raw": specdiff.to_json(found.raw, specdiff.verdict(found.raw)), "warnings": found.warnings}
        report |= {"missing": reach.missing, "stale": reach.stale, "unreachable": reach.unreachable}
        print(json.dumps(report, indent=2))
    else:
        for warning in found.warnings:
            print(specfile.printable(f"warning: {warning}"))
        print(specdiff.render_text(found.effective, level))
        print(reach_text(reach))
    return EXIT_CODES[level]


def reach_text(reach: judge.Reach) -> str:
    """What the helpers cover, in sentences."""
    lines = [f"operation without a helper, use client.raw: {name}" for name in reach.missing]
    lines += [f"helper whose operation is gone: {name}" for name in reach.stale]
    lines += [f"request property that no helper reaches: {name}" for name in reach.unreachable]
    return specfile.printable("\n".join(lines)) or "every operation has a helper, and every request property is reached"


if __name__ == "__main__":
    sys.exit(main())
