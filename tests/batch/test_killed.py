"""A batch that is killed at any moment goes on where it was: nothing lost, nothing paid twice, and exact books."""

from __future__ import annotations

import contextlib
import json
import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recraft import batch
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import (
    assert_files_are_what_was_served,
    charged_prompts,
    client_of,
    rows,
    settles,
    states,
    write_jsonl,
)

RUNS = Path(__file__).with_name("runs.py")


def faults(seed: int) -> FaultPlan:
    """About every seventh request meets one of these."""

    def rule(kind: str, probability: float, **more: Any) -> Fault:
        return Fault(kind, probability=probability, seed=seed, times=None, **more)

    return FaultPlan(
        [
            rule("status", 0.03, status=503, operation="createImage"),
            rule("status", 0.02, status=504, body="<html>no answer</html>", served=True, operation="createImage"),
            rule("reset_before_body", 0.02),
            rule("reset_after_body", 0.01, charged=True, operation="createImage"),
            rule("reset_after_body", 0.01, charged=False, operation="createImage"),
            rule("reset_mid_response", 0.02),
            rule("truncated", 0.02),
            rule("html", 0.01, operation="createImage"),
            rule("rate_limited", 0.02, operation="createImage", retry_after=0.01),
            rule("expired", 0.01),
            rule("status", 0.03, status=502, operation="download"),
        ]
    )


def start(sandbox: Sandbox, manifest: Path, folder: Path, **settings: Any) -> subprocess.Popen[str]:
    command = [sys.executable, str(RUNS), str(manifest), str(folder), sandbox.base_url, sandbox.token]
    return subprocess.Popen([*command, json.dumps(settings)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kill(process: subprocess.Popen[str], sandbox: Sandbox, more: int, later: float) -> bool:
    """Kill a batch so many seconds after it has made so many more requests; False when it had ended before."""
    enough = len(sandbox.ledger.requests) + more
    while process.poll() is None and len(sandbox.ledger.requests) < enough:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.002)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(later)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def finish(sandbox: Sandbox, manifest: Path, folder: Path) -> batch.Summary:
    """Run until nothing is left that another run would do: what failed for the moment is tried again."""
    with client_of(sandbox) as client:
        for _ in range(20):
            summary = batch.run(manifest, folder, client=client, concurrency=8)
            if not summary.failed and not summary.paid:
                return summary
    raise AssertionError(str(summary))


def assert_exact(sandbox: Sandbox, folder: Path, jobs: int, balance: int, account: str = "client") -> None:
    """By the sandbox's books: every job is done or in doubt, every charge is a done job's or is reconciled."""
    found = states(folder)
    assert set(found) <= {"done", "doubt"}
    assert sum(found.values()) == jobs
    assert_files_are_what_was_served(sandbox, folder)
    charged = charged_prompts(sandbox)
    prompts = {row["state"]: set() for row in rows(folder, "select distinct state from jobs")}
    for row in rows(folder, "select state, arguments from jobs"):
        prompts[row["state"]].add(json.loads(row["arguments"])["prompt"])
    assert max(charged.values()) == 1  # nothing was paid twice
    assert prompts["done"] <= charged.keys()
    assert charged.keys() <= prompts["done"] | prompts.get("doubt", set())
    with client_of(sandbox) as client:
        sandbox.faults = FaultPlan()
        books = batch.reconcile(folder, client, account=account)
    assert books.charged == sandbox.ledger.total_units == balance - sandbox.balance
    assert books.explained + books.unexplained == sandbox.ledger.total_units
    done_units = rows(folder, "select total(credits) from jobs where state = 'done'")[0][0]
    assert books.explained == done_units
    assert len(books.in_doubt) == found.get("doubt", 0)
    if books.probably_charged is not None:
        assert books.probably_charged == len(charged.keys() - prompts["done"])


def prove(tmp_path: Path, *, jobs: int, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    rows_ = [{"prompt": f"fox {number}", "n": dice.randint(1, 2)} for number in range(jobs)]
    manifest, folder, balance = write_jsonl(tmp_path / "foxes.jsonl", rows_), tmp_path / "out", 10**6
    with Sandbox(limits=False, small_pictures=True, balance=balance, faults=faults(seed)) as sandbox:
        killed = 0
        for _ in range(kills * 3):
            if killed == kills:
                break
            concurrency = dice.choice((2, 5, 8))
            process = start(sandbox, manifest, folder, concurrency=concurrency)
            killed += kill(process, sandbox, dice.randint(1, jobs // kills // 2), dice.uniform(0.0, 0.05))
        assert killed == kills
        finish(sandbox, manifest, folder)
        ended = [len(sandbox.ledger.charges)]
        assert settles(lambda: ended.append(len(sandbox.ledger.charges)) or ended[-1] == ended[-2])
        assert_exact(sandbox, folder, jobs, balance)


def test_a_batch_that_is_killed_twice_is_exact(tmp_path: Path) -> None:
    prove(tmp_path, jobs=40, kills=2, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12])
def test_four_hundred_jobs_killed_thirty_times_are_exact(tmp_path: Path, seed: int) -> None:
    prove(tmp_path, jobs=400, kills=30, seed=seed)
