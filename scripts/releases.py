"""What was released last: the state that callers have, which everything since is compared with."""

from __future__ import annotations

import io
import json
import re
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import attrs

PACKAGE = "generated/recraft_api"


@attrs.frozen
class Release:
    """A release, or what stands for one.

    Attributes:
        name: Its tag, or what is taken where there is none.
        version: Its version.
        tree: A folder with its `overlay/` and `generated/`.
    """

    name: str
    version: str
    tree: Path

    def specification(self) -> dict[str, Any]:
        """The effective specification that it was generated from."""
        found: dict[str, Any] = json.loads((self.tree / PACKAGE / "openapi.json").read_text("utf-8"))
        return found


def released(root: Path, target: Path) -> Release:
    """The last release that is tagged (`v1.2.0`), unpacked to `target`.

    Without a tag it is the last commit, and the version that the first bump since found there; without git the
    checkout.
    """
    try:
        tags = _git(root, "tag", "--list", "v*", "--merged", "HEAD", "--sort=-v:refname").decode().split()
        tagged = next((tag for tag in tags if re.fullmatch(r"v\d+\.\d+\.\d+", tag)), None)
        sources = _git(root, "archive", tagged or "HEAD", "overlay", "generated", "pyproject.toml")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return Release("the checkout", _untagged(root, root), root)
    with tarfile.open(fileobj=io.BytesIO(sources)) as archive:
        archive.extractall(target, filter="data")
    if tagged:
        return Release(tagged, tagged.removeprefix("v"), target)
    return Release("the last commit", _untagged(root, target), target)


def _untagged(root: Path, tree: Path) -> str:
    provenance = json.loads((root / "spec" / "provenance.json").read_text("utf-8"))
    return str(provenance.get("bumped_from") or version_of(tree))


def version_of(tree: Path) -> str:
    """The version in a tree's pyproject.toml. Raises ValueError where there is none."""
    found = re.search(r'^version = "([^"]+)"$', (tree / "pyproject.toml").read_text("utf-8"), re.M)
    if found is None:
        raise ValueError('pyproject.toml has no line `version = "..."`')
    return found.group(1)


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True).stdout
