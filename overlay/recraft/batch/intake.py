"""A manifest on its way into the journal, by the identity of its jobs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from recraft import InputError
from recraft.errors import shown

from .journal import Journal
from .manifest import Job, operation_of
from .naming import key, stems, taken
from .pricing import Kind

#: So many jobs that were there already are written together.
TOGETHER = 1000


class Intake:
    """A manifest on its way into the journal: all of it, or nothing."""

    def __init__(self, journal: Journal, template: str) -> None:
        self._journal, self._template = journal, template
        self._renamed = journal.about.get("template") != template
        self._taken: set[int] = set()
        self._seen = bytearray()
        self._kept: list[tuple[int, int, int]] = []  # those that were there already, to be written together
        self._as_before = True  # whether every job so far stands where it stood in the run before

    def __enter__(self) -> Intake:
        self._commit = self._journal.store.commit()
        self._db = self._commit.__enter__()
        self._run = self._journal.run + 1
        self._taken = taken(self._journal.images)
        if self._renamed:
            open_jobs = "select number from jobs where state in ('todo', 'failed')"
            self._db.execute(f"delete from names where job in ({open_jobs})")
        return self

    def __exit__(self, *error: Any) -> None:
        with self._closing(*error):
            if error[0] is None:
                self._finish()
                self._journal.run = self._run

    @contextmanager
    def _closing(self, *error: Any) -> Iterator[None]:
        """End the transaction: as it is, or undone when something was wrong, or goes wrong now."""
        try:
            yield
        except BaseException as failed:
            self._commit.__exit__(type(failed), failed, failed.__traceback__)
            raise
        self._commit.__exit__(*error)

    def _finish(self) -> None:
        """The manifest is in. One that is that of the run before leaves the journal as it was, and has its number."""
        (before,) = self._db.execute("select count(*) from jobs where run = ?", (self._run - 1,)).fetchone()
        if self._as_before and before == sum(byte.bit_count() for byte in self._seen):
            self._run -= 1
        else:
            self._differs()
            self._flush()
        about = [("run", self._run), ("template", self._template)]
        self._db.executemany("insert or replace into about values (?, ?)", about)

    def take(self, job: Job) -> bool:
        """Take a job in, by its identity. Whether it is to be checked. Raises InputError when it cannot be taken."""
        found = self._db.execute(
            "select number, content, state, line, run from jobs where id = ?", (job.id,)
        ).fetchone()
        if found is None:
            self._differs()
            number = self._insert(job)
            self._see(number)
            self._name(number, job)
            return True
        if not self._see(found["number"]):
            raise InputError(_twice(job, self._line(found["number"])))
        open_ = found["state"] in ("todo", "failed")
        if found["content"] != job.content:
            if not open_:
                raise InputError(
                    f"the id {shown(job.id)} belongs to another call, which is {found['state']} already in this "
                    "folder. Give this one an id of its own."
                )
            self._db.execute(
                "update jobs set operation = ?, arguments = ?, content = ?, kind = ?, images = ?, state = 'todo', "
                "error = null where number = ?",
                (*_content(job), found["number"]),
            )
            self._db.execute("delete from names where job = ?", (found["number"],))
        changed = found["content"] != job.content
        if changed or (found["run"], found["line"]) != (self._run - 1, job.line):
            self._differs()
        if not self._as_before:
            self._kept.append((self._run, job.line, found["number"]))
            if len(self._kept) >= TOGETHER:
                self._flush()
        if open_ and (changed or self._renamed):
            self._name(found["number"], job)
        return open_ and (changed or _has_files(job))

    def _see(self, number: int) -> bool:
        """Whether the manifest has this job for the first time: a bit each, of a hundred thousand too."""
        byte, bit = divmod(number, 8)
        self._seen.extend(bytes(max(0, byte + 1 - len(self._seen))))
        new = not self._seen[byte] >> bit & 1
        self._seen[byte] |= 1 << bit
        return new

    def _differs(self) -> None:
        """The manifest is not that of the run before: those of its jobs that were seen so far are written after all."""
        if self._as_before:
            self._as_before = False
            numbers = (8 * at + bit for at, byte in enumerate(self._seen) for bit in range(8) if byte >> bit & 1)
            self._db.executemany("update jobs set run = ? where number = ?", ((self._run, each) for each in numbers))

    def _flush(self) -> None:
        self._db.executemany("update jobs set run = ?, line = ? where number = ?", self._kept)
        self._kept.clear()

    def _line(self, number: int) -> int:
        self._flush()
        line: int = self._db.execute("select line from jobs where number = ?", (number,)).fetchone()[0]
        return line

    def _insert(self, job: Job) -> int:
        done = self._db.execute(
            "insert into jobs (id, line, run, state, operation, arguments, content, kind, images) "
            "values (?, ?, ?, 'todo', ?, ?, ?, ?, ?)",
            (job.id, job.line, self._run, *_content(job)),
        )
        assert done.lastrowid is not None
        return done.lastrowid

    def _name(self, number: int, job: Job) -> None:
        """Keep the names that its files will have for it."""
        for name in stems(self._template, job):
            if hash(key(name)) in self._taken:
                raise InputError(f"there is a file named {shown(name)} in {str(self._journal.images)!r} already.")
            done = self._db.execute("insert or ignore into names values (?, ?)", (key(name), number))
            if not done.rowcount:
                (other,) = self._db.execute(
                    "select id, line from jobs where number = (select job from names where key = ?)", (key(name),)
                )
                raise InputError(f"its file would be named {shown(name)}, as that of {shown(other['id'])} is.")


def _twice(job: Job, line: int) -> str:
    if job.named:
        return f"the id {shown(job.id)} is on line {line} too; every job has one of its own."
    return f"this is the same as line {line}. Leave one out, or give each an id of its own to have both made."


def _has_files(job: Job) -> bool:
    takes = operation_of(job).takes
    return any("ImageInput" in takes.get(name, "") for name in job.arguments)


def _content(job: Job) -> tuple[Any, ...]:
    return job.operation, json.dumps(job.arguments), job.content, Kind.of(job).text, job.images
