"""Ways to be wrong about whether a call was served, each of which once went wrong."""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import threading
from pathlib import Path

import httpx
import pytest

from recraft import (
    AsyncRecraft,
    ConnectionFailed,
    InputError,
    InsufficientCreditsError,
    Recraft,
    RecraftError,
    RetryPolicy,
    ServerError,
)
from recraft.inputs import sniff
from recraft.testing import no_waits

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
