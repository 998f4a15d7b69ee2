"""Connections serve again: how many are opened, which one is next, and which never again."""

from __future__ import annotations

import functools
import itertools
import json
import threading
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpcore
import pytest

from recraft import AsyncRecraft, Recraft
from recraft._core import reuse
from recraft._core.reuse import Shelf
from recraft.errors import RecraftError

from .servers import Peer, Server, serving

TOGETHER = 50
USER = json.dumps({"id": "1", "email": "a@b.invalid", "credits": 7}).encode()


def answering(peer: Peer) -> None:
    while peer.request():
        peer.answer(USER)


class Crowd:
    """Answers when so many requests are there."""

    def __init__(self, count: int) -> None:
        self._all = threading.Barrier(count)

    def __call__(self, peer: Peer) -> None:
        while peer.request():
            self._all.wait(30)
            peer.answer(USER)


def client_of(server: Server) -> Recraft:
    return Recraft("t", base_url=server.base_url, limiter=None, retry=None)


def async_client_of(server: Server) -> AsyncRecraft:
    return AsyncRecraft("t", base_url=server.base_url, limiter=None, retry=None)


@pytest.mark.anyio
async def test_fifty_calls_in_flight_share_fifty_connections_however_many_follow() -> None:
    with serving(Crowd(TOGETHER)) as server:
        async with async_client_of(server) as client:
            for _ in range(4):
                async with anyio.create_task_group() as group:
                    for _ in range(TOGETHER):
                        group.start_soon(client.users.me)
    assert server.connections == TOGETHER


def test_fifty_threads_share_fifty_connections_however_many_calls_follow() -> None:
    with (
        serving(Crowd(TOGETHER)) as server,
        client_of(server) as client,
        ThreadPoolExecutor(TOGETHER) as threads,
    ):
        for _ in range(4):
            list(threads.map(lambda _: client.users.me(), range(TOGETHER)))
    assert server.connections == TOGETHER


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio", "trio"])  # aiohttp keeps all of them, for as long as any
async def test_a_burst_leaves_no_more_connections_open_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reuse, "MOST_IDLE", 5)
    left = threading.Semaphore(0)
    crowd = Crowd(20)

    def script(peer: Peer) -> None:
        crowd(peer)
        left.release()

    with serving(script) as server:
        async with async_client_of(server) as client:
            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(client.users.me)
            for _ in range(15):
                assert await anyio.to_thread.run_sync(left.acquire, True, 10), "closed, as the server sees it"
            assert not left.acquire(blocking=False)


def test_the_next_call_goes_where_the_last_one_came_back() -> None:
    numbers: list[int] = []
    crowd = threading.Barrier(3)

    def script(peer: Peer) -> None:
        for count in itertools.count():
            if not peer.request():
                return
            if count == 0 and peer.number <= 3:
                crowd.wait(30)
            numbers.append(peer.number)
            peer.answer(USER)

    with serving(script) as server, client_of(server) as client, ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda _: client.users.me(), range(3)))
        del numbers[:]
        for _ in range(5):
            client.users.me()
        assert len(numbers) == 5
        assert len(set(numbers)) == 1


def answers_and_closes(closed: threading.Event, peer: Peer) -> None:
    peer.request()
    peer.answer(USER)
    peer.close()
    closed.set()


def test_a_connection_that_the_server_has_closed_meanwhile_is_not_used() -> None:
    closed = threading.Event()
    script = functools.partial(answers_and_closes, closed)

    with serving(script) as server, client_of(server) as client:
        for _ in range(3):
            assert client.users.me().attempts == 1
            assert closed.wait(10)
            closed.clear()
    assert server.connections == 3


@pytest.mark.anyio
async def test_an_awaited_call_does_not_use_what_the_server_has_closed_meanwhile() -> None:
    closed = threading.Event()
    script = functools.partial(answers_and_closes, closed)

    with serving(script) as server:
        async with async_client_of(server) as client:
            for _ in range(3):
                assert (await client.users.me()).attempts == 1
                assert await anyio.to_thread.run_sync(closed.wait, 10)
                closed.clear()
    assert server.connections == 3


class Told:
    """Answers the first request of each connection not at all, and tells of its arrival and of the end."""

    def __init__(self) -> None:
        self.came, self.ended = threading.Event(), threading.Semaphore(0)

    def __call__(self, peer: Peer) -> None:
        peer.request()
        self.came.set()
        assert peer.request() is None
        self.ended.release()


