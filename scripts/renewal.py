"""What a bump does, step by step, in a copy of the checkout: see `bump.py`."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Literal

import attrs

import changelog
import changes
import generate
import judge
import overlays
import python_api
import releases
import specdiff
import specfile
import swap
import tools

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
Tests = Literal["quick", "all", "none"]
#: What a run of the tests leaves out. A copy is no checkout, so what works on one cannot run there.
LEFT_OUT = {"all": "not checkout and not bumps", "quick": "not checkout and not bumps and not slow"}
Say = Callable[[str], None]


class Stopped(Exception):
    """Something needs a person; nothing was changed. `reasons` are all there are, `copy` is where it stopped."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        self.copy: Path | None = None
        self.commands: list[str] = []
        super().__init__(reasons[0] if len(reasons) == 1 else "\n".join(f"- {reason}" for reason in reasons))


@attrs.define
class Report:
    """What a bump found and did."""

    verdicts: dict[str, specdiff.Level] = attrs.Factory(dict)
    part: changelog.Part = "none"
    version: str = ""
    previous_version: str = ""
    released: str = ""
    sha256: str = ""
    findings: dict[str, Any] = attrs.Factory(dict)
    markdown: str = ""
    python: list[str] = attrs.Factory(list)
    reach: dict[str, list[str]] = attrs.Factory(dict)
    warnings: list[str] = attrs.Factory(list)
    changelog: str = ""
    steps: dict[str, float] = attrs.Factory(dict)  # seconds
    changed: bool = False


@attrs.frozen
class Options:
    """How to bump.

    Attributes:
        today: The date of the changelog entry.
        dry_run: Change nothing.
        tests: Which tests to run.
        decided: The part of the version to raise, by a person's decision.
        keep: Leave the copy behind when it stops.
        say: Told what happens.
    """

    today: date
    dry_run: bool = False
    tests: Tests = "all"
    decided: changelog.Part | None = None
    keep: bool = False
    say: Say = lambda text: None


def bump(paths: Path | Sequence[Path], root: Path, options: Options) -> Report:
    """Bump the checkout at `root` to a specification: a file, a folder, or the files it was split into.

    Raises Stopped with every reason that was found, and the checkout as it was.
    """
    report = Report()
    scratch = Path(tempfile.mkdtemp(prefix="recraft-bump-"))
    copy, kept = scratch / "copy", False
    try:
        with _reasons():
            new = specfile.gathered([paths] if isinstance(paths, Path) else paths, scratch)
            report.sha256 = specfile.sha256(new)
            if report.sha256 == specfile.sha256(specfile.vendored(root / "spec")):
                options.say("this is the vendored file, byte for byte: nothing to do")
                return report
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*NOT_COPIED), symlinks=True)
        with _reasons():
            _Run(new, root, copy, options, report).steps()
            if not options.dry_run:
                swap.swap(copy, root)
                report.changed = True
    except Stopped as stopped:
        if options.keep:
            stopped.copy, kept = copy, True
        raise
    finally:
        if not kept:
            shutil.rmtree(scratch)
    return report


