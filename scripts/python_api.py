"""What a change breaks for Python callers, found by comparing two source trees without importing them."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from pathlib import Path

import griffe


def breakages(old: Path, new: Path) -> list[str]:
    """One sentence for each break between the `overlay/` and `generated/` of two trees, worst for callers of the
    helpers.

    TypedDicts behind `**options: Unpack[...]` are unpacked first: without that a removed option goes unseen.
    """
    packages = [_load(tree) for tree in (old, new)]
    found = [_sentence(breakage) for breakage in griffe.find_breaking_changes(*packages)]
    return sorted(dict.fromkeys(found))


def released(root: Path, target: Path) -> str:
    """Unpack the last tag's sources, or the last commit's where there is no tag, to `target`; its name.

    Raises subprocess.CalledProcessError where `root` is no git checkout with a commit.
    """
    tags = _git(root, "tag", "--list", "v*", "--merged", "HEAD", "--sort=-v:refname").decode().split()
    reference = tags[0] if tags else "HEAD"
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", reference, "overlay", "generated"))) as archive:
        archive.extractall(target, filter="data")
    return reference


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout


def _load(tree: Path) -> griffe.Object:
    loader = griffe.GriffeLoader(
        search_paths=[tree / "overlay", tree / "generated"],
        extensions=griffe.load_extensions("unpack_typeddict"),
        allow_inspection=False,
    )
    loader.load("recraft_api")  # first: the options that the helpers unpack are there
    package = loader.load("recraft")
    assert isinstance(package, griffe.Object)
    return package


def _sentence(breakage: griffe.Breakage) -> str:
    return re.sub(r"\x1b\[\d*m", "", breakage.explain(griffe.ExplanationStyle.ONE_LINE))
