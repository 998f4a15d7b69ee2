"""What a new specification means, without touching anything: validation, findings, overlay documents, helpers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import attrs

import generate
import specdiff
import specfile
from schemas import operations


@attrs.frozen
class Judgement:
    """The comparison of two specifications.

    Attributes:
        raw: Findings between the files themselves.
        effective: Findings between them with the overlay documents applied.
        warnings: What validation let through in the new one.
        specification: The new effective specification.
    """

    raw: list[specdiff.Finding]
    effective: list[specdiff.Finding]
    warnings: list[str]
    specification: dict[str, Any]

    @property
    def verdict(self) -> specdiff.Level:
        """What it means for those who use the package: the effective specification decides."""
        return specdiff.verdict(self.effective)


@attrs.frozen
class Reach:
    """How far the overlay package covers a specification.

    Attributes:
        missing: Operations without a helper; they work through `client.raw`.
        stale: Helpers whose operation is gone.
        unreachable: Request properties that no helper can send.
    """

    missing: list[str]
    stale: list[str]
    unreachable: list[str]


def judge(old: Path, new: Path, overlay_dir: Path) -> Judgement:
    """Compare two specifications, both with the same overlay documents.

    Raises SpecError, OverlayError, or GenerateError naming each stale action.
    """
    fresh, known = specfile.load(new), specfile.load(old)
    for document in (fresh, known):
        specfile.lower(document)
        specfile.validate(document)
    raw = specdiff.diff(known, fresh)
    before, _ = generate.effective(old, overlay_dir)
    after, warnings = generate.effective(new, overlay_dir)
    return Judgement(raw, specdiff.diff(before, after), warnings, after)


def reach(generated: Path, root: Path) -> Reach:
    """Ask the overlay package at `root` what it reaches of the specification that the package in `generated` was made
    from.
    """
    run = subprocess.run(
        [sys.executable, str(root / "scripts" / "reach.py"), "--json"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(generated), str(root / "overlay")])},
        capture_output=True,
        text=True,
        check=False,
    )
    if not run.stdout:  # it failed; finding something is no failure
        raise generate.GenerateError(
            f"the overlay package does not work with this specification:\n{run.stderr.strip()}"
        )
    return Reach(**json.loads(run.stdout))


def reach_of(specification: dict[str, Any], root: Path) -> Reach:
    """`reach` for a specification that nothing was generated from yet."""
    with tempfile.TemporaryDirectory(prefix="recraft-reach-") as scratch:
        generate.generate(specification, root / "spec", Path(scratch) / generate.PACKAGE)
        return reach(Path(scratch), root)


def tags(specification: dict[str, Any]) -> dict[str, str]:
    """The module group of each operation."""
    return {item["operationId"]: (item.get("tags") or ["default"])[0] for _, _, item in operations(specification)}
