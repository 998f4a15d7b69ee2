"""Ways to be wrong about whether a call was served, each of which once went wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest

from recraft import (
    AsyncRecraft,
    ConnectionFailed,
    InputError,
    InsufficientCreditsError,
    NotFoundError,
    RateLimiter,
    Recraft,
    RecraftError,
    RetryPolicy,
    ServerError,
    SQLiteStore,
    TimedOut,
)
from recraft._core.clock import clock
from recraft.events import Event
from recraft.inputs import sniff
from recraft.testing import no_waits
from recraft_api.api.styles import delete_style

from .servers import Peer, serving

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
GOOD = json.dumps({"credits": 1, "data": [{"url": "https://images.invalid/a.png"}]}).encode()


def test_a_certificate_error_of_the_callers_own_says_nothing_about_the_call() -> None:
    with (
        serving(lambda peer: peer.request() and None) as server,
        Recraft("token", base_url=server.base_url, limiter=None) as client,
    ):
        try:
            raise ssl.SSLCertVerificationError("another site")
        except ssl.SSLError:
            with pytest.raises(ConnectionFailed) as caught:
                client.images.generate("a fox")

    assert caught.value.maybe_charged
    assert server.connections == 1


def test_a_success_that_was_begun_is_in_doubt_even_before_the_upload_was_out() -> None:
    def half(peer: Peer) -> None:
        peer.head()
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")

    big = b"\x89PNG\r\n\x1a\n" + b"\0" * 8_000_000
    with serving(half) as server, no_waits(), Recraft("token", base_url=server.base_url, limiter=None) as client:
        with pytest.raises(RecraftError) as caught:
            client.images.vectorize(big)

    # Whether the head was read before the connection broke is up to the system; when it was, once is all.
    if caught.value.maybe_charged:
        assert server.connections == 1
    else:
        assert isinstance(caught.value, ConnectionFailed)


def test_a_success_head_from_any_transport_is_in_doubt() -> None:
    class Broken(httpx.SyncByteStream):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield b'{"data'
            raise httpx.ReadError("cut")

    posts = []

    def answer(request: httpx.Request) -> httpx.Response:
        posts.append(next(iter(request.stream)))  # type: ignore[arg-type]
        return httpx.Response(200, stream=Broken())

    with no_waits(), Recraft("token", transport=_Transport(answer), limiter=None) as client:
        with pytest.raises(ConnectionFailed) as caught:
            client.images.vectorize(PNG * 4096)

    assert caught.value.maybe_charged
    assert len(posts) == 1


class _Transport(httpx.BaseTransport):
    def __init__(self, answer) -> None:  # type: ignore[no-untyped-def]
        self._answer = answer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response: httpx.Response = self._answer(request)
        return response


@pytest.mark.parametrize(("status", "error"), [(402, InsufficientCreditsError), (503, ServerError)])
def test_an_error_whose_body_is_cut_short_is_still_that_error_and_costs_nothing(
    status: int, error: type[RecraftError]
) -> None:
    def cut(peer: Peer) -> None:
        while peer.request():
            peer.send(f"HTTP/1.1 {status} x\r\nContent-Length: 500\r\n\r\n{{".encode())
            peer.close()

    with serving(cut) as server, no_waits(), Recraft("token", base_url=server.base_url, limiter=None) as client:
        with pytest.raises(error) as caught:
            client.images.generate("a fox")

    assert not caught.value.maybe_charged
    assert server.connections == (4 if status == 503 else 1)


def test_a_transport_that_stops_at_the_content_length_has_the_whole_request() -> None:
    posts = []

    def lose(request: httpx.Request) -> httpx.Response:
        need, got = int(request.headers["content-length"]), b""
        for chunk in request.stream:  # type: ignore[union-attr]
            got += chunk
            if len(got) >= need:
                break
        posts.append(got)
        raise httpx.ReadTimeout("lost")

    with no_waits(), Recraft("token", transport=_Transport(lose), limiter=None) as client:
        with pytest.raises(RecraftError) as caught:
            client.images.generate("a fox")

    assert caught.value.maybe_charged
    assert len(posts) == 1


def test_paying_twice_takes_a_real_true() -> None:
    with pytest.raises(InputError, match="resend_in_doubt must be True or False, not 'false'"):
        RetryPolicy(resend_in_doubt="false")  # type: ignore[arg-type]


def _echo(peer: Peer) -> None:
    while request := peer.request():
        prompt = json.loads(request[1])["prompt"]
        peer.answer(json.dumps({"credits": 1, "data": [{"url": f"https://images.invalid/{prompt}"}]}).encode())


def test_one_async_client_works_on_one_event_loop_after_another() -> None:
    with serving(_echo) as server:
        client = AsyncRecraft("token", base_url=server.base_url, limiter=None)
        urls = [asyncio.run(client.images.generate(f"fox{number}"))[0].url for number in range(3)]
        asyncio.run(client.aclose())

    assert urls == [f"https://images.invalid/fox{number}" for number in range(3)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_gets_its_own_answers(tmp_path: Path) -> None:
    with serving(_echo) as server:
        client = Recraft("token", base_url=server.base_url, limiter=None)
        client.images.generate("warm")
        child = os.fork()
        if child == 0:
            try:
                (tmp_path / "child").write_text(str(client.images.generate("child")[0].url))
            finally:
                os._exit(0)
        mine = client.images.generate("parent")[0].url
        os.waitpid(child, 0)
        again = client.images.generate("again")[0].url
        client.close()

    assert (tmp_path / "child").read_text() == "https://images.invalid/child"
    assert (mine, again) == ("https://images.invalid/parent", "https://images.invalid/again")


def test_a_file_that_changes_on_its_way_ends_a_call_that_says_it_left_once(tmp_path: Path) -> None:
    path = tmp_path / "image.png"
    path.write_bytes(HUGE)

    def script(peer: Peer) -> None:
        peer.head()
        path.write_bytes(PNG)
        while peer.connection.recv(2**20):
            pass

    with serving(script) as server, Recraft("token", base_url=server.base_url, limiter=None) as client:
        with pytest.raises(InputError) as caught:
            client.images.vectorize(path)
    assert (caught.value.operation, caught.value.attempts) == ("vectorizeImage", 1)


def test_a_client_that_is_closed_before_a_retry_says_how_often_the_call_left(monkeypatch: pytest.MonkeyPatch) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(500))
    client = Recraft("token", transport=transport, limiter=None)
    monkeypatch.setattr(clock, "sleep", lambda seconds: client.close())
    with pytest.raises(InputError, match="closed") as caught:
        client.images.generate("a fox")
    assert (caught.value.operation, caught.value.attempts) == ("createImage", 1)


def test_a_process_that_is_forked_while_a_thread_connects_does_not_wait_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    connecting, forked = threading.Event(), threading.Event()
    real = httpx.HTTPTransport

    def slow(**arguments: Any) -> httpx.HTTPTransport:
        connecting.set()
        forked.wait(30)
        return real(**arguments)

    with serving(_echo) as server, Recraft("token", base_url=server.base_url, limiter=None) as client:
        monkeypatch.setattr(httpx, "HTTPTransport", slow)
        thread = threading.Thread(target=client.images.generate, args=("parent",))
        thread.start()
        connecting.wait(30)
        monkeypatch.setattr(httpx, "HTTPTransport", real)
        child = os.fork()
        if child == 0:
            signal.alarm(5)  # ends a child that waits
            os._exit(0 if client.images.generate("child")[0].url == "https://images.invalid/child" else 1)
        _, status = os.waitpid(child, 0)
        forked.set()
        thread.join()
    assert os.waitstatus_to_exitcode(status) == 0


def test_forked_processes_wait_for_different_times_before_they_try_again(tmp_path: Path) -> None:
    """A server's workers are forked from one parent and fail together: they must not come back together."""
    waits = []
    for number in range(3):
        child = os.fork()
        if child == 0:
            transport = httpx.MockTransport(lambda request: httpx.Response(500))
            heard: list[Event] = []
            with no_waits(), Recraft("token", transport=transport, limiter=None, on_event=heard.append) as client:
                _ended(client.users.me)
            (tmp_path / str(number)).write_text(str([event.seconds for event in heard if event.kind == "wait"]))
            os._exit(0)
        os.waitpid(child, 0)
        waits.append((tmp_path / str(number)).read_text())
    assert len(set(waits)) == 3, waits


