"""Checkouts to bump, and the vendor's next files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests" / "spec")]

import changelog  # noqa: E402
import generate  # noqa: E402
import judge  # noqa: E402
import python_api  # noqa: E402
import renewal  # noqa: E402
import specfile  # noqa: E402
import tools  # noqa: E402


def copy_checkout(target: Path) -> Path:
    """A checkout of this tree as if it had just been released: one commit, and nothing in the changelog since."""
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns(*renewal.NOT_COPIED))
    log = target / "CHANGELOG.md"
    head, _, rest = changelog.since(log.read_text("utf-8"), renewal.releases.version_of(target))
    log.write_text(head + rest, "utf-8")
    git(target, "init", "-q")
    commit(target)
    return target


def commit(checkout: Path, tag: str | None = None) -> None:
    """Commit everything, and tag it."""
    git(checkout, "add", "-A")
    git(checkout, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-qm", "all", "--allow-empty")
    if tag:
        git(checkout, "tag", tag)


def git(checkout: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(checkout), *arguments], check=True, capture_output=True)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout to copy: git takes longer to commit one than a copy of it all."""
    home = copy_checkout(tmp_path_factory.mktemp("released") / "checkout")
    git(home, "gc", "--quiet")  # few files
    return home


@pytest.fixture
def checkout(released: Path, tmp_path: Path) -> Path:
    return shutil.copytree(released, tmp_path / "checkout", symlinks=True)


@pytest.fixture
def next_file(tmp_path: Path) -> Callable[[Callable[[dict[str, Any]], None]], Path]:
    """Write the vendored specification with a change made to it."""

    def write(change: Callable[[dict[str, Any]], None]) -> Path:
        document = specfile.load(specfile.vendored(ROOT / "spec"))
        change(document)
        path = tmp_path / "next.yaml"
        path.write_text(json.dumps(document, indent=1), "utf-8")  # JSON is YAML
        return path

    return write


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a checkout but git's own."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not {".git", "__pycache__", ".mypy_cache"} & set(path.parts)
    }


Change = Callable[[dict[str, Any]], None]
NextFile = Callable[[Change], Path]
TODAY = date(2026, 12, 4)


def run(new: Path, root: Path, **options: Any) -> renewal.Report:
    """Bump without the tests."""
    return renewal.bump(new, root, renewal.Options(TODAY, **{"tests": "none", **options}))


@pytest.fixture
def no_tools(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Leave the type checkers out, where a test is about something else: they take most of the time.

    The names of those left out.
    """
    left_out: list[str] = []

    def leave_out(copy: Path, commands: list[list[str]], on_line: Any = None) -> list[tools.Outcome]:
        left_out.extend(command[0] for command in commands)
        return [tools.Outcome(tuple(command), 0, "") for command in commands]

    monkeypatch.setattr(tools, "run", leave_out)
    return left_out


@pytest.fixture
def no_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the package that is checked in for the generated one, where a test is about neither it nor the helpers. What
    it was generated from is still told.
    """
    package = ROOT / "generated" / generate.PACKAGE

    def copied(specification: dict[str, Any], spec: Path, target: Path) -> None:
        shutil.copytree(package, target)
        (target / "openapi.json").write_text(json.dumps(specification), "utf-8")

    monkeypatch.setattr(generate, "generate", copied)
    monkeypatch.setattr(judge, "reach", lambda generated, root: judge.Reach([], [], []))
    monkeypatch.setattr(python_api, "breakages", lambda old, new: [])
