"""Small servers on real sockets that do exactly what a script says: byte for byte, close for close."""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import struct
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Script = Callable[["Peer"], None]


class Peer:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, number: int, leaving: threading.Event) -> None:
        self.connection, self.number = connection, number
        self._leaving = leaving
        self._buffer = b""

    def request(self) -> tuple[bytes, bytes] | None:
        """Read one whole request: head and body. None when the client has closed."""
        head = self._until(b"\r\n\r\n")
        if head is None:
            return None
        lines = head.lower().split(b"\r\n")
        if b"transfer-encoding: chunked" in lines:
            body = b""
            while (size := int((self._until(b"\r\n") or b"0").strip(), 16)) > 0:
                body += self._exactly(size)
                self._exactly(2)
            self._exactly(2)
            return head, body
        length = next((int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:")), 0)
        return head, self._exactly(length)

    def head(self) -> bytes | None:
        """Read a request's head and nothing of its body, as far as that can be told."""
        return self._until(b"\r\n\r\n")

    def send(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self.connection.sendall(data)

    def answer(self, body: bytes, status: int = 200, *headers: str) -> None:
        lines = [f"HTTP/1.1 {status} x", "Content-Type: application/json", f"Content-Length: {len(body)}", *headers]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def drip(self, pieces: Iterator[bytes], pause: float) -> None:
        """Send piece by piece, with real pauses, for as long as somebody reads."""
        for piece in pieces:
            try:
                self.connection.sendall(piece)
            except OSError:
                return
            if self._leaving.wait(pause):
                return

    def wait(self) -> None:
        """Say nothing until the test is over."""
        self._leaving.wait(30)

    def reset(self) -> None:
        """Close with a reset in place of a farewell."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def _until(self, end: bytes) -> bytes | None:
        while end not in self._buffer:
            if not self._more():
                return None
        found, _, self._buffer = self._buffer.partition(end)
        return found

    def _exactly(self, count: int) -> bytes:
        while len(self._buffer) < count and self._more():
            pass
        found, self._buffer = self._buffer[:count], self._buffer[count:]
        return found

    def _more(self) -> bool:
        with contextlib.suppress(OSError):
            data = self.connection.recv(2**20)
            self._buffer += data
            return bool(data)
        return False


class Server:
    """Runs a script for each connection. `connections` counts them."""

    def __init__(
        self, script: Script, context: ssl.SSLContext | None = None, before_tls: Callable[[], object] = lambda: None
    ) -> None:
        self._script, self._context, self._before_tls = script, context, before_tls
        self._leaving = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.base_url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}/v1"
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            if self._context:
                self._before_tls()
                connection = self._context.wrap_socket(connection, server_side=True)
            peer = Peer(connection, number, self._leaving)
            self._script(peer)
            peer.close()

    def close(self) -> None:
        self._leaving.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextlib.contextmanager
def serving(
    script: Script, context: ssl.SSLContext | None = None, before_tls: Callable[[], object] = lambda: None
) -> Iterator[Server]:
    server = Server(script, context, before_tls)
    try:
        yield server
    finally:
        server.close()


def own_certificate(directory: Path) -> ssl.SSLContext:
    """A server's context with a certificate that it has signed itself: `certificate.pem` of the directory. Skips the
    test where no `openssl` is installed.
    """
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("makes a certificate with the openssl program")
    key, certificate = directory / "key.pem", directory / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


@contextlib.contextmanager
def tls_server(
    directory: Path, script: Script = lambda peer: None, before_tls: Callable[[], object] = lambda: None
) -> Iterator[Server]:
    """A TLS server with such a certificate."""
    with serving(script, own_certificate(directory), before_tls) as server:
        yield server
