"""What a call costs beyond its answer, where that can be counted: garbage, pieces, visits to worker threads."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import anyio.lowlevel
import anyio.to_thread
import httpx
import pytest

from recraft import AsyncRecraft, Image, Recraft
from recraft._core.binding import operation

from .support import BASE, PNG, TOKEN, Wire, answer


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers, and counts the pieces in which a body comes."""

    def __init__(self) -> None:
        self.pieces: list[int] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.pieces.append(sum(1 for _ in request.stream))
        return httpx.Response(200, json=answer(request.url.path))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.pieces.append(sum([1 async for _ in request.stream]))
        return httpx.Response(200, json=answer(request.url.path))


@pytest.fixture
def no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
def test_a_call_leaves_nothing_for_the_garbage_collector() -> None:
    client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=Counting())
    for act in (lambda: client.images.generate("a fox"), lambda: client.images.vectorize(PNG), client.users.me):
        act()
        gc.collect()
        for _ in range(20):
            act()
        assert gc.collect() == 0


@pytest.mark.anyio
@pytest.mark.usefixtures("no_collection")
async def test_an_awaited_call_leaves_nothing_for_the_garbage_collector() -> None:
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=Counting())
    await client.images.generate("a fox")
    gc.collect()
    for _ in range(20):
        await client.images.generate("a fox")
    assert gc.collect() == 0


def test_a_small_form_goes_out_as_one_piece(wire: Wire) -> None:
    transport = Counting()
    wire.run(lambda client: client.images.vectorize(PNG), transport=transport)
    wire.run(lambda client: client.images.image_to_image(PNG, "a hat", strength=0.5), transport=transport)
    assert transport.pieces == [1, 1]


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    made: list[Any] = []
    real = anyio.to_thread.run_sync

    async def counting(function: Any, *arguments: Any, **how: Any) -> Any:
        made.append(function)
        return await real(function, *arguments, **how)

    monkeypatch.setattr(anyio.to_thread, "run_sync", counting)
    return made


@pytest.mark.anyio
async def test_an_image_in_memory_takes_no_visit_to_a_thread_and_one_on_disk_does(
    tmp_path: Path, visits: list[Any]
) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=Counting())
    await client.images.vectorize(PNG)
    assert visits == []
    await client.images.vectorize(tmp_path / "a.png")
    assert len(visits) > 0


@pytest.mark.anyio
async def test_an_option_that_takes_files_is_looked_into_in_a_thread(tmp_path: Path, visits: list[Any]) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=Counting())
    await client.images.generate("a fox", colors=["#fff"])
    assert visits == []
    await client.images.generate("a fox", style_references=[tmp_path / "a.png"])
    assert len(visits) > 0


@pytest.mark.anyio
async def test_a_large_upload_is_read_twelve_pieces_a_visit(tmp_path: Path, visits: list[Any]) -> None:
    (tmp_path / "a.png").write_bytes(PNG + bytes(8 * 2**20))
    transport = Counting()
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=transport)
    await client.images.vectorize(tmp_path / "a.png")
    # 8 MB are 128 pieces of 64 KB: eleven visits of twelve, one for the ends, one to look into the file.
    assert transport.pieces[0] <= 13
    assert len(visits) <= 15


class Pieces(httpx.AsyncBaseTransport):
    """An image in pieces of 64 KB."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async def pieces() -> AsyncIterator[bytes]:
            yield PNG
            for _ in range(127):
                yield bytes(2**16)
            yield b"IEND"

        return httpx.Response(200, content=pieces())


@pytest.mark.anyio
async def test_a_large_image_is_written_twelve_pieces_a_visit(tmp_path: Path, visits: list[Any]) -> None:
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=Pieces())
    (path,) = await client.save(Image(url="https://img.test/1.png"), tmp_path)
    assert path.stat().st_size == len(PNG) + 127 * 2**16 + 4
    # 8 MB in pieces of 64 KB: eleven visits of twelve, one to reach the disk.
    assert len(visits) <= 13


@pytest.mark.anyio
async def test_of_many_calls_that_begin_together_each_takes_a_turn_of_the_event_loop_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=Counting())
    begun: list[str] = []
    in_a_turn: list[int] = []
    build = operation.made

    def made(self: Any, at: Any, prompt: str) -> Any:
        begun.append(prompt)
        return build(self, at, prompt)

    async def watch() -> None:
        while len(begun) < 200:
            before = len(begun)
            await anyio.lowlevel.checkpoint()
            in_a_turn.append(len(begun) - before)

    monkeypatch.setattr(operation, "made", made)
    prompts = [f"fox {number}" for number in range(200)]
    async with anyio.create_task_group() as group:
        for prompt in prompts:
            group.start_soon(client.images.generate, prompt)
        group.start_soon(watch)
    assert begun == prompts
    assert max(in_a_turn) <= 2
