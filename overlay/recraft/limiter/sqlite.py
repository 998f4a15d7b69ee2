"""State in a SQLite file, for the processes of one host. Standard library only."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from heapq import merge
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakSet

from attrs import astuple

from .._core.clock import clock
from .._portable import Single
from .._words import shown
from ..errors import InputError
from .errors import LimiterUnavailable
from .schedule import CLOCK_STEP, IDLE, LET_GO, Answer, Gate, Place, Rules, Used, earliest, lease

_SCHEMA = """
create table if not exists account (key text primary key, last_seq integer, touched real,
    strikes integer, until real, probe_until real) without rowid;
create table if not exists waiting (key text, seq integer, id text, images integer, at real, expires real,
    primary key (key, seq, id)) without rowid;
create table if not exists sent (key text, at real, images integer, id text, primary key (key, at, id)) without rowid;
create index if not exists waiting_expires on waiting (key, expires);
"""
_BUSY = 10.0  # seconds to wait for another process; a transaction takes well under a millisecond


class SQLiteStore(Single):
    """Keeps the state in the file `path`, which is created when missing; its directory must exist.

    One file serves any number of processes, threads and accounts of one host, not of several: SQLite's locks do not
    hold on network file systems. Safe across fork. `clock` gives seconds since an origin all processes share. When it
    is set back, stamps that now lie in the future count as just sent, so nobody waits longer than one window; when it
    is set forward by s seconds, stamps look s seconds older, and one window may hold up to twice its cap.

    When the file is deleted or replaced while in use, by a cleaner of temporary folders for instance, each process
    notices at its next question, goes on with the file that is at `path` now, and brings along the calls it let go
    itself and the pauses it knows of; those who wait keep their order. Until every process that uses the account has
    asked again, calls of the others are missing, and a window may hold up to twice its cap. So keep the file where
    nothing is cleaned up. Where a cleaner takes the file and leaves its companions (`-wal`, `-shm`), calls may meet
    `LimiterUnavailable` for a moment.

    It pickles as its path, and so works in every process of the host.

    Raises InputError (a ValueError) for a path that cannot be, and `LimiterUnavailable` when the file cannot be used.
    """

    blocking = True

    def __init__(self, path: str | os.PathLike[str], *, clock: Callable[[], float] = clock.wall) -> None:
        self.path = _checked(path)
        self.clock = clock
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._own: dict[str, tuple[float, str, Used]] = {}  # what this process let go: id -> end of use, key, stamp
        self._gates: dict[str, Gate] = {}  # the shut ones it knows of
        self._lock = Lock()
        _stores.add(self)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return partial(type(self), clock=self.clock), (self.path,)

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def ask(self, place: Place, rules: Rules) -> Answer:
        with self._transaction() as db:
            now = self.clock()
            gate, last_seq = self._enter(db, place.key, now, rules)
            # A new place comes from the clock, so that nobody is ahead of those who wait when the file is a new one.
            seq = max(last_seq + 1, int(now * 1e6)) if place.seq is None else place.seq
            if seq > last_seq:
                db.execute("update account set last_seq = ? where key = ?", (seq, place.key))
            return self._turn(db, place, seq, rules, now, gate, leaving=False)

    def leave(self, place: Place, rules: Rules) -> Answer:
        """Free of I/O when the call leaves at once."""
        assert place.seq is not None
        if 0 <= self.clock() - place.at < rules.slack:
            return Answer(0.0, place.seq, place.probe, place.at)
        with self._transaction() as db:
            now = self.clock()
            gate, _ = self._enter(db, place.key, now, rules)
            self._unstamp(db, place)
            return self._turn(db, place, place.seq, rules, now, gate, leaving=True)

    def _turn(
        self, db: sqlite3.Connection, place: Place, seq: int, rules: Rules, now: float, gate: Gate, leaving: bool
    ) -> Answer:
        """Go, or plan to, behind those of a lower rank."""
        key, rank = place.key, seq - LET_GO if leaving else seq
        opens = gate.opens(now, place.probe if leaving else 0)
        ahead = db.execute(
            "select at, images, id from waiting where key = ? and seq < ? order by seq desc", (key, rank)
        )
        sent = db.execute("select at, images, id from sent where key = ? order by at desc", (key,))
        # Closed before the commit: a cursor that was not read to its end keeps the transaction open, and then the next
        # one of this connection fails at once when another process has written in between.
        with closing(ahead), closing(sent):
            used = merge(map(Used._make, ahead), map(Used._make, sent), reverse=True)
            at = earliest(used, place.images, rules, opens)
        if at <= now:
            db.execute("delete from waiting where key = ? and seq = ? and id = ?", (key, rank, place.id))
            self._stamp(db, key, Used(now, place.images, place.id), now + rules.horizon)
            self._set_gate(db, key, gate, gate.passed(now))
            return Answer(0.0, seq, gate.strikes, now)
        db.execute(
            "insert or replace into waiting values (?, ?, ?, ?, ?, ?)",
            (key, rank, place.id, place.images, at, now + lease(at - now)),
        )
        # Nobody plans to be earlier than one ahead. Plans never decrease, so the first late enough ends the search.
        db.execute(
            "update waiting set at = :at where key = :key and seq > :seq and seq < coalesce((select seq from waiting"
            " where key = :key and seq > :seq and at >= :at order by seq limit 1), 1 << 62)",
            {"at": at, "key": key, "seq": rank},
        )
        probe = place.probe if leaving and place.probe == gate.strikes else 0
        if probe:
            self._set_gate(db, key, gate, gate.passed(now))
        return Answer(at - now, seq, probe, now)

    def _stamp(self, db: sqlite3.Connection, key: str, row: Used, expires: float) -> None:
        db.execute("insert or ignore into sent values (?, ?, ?, ?)", (key, *row))
        self._own[row.id] = expires, key, row
        while (oldest := next(iter(self._own))) != row.id and self._own[oldest][0] <= row.at:
            del self._own[oldest]

    def _unstamp(self, db: sqlite3.Connection, place: Place) -> None:
        db.execute("delete from sent where key = ? and id = ?", (place.key, place.id))
        self._own.pop(place.id, None)

    def cancel(self, place: Place) -> None:
        with self._transaction() as db:
            ranks = (place.seq, (place.seq or 0) - LET_GO)
            db.execute("delete from waiting where key = ? and seq in (?, ?) and id = ?", (place.key, *ranks, place.id))
            self._unstamp(db, place)
            gate = self._gate(db, place.key)
            self._set_gate(db, place.key, gate, gate.returned(place.probe))

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
        last_seq, touched = self._create(db, key, now)
        if touched > ahead:
            db.execute("delete from waiting where key = ?", (key,))  # those alive ask again, and know their place
        else:
            db.execute("delete from waiting where key = ? and expires < ?", (key, now))
        if not now - 1 <= touched <= ahead:  # one write a second is enough to be remembered
            db.execute("update account set touched = ? where key = ?", (now, key))
        gate = self._gate(db, key)
        return self._set_gate(db, key, gate, gate.plausible(now)), last_seq

    @staticmethod
    def _create(db: sqlite3.Connection, key: str, now: float) -> tuple[int, float]:
        row = db.execute("select last_seq, touched from account where key = ?", (key,)).fetchone()
        if row is None:
            idle = db.execute("select key from account where touched < ?", (now - IDLE,)).fetchall()
            for table in ("account", "waiting", "sent"):
                db.executemany(f"delete from {table} where key = ?", idle)
            db.execute("insert into account values (?, 0, ?, 0, 0, 0)", (key, now))
        return row or (0, now)

    @staticmethod
    def _gate(db: sqlite3.Connection, key: str) -> Gate:
        row = db.execute("select strikes, until, probe_until from account where key = ?", (key,)).fetchone()
        return Gate(*row) if row else Gate()

    def _set_gate(self, db: sqlite3.Connection, key: str, old: Gate, new: Gate) -> Gate:
        if new != old:
            db.execute("update account set strikes = ?, until = ?, probe_until = ? where key = ?", (*astuple(new), key))
        if new.strikes:
            self._gates[key] = new
        elif self._gates:
            self._gates.pop(key, None)
        return new

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                db = self._current()
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

    def _current(self) -> sqlite3.Connection:
        """The connection to the file that is at `path` now."""
        if self._connection is not None and self._identity() == self._file:
            return self._connection
        # First: two connections of one process to companions of the same name (`-shm`) would drop each other's locks.
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        before, db = self._identity(), self._open()
        while before is None or before != self._identity():  # it was made just now, maybe by somebody else
            db.close()
            before, db = self._identity(), self._open()
        try:
            self._bring_along(db)
        except BaseException:
            db.close()
            raise
        self._connection, self._file = db, before
        return db

    def _identity(self) -> tuple[int, int] | None:
        """Which file is at `path`. Its number can't be given to another as long as the connection keeps it open."""
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _bring_along(self, db: sqlite3.Connection) -> None:
        """Write down what this process knows: the file may be another one than the one it knows it from."""
        if not (self._own or self._gates):
            return
        db.execute("begin immediate")
        now = self.clock()
        for expires, key, row in list(self._own.values()):
            if (
                expires > now
                and not db.execute("select 1 from sent where key = ? and id = ?", (key, row.id)).fetchone()
            ):
                self._stamp(db, key, row, expires)
        for key, known in list(self._gates.items()):
            self._create(db, key, now)
            gate = self._gate(db, key)
            self._set_gate(db, key, gate, max(gate, known, key=lambda one: (one.strikes, one.until)))
        db.execute("commit")

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
        self._own, self._gates = {}, {}  # the parent remembers


def _checked(path: str | os.PathLike[str]) -> Path:
    whole = None
    with suppress(TypeError, ValueError):
        if b"\0" not in os.fsencode(path):
            whole = Path(path).absolute()
    if whole is None:
        raise InputError(f"SQLiteStore takes the path of a file, got {shown(path)}")
    if not whole.parent.is_dir():
        raise InputError(f"no directory {str(whole.parent)!r} for the limiter's file; create it first")
    return whole


_stores: WeakSet[SQLiteStore] = WeakSet()
_inherited: list[
    sqlite3.Connection
] = []  # a connection may not even be closed in a child: that drops the parent's locks


def _after_fork() -> None:
    for store in _stores:
        store._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
