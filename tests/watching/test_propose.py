"""Looking for a new specification, and the pull request that is made of it, with a real git and a `gh` that records."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import propose
import specfile
import watch

from .conftest import ROOT, Host

VENDORED = specfile.files(specfile.vendored(ROOT / "spec"))[0]

GH = """#!{python}
import json, pathlib, sys
home = pathlib.Path({home!r})
with open(home / "asked", "a") as asked:
    asked.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[1:3] == ["pr", "list"]:
    print((home / "open").read_text())
"""


def git(root: Path, *command: str) -> str:
    return subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True, text=True).stdout


@attrs.define
class Repository:
    """A small checkout with a remote, and what `gh` was asked."""

    root: Path
    home: Path

    def open(self, *requests: dict[str, Any]) -> None:
        (self.home / "open").write_text(json.dumps(requests))

    def asked(self) -> list[list[str]]:
        path = self.home / "asked"
        lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
        path.unlink(missing_ok=True)
        return [line for line in lines if line[1] != "list"]

    def pushed(self) -> str:
        return git(self.home / "remote.git", "show", f"{propose.BRANCH}:spec/openapi.yaml")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    gh = home / "bin" / "gh"
    gh.write_text(GH.format(python=sys.executable, home=str(home)))
    gh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{home / 'bin'}:{shutil.os.environ['PATH']}")  # type: ignore[attr-defined]
    root = tmp_path / "checkout"
    (root / "spec").mkdir(parents=True)
    shutil.copy(VENDORED, root / "spec" / "openapi.yaml")
    provenance = {"sha256": specfile.sha256(VENDORED)}
    (root / "spec" / "provenance.json").write_text(json.dumps(provenance), "utf-8")
    (root / "CHANGELOG.md").write_text("# Changelog\n")
    git(tmp_path, "init", "-q", "--bare", str(home / "remote.git"))
    git(tmp_path, "init", "-q", "-b", "main", str(root))
    git(root, "add", "-A")
    git(root, *propose.AUTHOR, "commit", "-qm", "all")
    git(root, "remote", "add", "origin", str(home / "remote.git"))
    git(root, "push", "-q", "origin", "main")
    made = Repository(root, home)
    made.open()
    return made


def bumped(verdict: str) -> watch.Bump:
    """A bump that takes the file and says this."""

    def bump(files: list[Path], root: Path) -> dict[str, Any]:
        shutil.copyfile(files[0], root / "spec" / "openapi.yaml")
        (root / "CHANGELOG.md").write_text("# Changelog\n\n## 0.2.0\n\nMore.\n")
        (root / "generated").mkdir()
        (root / "generated" / "new.py").write_text("x = 1\n")
        verdicts = {"wire": "docs-only", "users of recraft": verdict, "generated names": "docs-only"}
        return {"verdicts": verdicts, "version": "0.2.0", "previous_version": "0.1.0", "markdown": f"It is {verdict}."}

    return bump


def stopped(files: list[Path], root: Path) -> dict[str, Any]:
    return {"stops": ["stale: <script>\n```\n@everybody \x1b[31m look"]}


def published(host: Host, repository: Repository, body: bytes) -> None:
    path = repository.root / "spec" / "provenance.json"
    known = json.loads(path.read_text())
    known |= {"addresses": [host.serve("/openapi.yaml", body)], "hosts": ["127.0.0.1"]}
    path.write_text(json.dumps(known))
    git(repository.root, *propose.AUTHOR, "commit", "--allow-empty", "-qam", "where")


NEW = VENDORED.read_bytes() + b"# new\n"


@pytest.fixture
def look(host: Host, repository: Repository, tmp_path: Path) -> Callable[..., Path]:
    """Watch in a fresh clone, as a workflow does; the folder with what was found."""

    def run(bump: watch.Bump, body: bytes = NEW) -> Path:
        git(repository.root, "switch", "-q", "main")
        published(host, repository, body)
        for name in ("found", "clone"):
            shutil.rmtree(tmp_path / name, ignore_errors=True)
        git(tmp_path, "clone", "-q", str(repository.root), str(tmp_path / "clone"))
        watch.watch(tmp_path / "clone", tmp_path / "found", bump)
        return tmp_path / "found"

    return run


def test_nothing_new_proposes_nothing(look: Callable[..., Path], repository: Repository) -> None:
    found = look(bumped("additive"), VENDORED.read_bytes())
    assert propose.propose(found, repository.root) == "nothing new, nothing to propose"
    assert repository.asked() == []


def test_a_new_specification_is_one_pull_request_that_waits_for_a_person(
    look: Callable[..., Path], repository: Repository
) -> None:
    found = look(bumped("additive"))
    propose.propose(found, repository.root)
    [created] = repository.asked()
    assert created[:4] == ["pr", "create", "--head", propose.BRANCH]
    assert "--draft" not in created
    assert repository.pushed().encode() == NEW
    assert "additive" in (found / "report.md").read_text()


def test_what_changes_only_documentation_merges_when_its_checks_pass(
    look: Callable[..., Path], repository: Repository
) -> None:
    propose.propose(look(bumped("docs-only")), repository.root)
    assert repository.asked()[-1] == ["pr", "merge", propose.BRANCH, "--auto", "--squash"]


@pytest.mark.parametrize("verdict", ["additive", "breaking", "sdk-breaking", "unclassified"])
def test_nothing_above_documentation_merges_by_itself(
    look: Callable[..., Path], repository: Repository, verdict: str
) -> None:
    propose.propose(look(bumped(verdict)), repository.root)
    assert not any("--auto" in command for command in repository.asked())


def test_a_bump_that_stopped_is_a_draft_with_its_reasons_and_nothing_in_them_acts(
    look: Callable[..., Path], repository: Repository
) -> None:
    found = look(stopped)
    propose.propose(found, repository.root)
    [created] = repository.asked()
    assert "--draft" in created
    assert repository.pushed().encode() == NEW
    report = (found / "report.md").read_text()
    opening, _, rest = report.partition("````text\n")
    assert "<script>\n```\n@everybody ?[31m look\n````" in rest
    assert "@everybody" not in opening


def test_the_open_pull_request_is_brought_up_to_date(look: Callable[..., Path], repository: Repository) -> None:
    propose.propose(look(stopped), repository.root)
    repository.asked()
    repository.open({"number": 7, "isDraft": True})
    propose.propose(look(bumped("additive"), NEW + b"# newer\n"), repository.root)
    edited, ready, merging = repository.asked()
    assert edited[:3] == ["pr", "edit", "7"]
    assert ready == ["pr", "ready", "7"]
    assert merging[-1] == "--disable-auto"
    assert repository.pushed().encode() == NEW + b"# newer\n"


def test_the_same_again_asks_for_nothing(look: Callable[..., Path], repository: Repository) -> None:
    propose.propose(look(bumped("additive")), repository.root)
    repository.asked()
    assert "already" in propose.propose(look(bumped("additive")), repository.root)
    assert repository.asked() == []


def patched(repository: Repository, change: Callable[[Path], None]) -> Path:
    """A patch that somebody slipped in."""
    change(repository.root)
    found = repository.home / "found"
    found.mkdir()
    (found / "change.patch").write_bytes(watch._patch(repository.root))
    (found / "outcome.json").write_text(json.dumps({"state": "ready", "title": "t", "verdict": "docs-only"}))
    (found / "report.md").write_text("r")
    git(repository.root, "reset", "-q", "--hard")
    git(repository.root, "clean", "-qfd")
    return found


def write(name: str, mode: int = 0o644) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("evil\n")
        (root / name).chmod(mode)

    return change


def link(root: Path) -> None:
    (root / "generated").mkdir()
    (root / "generated" / "link.py").symlink_to("/etc/passwd")


def rename(root: Path) -> None:
    (root / ".github").mkdir()
    (root / "CHANGELOG.md").rename(root / ".github" / "run.yml")


@pytest.mark.parametrize(
    "change",
    [
        write(".github/workflows/evil.yml"),
        write("scripts/bump.py"),
        write("overlay/recraft/__init__.py"),
        write("spec/overlays/99.yaml"),
        write("generated/run.sh", 0o755),
        link,
        rename,
    ],
)
def test_a_patch_that_no_bump_writes_is_refused_before_anything_is_pushed(
    repository: Repository, change: Callable[[Path], None]
) -> None:
    found = patched(repository, change)
    with pytest.raises(propose.Refused):
        propose.propose(found, repository.root)
    assert repository.asked() == []
    with pytest.raises(subprocess.CalledProcessError):
        repository.pushed()


def test_what_it_writes_must_be_outside_the_checkout(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        watch.main([str(ROOT / "found")])
    assert "inside the checkout" in capsys.readouterr().err