@pytest.mark.anyio
async def test_a_cancelled_call_closes_its_connection() -> None:
    told = Told()
    with serving(told) as server:
        async with async_client_of(server) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client.users.me)
                assert await anyio.to_thread.run_sync(told.came.wait, 10)
                group.cancel_scope.cancel()
            assert await anyio.to_thread.run_sync(told.ended.acquire, True, 10)


@pytest.mark.anyio
async def test_closing_a_client_closes_what_is_idle_and_what_is_in_use() -> None:
    idle, told = threading.Event(), Told()

    def script(peer: Peer) -> None:
        if peer.number == 1:
            told(peer)
        else:
            answering(peer)
            idle.set()

    async def lost() -> None:
        with pytest.raises(RecraftError):
            await client.users.me()

    with serving(script) as server:
        client = async_client_of(server)
        async with anyio.create_task_group() as group:
            group.start_soon(lost)
            assert await anyio.to_thread.run_sync(told.came.wait, 10)
            await client.users.me()
            await client.aclose()
        assert await anyio.to_thread.run_sync(told.ended.acquire, True, 10)
        assert await anyio.to_thread.run_sync(idle.wait, 10)


@pytest.mark.parametrize("headers", [["Content-Encoding: br"], ["Content-Encoding: gzip"]])
def test_an_answer_that_is_given_up_takes_its_connection_with_it(headers: list[str]) -> None:
    ended = threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        peer.answer(USER, 200, *headers)
        assert peer.request() is None
        ended.set()

    with serving(script) as server, client_of(server) as client:
        with pytest.raises(RecraftError):
            client.users.me()
        assert ended.wait(10)


# The decisions alone.

HERE, THERE = (httpcore.Origin(b"https", host, 443) for host in (b"here", b"there"))


class Line:
    """A connection that is whatever a test says."""

    def __init__(self, origin: httpcore.Origin) -> None:
        self.origin = origin
        self.expired = self.closed = False
        self.idle = True

    def can_handle_request(self, origin: httpcore.Origin) -> bool:
        return origin == self.origin

    def has_expired(self) -> bool:
        return self.expired

    def is_idle(self) -> bool:
        return self.idle

    def is_closed(self) -> bool:
        return self.closed


def taken(shelf: Shelf[Line], *origins: httpcore.Origin) -> list[Line]:
    return [shelf.take(origin)[0] for origin in origins]


def test_a_connection_serves_its_own_origin_only() -> None:
    shelf = Shelf(Line)
    here, there = taken(shelf, HERE, THERE)
    assert shelf.back(here) == shelf.back(there) == []
    assert shelf.take(HERE) == (here, [])
    assert shelf.take(HERE)[0] not in (here, there)
    assert shelf.take(THERE) == (there, [])


def test_an_expired_connection_is_closed_and_the_one_before_it_used() -> None:
    shelf = Shelf(Line)
    lines = taken(shelf, HERE, HERE, HERE)
    for line in lines:
        shelf.back(line)
    lines[2].expired = True
    assert shelf.take(HERE) == (lines[1], [lines[2]])


def test_what_has_been_idle_for_too_long_is_closed_when_any_other_is_taken() -> None:
    shelf = Shelf(Line)
    lines = taken(shelf, THERE, THERE, THERE, HERE)
    for line in lines:
        shelf.back(line)
    lines[0].expired = lines[1].expired = True
    assert shelf.take(HERE) == (lines[3], lines[:2])


def test_a_connection_that_did_not_come_to_rest_is_closed_once_and_never_used() -> None:
    shelf = Shelf(Line)
    under_way, closed = taken(shelf, HERE, HERE)
    under_way.idle = closed.idle = False
    closed.closed = True
    assert shelf.back(under_way) == [under_way]
    assert shelf.back(closed) == []
    assert shelf.take(HERE)[0] not in (under_way, closed)


def test_one_that_comes_back_after_all_were_given_up_is_closed() -> None:
    shelf = Shelf(Line)
    idle, busy = taken(shelf, HERE, HERE)
    shelf.back(idle)
    assert set(shelf.empty()) == {idle, busy}
    assert shelf.back(busy) == [busy]
    assert shelf.take(HERE)[0] not in (idle, busy)


def test_no_two_threads_are_given_one_connection() -> None:
    shelf, in_use, lock = Shelf(Line), set[Line](), threading.Lock()

    def work(_: int) -> None:
        for _ in range(200):
            line, over = shelf.take(HERE)
            assert over == []
            with lock:
                assert line not in in_use
                in_use.add(line)
            with lock:
                in_use.remove(line)
            shelf.back(line)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
