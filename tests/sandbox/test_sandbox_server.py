"""The socket server speaks HTTP/1.1 properly, survives clients that do not, and starts and stops at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sandbox_support import client_for, send

from recraft.sandbox import Fault, FaultPlan, Sandbox, body


@pytest.fixture
def wire(sandbox: Sandbox) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port_of(sandbox)), timeout=5) as connection:
        yield connection


def port_of(sandbox: Sandbox) -> int:
    return int(sandbox.base_url.split(":")[2].split("/")[0])


def head(sandbox: Sandbox, *lines: str) -> bytes:
    standard = ["POST /v1/images/generations HTTP/1.1", "Host: x", f"Authorization: Bearer {sandbox.token}"]
    return "\r\n".join([*standard, "Content-Type: application/json", *lines, "", ""]).encode()


def read_all(wire: socket.socket) -> bytes:
    received = b""
    while piece := wire.recv(65536):
        received += piece
    return received


def test_a_connection_is_used_again(sandbox: Sandbox, wire: socket.socket) -> None:
    request = head(sandbox, "Content-Length: 15") + b'{"prompt": "x"}'
    for _ in range(3):
        wire.sendall(request)
        assert wire.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_requests_sent_ahead_are_answered_in_order(sandbox: Sandbox, wire: socket.socket) -> None:
    one = head(sandbox, "Content-Length: 15") + b'{"prompt": "x"}'
    last = head(sandbox, "Content-Length: 2", "Connection: close") + b"{}"
    wire.sendall(one + one + last)
    answers = read_all(wire)
    assert [line.split()[1] for line in answers.split(b"HTTP/1.1")[1:]]
    assert answers.count(b"HTTP/1.1 200") == 2
    assert answers.count(b"HTTP/1.1 400") == 1


def test_a_chunked_body_is_read(sandbox: Sandbox, wire: socket.socket) -> None:
    chunks = b'8;x=y\r\n{"prompt\r\n7\r\n": "x"}\r\n0\r\nTrailer: 1\r\n\r\n'
    wire.sendall(head(sandbox, "Transfer-Encoding: chunked", "Connection: close") + chunks)
    assert read_all(wire).startswith(b"HTTP/1.1 200")
    assert sandbox.ledger.requests[0].body == b'{"prompt": "x"}'


@pytest.mark.parametrize("chunks", [b"zz\r\n", b"-5\r\n", b"3\r\nabcdef\r\n0\r\n\r\n"])
def test_broken_chunks_are_a_400_and_the_end(sandbox: Sandbox, wire: socket.socket, chunks: bytes) -> None:
    wire.sendall(head(sandbox, "Transfer-Encoding: chunked") + chunks)
    wire.shutdown(socket.SHUT_WR)
    assert read_all(wire).startswith(b"HTTP/1.1 400")


def test_a_client_that_asks_first_is_told_to_go_on(sandbox: Sandbox, wire: socket.socket) -> None:
    wire.sendall(head(sandbox, "Content-Length: 15", "Expect: 100-continue", "Connection: close"))
    assert wire.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
    wire.sendall(b'{"prompt": "x"}')
    assert read_all(wire).startswith(b"HTTP/1.1 200")


def test_a_body_above_the_cap_is_a_413_that_can_be_read(sandbox: Sandbox, wire: socket.socket) -> None:
    wire.sendall(head(sandbox, f"Content-Length: {257 << 20}") + b"x" * 100_000)
    wire.shutdown(socket.SHUT_WR)
    assert read_all(wire).startswith(b"HTTP/1.1 413")


def test_chunks_are_capped_together() -> None:
    import io
    from email.message import Message

    headers = Message()
    headers["Transfer-Encoding"] = "chunked"
    with pytest.raises(body.BodyError) as caught:
        body.read_body(io.BytesIO(b"4\r\nabcd\r\n" * 3 + b"0\r\n\r\n"), headers, lambda: None, limit=10)
    assert caught.value.status == 413


@pytest.mark.parametrize(
    "noise",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + b"a" * 70_000,
        b"A B C D\r\n\r\n",
    ],
)
def test_noise_ends_one_connection_and_nothing_else(
    sandbox: Sandbox, api: httpx.Client, wire: socket.socket, noise: bytes
) -> None:
    wire.sendall(noise)
    wire.shutdown(socket.SHUT_WR)
    read_all(wire)
    assert send(api, "getCurrentUser").status_code == 200


@pytest.mark.parametrize("length", ["x", "-1", "9" * 30])
def test_a_length_that_is_no_number_is_a_400(sandbox: Sandbox, wire: socket.socket, length: str) -> None:
    wire.sendall(head(sandbox, f"Content-Length: {length}"))
    wire.shutdown(socket.SHUT_WR)
    assert read_all(wire).startswith(b"HTTP/1.1 400")


def test_a_client_that_leaves_in_the_middle_disturbs_nobody(
    sandbox: Sandbox, api: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_connection(("127.0.0.1", port_of(sandbox))) as leaving:
        leaving.sendall(head(sandbox, "Content-Length: 100") + b"half")
    assert send(api, "getCurrentUser").status_code == 200
    assert capfd.readouterr() == ("", "")


def test_many_connections_at_once_are_served(sandbox: Sandbox) -> None:
    def ask(_: int) -> int:
        with client_for(sandbox) as client:
            return send(client, "getCurrentUser").status_code

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(ask, range(32))) == [200] * 32
    assert len(sandbox.ledger.requests) == 32


def test_closing_interrupts_an_answer_that_waits() -> None:
    before = set(threading.enumerate())
    sandbox = Sandbox(faults=FaultPlan([Fault("latency", seconds=600)])).start()
    outcome: list[Exception] = []

    def ask() -> None:
        try:
            with client_for(sandbox) as client:
                send(client, "getCurrentUser")
        except httpx.TransportError as error:
            outcome.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not sandbox.ledger.requests:
        time.sleep(0.001)
    sandbox.close()
    asking.join(5)
    assert outcome, "the client was told"
    for left in set(threading.enumerate()) - before:
        left.join(2)
        assert not left.is_alive(), "no thread of the server is left waiting"


def test_a_closed_port_is_free_again_and_closing_twice_is_fine() -> None:
    first = Sandbox().start()
    port = port_of(first)
    first.close()
    first.close()
    with Sandbox(port=port) as second:
        assert port_of(second) == port


def test_a_taken_port_is_an_error(sandbox: Sandbox) -> None:
    with pytest.raises(OSError):
        Sandbox(port=port_of(sandbox)).start()


def test_the_address_is_known_only_after_the_start() -> None:
    with pytest.raises(RuntimeError, match="not started"):
        _ = Sandbox().base_url


def test_refusing_hangs_up_on_idle_connections(sandbox: Sandbox, api: httpx.Client, wire: socket.socket) -> None:
    wire.sendall(head(sandbox, "Content-Length: 15") + b'{"prompt": "x"}')
    assert wire.recv(65536)
    for _ in range(5):  # long enough for the first connection to be waiting again
        send(api, "getCurrentUser")
    with sandbox.refuse():
        assert wire.recv(1) == b""


def test_while_refusing_nobody_gets_in_and_afterwards_everybody(sandbox: Sandbox, either: httpx.Client) -> None:
    assert send(either, "getCurrentUser").status_code == 200
    address = sandbox.base_url
    with sandbox.refuse():
        for _ in range(2):
            with pytest.raises(httpx.ConnectError):
                send(either, "getCurrentUser")
    assert sandbox.base_url == address
    assert send(either, "getCurrentUser").status_code == 200
    assert len(sandbox.ledger.requests) == 2
