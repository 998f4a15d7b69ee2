"""A manifest on its way into the journal, by the identity of its jobs."""

from __future__ import annotations

import json
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
        if error[0] is None:
            self._flush()
            about = [("run", self._run), ("template", self._template)]
            self._db.executemany("insert or replace into about values (?, ?)", about)
        self._commit.__exit__(*error)
        if error[0] is None:
            self._journal.run = self._run

    def take(self, job: Job) -> bool:
        """Take a job in, by its identity. Whether it is to be checked. Raises InputError when it cannot be taken."""
        found = self._db.execute("select number, content, state, line from jobs where id = ?", (job.id,)).fetchone()
        if found is None:
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
