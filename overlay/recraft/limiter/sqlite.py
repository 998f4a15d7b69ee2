"""State in a SQLite file, for the processes of one host. Standard library only."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from heapq import merge
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from attrs import astuple

from .._clock import clock
from .errors import LimiterUnavailable
from .schedule import CLOCK_STEP, IDLE, LEASE, Answer, Gate, Rules, Used, earliest

if TYPE_CHECKING:
    from ._limiter import Place

_SCHEMA = """
create table if not exists account (key text primary key, last_seq integer, touched real,
    strikes integer, until real, probe_until real) without rowid;
create table if not exists queue (key text, seq integer, id text, images integer, at real, seen real,
    primary key (key, seq, id)) without rowid;
create table if not exists sent (key text, at real, images integer, id text, primary key (key, at, id)) without rowid;
create index if not exists queue_seen on queue (key, seen);
"""
_BUSY = 10.0  # seconds to wait for another process; a transaction takes well under a millisecond


class SQLiteStore:
    """Keeps the state in the file `path`, which is created when missing; its directory must exist (FileNotFoundError).

    One file serves any number of processes, threads and accounts of one host, not of several: SQLite's locks do not
    hold on network file systems. Safe across fork. `clock` gives seconds since an origin all processes share. When it
    is set back, stamps that now lie in the future count as just sent, so nobody waits longer than one window; when it
    is set forward by s seconds, stamps look s seconds older, and one window may hold up to twice its cap.
    Raises `LimiterUnavailable` when the file cannot be used.
    """

    blocking = True

    def __init__(self, path: str | os.PathLike[str], *, clock: Callable[[], float] = clock.wall) -> None:
        self.path = Path(path).absolute()
        self.clock = clock
        if not self.path.parent.is_dir():
            raise FileNotFoundError(f"no directory {str(self.path.parent)!r} for the limiter's file; create it first")
        self._connection: sqlite3.Connection | None = None
        self._lock = Lock()
        _stores.add(self)

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def ask(self, place: "Place", rules: Rules) -> Answer:
        with self._transaction() as db:
            now = self.clock()
            gate, last_seq = self._enter(db, place.key, now, rules)
            seq = place.seq
            if seq is None:
                seq = last_seq + 1
                db.execute("update account set last_seq = ? where key = ?", (seq, place.key))
            ahead = db.execute(
                "select at, images, id from queue where key = ? and seq < ? order by seq desc", (place.key, seq)
            )
            sent = db.execute("select at, images, id from sent where key = ? order by at desc", (place.key,))
            # Closed before the commit: a cursor that was not read to its end keeps the transaction open, and then the next one of
            # this connection fails at once when another process has written in between.
            with closing(ahead), closing(sent):
                used = merge(map(Used._make, ahead), map(Used._make, sent), reverse=True)
                at = earliest(used, place.images, rules, gate.opens(now))
            if at <= now:
                db.execute("delete from queue where key = ? and seq = ? and id = ?", (place.key, seq, place.id))
                db.execute("insert into sent values (?, ?, ?, ?)", (place.key, now, place.images, place.id))
                self._set_gate(db, place.key, gate, gate.passed(now))
                return Answer(0.0, seq, gate.strikes)
            db.execute(
                "insert or replace into queue values (?, ?, ?, ?, ?, ?)",
                (place.key, seq, place.id, place.images, at, now),
            )
            # nobody plans to be earlier than one ahead
            db.execute("update queue set at = ? where key = ? and seq > ? and at < ?", (at, place.key, seq, at))
            return Answer(at - now, seq, 0)

    def left(self, place: "Place") -> None:
        with self._transaction() as db:
            db.execute("update sent set at = ? where key = ? and id = ?", (self.clock(), place.key, place.id))

    def cancel(self, place: "Place", probe: int) -> None:
        with self._transaction() as db:
            db.execute("delete from queue where key = ? and seq = ? and id = ?", (place.key, place.seq, place.id))
            db.execute("delete from sent where key = ? and id = ?", (place.key, place.id))
            gate = self._gate(db, place.key)
            self._set_gate(db, place.key, gate, gate.returned(probe))

    def rejected(self, key: str, probe: int, retry_after: float | None) -> None:
        with self._transaction() as db:
            now = self.clock()
            self._create(db, key, now)
            gate = self._gate(db, key)
            self._set_gate(db, key, gate, gate.rejected(probe, retry_after, now))

    def settled(self, key: str, probe: int) -> None:
        with self._transaction() as db:
            gate = self._gate(db, key)
            self._set_gate(db, key, gate, gate.settled(probe))

    def _enter(self, db: sqlite3.Connection, key: str, now: float, rules: Rules) -> tuple[Gate, int]:
        """Forget what no longer matters, and what only a clock set back can explain."""
        ahead = now + CLOCK_STEP
        db.execute("delete from sent where key = ? and at <= ?", (key, now - rules.horizon))
        db.execute("update sent set at = ? where key = ? and at > ?", (now, key, ahead))
        db.execute("delete from queue where key = ? and (seen < ? or seen > ?)", (key, now - LEASE, ahead))
        last_seq, touched = self._create(db, key, now)
        if not now - 1 <= touched <= ahead:  # one write a second is enough to be remembered
            db.execute("update account set touched = ? where key = ?", (now, key))
        gate = self._gate(db, key)
        return self._set_gate(db, key, gate, gate.plausible(now)), last_seq

    @staticmethod
    def _create(db: sqlite3.Connection, key: str, now: float) -> tuple[int, float]:
        row = db.execute("select last_seq, touched from account where key = ?", (key,)).fetchone()
        if row is None:
            idle = db.execute("select key from account where touched < ?", (now - IDLE,)).fetchall()
            for table in ("account", "queue", "sent"):
                db.executemany(f"delete from {table} where key = ?", idle)
            db.execute("insert into account values (?, 0, ?, 0, 0, 0)", (key, now))
        return row or (0, now)

    @staticmethod
    def _gate(db: sqlite3.Connection, key: str) -> Gate:
        row = db.execute("select strikes, until, probe_until from account where key = ?", (key,)).fetchone()
        return Gate(*row) if row else Gate()

    @staticmethod
    def _set_gate(db: sqlite3.Connection, key: str, old: Gate, new: Gate) -> Gate:
        if new != old:
            db.execute("update account set strikes = ?, until = ?, probe_until = ? where key = ?", (*astuple(new), key))
        return new

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                db = self._connection = self._connection or self._open()
                db.execute("begin immediate")
                try:
                    yield db
                    db.execute("commit")
                except BaseException:
                    if db.in_transaction:
                        db.execute("rollback")
                    raise
            except sqlite3.Error as error:
                raise LimiterUnavailable(
                    f"the limiter's file {str(self.path)!r} cannot be used: {error}. Check that it is a writable "
                    "SQLite file on a local disk that no other program keeps locked; if it is damaged, delete it"
                ) from error

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
        try:
            for attempt in range(100):  # two processes that switch the mode at once do not wait for each other
                try:
                    db.execute("pragma journal_mode = wal")
                    break
                except sqlite3.OperationalError as error:
                    if attempt == 99 or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                        raise
                    time.sleep(0.01)
            db.execute("pragma synchronous = normal")  # a power cut may lose the last stamps, never the file
            db.execute("begin immediate")
            for statement in filter(str.strip, _SCHEMA.split(";")):
                db.execute(statement)
            db.execute("commit")
        except BaseException:
            db.close()
            raise
        return db

    def __del__(self) -> None:
        connection, self._connection = getattr(self, "_connection", None), None
        if connection is not None:
            connection.close()

    def _after_fork(self) -> None:
        self._lock = Lock()  # another thread of the parent may have held it
        if self._connection is not None:
            _inherited.append(self._connection)
            self._connection = None


_stores: WeakSet[SQLiteStore] = WeakSet()
_inherited: list[
    sqlite3.Connection
] = []  # a connection may not even be closed in a child: that drops the parent's locks


def _after_fork() -> None:
    for store in _stores:
        store._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