@pytest.mark.parametrize("timeout", [float("inf"), 1e12, httpx.Timeout(1e12)])
def test_a_timeout_beyond_all_clocks_is_no_timeout(timeout: float | httpx.Timeout) -> None:
    with serving(_echo) as server, Recraft("token", base_url=server.base_url, limiter=None, timeout=timeout) as client:
        assert client.images.generate("fox")[0].url


def test_telling_what_bytes_are_takes_no_time_whatever_they_are() -> None:
    done = threading.Event()

    def look() -> None:
        assert sniff(b"<!-- a -->" * 400 + b"<html>") is None
        assert sniff(b"<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg>") == "image/svg+xml"
        done.set()

    threading.Thread(target=look, daemon=True).start()
    assert done.wait(20), "exponential in the number of comments"


def test_make_bump_passes_no_verdict_that_nobody_gave() -> None:
    makefile = (Path(__file__).resolve().parents[2] / "Makefile").read_text()

    assert not re.search(r"\$\((AS|CC|AR|LD)\)", makefile), "make has a value for these of its own"


# --- servers that answer before they have read, and gateways that answer for them -------------------------------------

IMMEDIATE = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(GOOD), GOOD)
HUGE = b"\x89PNG\r\n\x1a\n" + bytes(16 * 2**20)
IMPATIENT = httpx.Timeout(10, write=0.3)


