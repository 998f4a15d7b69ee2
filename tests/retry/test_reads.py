"""How an awaiting client reads its sockets: as much as is there, and not a byte of the next answer."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpcore
import pytest

from recraft import AsyncRecraft
from recraft._core.network import LONG, RECORD, AsyncNetwork

from .servers import Peer, own_certificate, tls_server

SIZES = {"one record": [100], "full records": [RECORD] * 5 + [7], "short ones": [LONG + 1] * 6, "tiny ones": [10] * 3}


class Wire(httpcore.AsyncNetworkStream):
    """A connection over TLS of which all that was written has arrived."""

    def __init__(self, tls: ssl.SSLObject, arrived: ssl.MemoryBIO) -> None:
        self.tls, self.arrived = tls, arrived
        self.reads = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.reads += 1
        return self.tls.read(max_bytes)

    async def start_tls(self, *arguments: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return self

    def get_extra_info(self, info: str) -> Any:
        return self.tls if info == "ssl_object" else None


class Backend(httpcore.AsyncNetworkBackend):
    def __init__(self, wire: Wire) -> None:
        self.wire = wire

    async def connect_tcp(self, *arguments: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        return self.wire


@pytest.fixture
def connected(certificate: ssl.SSLContext) -> tuple[Wire, Callable[[bytes], object]]:
    """A client's end, and what writes a record at the server's."""
    there, here = ssl.MemoryBIO(), ssl.MemoryBIO()
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    client, server = trusting.wrap_bio(here, there), certificate.wrap_bio(there, here, server_side=True)
    done: set[ssl.SSLObject] = set()
    while len(done) < 2:
        for end in (client, server):
            try:
                end.do_handshake()
                done.add(end)
            except ssl.SSLWantReadError:
                pass
    return Wire(client, here), server.write


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return own_certificate(tmp_path_factory.mktemp("certificate"))


async def stream_of(wire: Wire) -> httpcore.AsyncNetworkStream:
    plain = await AsyncNetwork(Backend(wire)).connect_tcp("host", 443)
    return await plain.start_tls(ssl.create_default_context())


@pytest.mark.anyio
@pytest.mark.parametrize("what", SIZES)
async def test_a_read_takes_all_records_that_are_there_but_for_tiny_ones(what: str, connected: Any) -> None:
    wire, write = connected
    sent = [bytes([number]) * size for number, size in enumerate(SIZES[what])]
    for record in sent:
        write(record)
    stream = await stream_of(wire)
    first = await stream.read(2**16)
    assert wire.reads == 1
    assert first == b"".join(sent[:1] if what == "tiny ones" else sent)[: 2**16]
    rest = b""
    while len(first + rest) < sum(SIZES[what]):
        rest += await stream.read(2**16)
    assert first + rest == b"".join(sent)


@pytest.mark.anyio
async def test_a_read_gives_no_more_than_it_was_asked_for(connected: Any) -> None:
    wire, write = connected
    for _ in range(4):
        write(bytes(RECORD))
    stream = await stream_of(wire)
    assert len(await stream.read(RECORD + 5)) == RECORD + 5
    assert len(await stream.read(2**16)) == 3 * RECORD - 5


@pytest.mark.anyio
async def test_what_came_before_a_broken_record_is_whole_and_the_next_read_fails(connected: Any) -> None:
    wire, write = connected
    write(bytes(RECORD))
    write(b"x" * RECORD)
    wire.arrived.write(b"\x17\x03\x03\x00\x20" + bytes(32))  # a record that nobody encrypted
    stream = await stream_of(wire)
    assert await stream.read(2**16) == bytes(RECORD) + b"x" * RECORD
    for _ in range(2):
        assert stream.get_extra_info("is_readable")  # not to be used again
        with pytest.raises(httpcore.ReadError, match="broken"):
            await stream.read(2**16)


@pytest.mark.anyio
async def test_a_record_that_was_read_along_with_an_answer_is_seen_before_the_next_request(connected: Any) -> None:
    wire, write = connected
    write(b"an answer")
    stream = await stream_of(wire)
    assert await stream.read(2**16) == b"an answer"
    assert not stream.get_extra_info("is_readable")
    write(b"another one")
    assert stream.get_extra_info("is_readable")


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_long_answers_over_tls_are_whole_and_their_connection_is_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str
) -> None:
    email = "".join(map(str, range(200_000)))

    def script(peer: Peer) -> None:
        while peer.request() is not None:
            peer.answer(json.dumps({"id": "u", "credits": 1, "email": email}).encode())

    async def main() -> list[bool]:
        async with AsyncRecraft("token", base_url=server.base_url, limiter=None) as client:
            return [(await client.users.me()).email == email for _ in range(3)]

    with tls_server(tmp_path, script) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        assert anyio.run(main, backend=backend) == [True] * 3
        assert server.connections == 1
