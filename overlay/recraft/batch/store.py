"""The journal's file: SQLite, opened by one process at a time, and proved whole before it is believed.

What was committed is on the disk (WAL, synchronous=FULL). Three things a journal must not do are found out here: be
gone while its pictures are there, be damaged, and have lost the part of it that stands in the `-wal` file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from .errors import BatchError, JournalError

APPLICATION = 0x52634261  # "RcBa"
VERSION = 1

#: After so many commits the `-wal` file is taken in and begun anew.
TAKE_IN = 1000

SCHEMA = """
create table about (name text primary key, value) without rowid;
create table jobs (
    number integer primary key,
    id text not null unique,
    content text not null,
    operation text not null,
    arguments text not null,
    line integer not null,
    run integer not null,
    state text not null check (state in ('todo', 'sent', 'paid', 'done', 'failed', 'doubt', 'expired')),
    kind text not null,
    images integer not null,
    tries integer not null default 0,
    account text,
    bound real,
    credits real,
    model text,
    request_id text,
    seconds real,
    at real,
    error text,
    answer text);
create index jobs_by_state on jobs (state, line);
create table images (
    job integer not null, place integer not null, image_id text, url text, expires_at text, revised_prompt text,
    stem text not null, file text, sha256 text, bytes integer, after text,
    primary key (job, place)) without rowid;
create table names (key text primary key, job integer not null) without rowid;
create table balances (number integer primary key, at real, account text, units real, spent real);
"""


class Lock:
    """A folder is for one process at a time. The lock ends with its process, however that ends."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            self._db.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                text = f"another process works on {str(path.parent)!r}. Let it finish, or take another folder."
                raise BatchError(text) from None
            raise

    def close(self) -> None:
        self._db.close()


class Store:
    """One journal's file, open. Safe to use from several threads.

    Nothing is written any more once it, or one of the `others`, was deleted or replaced.
    """

    def __init__(self, path: Path, *others: Path, writing: bool) -> None:
        self.path, self._others = path, others
        beside = _has_wal(path)  # asked now: looking at the journal makes that file
        self.db = _connect(path, writing)
        self.lock = threading.RLock()
        self._commits = 0
        try:
            with broken(path):
                _prove(self.db, path, beside)
                if writing:
                    self.db.execute("pragma journal_mode = wal")
                    self.db.execute("pragma synchronous = full")
                    self.db.execute("pragma wal_autocheckpoint = 0")
                    self.db.execute("pragma secure_delete = on")  # a signed address that is taken out is gone
                    self._begin_wal()
        except BaseException:
            self.db.close()
            raise
        self._files = [_identity(each) for each in (path, *others)]

    @contextlib.contextmanager
    def commit(self) -> Iterator[sqlite3.Connection]:
        """A transaction: on the disk when the block ends, undone when it raises."""
        with self.lock, broken(self.path):
            if [_identity(each) for each in (self.path, *self._others)] != self._files:
                raise JournalError(f"the journal {str(self.path)!r} was deleted or replaced while it was in use.")
            self.db.execute("begin immediate")
            try:
                yield self.db
                self.db.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self.db.execute("rollback")
                raise
            self._commits += 1
            if self._commits % TAKE_IN == 0:
                self._begin_wal()

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self.lock, broken(self.path):
            return self.db.execute(query, values).fetchall()

    def close(self) -> None:
        with self.lock:
            self.db.close()

    def _begin_wal(self) -> None:
        """Take the `-wal` file in, and say in the new one that it is the new one: were it gone, that would be seen.

        It is not cut to nothing in between. So where the journal itself says that there is more, there is more.
        """
        self.db.execute("update about set value = value + 1 where name = 'taken in'")
        self.db.execute("pragma wal_checkpoint(full)").fetchall()
        self.db.execute("update about set value = (select value from about where name = 'taken in') where name = 'wal'")


def create(path: Path) -> None:
    """Make an empty journal; under its name it is whole."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # it will hold signed addresses
    db = sqlite3.connect(new, isolation_level=None)
    try:
        db.execute(f"pragma application_id = {APPLICATION}")
        db.execute(f"pragma user_version = {VERSION}")
        db.executescript(SCHEMA)
        about = {"batch": uuid4().hex, "run": 0, "taken in": 0, "wal": 0}
        db.executemany("insert into about values (?, ?)", about.items())
    finally:
        db.close()
    os.replace(new, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk too."""
    with contextlib.suppress(PermissionError):  # Windows opens no folders, and needs none opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def broken(path: Path) -> Iterator[None]:
    """What goes wrong with the file, as an error that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise JournalError(_damaged(path, str(error))) from None
        text = f"the journal {str(path)!r} cannot be used: {error}."
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
            text += " Make room on the disk and run the same again."
        elif code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            text += " Its folder must be one that this process may write to."
        raise JournalError(text) from None


def _connect(path: Path, writing: bool) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={'rw' if writing else 'ro'}"
    with broken(path):
        db = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None, check_same_thread=False)
    db.row_factory = sqlite3.Row
    return db


def _prove(db: sqlite3.Connection, path: Path, beside: bool) -> None:
    """Raise JournalError unless this is a whole journal that this version can read."""
    (application,), (version,) = db.execute("pragma application_id"), db.execute("pragma user_version")
    if application[0] != APPLICATION:
        raise JournalError(f"{str(path)!r} is no journal of a batch. Nothing in it was touched.")
    if version[0] > VERSION:
        raise JournalError(
            f"the journal {str(path)!r} was written by a newer version of recraft-sdk (its format is {version[0]}, "
            f"this version knows {VERSION}). Update the package."
        )
    (said,) = db.execute("pragma quick_check(1)")
    if said[0] != "ok":
        raise JournalError(_damaged(path, said[0]))
    about = dict(tuple(row) for row in db.execute("select name, value from about"))
    if about["wal"] != about["taken in"] and not beside:
        raise JournalError(_damaged(path, "the file beside it that ends in -wal is gone, and with it the newest part"))


def _damaged(path: Path, why: str) -> str:
    return (
        f"the journal {str(path)!r} is damaged ({why}). Nothing was sent. Put a copy of the folder back, or take a new "
        "folder with a manifest of what is missing: this one does not know any more what was paid."
    )


def _has_wal(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
