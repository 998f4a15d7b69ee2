"""An answer becomes a row of the journal, before anything else is done with it."""

from __future__ import annotations

import json
from typing import Any

import anyio

from recraft import ImageResult, Listing, RecraftError, User

from .engine import Account
from .journal import Journal, Picture, Task
from .naming import stem
from .store import sync_folder
from .storing import fetch, noted, without_address


def units_of(result: Any) -> float | None:
    """What a call cost, by its answer; None when that does not say it."""
    if result is None or isinstance(result, User | Listing):  # a user's credits are what is left
        return 0.0
    units: float | None = result.credits
    return units


async def commit(journal: Journal, account: Account, task: Task, template: str, result: Any) -> list[Picture]:
    """Commit an answer: from here on its job is paid. Its images.

    Images that came themselves are on the disk first: nobody could fetch them again.
    """
    images = list(result) if isinstance(result, ImageResult) else []
    pictures = [
        Picture(place, stem(template, task.job, place, str(image.image_id or f"image-{place}")), image)
        for place, image in enumerate(images, 1)
    ]
    if came := [each for each in pictures if without_address(each.image)]:
        found, _ = await fetch(journal, account, task, came)
        await anyio.to_thread.run_sync(sync_folder, journal.staging)
        written = {each.place: each for each in await anyio.to_thread.run_sync(noted, journal, found)}
        pictures = [written.get(each.place, each) for each in pictures]
    facts = {
        "credits": units_of(result),
        "request_id": getattr(result, "request_id", None),
        "seconds": getattr(result, "seconds", None),
        "model": task.job.arguments.get("model"),
        "answer": None if images or result is None else json.dumps(result.to_dict()),
        "error": None,
    }
    await anyio.to_thread.run_sync(journal.paid, task, facts, pictures)
    return pictures


async def settle_doubts(journal: Journal, accounts: dict[str, Account], template: str) -> None:
    """Ask those who made the calls that are in doubt whether they know what became of them."""
    for name, task in await anyio.to_thread.run_sync(journal.doubts):
        account = accounts.get(name)
        known = None if account is None else await account.known(task)
        if account is None or known is None:
            continue
        if not known.sent:
            await anyio.to_thread.run_sync(journal.ended, task, "todo", None)
        elif isinstance(known.outcome, RecraftError):
            state = "doubt" if known.outcome.maybe_charged is not False else "failed"
            await anyio.to_thread.run_sync(journal.ended, task, state, known.outcome)
        else:
            await commit(journal, account, task, template, known.outcome)
