"""Thousands of calls from a manifest, in a folder that can be gone back to: nothing lost, nothing paid twice.

    from recraft import Recraft, batch

    with Recraft() as client:
        summary = batch.run("prompts.jsonl", "out", client=client, budget=batch.Budget(usd=20))
        print(summary)

Whatever ends a run (Ctrl-C, SIGKILL, a full disk, an empty account), the same call again goes on from there.
"""

from __future__ import annotations

from .api import areconcile, arun, contact_sheets, estimate, reconcile, report, run, status
from .budget import Budget
from .errors import BatchError, JournalError, ManifestError, Mistake
from .estimating import Estimate, Estimated
from .reconciling import Reconciliation
from .runner import Progress
from .summary import Ended, Summary
from .workers import Account

__all__ = [
    "Account",
    "BatchError",
    "Budget",
    "Ended",
    "Estimate",
    "Estimated",
    "JournalError",
    "ManifestError",
    "Mistake",
    "Progress",
    "Reconciliation",
    "Summary",
    "areconcile",
    "arun",
    "contact_sheets",
    "estimate",
    "reconcile",
    "report",
    "run",
    "status",
]
