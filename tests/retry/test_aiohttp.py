"""The transport on aiohttp: what it sends, what it makes of answers that aiohttp itself loses, and what it refuses.

That calls end on it as on httpx's own is in the other tests of this folder, which run on it too, and in the fault
matrix.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx_aiohttp
import pytest

import recraft
from recraft import AsyncRecraft, ConnectionFailed, InputError, RecraftError, RetryPolicy, TimedOut, aiohttp_transport

from .servers import Peer, serving

pytestmark = pytest.mark.anyio

USER = json.dumps({"id": "1", "email": "a@b.invalid", "credits": 7}).encode()
IMAGE = json.dumps(
    {
        "created": 1,
        "credits": 40,
        "data": [{"image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30", "url": "https://i.x/1"}],
    }
).encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def on_aiohttp(base_url: str, **changes: Any) -> AsyncRecraft:
    given: dict[str, Any] = {"transport": aiohttp_transport(), "limiter": None, "retry": None, "timeout": 10}
    return AsyncRecraft("token", base_url=base_url, **{**given, **changes})


def said(body: bytes) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body


def chunked(body: bytes) -> bytes:
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def saying(answer: bytes) -> Callable[[Peer], None]:
    """A server whose answer to everything is this."""

    def script(peer: Peer) -> None:
        while peer.request():
            peer.send(answer)

    return script


CALLS: dict[str, Callable[[AsyncRecraft], Awaitable[object]]] = {
    "JSON": lambda client: client.images.generate("ein Füchslein", n=2),
    "form": lambda client: client.images.vectorize(PNG),
    "GET": lambda client: client.users.me(),
    "DELETE": lambda client: client.styles.delete("e74c67ba-02ec-47ec-ae86-b17088cfac30"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_the_same_bytes_are_sent_as_without_it(call: Callable[[AsyncRecraft], Awaitable[object]]) -> None:
    sent: list[tuple[list[bytes], bytes]] = []

    def script(peer: Peer) -> None:
        while request := peer.request():
            plain = [re.sub(rb"(boundary=|--)[0-9a-f]{32}", rb"\1...", part) for part in request]
            sent.append((sorted(plain[0].split(b"\r\n")), plain[1]))
            peer.send(said(IMAGE))

    with serving(script) as server:
        for transport in (None, aiohttp_transport()):
            async with on_aiohttp(server.base_url, transport=transport, headers={"X-Team": "ads"}) as client:
                try:
                    await call(client)
                except RecraftError:
                    assert "GET" in str(sent[-1])  # the answer is another call's
    assert sent[0] == sent[1]


@pytest.mark.parametrize("wrapped", [said, chunked], ids=["length", "chunks"])
@pytest.mark.parametrize("more", [b"garbage", said(USER)], ids=["garbage", "another answer"])
async def test_an_answer_with_something_behind_it_is_the_answer_and_the_connection_serves_no_more(
    wrapped: Callable[[bytes], bytes], more: bytes
) -> None:
    with serving(saying(wrapped(IMAGE) + more)) as server:
        async with on_aiohttp(server.base_url) as client:
            for _ in range(2):
                assert (await client.images.generate("a fox")).credits == 40
    assert server.connections == 2


@pytest.mark.parametrize("wrapped", [said, chunked], ids=["length", "chunks"])
async def test_what_comes_unasked_is_not_the_answer_to_the_next_request(wrapped: Callable[[bytes], bytes]) -> None:
    had_its_answer, closed = threading.Event(), threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(wrapped(IMAGE))
        assert had_its_answer.wait(10)
        if peer.number == 1:
            peer.send(wrapped(IMAGE.replace(b"40", b"9999")))
        assert peer.request() is None
        closed.set()

    with serving(script) as server:
        async with on_aiohttp(server.base_url) as client:
            await client.images.generate("a fox")
            had_its_answer.set()
            assert await anyio.to_thread.run_sync(closed.wait, 10)
            assert (await client.images.generate("a fox")).credits == 40
    assert server.connections == 2


LENGTH = b"Content-Length: %d\r\n" % len(IMAGE)
HEADS = {
    "twice": HEAD + LENGTH + LENGTH,
    "three times, written otherwise": HEAD + LENGTH + LENGTH.lower() + LENGTH.replace(b" ", b" \t"),
    "as a list": HEAD + b"Content-Length: %d, %d\r\n" % (len(IMAGE), len(IMAGE)),
    "after what informs": b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + HEAD + LENGTH,
    "after several that inform": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 x\r\n\r\n" + HEAD + LENGTH,
    "with bare line ends": (HEAD + LENGTH).replace(b"\r\n", b"\n"),
    "with many headers": HEAD + b"".join(b"X-%d: y\r\n" % number for number in range(300)) + LENGTH,
    "with a long header": HEAD + b"X-Long: " + b"x" * 60_000 + b"\r\n" + LENGTH,
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("pieces", [1, 7], ids=["at once", "in pieces"])
async def test_a_head_is_read_as_httpx_reads_it_however_it_comes(head: bytes, pieces: int) -> None:
    whole = head + (b"\n" if b"\r\n" not in head else b"\r\n") + IMAGE

    def parts() -> Iterator[bytes]:
        size = -(-len(whole) // pieces)
        return (whole[start : start + size] for start in range(0, len(whole), size))

    def script(peer: Peer) -> None:
        while peer.request():
            peer.drip(parts(), 0.002)

    with serving(script) as server:
        async with on_aiohttp(server.base_url) as client:
            for _ in range(2):
                assert (await client.images.generate("a fox")).credits == 40
    assert server.connections == 1


WRONG = {
    "two lengths": HEAD + LENGTH + b"Content-Length: 3\r\n\r\n" + IMAGE,
    "a length that is none": HEAD + b"Content-Length: -3\r\n\r\n" + IMAGE,
    "a chunk that is none": HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\nfour\r\nzz\r\n",
    "no status line": b"garbage\r\n\r\n",
    "a head that goes on and on": HEAD + b"X-Long: " + b"x" * 150_000 + b"\r\n" + LENGTH + b"\r\n" + IMAGE,
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_an_answer_that_cannot_be_read_is_in_doubt_at_once_and_the_error_names_no_address(wrong: bytes) -> None:
    with serving(saying(wrong)) as server:
        async with on_aiohttp(server.base_url) as client:
            with pytest.raises(ConnectionFailed, match="RemoteProtocolError") as caught:
                await client.images.generate("a fox")
    assert caught.value.maybe_charged
    assert server.base_url not in str(caught.value)


async def test_an_answer_without_a_length_ends_with_a_farewell_and_not_with_a_reset() -> None:
    def script(peer: Peer) -> None:
        peer.request()
        peer.send(HEAD + b"\r\n" + USER)
        read.acquire(timeout=10)
        peer.close() if peer.number == 1 else peer.reset()

    read = threading.Semaphore(0)
    with serving(script) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            for whole in (True, False):
                async with client.stream("GET", server.base_url) as answer:
                    pieces = answer.aiter_raw()
                    assert await anext(pieces) == USER
                    read.release()
                    with contextlib.nullcontext() if whole else pytest.raises(httpx.RemoteProtocolError):
                        assert [piece async for piece in pieces] == []


async def test_a_request_whose_connection_breaks_is_not_sent_again_behind_the_back_of_the_retry_policy() -> None:
    requests = []

    def script(peer: Peer) -> None:
        while request := peer.request():
            requests.append(request)
            if len(requests) > 1:
                return peer.close()
            peer.answer(USER)
        return None

    with serving(script) as server:
        async with on_aiohttp(server.base_url) as client:
            await client.users.me()
            with pytest.raises(ConnectionFailed) as caught:
                await client.users.me()
    assert (len(requests), caught.value.attempts) == (2, 1)


async def test_a_request_that_is_held_back_until_its_connection_is_gone_has_sent_nothing() -> None:
    held, closed = threading.Event(), threading.Event()
    begun = []

    def script(peer: Peer) -> None:
        peer.request()
        peer.answer(USER)
        assert held.wait(10)
        peer.close()
        closed.set()

    async def hold(name: str, info: object) -> None:
        if name == "http11.send_request_headers.started":
            held.set()
            assert await anyio.to_thread.run_sync(closed.wait, 10)
            for _ in range(5):  # turns in which the event loop hears of it
                await anyio.lowlevel.checkpoint()

    async def body() -> AsyncIterator[bytes]:
        begun.append(True)
        yield b"four"

    with serving(script) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            await client.get(server.base_url)
            with pytest.raises(httpx.WriteError):
                await client.post(server.base_url, content=body(), extensions={"trace": hold})
    assert not begun


async def test_a_file_that_breaks_while_it_is_sent_is_named(tmp_path: Path) -> None:
    (tmp_path / "large.png").write_bytes(PNG + bytes(64 * 2**20))

    def script(peer: Peer) -> None:
        peer.head()  # and no more: the rest does not fit into the sockets
        file.close()
        while peer.head() is not None:
            pass

    with serving(script) as server, open(tmp_path / "large.png", "rb") as file:
        async with on_aiohttp(server.base_url) as client:
            with pytest.raises(InputError, match=r"closed before the call had ended|could not be read to its end"):
                await client.images.vectorize(file)


async def test_a_transport_that_calls_a_lost_answer_a_connection_that_took_too_long_is_not_believed() -> None:
    """What httpx-aiohttp raises then is a ConnectTimeout; believed, the call would be paid for twice."""
    requests = []

    def script(peer: Peer) -> None:
        requests.append(peer.request())
        peer.close()

    with serving(script) as server:
        transport = httpx_aiohttp.AiohttpTransport()
        async with on_aiohttp(server.base_url, transport=transport, retry=RetryPolicy()) as client:
            with pytest.raises(TimedOut) as caught:
                await client.images.generate("a fox")
    assert (len(requests), caught.value.maybe_charged) == (1, True)


async def test_it_works_under_a_plain_httpx_client_too() -> None:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x" * 100_000

    with serving(saying(said(USER))) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            assert (await client.get(server.base_url)).json()["credits"] == 7
            assert (await client.post(server.base_url, content=body())).json()["credits"] == 7
            assert (await client.post(server.base_url, content=b"")).json()["credits"] == 7


@pytest.mark.parametrize("proxy", ["socks5://localhost:1", "an ssl_context of its own"])
async def test_a_proxy_that_aiohttp_cannot_use_is_refused_before_anything_is_sent(proxy: Any) -> None:
    if " " in proxy:
        proxy = httpx.Proxy("https://localhost:1", ssl_context=httpx.create_ssl_context(verify=False))
    with pytest.raises(InputError, match=r"aiohttp does not go through \w+://localhost:1, "):
        aiohttp_transport(proxy=proxy)
    async with on_aiohttp("https://localhost:1/v1") as client:
        with pytest.raises(InputError, match=r"aiohttp does not go through"):
            client.with_options(proxy=proxy)


@pytest.mark.parametrize("anyio_backend", ["trio"])
async def test_trio_is_told_to_do_without_and_nothing_is_sent() -> None:
    with serving(saying(said(USER))) as server:
        async with on_aiohttp(server.base_url) as client:
            with pytest.raises(InputError, match="leave the transport out") as caught:
                await client.users.me()
    assert not caught.value.maybe_charged
    assert server.connections == 0


async def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    monkeypatch.delitem(sys.modules, "recraft._core.on_aiohttp")
    monkeypatch.delitem(vars(recraft), "aiohttp_transport")
    with pytest.raises(ImportError, match=r"pip install 'recraft-sdk\[aiohttp\]'"):
        recraft.aiohttp_transport  # noqa: B018


async def test_a_header_that_is_no_text_is_refused_and_not_in_doubt() -> None:
    with serving(saying(said(USER))) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            for value in (b"caf\xe9", b"two\r\nlines"):
                with pytest.raises(httpx.LocalProtocolError):
                    await client.get(server.base_url, headers=[(b"X-Odd", value)])


async def test_what_keeps_a_request_from_leaving_is_raised_as_it_is() -> None:
    async def refuse(name: str, info: object) -> None:
        if name == "http11.send_request_headers.started":
            raise InputError("not now")

    with serving(saying(said(USER))) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            with pytest.raises(InputError, match="not now"):
                await client.get(server.base_url, extensions={"trace": refuse})


@pytest.mark.parametrize("more", [b"", b"garbage"], ids=["", "and garbage"])
async def test_an_answer_that_comes_faster_than_it_is_taken_comes_whole(more: bytes) -> None:
    """aiohttp stops in the midst of what it has, and then asks itself to go on, with nothing new."""
    sizes, sent = range(390_000, 520_000, 10_000), threading.Event()
    taken: list[int] = []

    def script(peer: Peer) -> None:
        while peer.request():
            peer.send(said(bytes(sizes[len(taken)])) + more)
            sent.set()

    with serving(script) as server:
        async with httpx.AsyncClient(transport=aiohttp_transport()) as client:
            for _ in sizes:
                with anyio.fail_after(10):
                    async with client.stream("GET", server.base_url) as answer:
                        assert await anyio.to_thread.run_sync(sent.wait, 10)
                        for _ in range(20):  # turns in which the event loop takes all of it
                            await anyio.lowlevel.checkpoint()
                        sent.clear()
                        taken.append(len(await answer.aread()))
    assert taken == [*sizes]
    assert server.connections == (len(sizes) if more else 1)
