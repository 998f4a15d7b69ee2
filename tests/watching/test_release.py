"""What a release checks and builds."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

import propose
import release

from .conftest import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    root.mkdir()
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 (2026-01-01)\n")
    return root


def test_the_tag_of_this_version_is_a_release(tree: Path) -> None:
    release.check_tag("v1.2.3", tree)


@pytest.mark.parametrize("tag", ["v1.2.4", "1.2.3", "v1.2.3rc1", "v1.2.30", ""])
def test_any_other_tag_is_none(tree: Path, tag: str) -> None:
    with pytest.raises(release.Unfit, match=r"expected v1\.2\.3"):
        release.check_tag(tag, tree)


def test_a_version_without_an_entry_in_the_changelog_is_none(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.30\n\n## 1.2.2\n")
    with pytest.raises(release.Unfit, match="no entry"):
        release.check_tag("v1.2.3", tree)


def copy(target: Path) -> Path:
    """The tree as a repository of its own."""
    for name in (
        "overlay",
        "generated",
        "spec",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "pyproject.toml",
        "hatch_build.py",
    ):
        source = ROOT / name
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target / name, ignore=ignore) if source.is_dir() else shutil.copy(source, target / name)
    for command in (["init", "-q"], ["add", "-A"], [*propose.AUTHOR, "commit", "-qm", "all"]):
        subprocess.run(["git", "-C", str(target), *command], check=True, capture_output=True)
    return target


@pytest.mark.slow
def test_two_builds_of_one_tree_are_the_same_and_hold_what_git_tracks(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    copy(root)
    (root / "overlay" / "recraft" / "stray.py").write_text("secret = 1\n")
    release.build(tmp_path / "dist", root)
    [wheel] = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "recraft/__init__.py" in names
    assert "recraft/stray.py" not in names
    with pytest.raises(release.Unfit, match="not empty"):
        release.build(tmp_path / "dist", root)


@pytest.mark.slow
def test_the_bill_of_materials_names_what_the_wheel_installs(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    release.build(tmp_path / "dist", copy(root))
    release.sbom(tmp_path / "dist", tmp_path / "sbom.json")
    found = {each["name"] for each in json.loads((tmp_path / "sbom.json").read_text())["components"]}
    assert {"httpx", "attrs", "anyio", "python-dateutil", "recraft-sdk"} <= found
    assert not found & {"pip", "pytest", "openapi-python-client"}


def test_wrong_arguments_show_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["upload"]) == 2
    assert "release.py tag" in capsys.readouterr().err
