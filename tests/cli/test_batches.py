"""`recraft batch`, from a manifest to its report: interrupted, gone on with, and each way to end."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_support import Terminal

from recraft.batch.journal import Journal
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import no_waits


@pytest.fixture
def manifest(home: Path) -> Path:
    """Six prompts."""
    return written(home, [{"id": f"fox-{number}", "prompt": f"fox number {number}"} for number in range(6)])


def written(folder: Path, jobs: list[dict[str, Any]]) -> Path:
    file = folder / "prompts.jsonl"
    file.write_text("".join(json.dumps(job) + "\n" for job in jobs))
    return file


def test_a_batch_is_done_and_the_same_again_pays_nothing(
    recraft: Callable[..., Any], sandbox: Sandbox, manifest: Path
) -> None:
    ran = recraft("batch", "run", "prompts.jsonl", "out")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("6 of 6 jobs done, 6 images")
    assert recraft("batch", "run", "prompts.jsonl", "out").code == 0
    assert len(sandbox.ledger.charges) == 6
    assert json.loads(recraft("batch", "status", "out", "--json").out)["done"] == 6
    assert recraft("batch", "report", "out", "--sheets").out.split() == ["out/report.html", "out/contact-sheet-001.png"]
    assert "210 units charged, 210 of them for results" in recraft("batch", "reconcile", "out").out
    assert (
        "6 x images.generate, n=1: 35 units each"
        in recraft("batch", "estimate", "prompts.jsonl", "--folder", "out").out
    )


def test_a_line_that_is_wrong_is_named_before_anything_is_sent(
    recraft: Callable[..., Any], sandbox: Sandbox, home: Path
) -> None:
    written(home, [{"prompt": f"fox {number}"} for number in range(49)] + [{"prompt": "hare", "n": 9}])
    ran = recraft("batch", "run", "prompts.jsonl", "out")
    assert (ran.code, ran.out) == (2, "")
    assert "line 50: n is 9; expected a whole number from 1 to 6." in ran.err
    assert sandbox.ledger.charges == ()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (Fault("status", operation="createImage", status=400), 8),
        (Fault("status", operation="createImage", status=402, times=None), 4),
        (Fault("status", operation="createImage", status=401, times=None), 3),
        (Fault("reset_after_body", operation="createImage", charged=True), 7),
    ],
    ids=lambda each: each.kind + str(each.status or "") if isinstance(each, Fault) else "",
)
def test_a_batch_that_does_not_come_to_its_end_says_why_with_its_code(
    fault: Fault, code: int, recraft: Callable[..., Any], sandbox: Sandbox, manifest: Path
) -> None:
    sandbox.faults = FaultPlan([fault])
    with no_waits():
        assert recraft("batch", "run", "prompts.jsonl", "out").code == code


def test_a_budget_stops_a_batch_before_it_is_passed(
    recraft: Callable[..., Any], sandbox: Sandbox, manifest: Path
) -> None:
    ran = recraft("batch", "run", "prompts.jsonl", "out", "--budget", "0.11", "--concurrency", "1")
    assert ran.code == 8
    assert sandbox.ledger.total_units == 105
    assert "budget" in ran.out


@pytest.mark.parametrize("words", [["status", "out"], ["report", "out"], ["run", "missing.jsonl", "out"]])
def test_what_is_not_there_is_a_wrong_command_line(
    words: list[str], recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    ran = recraft("batch", *words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_a_dry_run_says_what_is_in_a_manifest_and_makes_no_folder(recraft: Callable[..., Any], manifest: Path) -> None:
    ran = recraft("batch", "run", "prompts.jsonl", "out", "--dry-run")
    assert (ran.code, ran.err) == (0, "")
    assert "6 x images.generate, n=1: not known" in ran.out
    assert not Path("out").exists()


def test_ctrl_c_finishes_what_is_under_way_and_the_same_again_goes_on(
    terminal: Callable[..., Terminal],
    sandbox: Sandbox,
    home: Path,
) -> None:
    written(home, [{"id": f"fox-{number}", "prompt": f"fox number {number}"} for number in range(30)])
    sandbox.faults = FaultPlan([Fault("latency", operation="createImage", seconds=0.4, after=3, times=None)])
    shown = terminal("batch", "run", "prompts.jsonl", "out", "--yes", "--concurrency", "2")
    shown.until(r"[1-9]\d*/30")
    shown.child.sendintr()
    assert shown.end() == 130
    assert "stopped by Ctrl-C" in " ".join(shown.screen.split())
    paid = len(sandbox.ledger.charges)
    assert 0 < paid < 30
    sandbox.faults = FaultPlan()
    assert terminal("batch", "run", "prompts.jsonl", "out", "--yes").end() == 0
    assert len(sandbox.ledger.charges) == 30
    assert len(os.listdir("out/images")) == 30


def test_a_dear_batch_is_asked_about_with_its_estimate(
    terminal: Callable[..., Terminal],
    sandbox: Sandbox,
    manifest: Path,
) -> None:
    shown = terminal("batch", "run", "prompts.jsonl", "out")
    shown.until(r"6 calls, about 0.00 USD and more. Go on\? \[y/N\] ")
    shown.child.sendline("n")
    assert shown.end() == 2
    assert sandbox.ledger.charges == ()


def test_a_manifest_is_checked_before_anybody_is_asked_or_told_its_price(
    terminal: Callable[..., Terminal], recraft: Callable[..., Any], sandbox: Sandbox, home: Path
) -> None:
    written(home, [{"prompt": "fox"}, {"prompt": "hare", "n": 9}])
    for words in (["run", "prompts.jsonl", "out", "--dry-run"], ["estimate", "prompts.jsonl"]):
        ran = recraft("batch", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "line 2: n is 9" in ran.err
    shown = terminal("batch", "run", "prompts.jsonl", "out")
    assert shown.end() == 2
    assert "Go on?" not in shown.screen


def test_ctrl_c_says_at_once_what_it_does(terminal: Callable[..., Terminal], sandbox: Sandbox, manifest: Path) -> None:
    sandbox.faults = FaultPlan([Fault("latency", operation="createImage", seconds=1.0, times=None)])
    shown = terminal("batch", "run", "prompts.jsonl", "out", "--yes", "--concurrency", "1")
    shown.until("0/6")
    shown.child.sendintr()
    shown.until("finishing the calls in flight; once more leaves them in doubt")
    assert shown.end() == 130


def test_a_batch_that_breaks_once_it_has_begun_is_no_wrong_command_line(
    recraft: Callable[..., Any], sandbox: Sandbox, manifest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = Journal.paid

    def gone(self: Journal, *given: Any) -> None:
        paid(self, *given)
        (self.folder / "journal.db").unlink(missing_ok=True)

    monkeypatch.setattr(Journal, "paid", gone)
    ran = recraft("batch", "run", "prompts.jsonl", "out", "--concurrency", "1")
    assert len(sandbox.ledger.charges) > 0
    assert ran.code == 8
    assert "was deleted or replaced while it was in use" in ran.err
