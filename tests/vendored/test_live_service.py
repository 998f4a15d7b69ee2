"""The second overlay document adds to the vendored contract and takes nothing away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import generate
import specdiff

ROOT = Path(__file__).resolve().parents[2]


def test_no_request_is_narrowed_and_no_answer_loses_anything() -> None:
    vendored, overlays = ROOT / "spec" / "openapi.yaml", ROOT / "spec" / "overlays"
    documents = [generate.effective(vendored, overlays, names)[0] for names in (["hygiene"], None)]

    # What the package is told to send beside is in words of its own, which no rule judges.
    findings = [finding for finding in specdiff.diff(*documents) if not finding.pointer.endswith("/x-always-send")]

    # A request schema of its own, for an operation that shared one, is a new model name: the wire is the same.
    assert {finding.level for finding in findings} <= {"additive", "docs-only", "sdk-breaking"}
    assert {finding.code for finding in findings if finding.level == "sdk-breaking"} <= {"model-name-changed"}


@pytest.mark.checkout
def test_the_vendored_contract_holds_without_the_second_document(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/generate.py", "--overlays", "hygiene", "--output", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "overlay")])}
    tests = ["tests/vendored/test_vendored_contract.py", "tests/generated/test_generated_contract.py"]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not live", *tests],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout[-4000:]
    assert " 0 " not in run.stdout
