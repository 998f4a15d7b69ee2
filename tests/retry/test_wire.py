"""What cannot be seen without a socket: the bytes of every attempt, connections that break at a certain byte, answers
that drip.
"""

from __future__ import annotations

import itertools
import json
import tracemalloc
from pathlib import Path
from typing import Any

import httpx
import pytest

from recraft import AsyncRecraft, ConnectionFailed, Recraft, RetryPolicy, TimedOut, UnexpectedResponse
from recraft._core import sending
from recraft.errors import RecraftError
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .servers import Peer, serving, tls_server
from .uploads import FORMS, PNG, VERBATIM

IMAGE = json.dumps(
    {
        "created": 1,
        "credits": 40,
        "data": [{"image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30", "url": "https://i.invalid/1"}],
    }
).encode()
USER = json.dumps({"id": "1", "email": "a@b.invalid", "name": "a", "credits": 7}).encode()

#: More than the sockets of both ends hold.
LARGE = PNG + bytes(16 * 2**20)


def settings(base_url: str, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"token": "token", "base_url": base_url, "limiter": None, "timeout": 10}
    return {**given, **changes}


class Receiver:
    """Reads whole requests. Refuses as many as told, then serves; keeps every body."""

    def __init__(self, refusals: int = 1) -> None:
        self.bodies: list[bytes] = []
        self._refusals = refusals

    def __call__(self, peer: Peer) -> None:
        while (request := peer.request()) is not None:
            self.bodies.append(request[1])
            if len(self.bodies) <= self._refusals:
                peer.answer(b"", 503)
            else:
                peer.answer(IMAGE)


# --- uploads ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_an_upload_is_the_same_in_every_attempt(form: str, tmp_path: Path) -> None:
    receiver = Receiver(refusals=2)
    with serving(receiver) as server, Recraft(**settings(server.base_url)) as client:
        client.images.remove_background(FORMS[form](tmp_path))
    first, second, third = receiver.bodies
    assert first == second == third
    assert b"\x89PNG" in first
    assert PNG in first or form not in VERBATIM


@pytest.mark.anyio
@pytest.mark.parametrize("form", FORMS)
async def test_an_awaited_upload_is_the_same_in_every_attempt(form: str, tmp_path: Path) -> None:
    receiver = Receiver(refusals=2)
    with serving(receiver) as server:
        async with AsyncRecraft(**settings(server.base_url)) as client:
            await client.images.remove_background(FORMS[form](tmp_path))
    first, second, third = receiver.bodies
    assert first == second == third
    assert PNG in first or form not in VERBATIM


def test_an_upload_with_two_files_is_the_same_in_every_attempt(tmp_path: Path) -> None:
    receiver = Receiver()
    with serving(receiver) as server, Recraft(**settings(server.base_url)) as client:
        client.images.inpaint(FORMS["pipe"](tmp_path), FORMS["path"](tmp_path), "a fox")
    first, second = receiver.bodies
    assert first == second
    assert first.count(PNG) == 2


def test_an_upload_that_was_cut_off_is_in_doubt_and_for_those_who_ask_sent_again_from_its_start(tmp_path: Path) -> None:
    receiver = Receiver(refusals=0)

    def script(peer: Peer) -> None:
        if peer.number <= 2:
            peer.head()
            peer.reset()
        else:
            receiver(peer)

    path = tmp_path / "large.png"
    path.write_bytes(LARGE)
    with serving(script) as server, Recraft(**settings(server.base_url)) as client:
        with pytest.raises(ConnectionFailed) as caught:
            client.images.remove_background(path)
        assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)
        client.with_options(retry=RetryPolicy(resend_in_doubt=True)).images.remove_background(path)
    assert len(receiver.bodies) == 1
    assert LARGE in receiver.bodies[0]


# --- connections that are used again ----------------------------------------------------------------------------------


class Reused:
    """Serves one request, and breaks the same connection at the second: after its head, or when it has come whole."""

    def __init__(self, *, after_head: bool) -> None:
        self.after_head = after_head
        self.received = 0

    def __call__(self, peer: Peer) -> None:
        while (request := peer.request()) is not None:
            self.received += 1
            peer.answer(USER if request[0].startswith(b"GET") else IMAGE)
            if peer.number == 1:
                if self.after_head:
                    peer.head()
                else:
                    self.received += peer.request() is not None
                peer.reset()
                return


