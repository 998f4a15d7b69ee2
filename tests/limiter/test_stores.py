"""Each home of the state on its own: what it raises when it cannot work, and that it does not grow for ever."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

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
    with pytest.raises(FileNotFoundError, match="nowhere"):
        SQLiteStore(tmp_path / "nowhere" / "limits.db")


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
