"""A small server in a process of its own, which answers every call at once and always with the same."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import threading
from collections.abc import Iterator
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


def _serve(control: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    control.send(f"http://127.0.0.1:{server.server_address[1]}/v1")
    control.recv()


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The server's base URL."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()
