"""What waiting for the rate limits costs: the limiter in memory, and thousands of calls started at once."""

from __future__ import annotations

import asyncio
import functools
import heapq
import statistics
import time

from . import fresh, report
from .contenders import TOKEN

#: How many of the limiter's tickets wait at once, how many calls, and seconds of a limiter's clock that are watched.
TICKETS, CALLS, WATCHED = 10_000, 5_000, 120.0


def _ticket(apart: float) -> fresh.Cost:
    """A call's way through the limiter with the real limits, so many seconds after the one before."""
    from recraft import RateLimiter
    from recraft.limiter import MemoryStore

    now = 0.0
    limiter = RateLimiter(store=MemoryStore(clock=lambda: now))
    taken = []
    for _ in range(3000):
        now += apart
        began = time.perf_counter()
        ticket = limiter.ticket("account", images=1)
        while (delay := ticket.ask()) > 0:
            now += delay
        ticket.leave()
        ticket.settled()
        taken.append(time.perf_counter() - began)
    return {"microseconds": statistics.median(taken[1000:]) * 1e6}


def _queue() -> fresh.Cost:
    """The share of a processor that so many waiting callers take while they ask again."""
    from recraft import RateLimiter
    from recraft.limiter import MemoryStore

    now = 0.0
    limiter = RateLimiter(store=MemoryStore(clock=lambda: now))
    tickets = [limiter.ticket("account", images=1) for _ in range(TICKETS)]
    due = [(0.0, number) for number in range(TICKETS)]
    joined = 0.0
    while due[0][0] < WATCHED:
        at, number = heapq.heappop(due)
        now = max(now, at)
        if now > 0 and not joined:
            joined = time.process_time()
        delay = tickets[number].ask()
        if delay > 0:
            heapq.heappush(due, (now + limiter.renew(delay), number))
        else:
            tickets[number].leave()
            tickets[number].settled()
    return {"percent": (time.process_time() - joined) / WATCHED * 100}


async def _gather(limited: bool, base_url: str) -> fresh.Cost:
    """Thousands of calls started at once: until all are answered, or for some seconds where the limits hold them."""
    from recraft import AsyncRecraft, RateLimiter

    async with AsyncRecraft(TOKEN, base_url=base_url, limiter=RateLimiter() if limited else None) as client:
        await client.images.generate("a fox")
        found: fresh.Cost = {}
        with fresh.costs() as cost:
            async with fresh.watched(found):
                calls = [asyncio.ensure_future(client.images.generate("a fox")) for _ in range(CALLS)]
                await asyncio.wait(calls, timeout=3.0 if limited else None)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
    return cost | found


def waiting(base_url: str, rounds: int) -> None:
    ways = {f"a call every {apart} s": functools.partial(_ticket, apart) for apart in (1.0, 0.7, 0.6, 0.25)}
    costs = fresh.measured(ways, rounds)
    rows = [[name, fresh.spread([cost["microseconds"] for cost in each], ".1f")] for name, each in costs.items()]
    percent = fresh.measured({"queue": _queue}, rounds)["queue"]
    rows.append([f"{TICKETS:,} waiting, % of a processor", fresh.spread([cost["percent"] for cost in percent])])
    report.table(
        "The limiter in memory, real limits (0.6 s apart the window of images is full)", ["", "µs a call"], rows
    )

    both = {
        "no limiter": fresh.awaited(_gather, False, base_url),
        "default limiter, the first 3 s": fresh.awaited(_gather, True, base_url),
    }
    costs = fresh.measured(both, rounds)
    rows = [
        [
            name,
            fresh.spread([cost["seconds"] for cost in each], ".1f"),
            fresh.spread([cost["stall"] * 1e3 for cost in each], ".0f"),
            fresh.spread([cost["busy"] * 1e3 for cost in each], ".0f"),
            fresh.spread([cost["memory"] / 1024 / CALLS for cost in each], ".1f"),
        ]
        for name, each in costs.items()
    ]
    heads = ["", "seconds", "longest stall, ms", "at work, ms", "memory, KiB a call"]
    report.table(f"gather of {CALLS:,} calls", heads, rows)
