"""Large files on an event loop: uploads by path, downloads, and an image in base64 to a file."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path
from typing import Any

from . import fresh, report
from .contenders import PROMPT, TOKEN
from .server import BASE64, LARGE, PNG_START

HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def _clients(base_url: str, spool: str | None = None) -> tuple[Any, Any]:
    import httpx

    from recraft import AsyncRecraft

    ours = AsyncRecraft(TOKEN, base_url=base_url, limiter=None, spool=spool)
    return ours, httpx.AsyncClient(base_url=base_url, headers=HEADERS, timeout=None)


async def _upload(ours: bool, base_url: str, path: str) -> fresh.Cost:
    """Raw httpx reads the file on the event loop: there is no cheaper way, and none that stalls it more."""
    client, plain = _clients(base_url)

    async def with_httpx(path: Path) -> None:
        async def pieces() -> Any:
            with open(path, "rb") as file:
                while piece := file.read(2**16):
                    yield piece

        length = {"Content-Length": str(path.stat().st_size)}
        (await plain.post("/images/removeBackground", content=pieces(), headers=length)).raise_for_status()

    send = client.images.remove_background if ours else with_httpx
    small = Path(path).with_name("small.png")
    return await fresh.once(lambda: send(small), lambda: send(Path(path)))


async def _download(ours: bool, base_url: str, directory: str) -> fresh.Cost:
    from recraft import Image

    client, plain = _clients(base_url)
    host = base_url.removesuffix("/v1")

    async def with_httpx(url: str, name: str) -> None:
        async with plain.stream("GET", url) as answer:
            with open(Path(directory, name), "wb") as file:
                async for piece in answer.aiter_raw():
                    file.write(piece)

    async def get(what: str) -> None:
        if ours:
            await client.save(Image(url=f"{host}/{what}"), directory, name=what, overwrite=True)
        else:
            await with_httpx(f"{host}/{what}", f"{what}.png")

    cost = await fresh.once(lambda: get("small"), lambda: get(LARGE))
    Path(directory, f"{LARGE}.png").unlink()  # the next one gets no memory of it that only one way would use again
    return cost


async def _base64(ours: bool, base_url: str, directory: str, spool: str | None = None) -> fresh.Cost:
    client, plain = _clients(base_url, spool)

    async def with_httpx(prompt: str) -> None:
        answer = (await plain.post("/images/generations", json={**PROMPT, "prompt": prompt})).json()
        Path(directory, "httpx.png").write_bytes(base64.b64decode(answer["data"][0]["b64_json"]))

    async def get(prompt: str) -> None:
        if ours:
            result = await client.images.generate(prompt, response_format="b64_json")
            await client.save(result, directory, name="ours", overwrite=True)
        else:
            await with_httpx(prompt)

    return await fresh.once(lambda: get("small base64"), lambda: get(BASE64))


def transfers(base_url: str, megabytes: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "large.png"
        path.write_bytes(PNG_START + bytes(megabytes << 20))
        path.with_name("small.png").write_bytes(PNG_START)
        size = megabytes << 20
        for title, way, argument, whole in (
            (f"Upload of {megabytes} MiB by path", _upload, str(path), size),
            (f"Download of {megabytes} MiB to a file", _download, directory, size),
            ("b64_json of an image of 20 MiB to a file", _base64, directory, 20 << 20),
        ):
            ways = {
                "raw httpx": fresh.awaited(way, False, base_url, argument),
                "recraft": fresh.awaited(way, True, base_url, argument),
            }
            if way is _base64:
                ways["recraft, spool"] = fresh.awaited(way, True, base_url, argument, directory)
            costs = fresh.measured(ways, rounds)
            unit = costs["raw httpx"]
            rows = [
                [
                    name,
                    fresh.ratio(taken, unit, "processor"),
                    fresh.ratio(taken, unit, "seconds"),
                    fresh.spread([cost["memory"] / 2**20 for cost in taken], ".1f"),
                    f"{max(cost['memory'] for cost in taken) / whole:.2f}",
                    fresh.spread([cost["stall"] * 1e3 for cost in taken], ".0f"),
                    fresh.spread([cost["busy"] * 1e3 for cost in taken], ".0f"),
                ]
                for name, taken in costs.items()
            ]
            heads = [
                "client",
                "processor",
                "time",
                "more memory, MiB",
                "of the image",
                "longest stall, ms",
                "at work, ms",
            ]
            report.table(f"{title}, on an event loop (raw httpx = 1)", heads, rows)