def _answers_and_stops_reading(peer: Peer) -> None:
    peer.head()
    peer.send(IMMEDIATE)
    peer.wait()


def _stops_reading(peer: Peer) -> None:
    peer.head()
    peer.wait()


def test_an_answer_that_waits_behind_an_upload_nobody_reads_is_read() -> None:
    with serving(_answers_and_stops_reading) as server, no_waits():
        with Recraft("token", base_url=server.base_url, limiter=None, timeout=IMPATIENT) as client:
            assert client.images.vectorize(HUGE)[0].url == "https://images.invalid/a.png"
    assert server.connections == 1


@pytest.mark.anyio
async def test_an_answer_that_waits_behind_an_awaited_upload_nobody_reads_is_read() -> None:
    with serving(_answers_and_stops_reading) as server, no_waits():
        async with AsyncRecraft("token", base_url=server.base_url, limiter=None, timeout=IMPATIENT) as client:
            assert (await client.images.vectorize(HUGE))[0].url == "https://images.invalid/a.png"
    assert server.connections == 1


def test_an_upload_that_nobody_reads_is_in_doubt_and_named_for_what_it_is() -> None:
    with serving(_stops_reading) as server, no_waits():
        with Recraft("token", base_url=server.base_url, limiter=None, timeout=IMPATIENT) as client:
            with pytest.raises(TimedOut, match=r"WriteTimeout.*stopped reading.*may have been served") as caught:
                client.images.vectorize(HUGE)
    assert (caught.value.attempts, caught.value.maybe_charged, server.connections) == (1, True, 1)


def _ended(act: Callable[[], Any]) -> Any:
    """The result of a call, or its error."""
    try:
        return act()
    except RecraftError as error:
        return error


@pytest.mark.parametrize("then", ["reset", "close"])
def test_an_answer_before_the_upload_was_out_is_a_result_or_in_doubt_however_the_connection_ends(then: str) -> None:
    def script(peer: Peer) -> None:
        peer.head()
        peer.send(IMMEDIATE)
        getattr(peer, then)()

    with serving(script) as server, no_waits(), Recraft("token", base_url=server.base_url, limiter=None) as client:
        ended = _ended(lambda: client.images.vectorize(HUGE))
    assert ended.maybe_charged if isinstance(ended, RecraftError) else len(ended) == 1
    assert server.connections == 1


