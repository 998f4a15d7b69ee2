"""Take a new specification: one command from the vendor's file to a checked package with a changelog and a version.

    python scripts/bump.py PATH... [--dry-run] [--json | --markdown] [--tests quick|all|none] [--as PART] [--keep]

It validates, compares, applies the overlay documents, regenerates, checks the helpers and the Python API, runs type
checks and tests, and writes changelog, version and provenance. All of that happens in a copy; the checkout changes at
the very end or not at all. Exit codes: 0 done, or nothing to do; 1 stopped, with all the reasons; the checkout is as it
was. --keep leaves the copy where it stopped.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from datetime import date
from pathlib import Path

import attrs

import generate
import specdiff
import specfile
import tools
from renewal import Options, Report, Say, Stopped, bump, indented


def how_to_go_on(stopped: Stopped) -> str:
    """What to do in a copy that was kept."""
    commands = "".join(f"    {command}\n" for command in stopped.commands)
    return (
        f"the copy is kept; go on there:\n    cd {stopped.copy}\n    export PYTHONPATH=overlay:generated\n{commands}"
        "then make the same changes in the checkout, and bump again."
    )


def parsed(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="the new specification, or its files")
    parser.add_argument("--dry-run", action="store_true", help="do everything but change the checkout")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--markdown", action="store_true", help="print the report as Markdown, for a pull request")
    parser.add_argument("--tests", choices=("quick", "all", "none"), default="all", help="which tests to run")
    parser.add_argument("--keep", action="store_true", help="leave the copy behind when it stops")
    parser.add_argument(
        "--as", dest="part", choices=("major", "minor", "patch"), help="the version part to raise, decided by a person"
    )
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    tools.end_cleanly()
    given = parsed(arguments)
    aside = given.json or given.markdown

    def say(text: str) -> None:
        print(specfile.printable(text), file=sys.stderr if aside else sys.stdout, flush=True)

    options = Options(date.today(), given.dry_run, given.tests, given.part, given.keep, say)
    try:
        report = bump(given.paths, generate.ROOT, options)
    except Stopped as stopped:
        if given.json:
            print(json.dumps({"stops": list(stopped.reasons)}, indent=2))
        print(specfile.printable(f"stopped, nothing was changed:\n{stopped}"), file=sys.stderr)
        if stopped.copy:
            print(how_to_go_on(stopped), file=sys.stderr)
        return 1
    if given.json:
        print(json.dumps(attrs.asdict(report), indent=2))
    elif given.markdown:
        print(report.markdown)
    elif report.version:
        _summary(report, say, dry_run=given.dry_run)
    return 0


def _summary(report: Report, say: Say, *, dry_run: bool) -> None:
    say(f"\n{indented(report.changelog)}\n")
    say(specdiff.verdicts_text(report.verdicts))
    say(f"version {report.previous_version} -> {report.version} ({report.part} since {report.released})")
    tests = report.steps.pop("tests", None)
    say(f"took {sum(report.steps.values()):.1f} s" + (f", and {tests:.1f} s for the tests" if tests else ""))
    say(
        "the checkout is as it was (--dry-run)"
        if dry_run
        else "done; look at the diff, commit it, tag what you release"
    )


if __name__ == "__main__":
    gc.disable()  # in a process of seconds there is next to no garbage, and looking for it takes a tenth of the time
    sys.exit(main())
