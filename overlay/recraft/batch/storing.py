"""Images of a paid job become files: fetched whole beside their place, noted with their hash, then renamed into it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import anyio
import attrs

from recraft import Image, RecraftError

from .engine import Account
from .journal import Journal, Picture, Task
from .store import sync_folder


async def fetch(
    journal: Journal, account: Account, task: Task, pictures: list[Picture]
) -> tuple[list[tuple[Picture, Path, Any]], RecraftError | None]:
    """Have these images in the staging folder, as far as they can be had; with what the user's function said of each,
    and the first reason why one cannot.
    """
    found, failure = [], None
    for each in pictures:
        try:
            found.append((each, *await account.fetch(task, each.image, journal.staging, _staged(task, each))))
        except RecraftError as error:
            failure = failure or error
    return found, failure


async def store(journal: Journal, account: Account, task: Task, pictures: list[Picture]) -> RecraftError | None:
    """Have the files of a paid job in their places. The reason why not, when one is missing."""
    ready: list[Picture] = []
    if any(each.file for each in pictures):
        pictures, ready = await anyio.to_thread.run_sync(_sorted, journal, task, pictures)
    found, failure = await fetch(journal, account, task, pictures)
    await anyio.to_thread.run_sync(_settle, journal, task, ready, found, failure is None)
    return failure


def noted(journal: Journal, found: list[tuple[Picture, Path, Any]]) -> list[Picture]:
    """Images with their hashes, and names that no other files have."""
    return [_noted(journal, *each) for each in found]


def _settle(
    journal: Journal, task: Task, ready: list[Picture], found: list[tuple[Picture, Path, Any]], complete: bool
) -> None:
    """Note what was fetched, give it its names, and say that the job is done. What a name means is on the disk before
    the file has it, so a process that dies in between leaves no file that nobody knows.
    """
    pictures = [*ready, *noted(journal, found)]
    if pictures:
        journal.fetched(task, pictures)
    _place(journal, task, pictures)
    if complete:
        journal.done(task)


def tidy(journal: Journal, *, everything: bool) -> None:
    """Remove what a killed process left half written; or everything, when no job waits for its files."""
    for path in journal.staging.iterdir():
        if everything or path.name.startswith("."):
            path.unlink(missing_ok=True)


def _staged(task: Task, picture: Picture) -> str:
    return f"{task.number}-{picture.place}"


def _noted(journal: Journal, picture: Picture, path: Path, after: Any) -> Picture:
    """An image with its hash, and a name that no other file has."""
    said = None if after is None else json.dumps(after, default=str)
    file = _free(journal, picture, path.suffix)
    return attrs.evolve(picture, file=file, sha256=_sha256(path), bytes=path.stat().st_size, after=said)


def _free(journal: Journal, picture: Picture, suffix: str) -> str:
    """A name for an image, kept for it: somebody may have made a file since the manifest was checked."""
    with journal.naming:
        name, count = f"{picture.stem}{suffix}", 2
        while name in journal.kept or os.path.lexists(journal.images / name):
            name, count = f"{picture.stem}-{count}{suffix}", count + 1
        journal.kept.add(name)
    return name


def _sorted(journal: Journal, task: Task, pictures: list[Picture]) -> tuple[list[Picture], list[Picture]]:
    """The images that are to be fetched, and those that an earlier run had: in their places, or on their way."""
    missing, ready = [], []
    for each in pictures:
        suffix = Path(each.file or "").suffix
        staged = journal.staging / f"{_staged(task, each)}{suffix}"
        if each.file and _is(journal.images / each.file, each):
            ready.append(each)
        elif each.file and _is(staged, each):
            ready.append(attrs.evolve(each, file=_free(journal, each, suffix)))
        else:
            missing.append(each)
    return missing, ready


def _is(path: Path, picture: Picture) -> bool:
    return path.is_file() and _sha256(path) == picture.sha256


def _place(journal: Journal, task: Task, pictures: list[Picture]) -> None:
    for each in pictures:
        assert each.file is not None
        staged = journal.staging / f"{_staged(task, each)}{Path(each.file).suffix}"
        if staged.exists():
            os.replace(staged, journal.images / each.file)
        journal.kept.discard(each.file)
    sync_folder(journal.images)


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def without_address(image: Image) -> bool:
    """Whether an image came itself: it can not be fetched again, so it is written before its job counts as paid."""
    return image.url is None
