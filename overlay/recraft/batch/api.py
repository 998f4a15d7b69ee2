"""What callers call."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import anyio

from recraft import AsyncRecraft, InputError, Recraft, User
from recraft.errors import shown

from .budget import Budget
from .cluster import Remote, remotes
from .engine import After, Local
from .errors import BatchError
from .estimating import Estimate, estimated
from .journal import FILE, Journal
from .manifest import Manifest, read
from .naming import USUAL
from .previews import images_of, sheets
from .pricing import Prices, listed
from .reconciling import Reconciliation, compare
from .report import MOST_PREVIEWS, write_report
from .results import write_results
from .runner import Progress
from .session import Session
from .store import Store
from .summary import Summary, costs, summary
from .workers import Account

if TYPE_CHECKING:
    from distributed import Client


def run(
    manifest: Manifest,
    folder: str | os.PathLike[str],
    *,
    client: Recraft | None = None,
    engine: Client | None = None,
    accounts: Iterable[Account] | None = None,
    redis: str | None = None,
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
        client: Makes the calls, with its own limiter, retries and listeners. Or instead of it:
        engine: A `distributed.Client`: workers of its cluster make the calls, each with a client of its own.
        accounts: The accounts that workers call through; jobs go to those that have room. One with the token in the
            workers' RECRAFT_API_TOKEN when None.
        redis: The URL of the Redis server through which workers share each account's limits, and keep a call from
            being made twice when a worker is lost.
        concurrency: Calls in flight at most, for each account. None: as many as its limits and the calls' own time
            need.
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
    if (client is None) == (engine is None):
        raise InputError("a batch needs a client, or an engine with its accounts.")
    if client is not None:
        _check_client(client, Recraft)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        raise InputError("run() cannot wait inside an event loop. There, await arun() with an AsyncRecraft.")

    def opened(journal: Journal) -> list[Local] | list[Remote]:
        if client is not None:
            return [Local(client, concurrency, after)]
        return remotes(engine, accounts, redis, journal, concurrency, after)

    session = Session(
        manifest=manifest,
        folder=folder,
        accounts=opened,
        concurrency=concurrency,
        budget=budget,
        name=name,
        resend_in_doubt=resend_in_doubt,
        retry_failed=retry_failed,
        on_progress=on_progress,
    )
    return anyio.run(session.run)


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
    session = Session(
        manifest=manifest,
        folder=folder,
        accounts=lambda journal: [Local(client, concurrency, after)],
        concurrency=concurrency,
        budget=budget,
        name=name,
        resend_in_doubt=resend_in_doubt,
        retry_failed=retry_failed,
        on_progress=on_progress,
    )
    return await session.run()


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


def reconcile(folder: str | os.PathLike[str], client: Recraft, *, account: str = Local.name) -> Reconciliation:
    """Compare what the journal says was spent with what left the account, and say what was charged without a result.

    `account` is its name, for a batch that ran on a cluster with several.

    Raises BatchError when there is no batch in the folder, and what asking for the balance raises.
    """
    _check_client(client, Recraft)
    return _compared(folder, client.users.me(), account)


async def areconcile(
    folder: str | os.PathLike[str], client: AsyncRecraft, *, account: str = Local.name
) -> Reconciliation:
    """As `reconcile`."""
    _check_client(client, AsyncRecraft)
    user = await client.users.me()
    return await anyio.to_thread.run_sync(_compared, folder, user, account)


def _compared(folder: str | os.PathLike[str], user: User, account: str) -> Reconciliation:
    if user.credits is None:
        raise BatchError("the service does not say what is left on the account.")
    store = reading(folder)
    try:
        return compare(store, account, user.credits)
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
    of prices in this package. Raises ManifestError for what a run would refuse in a line by itself.
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


def _check_client(client: object, kind: type) -> None:
    if not isinstance(client, kind):
        other = "await arun()" if kind is Recraft else "run()"
        raise InputError(f"client is {shown(client)}; expected {kind.__name__}. For the other kind there is {other}.")
