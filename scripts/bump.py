"""Take a new specification: one command from the vendor's file to a checked package with a changelog and a version.

    python scripts/bump.py PATH [--dry-run] [--json] [--no-tests] [--as major|minor|patch]

It validates, compares, applies the overlay documents, regenerates, checks the helpers and the Python API, runs type
checks and tests, and writes changelog, version, provenance and the reference page. All of that happens in a copy; the
checkout changes at the very end or not at all. Exit codes: 0 done, or nothing to do; 1 stopped, with the reason; the
checkout is as it was.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import attrs

import changes
import generate
import helpers
import judge
import overlays
import python_api
import specdiff
import specfile
import swap

NOT_COPIED = (
    ".git",
    ".venv",
    "dist",
    "demo-out",
    "__pycache__",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    ".coverage*",
)


class Stopped(Exception):
    """A step failed; nothing was changed."""


@attrs.define
class Report:
    """What a bump found and did."""

    verdict: str = "identical"
    part: changes.Part = "none"
    version: str = ""
    previous_version: str = ""
    sha256: str = ""
    findings: dict[str, Any] = attrs.Factory(dict)
    python: list[str] = attrs.Factory(list)
    reach: dict[str, list[str]] = attrs.Factory(dict)
    warnings: list[str] = attrs.Factory(list)
    changelog: str = ""
    steps: dict[str, float] = attrs.Factory(dict)  # seconds
    changed: bool = False


def bump(
    new: Path,
    root: Path,
    *,
    today: date,
    dry_run: bool = False,
    tests: bool = True,
    decided: changes.Part | None = None,
    say: Callable[[str], None] = lambda text: None,
) -> Report:
    """Bump the checkout at `root` to the specification at `new`. Raises Stopped with a reason, and the checkout as it
    was.

    `decided` is the version part that a person chose where the comparison cannot tell, or chose to raise further.
    """
    report = Report()
    with _reasons():
        vendored = root / "spec" / "openapi.yaml"
        report.sha256 = specfile.sha256(new)
        if report.sha256 == specfile.sha256(vendored):
            say("this is the vendored file, byte for byte: nothing to do")
            return report
        with tempfile.TemporaryDirectory(prefix="recraft-bump-") as scratch:
            copy = Path(scratch) / "copy"
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
            _steps(new, root, copy, report, today, tests, decided, say)
            if not dry_run:
                swap.swap(copy, root)
                report.changed = True
    return report


def _steps(
    new: Path,
    root: Path,
    copy: Path,
    report: Report,
    today: date,
    tests: bool,
    decided: changes.Part | None,
    say: Callable[[str], None],
) -> None:
    @contextmanager
    def step(name: str) -> Iterator[None]:
        say(name)
        began = time.perf_counter()
        yield
        report.steps[name] = round(time.perf_counter() - began, 2)

    with step("validate, compare, apply the overlay documents"):
        found = _compare(new, copy, report, decided, say)
    with step("regenerate"):
        shutil.copyfile(new, copy / "spec" / "openapi.yaml")
        shutil.rmtree(copy / "generated" / generate.PACKAGE)
        generate.generate(found.specification, copy / "spec", copy / "generated" / generate.PACKAGE)
    with step("check the helpers"):
        _check_helpers(copy, report, say)
    with step("compare the Python API"):
        _compare_python(copy, root, report, say)
    part = decided or changes.PART_OF[report.verdict]
    report.part = changes.worse(part, "major") if report.python else part
    with step("type checks"):
        checks = (["mypy", "overlay", f"generated/{generate.PACKAGE}"], ["pyright", "--pythonpath", sys.executable])
        with ThreadPoolExecutor() as both:  # side by side: they take most of the time
            list(both.map(lambda command: _run(copy, *command), checks))
    with step("write changelog, version, provenance and reference"):
        _write(copy, root, found, report, today)
        _run(copy, "scripts.reference")
        _run(copy, "scripts.command_line")
    if tests:
        with step("tests"):
            options = ["-q", "--maxfail=10", "-n", "auto", "-p", "no:cacheprovider"]
            _run(copy, "pytest", *options, "-m", "not checkout and not bumps")


def _compare(
    new: Path, copy: Path, report: Report, decided: changes.Part | None, say: Callable[[str], None]
) -> judge.Judgement:
    found = judge.judge(copy / "spec" / "openapi.yaml", new, copy / "spec" / "overlays")
    report.warnings, report.verdict = found.warnings, found.verdict
    report.findings = specdiff.to_json(found.effective, found.verdict)
    for warning in found.warnings:
        say(f"  warning: {warning}")
    say(_indented(specdiff.render_text(found.effective, found.verdict)))
    if found.verdict == "unclassified" and decided is None:
        raise Stopped(
            "the comparison cannot tell what this means. Look at the findings above, then say it: "
            "--as major|minor|patch"
        )
    return found


def _check_helpers(copy: Path, report: Report, say: Callable[[str], None]) -> None:
    reach = judge.reach(copy / "generated", copy)
    report.reach = attrs.asdict(reach)
    for name in reach.missing:
        say(f"  {name} has no helper; it works through client.raw")
    problems = [f"the operation of {name} is gone" for name in reach.stale]
    problems += [f"no helper reaches {name}" for name in reach.unreachable]
    if problems:
        raise Stopped("the helpers in overlay/recraft no longer fit:\n  " + "\n  ".join(problems))


def _compare_python(copy: Path, root: Path, report: Report, say: Callable[[str], None]) -> None:
    before = copy.parent / "released"
    try:
        reference = python_api.released(root, before)
    except subprocess.CalledProcessError:  # no git here: what stands in the checkout is what callers have
        reference, before = "the checkout", root
    report.python = python_api.breakages(before, copy)
    for text in report.python:
        say(f"  breaks since {reference}: {text}")


def _write(copy: Path, root: Path, found: judge.Judgement, report: Report, today: date) -> None:
    project = copy / "pyproject.toml"
    text = project.read_text("utf-8")
    version = re.search(r'^version = "([^"]+)"$', text, re.M)
    if version is None:
        raise Stopped('pyproject.toml has no line `version = "..."`')
    report.previous_version = version.group(1)
    report.version = changes.next_version(report.previous_version, report.part)
    project.write_text(text[: version.start(1)] + report.version + text[version.end(1) :], "utf-8")
    lines = changes.sections(
        found.effective, report.python, helpers.helpers(copy / "overlay" / "recraft"), judge.tags(found.specification)
    )
    if report.part != "none":
        report.changelog = changes.entry(report.version, today, lines)
        changelog = copy / "CHANGELOG.md"
        changelog.write_text(changes.insert(changelog.read_text("utf-8"), report.changelog), "utf-8")
    provenance = copy / "spec" / "provenance.json"
    known = json.loads(provenance.read_text("utf-8"))
    known |= {
        "version": str(found.specification["info"]["version"]),
        "vendored": today.isoformat(),
        "previous_sha256": known["sha256"],
        "sha256": report.sha256,
    }
    provenance.write_text(json.dumps(known, indent=2) + "\n", "utf-8")


def _run(copy: Path, *command: str) -> None:
    """Run a tool of this environment in the copy, on the copy's own packages."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(copy / "overlay"), str(copy / "generated")])}
    # Most of the copy was checked in the checkout before.
    environment.setdefault("MYPY_CACHE_DIR", str(generate.ROOT / ".mypy_cache"))
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    run = subprocess.run(
        [sys.executable, "-m", *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        output = (run.stdout + run.stderr).strip().splitlines()
        raise Stopped(f"{' '.join(command)} failed:\n  " + "\n  ".join(output[-40:]))


@contextmanager
def _reasons() -> Iterator[None]:
    """Every way a step can fail, as one kind of error with a reason."""
    try:
        yield
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError, ValueError) as error:
        raise Stopped(str(error)) from error


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="the new specification")
    parser.add_argument("--dry-run", action="store_true", help="do everything but change the checkout")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--no-tests", action="store_true", help="leave the tests out")
    parser.add_argument(
        "--as", dest="part", choices=("major", "minor", "patch"), help="the version part to raise, decided by a person"
    )
    options = parser.parse_args(arguments)
    say: Callable[[str], None] = (lambda text: print(text, file=sys.stderr)) if options.json else print
    try:
        report = bump(
            options.path,
            generate.ROOT,
            today=date.today(),
            dry_run=options.dry_run,
            tests=not options.no_tests,
            decided=options.part,
            say=say,
        )
    except Stopped as stopped:
        if options.json:
            print(json.dumps({"error": str(stopped)}, indent=2))
        print(f"stopped, nothing was changed: {stopped}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(attrs.asdict(report), indent=2))
    elif report.version:
        if report.changelog:
            print(f"\n{_indented(report.changelog)}\n")
        print(f"verdict: {report.verdict}; version {report.previous_version} -> {report.version} ({report.part})")
        tests = report.steps.pop("tests", None)
        print(f"took {sum(report.steps.values()):.1f} s" + (f", and {tests:.1f} s for the tests" if tests else ""))
        print("the checkout is as it was (--dry-run)" if options.dry_run else "done; look at the diff and commit it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
