"""Many calls in flight: processor time, calls a second and connections opened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from . import fresh, report
from .contenders import PROMPT, TOKEN

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
Call = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def _recraft(base_url: str, **options: Any) -> AsyncIterator[Call]:
    from recraft import AsyncRecraft

    async with AsyncRecraft(TOKEN, base_url=base_url, limiter=None, **options) as client:
        yield lambda: client.images.generate("a fox")


@asynccontextmanager
async def _recraft_aiohttp(base_url: str) -> AsyncIterator[Call]:
    from recraft import aiohttp_transport

    async with _recraft(base_url, transport=aiohttp_transport()) as call:
        yield call


@asynccontextmanager
async def _httpx(base_url: str, **options: Any) -> AsyncIterator[Call]:
    import httpx

    async with httpx.AsyncClient(base_url=base_url, headers=HEADERS, timeout=None, **options) as client:

        async def call() -> Any:
            return (await client.post("/images/generations", json=PROMPT)).raise_for_status().json()

        yield call


@asynccontextmanager
async def _httpx_aiohttp(base_url: str) -> AsyncIterator[Call]:
    import aiohttp
    import httpx_aiohttp

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
    async with _httpx(base_url, transport=httpx_aiohttp.AiohttpTransport(client=session)) as call:
        yield call


@asynccontextmanager
async def _aiohttp(base_url: str) -> AsyncIterator[Call]:
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), headers=HEADERS) as session:

        async def call() -> Any:
            async with session.post(f"{base_url}/images/generations", json=PROMPT, raise_for_status=True) as answer:
                return await answer.json()

        yield call


#: The first is what the others are measured against.
CONTENDERS = {
    "raw httpx": _httpx,
    "recraft": _recraft,
    "recraft on aiohttp": _recraft_aiohttp,
    "httpx on aiohttp": _httpx_aiohttp,
    "bare aiohttp": _aiohttp,
}


async def _fly(name: str, base_url: str, together: int, calls: int) -> fresh.Cost:
    async with CONTENDERS[name](base_url) as call:
        await call()
        left = iter(range(calls))

        async def work() -> None:
            for _ in left:
                await call()

        found: fresh.Cost = {}
        with fresh.costs() as cost:
            async with fresh.watched(found):
                await asyncio.gather(*(work() for _ in range(together)))
    return cost | found


def flight(base_url: str, many: list[int], calls: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    """Prints a table; processor time per call in ms, by contender and calls in flight, for the plot."""
    names = [*CONTENDERS]
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in names}
    rows = []
    for together in many:
        ways = {name: fresh.awaited(_fly, name, base_url, together, calls) for name in names}
        costs = fresh.measured(ways, rounds)
        for name in names:
            taken[name][str(together)] = [cost["processor"] / calls * 1e3 for cost in costs[name]]
            rows.append(
                [
                    name,
                    str(together),
                    fresh.spread(taken[name][str(together)]),
                    fresh.ratio(costs[name], costs[names[0]], "processor"),
                    fresh.spread([calls / cost["seconds"] for cost in costs[name]], ".0f"),
                ]
            )
    heads = ["client", "in flight", "processor, ms a call", "ratio", "calls a second"]
    report.table(f"Calls in flight on one event loop ({names[0]} = 1)", heads, rows)
    return taken
