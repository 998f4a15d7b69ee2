"""A run from its beginning to its end: take the manifest in, see what earlier runs left, run, report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import anyio
import attrs

from recraft import InputError
from recraft.errors import shown

from .answers import settle_doubts
from .budget import Budget, Purse
from .checking import Checker, mistakes
from .engine import Account
from .errors import BatchError, ManifestError, Mistake
from .intake import Intake
from .journal import Journal
from .manifest import Job, Manifest, read
from .naming import check_template
from .pricing import listed
from .report import REPORT, write_report
from .results import write_results
from .runner import Progress, Runner
from .stopping import Stop, listening
from .store import Store
from .storing import tidy
from .summary import Summary, committed, prices, summary

#: How many mistakes are looked for: a manifest that is wrong on every line must not fill the memory.
MOST_MISTAKES = 10_000


def _is_concurrency(instance: Any, attribute: Any, value: Any) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if value is not None and not whole:
        raise InputError(f"concurrency is {shown(value)}; expected a whole number from 1, or None.")


@attrs.frozen(kw_only=True)
class Session:
    """What a run was called with; `accounts` makes its accounts once the journal is open."""

    manifest: Manifest
    folder: str | os.PathLike[str]
    accounts: Callable[[Journal], Sequence[Account]]
    concurrency: int | None = attrs.field(validator=_is_concurrency)
    budget: Budget | None
    name: str = attrs.field(validator=lambda instance, attribute, value: check_template(value))
    resend_in_doubt: bool
    retry_failed: bool
    on_progress: Callable[[Progress], None] | None

    async def run(self) -> Summary:
        """Run it. Raises as `recraft.batch.run` does."""
        source = read(self.manifest)
        journal = await anyio.to_thread.run_sync(Journal, Path(self.folder).absolute())
        stop = Stop()
        try:
            with listening(stop):
                accounts = self.accounts(journal)
                await anyio.to_thread.run_sync(take_in, journal, source.base, source.jobs(), self.name)
                await self._recover(journal, accounts)
                before = summary(journal.store, journal.folder)
                runner = await self._runner(journal, accounts, stop, source.base, before)
                await runner.run()
                found = summary(journal.store, journal.folder)
                if not found.paid:
                    tidy(journal, everything=True)
                if before != found or not (journal.folder / REPORT).exists():
                    await anyio.to_thread.run_sync(_write, journal.store, journal.folder)
                return attrs.evolve(found, stopped=stop.reason)
        finally:
            journal.close()

    async def _recover(self, journal: Journal, accounts: Sequence[Account]) -> None:
        """Make of what earlier runs left what this one starts from."""
        journal.recover()
        tidy(journal, everything=False)
        await settle_doubts(journal, {each.name: each for each in accounts}, self.name)
        journal.choose(resend_in_doubt=self.resend_in_doubt, retry_failed=self.retry_failed)

    async def _runner(
        self, journal: Journal, accounts: Sequence[Account], stop: Stop, base: Path, before: Summary
    ) -> Runner:
        known = prices(journal.store)
        if self.budget is not None and before.todo:
            known = prices(journal.store, listed(await accounts[0].models()))
        counts = {"done": before.done, "todo": before.todo, "paid": before.paid, "failed": before.failed}
        counts |= {"doubt": before.in_doubt, "expired": before.expired}
        return Runner(
            journal=journal,
            accounts=accounts,
            purse=Purse(self.budget, known, committed(journal.store, known)),
            stop=stop,
            base=base,
            template=self.name,
            counts=counts,
            on_progress=self.on_progress,
            units=before.units,
        )


def take_in(journal: Journal, base: Path, jobs: Iterator[Job | Mistake], template: str) -> None:
    """Have the whole manifest in the journal, or raise ManifestError and leave the journal as it was."""
    checker, found = Checker(base), list[Mistake]()
    try:
        with Intake(journal, template) as intake:
            for mistake in mistakes(jobs, checker, intake.take):
                found.append(mistake)
                if len(found) >= MOST_MISTAKES:
                    break
            if found:
                raise ManifestError.of(found)
    finally:
        checker.close()


def _write(store: Store, folder: Path) -> None:
    try:
        write_results(store, folder)
        write_report(store, folder)
    except OSError as error:
        raise BatchError(f"the reports cannot be written into {str(folder)!r}: {error.strerror}.") from None