def _status(status: int, body: bytes, kind: str = "text/html") -> list[httpx.Request]:
    """What a client sends to a service that always answers so."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(status, content=body, headers={"content-type": kind})

    client = Recraft("token", transport=httpx.MockTransport(answer), limiter=None)
    with no_waits(), pytest.raises(ServerError) as caught:
        client.images.generate("a fox")
    assert caught.value.maybe_charged == (len(sent) == 1), "in doubt and not sent again, or sent again and no doubt"
    return sent


OWN = b'{"code": "busy", "message": "later"}'


@pytest.mark.parametrize("status", [502, 504, 520, 524])
@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway</html>", b"{}", b"[]", b'"bad"', b'{"title": "Error"}', b'{"code": tr']
)
def test_a_gateway_that_got_no_answer_of_the_service_leaves_a_post_in_doubt(status: int, body: bytes) -> None:
    assert len(_status(status, body)) == 1


@pytest.mark.parametrize("status", [502, 504, 520, 524])
def test_the_services_own_word_under_the_status_of_a_gateway_is_a_refusal(status: int) -> None:
    assert len(_status(status, OWN, "application/json")) == 4


@pytest.mark.parametrize("status", [500, 503, 521, 522, 523, 525, 526])
@pytest.mark.parametrize("body", [b"<html>no</html>", OWN])
def test_a_gateway_that_never_reached_the_service_may_be_asked_again(status: int, body: bytes) -> None:
    assert len(_status(status, body)) == 4


def test_a_gateway_in_doubt_says_so() -> None:
    client = Recraft("token", transport=httpx.MockTransport(lambda request: httpx.Response(504)), limiter=None)
    with pytest.raises(
        ServerError, match=r"504: no readable message \(a gateway answered, not the service: it may have"
    ):
        client.images.generate("a fox")


# --- deleting ---------------------------------------------------------------------------------------------------------

STYLE = "123e4567-e89b-12d3-a456-426614174000"


@pytest.mark.parametrize("body", [b"", b"deleted", b"<html>", b"\xff", b'{"id"'])
def test_where_no_answer_is_promised_none_is_read(body: bytes) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, content=body)

    with no_waits(), Recraft("token", transport=httpx.MockTransport(answer), limiter=None) as client:
        assert client.styles.delete(STYLE) is None
        delete_style.sync_detailed(STYLE, client=client.raw)  # type: ignore[arg-type]
    assert len(sent) == 2


def _deletes_and_loses_the_answer() -> httpx.MockTransport:
    styles = {STYLE}

    def answer(request: httpx.Request) -> httpx.Response:
        if STYLE in styles:
            styles.clear()
            raise httpx.ReadError("lost")
        return httpx.Response(404, json={"code": "not_found", "message": "no such style"})

    return httpx.MockTransport(answer)


def test_a_404_after_a_delete_whose_answer_was_lost_is_success() -> None:
    with no_waits(), Recraft("token", transport=_deletes_and_loses_the_answer(), limiter=None) as client:
        assert client.styles.delete(STYLE) is None
        with pytest.raises(NotFoundError):
            client.styles.delete(STYLE)


def test_a_404_after_a_lost_delete_is_success_for_generated_functions_too() -> None:
    with no_waits(), Recraft("token", transport=_deletes_and_loses_the_answer(), limiter=None) as client:
        assert delete_style.sync_detailed(STYLE, client=client.raw).parsed is None  # type: ignore[arg-type]


# --- calls that are given up ------------------------------------------------------------------------------------------


def _outcome(events: list[Event]) -> Event:
    (outcome,) = [event for event in events if event.kind == "outcome"]
    return outcome


@pytest.mark.anyio
@pytest.mark.parametrize(("call", "charged"), [("generate", True), ("me", False)])
async def test_a_call_that_is_cancelled_in_flight_says_whether_it_may_have_been_charged(
    call: str, charged: bool
) -> None:
    events: list[Event] = []
    got = threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        got.set()
        peer.wait()

    with serving(script) as server:
        async with AsyncRecraft("token", base_url=server.base_url, limiter=None, on_event=events.append) as client:
            async with anyio.create_task_group() as tasks:
                if charged:
                    tasks.start_soon(client.images.generate, "a fox")
                else:
                    tasks.start_soon(client.users.me)
                await anyio.to_thread.run_sync(got.wait)
                tasks.cancel_scope.cancel()
    assert "Cancel" in str(_outcome(events).error)
    assert _outcome(events).maybe_charged == charged


def test_a_call_that_is_interrupted_in_flight_says_that_it_may_have_been_charged() -> None:
    events: list[Event] = []

    class Interrupted(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            request.read()
            raise KeyboardInterrupt

    client = Recraft("token", transport=Interrupted(), limiter=None, on_event=events.append)
    with pytest.raises(KeyboardInterrupt):
        client.images.generate("a fox")
    assert _outcome(events).maybe_charged


@pytest.mark.anyio
async def test_a_call_that_is_cancelled_before_it_has_a_connection_was_not_charged() -> None:
    events: list[Event] = []
    connected = threading.Event()

    def silent(peer: Peer) -> None:
        connected.set()
        peer.wait()

    with serving(silent) as server:
        base_url = server.base_url.replace("http:", "https:")  # TLS in name only: nobody answers the client's hello
        async with AsyncRecraft("token", base_url=base_url, limiter=None, on_event=events.append) as client:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(client.images.generate, "a fox")
                await anyio.to_thread.run_sync(connected.wait)
                tasks.cancel_scope.cancel()
    assert not _outcome(events).maybe_charged


@pytest.mark.anyio
async def test_a_result_that_is_cancelled_before_it_is_handed_over_may_have_been_charged(tmp_path: Path) -> None:
    """The answer was read, and the caller is gone before the limiter has heard of it."""
    events: list[Event] = []

    def answer(request: httpx.Request) -> httpx.Response:
        scope.cancel()
        return httpx.Response(200, content=GOOD)

    transport, limiter = httpx.MockTransport(answer), RateLimiter(store=SQLiteStore(tmp_path / "limits.db"))
    client = AsyncRecraft("token", transport=transport, limiter=limiter, on_event=events.append)
    with anyio.CancelScope() as scope:
        await client.images.generate("a fox")
    assert scope.cancelled_caught
    assert _outcome(events).maybe_charged
