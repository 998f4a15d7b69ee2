"""What callers call."""

from __future__ import annotations

import asyncio
import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path

import anyio
import attrs

from recraft import AsyncRecraft, InputError, Recraft, User
from recraft.errors import shown

from .budget import Budget, Purse
from .checking import Checker, mistakes
from .engine import Account, After, Local
from .errors import BatchError, ManifestError, Mistake
from .estimating import Estimate, estimated
from .intake import Intake
from .journal import FILE, Journal
from .manifest import Manifest, read
from .naming import USUAL, check_template
from .previews import images_of, sheets
from .pricing import Prices, listed
from .reconciling import Reconciliation, compare
from .report import MOST_PREVIEWS, REPORT, write_report
from .results import write_results
from .runner import Progress, Runner
from .stopping import Stop, listening
from .store import Store
from .storing import tidy
from .summary import Summary, committed, costs, prices, summary

#: How many mistakes are looked for: a manifest that is wrong on every line must not fill the memory.
MOST_MISTAKES = 10_000


def run(
    manifest: Manifest,
    folder: str | os.PathLike[str],
    *,
    client: Recraft,
    concurrency: int | None = None,
    budget: Budget | None = None,
    name: str = USUAL,
    resend_in_doubt: bool = False,
    retry_failed: bool = False,
    after: After | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Do what a manifest asks for, and have its images in a folder.

    Args:
        manifest: A .jsonl or .csv file, or an iterable of dicts: one call each, `{"prompt": "...", "n": 2}` or
            `{"operation": "vectorize", "image": "in/a.png", "id": "a"}`. Files are seen from the manifest's own folder.
        folder: Where journal, images and reports are; made when missing. One process at a time works on it.
        client: Makes the calls, with its own limiter, retries and listeners.
        concurrency: Calls in flight at most. None: as many as the account's limits and the calls' own time need.
        budget: What the folder may cost, over all its runs.
        name: Names of the images, without extension. May use `{id}`, `{index}` (from 1), `{image_id}`, `{line}`, and
            the job's own values; `{prompt:slug}` makes a name of any text.
        resend_in_doubt: Send again what may have been served and charged. **It may be paid for twice.**
        retry_failed: Send again what was refused for what it is too, and not only what failed for the moment.
        after: Is called with the bytes of each image and its job as a dict; what it returns is kept in `results.jsonl`.
            Should the process die meanwhile, it is called for that image again.
        on_progress: Is called whenever a job has come further.

    Ctrl-C or SIGTERM finishes what is in flight; once more leaves that in doubt. `Summary.stopped` says so.

    Raises:
        ManifestError: The manifest has mistakes, all of them listed. Nothing was sent.
        BatchError: The folder is in use, cannot be written, or its journal is gone, damaged or newer than this version.
        InputError: A value that cannot be used.
    """
    _check_client(client, Recraft)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise InputError("run() cannot wait inside an event loop. There, await arun() with an AsyncRecraft.")
    given = (concurrency, budget, name, resend_in_doubt, retry_failed, after, on_progress)
    return anyio.run(functools.partial(_run, manifest, folder, client, *given))


async def arun(
    manifest: Manifest,
    folder: str | os.PathLike[str],
    *,
    client: AsyncRecraft,
    concurrency: int | None = None,
    budget: Budget | None = None,
    name: str = USUAL,
    resend_in_doubt: bool = False,
    retry_failed: bool = False,
    after: After | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """As `run`, on an event loop of asyncio or trio. Cancelled, it leaves what is in flight in doubt."""
    _check_client(client, AsyncRecraft)
    given = (concurrency, budget, name, resend_in_doubt, retry_failed, after, on_progress)
    return await _run(manifest, folder, client, *given)


def status(folder: str | os.PathLike[str]) -> Summary:
    """Where the batch in a folder stands, also while another process works on it. Raises BatchError."""
    store = reading(folder)
    try:
        return summary(store, Path(folder))
    finally:
        store.close()


def reading(folder: str | os.PathLike[str]) -> Store:
    """The journal of a folder, to look at."""
    path = Path(folder) / FILE
    if not path.exists():
        raise BatchError(f"there is no batch in {str(folder)!r}: no {FILE} is there.")
    return Store(path, writing=False)


def reconcile(folder: str | os.PathLike[str], client: Recraft) -> Reconciliation:
    """Compare what the journal says was spent with what left the account, and say what was charged without a result.

    Raises BatchError when there is no batch in the folder, and what asking for the balance raises.
    """
    _check_client(client, Recraft)
    return _compared(folder, client.users.me())


async def areconcile(folder: str | os.PathLike[str], client: AsyncRecraft) -> Reconciliation:
    """As `reconcile`."""
    _check_client(client, AsyncRecraft)
    user = await client.users.me()
    return await anyio.to_thread.run_sync(_compared, folder, user)


def _compared(folder: str | os.PathLike[str], user: User) -> Reconciliation:
    if user.credits is None:
        raise BatchError("the service does not say what is left on the account.")
    store = reading(folder)
    try:
        return compare(store, Local.name, user.credits)
    finally:
        store.close()


def estimate(
    manifest: Manifest,
    *,
    folders: Iterable[str | os.PathLike[str]] = (),
    client: Recraft | None = None,
) -> Estimate:
    """What a manifest will cost, as far as anybody has said: nothing is sent but, with a `client`, `models.list()`.

    Prices are those that answers had in the journals of `folders`, and those that the service lists. There is no table
    of prices in this package. Raises ManifestError for lines that are no jobs.
    """
    seen: list[tuple[str, float]] = []
    for folder in folders:
        store = reading(folder)
        try:
            seen += costs(store)
        finally:
            store.close()
    known = Prices(seen, listed(client.models.list()) if client is not None else None)
    return estimated(read(manifest), known)


def report(folder: str | os.PathLike[str], *, previews: int = MOST_PREVIEWS) -> Path:
    """Write `results.jsonl` and `report.html` of a folder anew, as every run does at its end; the page's path.

    The page shows the first 2,000 jobs, those with troubles first, and so many `previews` (with Pillow, but for SVG).
    """
    store = reading(folder)
    try:
        write_results(store, Path(folder))
        return write_report(store, Path(folder), previews)
    finally:
        store.close()


def contact_sheets(folder: str | os.PathLike[str]) -> list[Path]:
    """Write the raster images of a folder on contact sheets of 48, `contact-sheet-001.png` and so on; their paths.

    Raises InputError without Pillow.
    """
    store = reading(folder)
    try:
        rows = store.rows("select file from images join jobs on number = job where state = 'done' order by line, place")
        return sheets(images_of(Path(folder), (row["file"] for row in rows)), Path(folder))
    finally:
        store.close()


async def _run(
    manifest: Manifest,
    folder: str | os.PathLike[str],
    client: Recraft | AsyncRecraft,
    concurrency: int | None,
    budget: Budget | None,
    name: str,
    resend_in_doubt: bool,
    retry_failed: bool,
    after: After | None,
    on_progress: Callable[[Progress], None] | None,
) -> Summary:
    check_template(name)
    _check_concurrency(concurrency)
    account = Local(client, concurrency, after)
    source = read(manifest)
    journal = await anyio.to_thread.run_sync(Journal, Path(folder).absolute())
    stop = Stop()
    try:
        with listening(stop):
            await anyio.to_thread.run_sync(take_in, journal, source.base, source.jobs(), name)
            journal.recover(resend_in_doubt=resend_in_doubt, retry_failed=retry_failed)
            tidy(journal, everything=False)
            before = _standing(summary(journal.store, journal.folder))
            runner = await _runner(journal, [account], budget, stop, source.base, name, on_progress)
            await runner.run()
            found = summary(journal.store, journal.folder, stop.reason)
            if not found.paid:
                tidy(journal, everything=True)
            if before != _standing(found) or not (journal.folder / REPORT).exists():
                await anyio.to_thread.run_sync(_write, journal.store, journal.folder)
            return found
    finally:
        journal.close()


def _standing(found: Summary) -> Summary:
    """A summary with no more of it than what a report says."""
    return attrs.evolve(found, stopped=None)


def _write(store: Store, folder: Path) -> None:
    try:
        write_results(store, folder)
        write_report(store, folder)
    except OSError as error:
        raise BatchError(f"the reports cannot be written into {str(folder)!r}: {error.strerror}.") from None


def take_in(journal: Journal, base: Path, jobs: object, template: str) -> None:
    """Have the whole manifest in the journal, or raise ManifestError and leave the journal as it was."""
    checker, found = Checker(base), list[Mistake]()
    try:
        with Intake(journal, template) as intake:
            for mistake in mistakes(jobs, checker, intake.take):  # type: ignore[arg-type]
                found.append(mistake)
                if len(found) >= MOST_MISTAKES:
                    break
            if found:
                raise ManifestError.of(found)
    finally:
        checker.close()


async def _runner(
    journal: Journal,
    accounts: list[Account],
    budget: Budget | None,
    stop: Stop,
    base: Path,
    template: str,
    on_progress: Callable[[Progress], None] | None,
) -> Runner:
    known = prices(journal.store)
    found = summary(journal.store, journal.folder)
    if budget is not None and found.todo:
        known = prices(journal.store, listed(await accounts[0].models()))
    counts = {"done": found.done, "todo": found.todo, "paid": found.paid, "failed": found.failed}
    counts |= {"doubt": found.in_doubt, "expired": found.expired}
    return Runner(
        journal=journal,
        accounts=accounts,
        purse=Purse(budget, known, committed(journal.store, known)),
        stop=stop,
        base=base,
        template=template,
        counts=counts,
        on_progress=on_progress,
        units=found.units,
    )


def _check_client(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        other = "await arun()" if kind is Recraft else "run()"
        raise InputError(f"client is {shown(client)}; expected {kind.__name__}. For the other kind there is {other}.")


def _check_concurrency(concurrency: object) -> None:
    whole = isinstance(concurrency, int) and not isinstance(concurrency, bool) and concurrency >= 1
    if concurrency is not None and not whole:
        raise InputError(f"concurrency is {shown(concurrency)}; expected a whole number from 1, or None.")