@pytest.mark.parametrize(("after_head", "received"), [(True, 1), (False, 2)], ids=["begun", "whole"])
def test_a_post_whose_body_began_before_its_connection_closed_is_in_doubt(after_head: bool, received: int) -> None:
    script = Reused(after_head=after_head)
    with serving(script) as server, Recraft(**settings(server.base_url)) as client:
        client.users.me()
        with pytest.raises(ConnectionFailed) as caught:
            client.images.remove_background(LARGE if after_head else PNG)
        assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)
        assert (server.connections, script.received) == (1, received)


def test_a_get_on_a_connection_that_closes_is_sent_again() -> None:
    script = Reused(after_head=False)
    with serving(script) as server, Recraft(**settings(server.base_url)) as client:
        client.users.me()
        assert client.users.me().credits == 7
        assert (server.connections, script.received) == (2, 3)


@pytest.mark.anyio
async def test_an_awaited_post_on_a_connection_that_closes_is_treated_alike() -> None:
    for after_head, image in ((True, LARGE), (False, PNG)):
        script = Reused(after_head=after_head)
        with serving(script) as server:
            async with AsyncRecraft(**settings(server.base_url)) as client:
                await client.users.me()
                with pytest.raises(ConnectionFailed) as caught:
                    await client.images.remove_background(image)
                assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)
                assert server.connections == 1


# --- certificates -----------------------------------------------------------------------------------------------------


def test_a_certificate_that_nobody_vouches_for_is_final_and_named(tmp_path: Path) -> None:
    with tls_server(tmp_path) as server, Recraft(**settings(server.base_url)) as client:
        with pytest.raises(ConnectionFailed, match="certificate is not trusted") as caught:
            client.images.generate("a fox")
        assert (caught.value.attempts, caught.value.maybe_charged, server.connections) == (1, False, 1)


@pytest.mark.anyio
async def test_a_certificate_that_nobody_vouches_for_is_final_when_awaited(tmp_path: Path) -> None:
    with tls_server(tmp_path) as server:
        async with AsyncRecraft(**settings(server.base_url)) as client:
            with pytest.raises(ConnectionFailed, match="certificate is not trusted") as caught:
                await client.images.generate("a fox")
            assert (caught.value.attempts, caught.value.maybe_charged, server.connections) == (1, False, 1)


# --- answers that drip ------------------------------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"


def dripping_body(peer: Peer) -> None:
    peer.request()
    peer.drip(itertools.chain([HEAD], itertools.repeat(b" ")), 0.02)


def dripping_head(peer: Peer) -> None:
    peer.request()
    peer.drip(itertools.chain([b"HTTP/1.1 200 OK\r\n"], (f"X-{n}: 1\r\n".encode() for n in itertools.count())), 0.02)


def dripping_information(peer: Peer) -> None:
    peer.request()
    peer.drip(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 100), 0.02)


@pytest.mark.parametrize("script", [dripping_body, dripping_head, dripping_information])
def test_an_answer_that_drips_is_timed_out_as_a_whole(script: Any) -> None:
    with serving(script) as server, Recraft(**settings(server.base_url, timeout=0.2)) as client:
        with pytest.raises(TimedOut) as caught:
            client.images.generate("a fox")
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


@pytest.mark.anyio
@pytest.mark.parametrize("script", [dripping_body, dripping_head, dripping_information])
async def test_an_answer_that_drips_is_timed_out_as_a_whole_when_awaited(script: Any) -> None:
    with serving(script) as server:
        async with AsyncRecraft(**settings(server.base_url, timeout=0.2)) as client:
            with pytest.raises(TimedOut) as caught:
                await client.images.generate("a fox")
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


def dripping_behind_an_upload(peer: Peer) -> None:
    """Reads nothing of the upload, and answers byte by byte."""
    peer.head()
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (100 + len(IMAGE)))
    peer.drip(itertools.repeat(b" ", 100), 0.02)
    peer.send(IMAGE)
    peer.wait()


QUICK = httpx.Timeout(0.3)


def test_an_answer_that_drips_behind_an_upload_nobody_reads_is_timed_out_as_a_whole() -> None:
    with serving(dripping_behind_an_upload) as server, Recraft(**settings(server.base_url, timeout=QUICK)) as client:
        with pytest.raises(TimedOut) as caught:
            client.images.remove_background(LARGE)
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


@pytest.mark.anyio
async def test_an_answer_that_drips_behind_an_awaited_upload_nobody_reads_is_timed_out_as_a_whole() -> None:
    with serving(dripping_behind_an_upload) as server:
        async with AsyncRecraft(**settings(server.base_url, timeout=QUICK)) as client:
            with pytest.raises(TimedOut) as caught:
                await client.images.remove_background(LARGE)
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


