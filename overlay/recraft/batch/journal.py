"""The journal of a folder: the only truth about what was asked for, sent, paid and done.

A job goes todo -> sent -> paid -> done. What is in flight is `sent`, and is in doubt when its process is gone: it may
have been served and charged. Besides there are failed (refused, which costs nothing), doubt, and expired (paid, and its
address works no more). Every step is on the disk before the next one is taken.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import attrs

from recraft import Image, RecraftError
from recraft.errors import shown

from .errors import BatchError, JournalError
from .manifest import Job
from .pricing import Kind
from .store import Lock, Store, create, sync_folder

FILE, LOCK, IMAGES, STAGING = "journal.db", "journal.lock", "images", ".staging"

#: Failures that have to do with the moment and not with the job: the next run tries again.
PASSING = ("ConnectionFailed", "TimedOut", "ServerError", "RateLimitError", "UnexpectedResponse")

#: So many jobs that are done are written without waiting for another step.
TOGETHER = 20


@attrs.frozen
class Task:
    """A job as the journal has it."""

    number: int
    job: Job
    state: str
    tries: int

    @property
    def kind(self) -> Kind:
        return Kind.of(self.job)


@attrs.frozen
class Picture:
    """One image of a task that was paid, on its way to its file."""

    place: int
    stem: str
    image: Image
    file: str | None = None
    sha256: str | None = None
    bytes: int | None = None
    after: str | None = None


class Journal:
    """The journal of one folder, open for its one writer."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.images, self.staging = folder, folder / IMAGES, folder / STAGING
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(folder / LOCK)
        except BatchError:  # another process works there, which is no fault of the folder
            raise
        except OSError as error:
            raise BatchError(f"the folder {str(folder)!r} cannot be used: {error}.") from None
        except Exception as error:
            raise BatchError(f"the folder {str(folder)!r} cannot be written to: {error}.") from None
        try:
            self._prepare()
            self.store = Store(folder / FILE, folder / LOCK, writing=True)
        except BaseException:
            self._lock.close()
            raise
        about = self.about
        self.batch: str = about["batch"]
        self.run: int = about["run"]
        self._done: list[tuple[float, int]] = []
        self.naming, self.kept = threading.Lock(), set[str]()  # file names that were given and are not taken yet

    def _prepare(self) -> None:
        path = self.folder / FILE
        if not path.exists():
            if self.images.exists():
                raise JournalError(
                    f"the journal {str(path)!r} is gone, and {str(self.images)!r} is there: a batch has worked here, "
                    "and what it paid is not known any more. Put the journal back, or take a new folder."
                )
            try:
                create(path)
            except Exception as error:
                raise JournalError(f"no journal can be made in {str(self.folder)!r}: {error}.") from None
        for folder in (self.images, self.staging):
            with suppress(FileExistsError):
                folder.mkdir()
        sync_folder(self.folder)

    @property
    def about(self) -> dict[str, Any]:
        return {row["name"]: row["value"] for row in self.store.rows("select name, value from about")}

    def flush(self) -> None:
        """Have everything on the disk that the journal knows."""
        with self._step():
            pass

    def close(self) -> None:
        self.store.close()
        self._lock.close()

    # What is to be done.

    def todo(self, after: int, most: int = 200) -> list[Task]:
        """Jobs of this run that are to be sent, by their lines, from the one after this."""
        query = "select * from jobs where state = 'todo' and line > ? and run = ? order by line limit ?"
        return [_task(row) for row in self.store.rows(query, after, self.run, most)]

    def paid_before(self) -> list[int]:
        """The numbers of the jobs, of any run, that are paid and have files missing."""
        return [row[0] for row in self.store.rows("select number from jobs where state = 'paid' order by number")]

    def numbered(self, numbers: list[int]) -> list[Task]:
        """Jobs by their numbers."""
        marks = ", ".join("?" * len(numbers))
        return [_task(row) for row in self.store.rows(f"select * from jobs where number in ({marks})", *numbers)]

    def pictures(self, task: Task) -> list[Picture]:
        """The images of a task that was paid."""
        rows = self.store.rows("select * from images where job = ? order by place", task.number)
        return [_picture(row) for row in rows]

    def doubts(self) -> list[tuple[str, Task]]:
        """Every job in doubt, of all runs, with the account it went through."""
        rows = self.store.rows("select * from jobs where state = 'doubt' order by number")
        return [(row["account"], _task(row)) for row in rows]

    # The steps of a job.

    def sent(self, task: Task, bound: float | None, account: str) -> None:
        """A job is about to be called; from here on it may be charged."""
        with self._step() as db:
            done = db.execute(
                "update jobs set state = 'sent', tries = tries + 1, bound = ?, account = ?, at = ?, error = null "
                "where number = ? and state = 'todo'",
                (bound, account, time.time(), task.number),
            )
            if done.rowcount != 1:
                raise JournalError(f"job {shown(task.job.id)} is not to be done any more, by the journal.")

    def paid(self, task: Task, facts: Mapping[str, Any], pictures: Iterable[Picture]) -> None:
        """Its answer came. `facts` are columns of the job."""
        pictures = list(pictures)
        columns = {"state": "paid" if pictures else "done", "at": time.time(), **facts}
        with self._step() as db:
            _set(db, task, columns)
            _keep(db, task, pictures)

    def fetched(self, task: Task, pictures: Iterable[Picture]) -> None:
        """These images are on the disk, and are about to take their names."""
        with self._step() as db:
            _keep(db, task, pictures)

    def done(self, task: Task) -> None:
        """All of its files have their names. That goes to the disk with the next step of any job: until then the
        journal has the names and hashes of files that are there, from which a later run sees the same.
        """
        self._done.append((time.time(), task.number))
        if len(self._done) >= TOGETHER:
            self.flush()

    @contextmanager
    def _step(self) -> Iterator[Any]:
        """A transaction that takes along what is done."""
        with self.store.commit() as db:
            done, self._done = self._done, []
            if done:
                db.executemany("update jobs set state = 'done', error = null, at = ? where number = ?", done)
                # The signed addresses have no use any more.
                db.executemany("update images set url = null where job = ?", [(number,) for _, number in done])
            yield db

    def ended(self, task: Task, state: str, error: RecraftError | None) -> None:
        """It came to no result, or not yet: `failed`, `doubt`, `expired`, `paid`, or `todo` again."""
        facts = error and json.dumps(error.to_dict())
        with self._step() as db:
            _set(db, task, {"state": state, "error": facts, "at": time.time()})

    # A run.

    def recover(self) -> None:
        """What was in flight when the last run ended is in doubt."""
        lost = BatchError("its process ended while the call was in flight: it may have been served and charged")
        said = {**lost.to_dict(), "maybe_charged": True, "attempts": None}
        with self._step() as db:
            db.execute("update jobs set state = 'doubt', error = ? where state = 'sent'", (json.dumps(said),))

    def choose(self, *, resend_in_doubt: bool, retry_failed: bool) -> None:
        """Have those sent again that may be."""
        passing = "" if retry_failed else f"and json_extract(error, '$.type') in {PASSING!r}"
        with self._step() as db:
            if resend_in_doubt:
                db.execute("update jobs set state = 'todo' where state = 'doubt' and run = ?", (self.run,))
            db.execute(f"update jobs set state = 'todo' where state = 'failed' and run = ? {passing}", (self.run,))

    def note_balance(self, account: str, units: float) -> None:
        """What the account had at this moment, to reconcile with."""
        with self.store.commit() as db:
            db.execute(
                "insert into balances (at, account, units, spent) values (?, ?, ?, "
                "(select total(credits) from jobs where account = ?))",
                (time.time(), account, units, account),
            )


def _task(row: Any) -> Task:
    job = Job(row["id"], row["operation"], json.loads(row["arguments"]), row["line"], row["content"])
    return Task(row["number"], job, row["state"], row["tries"])


def _picture(row: Any) -> Picture:
    data = {name: row[name] for name in ("url", "image_id", "expires_at", "revised_prompt")}
    image = Image.from_dict({"type": "Image", **data})
    return Picture(row["place"], row["stem"], image, *(row[name] for name in ("file", "sha256", "bytes", "after")))


def _keep(db: Any, task: Task, pictures: Iterable[Picture]) -> None:
    db.executemany(
        f"insert or replace into images values ({', '.join('?' * 11)})",
        [
            (
                task.number,
                each.place,
                each.image.image_id and str(each.image.image_id),
                each.image.url,
                each.image.expires_at and each.image.expires_at.isoformat(),
                each.image.revised_prompt,
                each.stem,
                each.file,
                each.sha256,
                each.bytes,
                each.after,
            )
            for each in pictures
        ],
    )


def _set(db: Any, task: Task, columns: Mapping[str, Any]) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    db.execute(f"update jobs set {names} where number = ?", (*columns.values(), task.number))
