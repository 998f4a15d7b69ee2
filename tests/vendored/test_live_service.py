"""The overlay documents beside hygiene add to the vendored contract and take nothing away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import generate
import specdiff

ROOT = Path(__file__).resolve().parents[2]


def changes(before: list[str], after: list[str] | None) -> list[specdiff.Finding]:
    """What further overlay documents change, but for facts of our own (`x-...`), which no rule judges."""
    vendored, overlays = generate.specfile.vendored(ROOT / "spec"), ROOT / "spec" / "overlays"
    documents = [generate.effective(vendored, overlays, names)[0] for names in (before, after)]
    return [finding for finding in specdiff.diff(*documents) if "/x-" not in finding.pointer]


def test_no_request_is_narrowed_and_no_answer_loses_anything() -> None:
    findings = changes(["hygiene", "helpers"], None)

    # A request schema of its own, for an operation that shared one, is a new model name: the wire is the same.
    assert {finding.level for finding in findings} <= {"additive", "docs-only", "sdk-breaking"}
    assert {finding.code for finding in findings if finding.level == "sdk-breaking"} <= {"model-name-changed"}


def test_the_facts_for_helpers_change_nothing_but_the_bounds_of_a_count_that_had_none() -> None:
    found = {finding.pointer.rpartition("/properties/")[2] for finding in changes(["hygiene"], ["hygiene", "helpers"])}

    assert found == {"n/minimum", "n/maximum"}


@pytest.mark.checkout
@pytest.mark.slow
def test_the_vendored_contract_holds_without_what_the_live_service_adds(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/generate.py", "--overlays", "hygiene,helpers", "--output", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "overlay")])}
    tests = ["tests/vendored/test_vendored_contract.py", "tests/generated/test_generated_contract.py"]

    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:schemathesis",
            "-m",
            "not live",
            *tests,
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-4000:]
    assert " 0 " not in run.stdout
