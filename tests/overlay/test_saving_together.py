"""Several images of one result are fetched side by side, and what is told and what is on disk is as if one by one."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from recraft import ExpiredURLError, FileExists, Image, InputError, Recraft

from .support import BASE, PNG, TOKEN, Wire


@attrs.define
class Host:
    """Answers `/N` by `answer(N)`; counts how many it serves at once."""

    answer: Callable[[int], httpx.Response]
    lock: threading.Lock = attrs.Factory(threading.Lock)
    now: int = 0
    most: int = 0
    asked: list[int] = attrs.Factory(list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        number = int(request.url.path.strip("/"))
        with self.lock:
            self.asked.append(number)
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return self.answer(number)
        finally:
            with self.lock:
                self.now -= 1


class Threads(httpx.AsyncBaseTransport):
    """A blocking handler, each request in a thread of its own."""

    def __init__(self, handler: Callable[[httpx.Request], httpx.Response]) -> None:
        self._handler = handler

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        import anyio.to_thread

        return await anyio.to_thread.run_sync(self._handler, request)


def images(count: int) -> list[Image]:
    return [Image(url=f"https://img.test/{number}") for number in range(count)]


def save(wire: Wire, host: Host, count: int, folder: Path, **options: Any) -> list[Path]:
    transport = httpx.MockTransport(host) if wire.kind == "sync" else Threads(host)
    saved = wire.run(lambda client: client.save(images(count), folder, name="{index}", **options), transport=transport)
    return list(saved)


def found(number: int) -> httpx.Response:
    return httpx.Response(200, content=PNG)


def test_the_images_of_a_result_are_fetched_at_the_same_time(wire: Wire, tmp_path: Path) -> None:
    all_there = threading.Barrier(6, timeout=30)

    def answer(number: int) -> httpx.Response:
        all_there.wait()
        return found(number)

    assert save(wire, Host(answer), 6, tmp_path) == [tmp_path / f"{number}.png" for number in range(1, 7)]


@pytest.mark.parametrize("most", [1, 2, 5])
def test_no_more_are_fetched_at_a_time_than_was_asked_for(wire: Wire, tmp_path: Path, most: int) -> None:
    full = threading.Barrier(most, timeout=30)

    def answer(number: int) -> httpx.Response:
        full.wait()
        return found(number)

    host = Host(answer)
    assert len(save(wire, host, 10, tmp_path, concurrency=most)) == 10
    assert host.most == most


def test_the_paths_are_in_the_order_of_the_images_whichever_comes_first(wire: Wire, tmp_path: Path) -> None:
    later = [threading.Event() for _ in range(5)]  # each image is there only after the one behind it

    def answer(number: int) -> httpx.Response:
        if number < 4:
            assert later[number + 1].wait(30)
        later[number].set()
        return found(number)

    assert save(wire, Host(answer), 5, tmp_path) == [tmp_path / f"{number}.png" for number in range(1, 6)]


def test_what_comes_after_an_image_that_failed_is_not_there_though_it_was_fetched(wire: Wire, tmp_path: Path) -> None:
    third = threading.Event()

    def answer(number: int) -> httpx.Response:
        if number == 2:
            third.set()
        assert third.wait(30)
        return httpx.Response(403) if number == 1 else found(number)

    with pytest.raises(ExpiredURLError, match=r"2 \(image 2 of 3\)") as caught:
        save(wire, Host(answer), 3, tmp_path)
    assert caught.value.saved == (tmp_path / "1.png",)
    assert list(tmp_path.iterdir()) == [tmp_path / "1.png"]


def test_the_first_of_two_failures_is_told(wire: Wire, tmp_path: Path) -> None:
    second = threading.Event()

    def answer(number: int) -> httpx.Response:
        if number == 1:
            second.set()
            return httpx.Response(404)
        assert second.wait(30)
        return httpx.Response(403)

    with pytest.raises(ExpiredURLError, match=r"\(403\)") as caught:
        save(wire, Host(answer), 2, tmp_path)
    assert caught.value.saved == ()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_begun_after_a_failure(wire: Wire, tmp_path: Path) -> None:
    host = Host(lambda number: httpx.Response(403) if number == 3 else found(number))
    with pytest.raises(ExpiredURLError):
        save(wire, host, 50, tmp_path, concurrency=1)
    assert host.asked == [0, 1, 2, 3]


def test_a_name_that_is_taken_stops_at_its_place(wire: Wire, tmp_path: Path) -> None:
    (tmp_path / "2.png").write_bytes(b"mine")
    with pytest.raises(FileExists) as caught:
        save(wire, Host(found), 4, tmp_path)
    assert caught.value.saved == (tmp_path / "1.png",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.png", "2.png"]
    assert (tmp_path / "2.png").read_bytes() == b"mine"


def test_an_interrupted_save_leaves_nothing_half_written_and_does_not_wait_for_a_silent_host(tmp_path: Path) -> None:
    reached, over = threading.Barrier(3, timeout=30), threading.Event()

    def answer(number: int) -> httpx.Response:
        if number:
            reached.wait()
            if number == 1:  # ctrl-C, once all three are under way
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        else:
            reached.wait()
        over.wait(30)
        return found(number)

    client = Recraft(TOKEN, base_url=BASE, limiter=None, transport=httpx.MockTransport(Host(answer)))
    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        client.save(images(3), tmp_path)
    assert list(tmp_path.iterdir()) == []
    left = set(threading.enumerate()) - before
    over.set()
    for thread in left:
        thread.join(30)
    assert list(tmp_path.iterdir()) == []  # nor what came too late


@pytest.mark.parametrize("wrong", [0, -1, True, 2.0, "4", None])
def test_how_many_at_a_time_is_a_whole_number_from_one(wire: Wire, tmp_path: Path, wrong: Any) -> None:
    host = Host(found)
    with pytest.raises(InputError, match="concurrency is"):
        save(wire, host, 2, tmp_path, concurrency=wrong)
    assert host.asked == []
