"""The six images of a result, saved side by side from a host that takes its time."""

from __future__ import annotations

import tempfile

from . import fresh, report
from .contenders import TOKEN
from .server import SLOW


async def _save(count: int, base_url: str) -> fresh.Cost:
    from recraft import AsyncRecraft, Image

    host = base_url.removesuffix("/v1")
    with tempfile.TemporaryDirectory() as directory:
        async with AsyncRecraft(TOKEN, base_url=base_url, limiter=None) as client:

            async def save(what: str, count: int) -> None:
                await client.save(
                    [Image(url=f"{host}/{what}/{number}") for number in range(count)], directory, name=what + "{index}"
                )

            return await fresh.once(lambda: save("small", count), lambda: save(SLOW, count))


def saving(base_url: str, rounds: int) -> None:
    ways = {name: fresh.awaited(_save, count, base_url) for name, count in (("one image", 1), ("six images", 6))}
    costs = fresh.measured(ways, rounds)
    rows = [
        [name, fresh.ratio(each, costs["one image"], "seconds"), fresh.spread([cost["seconds"] for cost in each])]
        for name, each in costs.items()
    ]
    report.table("Saving images, 200 ms to the first byte of each (one image = 1)", ["", "ratio", "seconds"], rows)
