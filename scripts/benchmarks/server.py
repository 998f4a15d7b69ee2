"""Small servers, each in a process of its own, which answer every call at once and always with the same."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any, ClassVar

SPAWN = multiprocessing.get_context("spawn")

USER = {"id": "1", "email": "a@b.invalid", "name": "a", "credits": 7}
IMAGE = {"image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30", "url": "https://i.invalid/1.png"}
IMAGES = {"created": 1_800_000_000, "credits": 40, "data": [IMAGE]}
ONE_IMAGE = {"created": 1_800_000_000, "credits": 10, "image": IMAGE}


class _Answers(BaseHTTPRequestHandler):
    """The least a server can do: read the body, and give a fixed answer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answers: ClassVar = {
        path: json.dumps(answer).encode()
        for path, answer in (
            ("/v1/users/me", USER),
            ("/v1/images/generations", IMAGES),
            ("/v1/images/removeBackground", ONE_IMAGE),
        )
    }

    def do_GET(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        body = self.answers[self.path]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None: ...


PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"

#: What asks the quick server for large things: a path, and a prompt.
LARGE, BASE64 = "large", "large base64"

#: A path where every image takes 200 ms to its first byte.
SLOW = "slow"


class _Quick(asyncio.Protocol):
    """Reads requests as they come, on one thread: for hundreds of connections, and for large files."""

    small: ClassVar = json.dumps(IMAGES).encode()

    def __init__(self, megabytes: int) -> None:
        self._head, self._left, self._megabytes = b"", 0, megabytes

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if not self._left:
            self._head += data
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            lines = head.lower().split(b"\r\n")
            length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)
            self._head, self._body, self._left, data = head, b"", length, rest
        self._left -= len(data)
        self._body = (self._body + data)[:1000]
        if self._left <= 0:
            pause = 0.2 if self._head.startswith(b"GET /slow") else 0.0
            asyncio.get_running_loop().call_later(pause, self._answer, self._head, self._body)
            self._head = b""

    def _answer(self, head: bytes, body: bytes) -> None:
        if head.startswith(b"GET"):
            self._send(b"image/png", PNG_START + bytes(self._megabytes << 20 if b"/large" in head else 0) + PNG_END)
        elif b"base64" in body:
            image = PNG_START + bytes(20 << 20 if BASE64.encode() in body else 0) + PNG_END
            self._send(b"application/json", json.dumps({**IMAGES, "data": [{"b64_json": _base64(image)}]}).encode())
        else:
            self._send(b"application/json", self.small)

    def _send(self, kind: bytes, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
        self._transport.write(head + body)


def _base64(image: bytes) -> str:
    return base64.b64encode(image).decode()


def _serve_quickly(control: Connection, megabytes: int) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Quick(megabytes), "127.0.0.1", 0, backlog=1000)
        control.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")
        await loop.run_in_executor(None, control.recv)

    asyncio.run(main())


def _serve(control: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    control.send(f"http://127.0.0.1:{server.server_address[1]}/v1")
    control.recv()


def server() -> AbstractContextManager[str]:
    """A server with a thread for each connection; its base URL."""
    return _running(_serve)


def quick_server(megabytes: int) -> AbstractContextManager[str]:
    """A server on an event loop, with images of so many MiB; its base URL."""
    return _running(_serve_quickly, megabytes)


@contextlib.contextmanager
def _running(serve: Callable[..., None], *arguments: int) -> Iterator[str]:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(there, *arguments), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()
