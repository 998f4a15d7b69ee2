"""Whatever is measured in a process of its own: ways to do one thing, round after round in turn, and what each cost."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from .server import SPAWN

#: What one run cost, by name: seconds, bytes, counts.
Cost = dict[str, float]


def measured(ways: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, list[Cost]]:
    """What each way cost in each round. Turn by turn, so that a busy moment of the machine meets everybody."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            here, there = SPAWN.Pipe()
            process = SPAWN.Process(target=_run, args=(way, there), daemon=True)
            process.start()
            there.close()  # so that a process that dies is noticed here
            costs[name].append(here.recv())
            process.join()
    return costs


def _run(way: Callable[[], Cost], control: Connection) -> None:
    control.send(way())


def ratio(mine: list[Cost], its: list[Cost], what: str) -> str:
    """Median of the rounds' ratios, each to the round beside it, and where the middle half of them lies."""
    return spread([one[what] / other[what] for one, other in zip(mine, its, strict=True)])


def spread(values: list[float], form: str = ".2f") -> str:
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else values * 3
    return f"{middle:{form}} ({low:{form}}-{high:{form}})"


def peak() -> int:
    """The most memory this process has held, in bytes."""
    import resource

    with contextlib.suppress(OSError):  # what getrusage says on Linux may be the parent's
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@contextlib.contextmanager
def costs() -> Iterator[Cost]:
    """Seconds, seconds of processor time, and bytes by which the peak of memory grows meanwhile."""
    gc.collect()
    cost: Cost = {}
    memory, processor, began = peak(), time.process_time(), time.perf_counter()
    yield cost
    cost |= {
        "seconds": time.perf_counter() - began,
        "processor": time.process_time() - processor,
        "memory": peak() - memory,
    }


@contextlib.asynccontextmanager
async def watched(cost: Cost) -> AsyncIterator[None]:
    """The longest that the event loop let nobody else in meanwhile, in seconds, as `stall`; and as `busy` the longest
    that it was at work then, for on a busy machine it may only have waited for a processor.
    """
    longest = busiest = 0.0

    async def look() -> None:
        nonlocal longest, busiest
        while True:
            began, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.002)
            longest = max(longest, time.perf_counter() - began - 0.002)
            busiest = max(busiest, time.thread_time() - worked)

    looking = asyncio.create_task(look())
    await asyncio.sleep(0)
    yield
    looking.cancel()
    cost |= {"stall": longest, "busy": busiest}


async def once(prepare: Callable[[], Awaitable[object]], act: Callable[[], Awaitable[object]]) -> Cost:
    """What an act costs after what prepares it: connections, imports, first uses."""
    await prepare()
    found: Cost = {}
    with costs() as cost:
        async with watched(found):
            await act()
    return cost | found


def awaited(way: Callable[..., Awaitable[Cost]], *arguments: object) -> Callable[[], Cost]:
    """A way that is a coroutine function, as one that blocks and travels to another process."""
    return functools.partial(_await, way, arguments)


def _await(way: Callable[..., Awaitable[Cost]], arguments: tuple[object, ...]) -> Cost:
    async def main() -> Cost:
        return await way(*arguments)

    return asyncio.run(main())
