"""Each home of the state on its own: what it raises when it cannot work, and that it does not grow for ever."""

import asyncio
import os
import socketserver
import sqlite3
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import redis
import redis.asyncio

from recraft.errors import InputError
from recraft.limiter import Limit, LimiterUnavailable, MemoryStore, RateLimiter, RedisStore, SQLiteStore, Store

from .conftest import Clock


def ask(store: Store, key: str = "account", images: int = 1) -> float:
    return RateLimiter(store=store).ticket(key, images=images).ask()


def test_only_stores_that_do_io_block(tmp_path: Path, redis_client: redis.Redis) -> None:
    stores = MemoryStore(), SQLiteStore(tmp_path / "limits.db"), RedisStore(redis_client)
    assert [RateLimiter(store=store).blocking for store in stores] == [False, True, True]


def test_memory_forgets_accounts_that_are_idle(clock: Clock) -> None:
    store = MemoryStore(clock=clock)
    for number in range(50):
        ask(store, f"account {number}")
        clock.now += 10.0
    assert len(store._accounts) < 10


def test_a_file_forgets_accounts_that_are_idle(clock: Clock, tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "limits.db", clock=clock)
    for number in range(20):
        ask(store, f"account {number}")
        clock.now += 3600.0
    store.close()
    db = sqlite3.connect(tmp_path / "limits.db")
    assert db.execute("select (select count(*) from account), (select count(*) from sent)").fetchone() == (3, 3)
    db.close()


def test_stamps_are_forgotten_when_they_have_left_the_longest_window(clock: Clock) -> None:
    store = MemoryStore(clock=clock)
    limiter = RateLimiter((Limit(2, per=1.0, of="requests"),), margin=0.0, store=store)
    for _ in range(40):
        assert limiter.ticket("account", images=0).ask() == 0.0
        clock.now += 0.5
    assert len(store._accounts["account"].sent) <= 2