def test_a_deadline_bounds_the_upload_and_the_answer_together() -> None:
    """Each of the two takes less than the deadline, and both together more."""

    def script(peer: Peer) -> None:
        peer.head()
        peer.drip(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 20), 0.02)
        while b"--\r\n" not in (read := peer.connection.recv(2**20))[-4:] and read:
            pass
        peer.drip(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 20), 0.02)

    with serving(script) as server:
        with Recraft(**settings(server.base_url, retry=RetryPolicy(deadline=0.6))) as client:
            with pytest.raises(TimedOut) as caught:
                client.images.remove_background(LARGE)
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


@pytest.mark.anyio
async def test_an_upload_whose_deadline_passes_on_its_way_is_in_doubt() -> None:
    def script(peer: Peer) -> None:
        peer.head()
        peer.wait()

    with serving(script) as server:
        policy = RetryPolicy(deadline=0.2)
        async with AsyncRecraft(**settings(server.base_url, retry=policy)) as client:
            with pytest.raises(TimedOut) as caught:
                await client.images.remove_background(LARGE)
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)


@pytest.mark.anyio
async def test_a_deadline_that_passes_before_there_is_a_connection_is_no_doubt(tmp_path: Path) -> None:
    def silent(peer: Peer) -> None:
        peer.wait()

    # TLS in name only: the server never answers the client's hello.
    with serving(silent) as server:
        base_url = server.base_url.replace("http:", "https:")
        async with AsyncRecraft(**settings(base_url, retry=RetryPolicy(deadline=0.2))) as client:
            with pytest.raises(TimedOut) as caught:
                await client.images.generate("a fox")
    assert caught.value.maybe_charged is False


# --- answers that are traps -------------------------------------------------------------------------------------------


def test_a_gzip_bomb_stops_at_the_limit(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MAX_ANSWER", 4 * 2**20)
    sandbox.faults = FaultPlan([Fault("gzip_bomb", times=None)])  # a gibibyte
    with Recraft(**settings(sandbox.base_url)) as client:
        tracemalloc.start()
        try:
            with pytest.raises(UnexpectedResponse, match="larger than 4194304 bytes") as caught:
                client.images.generate("a fox")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (caught.value.attempts, caught.value.maybe_charged) == (1, True)
    assert peak < 128 * 2**20, "one piece of what was received, unpacked, and not all of it"


DEEP = 100_000

TRAPS = {
    "nested arrays": b"[" * DEEP + b"]" * DEEP,
    "nested objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "a number of ten thousand digits": b'{"credits": ' + b"9" * 10_000 + b"}",
    "an endless number": b'{"created": 1e999, "credits": 1}',
    "no UTF-8": b'{"data": "\xff\xfe\xfd"}',
    "UTF-16": '{"data": 1}'.encode("utf-16"),
    "a lone surrogate": b'{"data": "\\ud800"}',
    "a number": b"1",
    "null": b"null",
    "a string": b'"data"',
    "a list": b"[]",
    "nothing": b"",
    "wrong types": b'{"data": {"url": 1}, "created": "yesterday", "credits": []}',
}


@pytest.mark.parametrize("status", [200, 400, 503])
@pytest.mark.parametrize("trap", TRAPS)
def test_no_answer_breaks_out_of_the_errors(trap: str, status: int) -> None:
    def script(peer: Peer) -> None:
        while peer.request() is not None:
            peer.answer(TRAPS[trap], status)

    with serving(script) as server, Recraft(**settings(server.base_url, retry=None)) as client:
        for act in (lambda: client.images.generate("a fox"), lambda: client.prompts.enhance("a fox")):
            with pytest.raises(RecraftError) as caught:
                act()
            assert caught.value.maybe_charged == (status == 200)
            assert caught.value.status == status
            assert len(str(caught.value)) < 500


def test_an_answer_before_the_upload_has_left_is_still_read() -> None:
    def script(peer: Peer) -> None:
        peer.head()
        peer.answer(b'{"code": "too_large", "message": "no"}', 413, "Connection: close")
        while peer.connection.recv(2**20):
            pass

    with serving(script) as server, Recraft(**settings(server.base_url)) as client:
        with pytest.raises(RecraftError) as caught:
            client.images.remove_background(LARGE)
    assert (caught.value.status, caught.value.code, caught.value.maybe_charged) == (413, "too_large", False)


def test_one_client_serves_many_calls_over_one_connection() -> None:
    receiver = Receiver(refusals=0)
    with serving(receiver) as server, Recraft(**settings(server.base_url)) as client:
        for _ in range(5):
            client.images.generate("a fox")
        assert server.connections == 1