@attrs.define
class _Run:
    """One bump, in a copy. What needs a person is collected; what can still be found out without, is."""

    new: Path
    root: Path
    copy: Path
    options: Options
    report: Report
    stops: list[str] = attrs.Factory(list)
    commands: list[str] = attrs.Factory(list)

    def steps(self) -> None:
        """Every step there is. Raises Stopped."""
        release = releases.released(self.root, self.copy.parent / "released")
        try:
            with self._step("validate, compare, apply the overlay documents"):
                found = self._compare(release)
            if found.fits:
                self._generate(found, release)
            with self._step("write changelog, version and provenance"):
                self._write(found, release)
            if found.fits and not self.stops:
                with self._step("write the reference pages, and what agents read"):
                    self._ended(*tools.run(self.copy, [["pages"]]))
            if self.options.tests != "none" and not self.stops:
                with self._step("tests"):
                    self._test()
        except (specfile.SpecError, overlays.OverlayError, generate.GenerateError) as error:
            self.stops.append(self._relative(str(error)))
        if self.stops:
            stopped = Stopped(*self.stops)
            stopped.commands = self.commands
            raise stopped

    def _generate(self, found: judge.Judgement, release: releases.Release) -> None:
        with self._step("regenerate"):
            specfile.vendor(self.new, self.copy / "spec")
            shutil.rmtree(self.copy / releases.PACKAGE)
            generate.generate(found.specification, self.copy / "spec", self.copy / releases.PACKAGE)
        with self._step("check the helpers"):
            fit = self._check_helpers()
        if fit:  # otherwise all that follows fails for the same reason
            with self._step("compare the Python API"):
                self._compare_python(release)
            with self._step("type checks"):
                self._check_types()

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self.options.say(name)
        began = time.perf_counter()
        yield
        self.report.steps[name] = round(time.perf_counter() - began, 2)

    def _compare(self, release: releases.Release) -> judge.Judgement:
        report, say = self.report, self.options.say
        found = judge.judge(self.new, self.copy, release)
        report.warnings, report.verdicts, report.released = found.warnings, found.verdicts, release.version
        report.findings = specdiff.to_json(found.effective, found.verdicts, found.line)
        report.markdown = specdiff.render_markdown(found.effective, found.verdicts, found.line)
        for warning in found.warnings:
            say(f"  note: {warning}")
        say(
            indented(
                f"compared with {release.name}\n" + specdiff.render_text(found.effective, found.verdicts, found.line)
            )
        )
        if found.stale and found.fits:
            gone = [finding for finding in found.raw if finding.level == "breaking"]
            if gone:  # the overlay documents may put back what is gone
                say(indented("in the file itself\n" + specdiff.render_text(gone, specdiff.verdicts(gone), found.line)))
        self.stops += found.stale
        if found.undecided and self.options.decided is None:
            self.stops.append(
                "the comparison cannot tell what the change means. Look at the findings above, then say which part of "
                "the version it raises: PART=major, minor or patch"
            )
        return found

    def _check_helpers(self) -> bool:
        """Whether every helper still has its operation."""
        reach = judge.reach(self.copy / "generated", self.copy)
        self.report.reach = attrs.asdict(reach)
        for name in reach.missing:
            self.options.say(f"  {name} has no helper; it works through client.raw")
        self.stops += [f"overlay/recraft: the operation of {name} is gone" for name in reach.stale]
        self.stops += [f"overlay/recraft: no helper reaches {name}" for name in reach.unreachable]
        return not reach.stale

    def _compare_python(self, release: releases.Release) -> None:
        self.report.python = python_api.breakages(release.tree, self.copy)
        for text in self.report.python:
            self.options.say(f"  breaks since {release.name}: {text}")

    def _check_types(self) -> None:
        checks = (["mypy", "overlay", releases.PACKAGE], ["pyright", "--pythonpath", sys.executable])
        for outcome in tools.run(self.copy, checks):
            self._ended(outcome)

    def _test(self) -> None:
        arguments = ["pytest", "-q", "-n", "auto", "--dist", "worksteal", "-p", "no:cacheprovider"]
        arguments += ["-m", LEFT_OUT[self.options.tests]]
        if self.options.tests == "quick":  # loading schemathesis takes each process seconds, and its tests are slow
            arguments += ["-p", "no:schemathesis", "--ignore=tests/sandbox/test_sandbox_schemathesis.py"]
        (first,) = tools.run(self.copy, [arguments], tools.percents(self.options.say))
        names = tools.failed_tests(first.output)
        if first.code == 0 or not names:
            return self._ended(first)
        self.options.say(f"  {len(names)} failed; once more, alone")
        (second,) = tools.run(self.copy, [["pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "-m", "", *names]])
        again = set(tools.failed_tests(second.output))
        for name in (name for name in names if name not in again):
            self.report.warnings.append(f"flaky: {name} failed among the others and passed alone")
            self.options.say(f"  note: {self.report.warnings[-1]}")
        return self._ended(second)

    def _ended(self, outcome: tools.Outcome) -> None:
        if outcome.failure:
            self.stops.append(outcome.failure)
            self.commands.append(" ".join([f"{sys.executable} -m", *map(_quoted, outcome.command)]))

    def _write(self, found: judge.Judgement, release: releases.Release) -> None:
        report = self.report
        report.previous_version = releases.version_of(self.copy)
        log, project = self.copy / "CHANGELOG.md", self.copy / "pyproject.toml"
        text, written = log.read_text("utf-8"), project.read_text("utf-8")
        report.part = changelog.worse(
            self.options.decided or changes.PART_OF[found.judged],
            "major" if report.python else "none",
            changelog.part_of_unreleased(text, release.version),
            changelog.part_between(release.version, report.previous_version),
        )
        report.version = changelog.next_version(release.version, report.part)
        line = f'version = "{report.previous_version}"'
        project.write_text(written.replace(line, f'version = "{report.version}"', 1), "utf-8")
        api = str(found.specification["info"]["version"])
        intro = f"For the Recraft Images API of {api} (sha256 of its document: {report.sha256})."
        lines = changes.sections(found.effective, report.python, found.audience)
        report.changelog = changelog.entry(report.version, self.options.today, intro, lines)
        if report.part != "none":
            folded = changelog.fold(text, report.version, self.options.today, intro, lines, release.version)
            log.write_text(folded, "utf-8")
        provenance = self.copy / "spec" / "provenance.json"
        known = json.loads(provenance.read_text("utf-8"))
        known |= {
            "version": api,
            "vendored": self.options.today.isoformat(),
            "previous_sha256": known["sha256"],
            "sha256": report.sha256,
            "bumped_from": release.version,
        }
        known.pop("files", None)
        if len(parts := specfile.files(self.new)) > 1:
            known["files"] = [{"name": part.name, "sha256": specfile.sha256(part)} for part in parts]
        provenance.write_text(json.dumps(known, indent=2) + "\n", "utf-8")

    def _relative(self, text: str) -> str:
        return text.replace(f"{self.copy}/", "").replace(f"{self.root}/", "")


@contextmanager
def _reasons() -> Iterator[None]:
    """What a file or a disk can do, as the one kind of error with a reason."""
    try:
        yield
    except (specfile.SpecError, overlays.OverlayError, generate.GenerateError, OSError, ValueError) as error:
        raise Stopped(str(error)) from error


def _quoted(word: str) -> str:
    return word if re.fullmatch(r"[\w./:=-]+", word) else f"'{word}'"


def indented(text: str) -> str:
    """Text as part of a step."""
    return "\n".join(f"  {line}".rstrip() for line in text.splitlines())
