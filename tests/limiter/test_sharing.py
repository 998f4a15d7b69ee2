"""Threads, forks and processes that share one state."""

import multiprocessing
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
import redis

from recraft.limiter import Limit, MemoryStore, RateLimiter, RedisStore, SQLiteStore, limiter_key

from . import sender
from .simulation import Stamp, worst_excess

TOKEN = "a-token-nobody-may-see"


def test_threads_share_the_memory_of_the_process() -> None:
    limits = (Limit(5, per=0.05, of="requests"), Limit(20, per=0.2, of="images"))
    last, sent = threading.local(), list[Stamp]()

    def clock() -> float:
        last.reading = time.monotonic()
        return float(last.reading)

    limiter = RateLimiter(limits, margin=0.002, store=MemoryStore(clock=clock))

    def work(seed: int) -> None:
        for number in range(8):
            images = (seed + number) % 3
            ticket = limiter.ticket("account", images=images)
            while (delay := ticket.ask()) > 0:
                time.sleep(delay)
            sent.append((last.reading, images))
            ticket.settled()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(sent) == 64
    assert worst_excess(sent, limits, 0.002) == 0, "never over the cap, and the cap is used"


def send_from_processes(where: str) -> None:
    """Three processes that send, and one that dies with calls in the queue."""
    arguments = [sys.executable, sender.__file__, where, limiter_key(TOKEN)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    processes = [subprocess.Popen([*arguments, count], env=environment) for count in ("15", "15", "15", "DIE")]
    assert [process.wait(30) for process in processes] == [0, 0, 0, 9]


def assert_limits_held(stamps: list[Stamp]) -> None:
    assert len(stamps) >= 45
    assert worst_excess(stamps, sender.LIMITS[:2], sender.MARGIN) <= 0


def test_processes_share_a_file_and_one_that_dies_blocks_nobody(tmp_path: Path) -> None:
    path = tmp_path / "limits.db"
    send_from_processes(str(path))
    db = sqlite3.connect(path)
    assert_limits_held(db.execute("select at, images from sent").fetchall())
    db.close()
    assert not any(TOKEN.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_processes_share_a_server_and_one_that_dies_blocks_nobody(redis_url: str, redis_client: redis.Redis) -> None:
    send_from_processes(redis_url)
    (key,) = redis_client.keys("*:sent")
    rows: list[tuple[bytes, float]] = redis_client.zrange(key, 0, -1, withscores=True)  # type: ignore[assignment]
    assert_limits_held([(at, int(member.split(b":")[0])) for member, at in rows])
    assert {name.split(b":")[1].decode() for name in redis_client.scan_iter()} == {"{" + limiter_key(TOKEN) + "}"}
    assert all(redis_client.ttl(name) > 0 for name in redis_client.scan_iter())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_a_forked_child_does_not_wait_for_a_lock_another_thread_of_its_parent_holds(kind: str, tmp_path: Path) -> None:
    store = MemoryStore() if kind == "memory" else SQLiteStore(tmp_path / "limits.db")
    limiter = RateLimiter((Limit(2, per=60.0, of="requests"),), store=store)
    assert limiter.ticket("account", images=1).ask() == 0.0
    with store._lock:
        child = os.fork()
        if child == 0:
            delays = [limiter.ticket("account", images=1).ask() for _ in range(2)]
            os._exit(0 if delays[0] == 0.0 and delays[1] > 50 else 1)  # it knows of its parent's call
        for _ in range(500):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                break
            time.sleep(0.01)
        else:
            os.kill(child, 9)
            os.waitpid(child, 0)
            pytest.fail("the child is still waiting")
    assert os.waitstatus_to_exitcode(status) == 0
    assert (limiter.ticket("account", images=1).ask() > 50) == (kind == "sqlite"), "a file goes on being shared"


def test_a_server_decides_by_its_own_clock(redis_client: redis.Redis) -> None:
    limiter = RateLimiter((Limit(1, per=5.0, of="requests"),), margin=0.0, store=RedisStore(redis_client))
    assert limiter.ticket("account", images=1).ask() == 0.0
    ticket = limiter.ticket("account", images=1)
    delay = ticket.ask()
    assert 0.0 < delay <= 5.0
    assert 0.0 < ticket.ask() <= delay


def test_a_redis_store_goes_to_another_process_with_its_server_and_prefix(redis_url: str) -> None:
    key = f"travels-{uuid4().hex}"
    limiter = RateLimiter([Limit(cap=1, per=3600.0, of="requests")], store=RedisStore(redis_url, prefix="apart"))
    assert limiter.ticket(key, images=0).ask() == 0
    for method in ("fork", "spawn"):
        with ProcessPoolExecutor(1, multiprocessing.get_context(method)) as pool:
            assert pool.submit(_asked, limiter, key).result() > 3000
    assert pickle.loads(pickle.dumps(limiter.store)).prefix == "apart"
    with pytest.raises(TypeError, match="given a client"):
        pickle.dumps(RedisStore(redis.Redis.from_url(redis_url)))


def _asked(limiter: RateLimiter, key: str) -> float:
    return limiter.ticket(key, images=0).ask()
