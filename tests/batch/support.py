"""What the tests of batches share: folders and clients for a sandbox, and what a sandbox says that a batch did."""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from recraft import AsyncRecraft, Recraft, RetryPolicy
from recraft.sandbox import Sandbox

QUICK_RETRY = RetryPolicy(first_wait=0.01, longest_wait=0.05)


def client_of(sandbox: Sandbox, **settings: Any) -> Recraft:
    given = {"base_url": sandbox.base_url, "limiter": None, "retry": QUICK_RETRY, **settings}
    return Recraft(sandbox.token, **given)


def async_client_of(sandbox: Sandbox, **settings: Any) -> AsyncRecraft:
    given = {"base_url": sandbox.base_url, "limiter": None, "retry": QUICK_RETRY, **settings}
    return AsyncRecraft(sandbox.token, **given)


def foxes(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"prompt": f"fox number {number}", **more} for number in range(count)]


def write_jsonl(path: Path, rows: Iterable[Mapping[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def rows(folder: Path, query: str) -> list[Any]:
    """What the journal of a folder says."""
    if not (folder / "journal.db").exists():
        return []
    with sqlite3.connect(f"{(folder / 'journal.db').as_uri()}?mode=ro", uri=True) as db:
        db.row_factory = sqlite3.Row
        return db.execute(query).fetchall()


def states(folder: Path) -> dict[str, int]:
    return {row[0]: row[1] for row in rows(folder, "select state, count(*) from jobs group by 1")}


def pictures(folder: Path) -> list[Path]:
    return sorted((folder / "images").iterdir())


def charged_prompts(sandbox: Sandbox) -> Counter[str]:
    """How often each prompt was charged."""
    requests = {each.index: each for each in sandbox.ledger.requests}
    return Counter(json.loads(requests[charge.request].body)["prompt"] for charge in sandbox.ledger.charges)


def assert_files_are_what_was_served(sandbox: Sandbox, folder: Path) -> None:
    """Every done job has all its files, byte for byte as the sandbox drew them, and there are no others."""
    gallery = sandbox._desk.service.world.gallery
    found = rows(
        folder,
        "select id, jobs.images as wanted, image_id, file, sha256 from images join jobs on number = job "
        "where state = 'done'",
    )
    for row in found:
        picture = gallery.find(UUID(row["image_id"]))
        assert picture is not None
        data = (folder / "images" / row["file"]).read_bytes()
        assert data == picture.bytes()
        assert sha256(data).hexdigest() == row["sha256"]
    wanted = {row[0]: row[1] for row in rows(folder, "select id, images from jobs where state = 'done'")}
    assert Counter(row["id"] for row in found) == wanted
    files = [row["file"] for row in rows(folder, "select file from images where file is not null")]
    assert len(set(files)) == len(files)
    assert {path.name for path in pictures(folder)} == set(files)


def settles(look: Any, seconds: float = 5.0) -> bool:
    """Whether a look at the sandbox comes to hold: a client that was killed may be ahead of the server's books."""
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def slow(*values: Any) -> list[Any]:
    """Cases that `make test` leaves out."""
    return [pytest.param(value, marks=pytest.mark.slow) for value in values]
