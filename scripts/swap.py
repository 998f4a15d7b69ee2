"""Put a bumped copy in the place of a checkout, the whole of it or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import generate

#: The vendored document, as one file or several.
VENDORED = ("spec/openapi.yaml", "spec/openapi")
#: What a bump may change in a checkout.
CHANGED = (
    *VENDORED,
    "spec/provenance.json",
    f"generated/{generate.PACKAGE}",
    "CHANGELOG.md",
    "docs/reference.md",
    "docs/command-line.md",
    "overlay/recraft/cli/recraft.1",
    "overlay/recraft/agents/schemas",
    "overlay/recraft/agents/capabilities",
    "overlay/recraft/agents/skill/recraft/references",
    "pyproject.toml",
)


def swap(copy: Path, root: Path) -> None:
    """Put what changed into the checkout.

    Everything is beside its place before the first rename; a failure puts back what was. The vendored document is a
    file or a folder, so one of those two may be missing on either side.
    """
    staged = [(root / name, root / f"{name}.new", root / f"{name}.old") for name in CHANGED]
    try:
        for (_, new, _), name in zip(staged, CHANGED, strict=True):
            _remove(new)
            if (copy / name).is_dir():
                shutil.copytree(copy / name, new, ignore=shutil.ignore_patterns("__pycache__"))
            elif name not in VENDORED or (copy / name).exists():
                shutil.copyfile(copy / name, new)
        done = []
        try:
            for place, new, old in staged:
                _remove(old)
                if place.exists():
                    place.rename(old)
                done.append((place, old))
                if new.exists():
                    new.rename(place)
        except BaseException:
            for place, old in reversed(done):
                _remove(place)
                if old.exists():
                    old.rename(place)
            raise
    finally:
        for _, new, old in staged:
            _remove(new)
            _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