def test_a_missing_directory_is_named_at_construction(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no directory '.*nowhere' .*create it first"):
        SQLiteStore(tmp_path / "nowhere" / "limits.db")


@pytest.mark.parametrize("path", ["limits\0.db", "limits\ud800.db", 5, None, b"limits.db"])
def test_what_is_no_path_of_a_file_is_refused(path: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="SQLiteStore takes the path of a file, got"):
        SQLiteStore(path)


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "limits.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(LimiterUnavailable, match=r"limits\.db.*not a database.*delete it"):
        ask(SQLiteStore(path))


def test_a_path_that_is_a_directory_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(LimiterUnavailable, match="unable to open"):
        ask(SQLiteStore(tmp_path))


def test_a_file_that_stays_locked_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recraft.limiter.sqlite._BUSY", 0.01)
    store = SQLiteStore(tmp_path / "limits.db")
    ask(store)
    other = sqlite3.connect(tmp_path / "limits.db", isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(LimiterUnavailable, match="locked"):
        ask(store)
    other.execute("rollback")
    other.close()
    assert ask(store) == 0.0


def test_a_file_is_used_by_many_threads_and_reopened_after_close(tmp_path: Path) -> None:
    store = SQLiteStore(tmp_path / "limits.db")
    delays: list[float] = []
    threads = [threading.Thread(target=lambda: delays.append(ask(store))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    delays.append(ask(store))
    assert sorted(delays)[:5] == [0.0] * 5
    assert all(delay > 0 for delay in sorted(delays)[5:])


def test_a_server_that_is_not_there_is_unavailable_and_its_password_not_shown(tmp_path: Path) -> None:
    store = RedisStore(f"unix://user:hunter2@{tmp_path}/none.sock")
    with pytest.raises(LimiterUnavailable, match="ConnectionError") as caught:
        ask(store)
    assert "hunter2" not in str(caught.value) + str(caught.value.__cause__) + repr(store)


@pytest.mark.parametrize("url", ["http://x:hunter2@host", "", "redis://:hunter2@host:port", "hunter2"])
def test_a_url_that_is_none_of_a_redis_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(InputError, match=r"expected redis://, rediss:// or unix://") as caught:
        RedisStore(url)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("client", [5, None, object(), redis.asyncio.Redis()])
def test_what_is_no_blocking_redis_client_is_refused(client: Any) -> None:
    with pytest.raises(InputError, match=r"takes a redis\.Redis client or a URL, got a"):
        RedisStore(client)


class Garbage:
    """A client whose scripts answer what they were told to, or raise it."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def register_script(self, source: str) -> Any:
        def script(keys: object, args: object) -> object:
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        return script


@pytest.mark.parametrize(
    "answer",
    [5, None, b"OK", [], [1, 2], [b"0", 1, 0, 0], ["x", 1, 0], [b"nan", 1, 0], [b"inf", 1, 0], [b"-1", 1, 0],
     [0, b"one", 0], [0, 1e400, 0], UnicodeDecodeError("utf-8", b"", 0, 1, ""), TypeError(), OSError()],
    ids=repr,
)  # fmt: skip
def test_a_server_that_answers_garbage_is_unavailable(answer: object) -> None:
    client: Any = Garbage(answer)
    with pytest.raises(LimiterUnavailable, match=r"cannot be used \((it answered|\w+Error)"):
        ask(RedisStore(client))


def test_a_server_that_answers_everything_with_a_number_is_unavailable() -> None:
    class One(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while line := self.rfile.readline():
                if line.startswith(b"*"):
                    self.wfile.write(b":1\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), One) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with pytest.raises(LimiterUnavailable, match="Redis server cannot be used"):
            ask(RedisStore(f"redis://127.0.0.1:{server.server_address[1]}"))
        server.shutdown()


@pytest.mark.parametrize("kind", [RateLimiter, MemoryStore, SQLiteStore, RedisStore])
def test_one_that_is_half_made_can_be_shown(kind: type) -> None:
    assert kind.__name__ in repr(kind.__new__(kind))


def test_a_server_that_forgot_everything_serves_on(redis_client: redis.Redis) -> None:
    store = RedisStore(redis_client)
    limiter = RateLimiter((Limit(1, per=60.0, of="requests"),), store=store)
    limiter.ticket("account", images=1).ask()
    waiting = limiter.ticket("account", images=1)
    assert waiting.ask() > 0
    redis_client.flushall()
    redis_client.script_flush()
    assert waiting.ask() == 0.0


@pytest.mark.parametrize("decode", [True, False])
def test_a_client_may_decode_answers_or_not(redis_url: str, decode: bool) -> None:
    with redis.Redis.from_url(redis_url, decode_responses=decode) as client:
        store = RedisStore(client, prefix=f"decode {decode}")
        assert [ask(store, images=60), ask(store, images=60) > 50] == [0.0, True]


def test_without_the_redis_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ImportError, match=r"pip install 'recraft-sdk\[redis\]'"):
        RedisStore("redis://localhost")


def test_the_redis_package_is_loaded_only_when_used() -> None:
    program = "import sys, recraft.limiter; sys.exit('redis' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


def test_cancelling_waits_for_an_ask_under_way_in_another_thread() -> None:
    """An asynchronous caller that is cancelled leaves its ask running; the slot comes back all the same."""
    inside, go = threading.Event(), threading.Event()

    class Slow(MemoryStore):
        def ask(self, place, rules):  # type: ignore[no-untyped-def]
            inside.set()
            go.wait(5)
            return super().ask(place, rules)

    limiter = RateLimiter((Limit(1, per=60.0, of="requests"),), store=Slow())
    ticket = limiter.ticket("account", images=1)

    async def scenario() -> None:
        asking = asyncio.create_task(asyncio.to_thread(ticket.ask))
        await asyncio.to_thread(inside.wait, 5)
        asking.cancel()
        go.set()
        await asyncio.to_thread(ticket.cancel)

    asyncio.run(scenario())
    assert limiter.ticket("account", images=1).ask() == 0.0


def test_threads_of_several_connections_to_one_file_do_not_trip_over_each_other(tmp_path: Path) -> None:
    """Each store is like a process: one connection, whose threads take turns while another one writes."""
    narrow = (Limit(3, per=30.0, of="requests"),)
    limiters = [RateLimiter(narrow, margin=0.0, store=SQLiteStore(tmp_path / "limits.db")) for _ in range(3)]

    def ask(number: int) -> None:
        for _ in range(30):
            limiters[number % 3].ticket("account", images=1).ask()

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(12) as pool:
            list(pool.map(ask, range(24)))
    finally:
        sys.setswitchinterval(before)
