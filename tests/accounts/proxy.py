"""A real proxy on loopback: it opens tunnels to where its table says, asks for a password or refuses."""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
from collections.abc import Iterator, Mapping

from retry.servers import Peer, serving


class Tunnels:
    """The script of a proxy. `seen` has the head of everything it was asked; `ports` says where names lead."""

    def __init__(self, ports: Mapping[str, int], *, refuse: str | None = None, password: str | None = None) -> None:
        self.seen: list[bytes] = []
        self._ports, self._refuse = ports, refuse
        self._wanted = password and b"basic " + base64.b64encode(password.encode())

    def script(self, peer: Peer) -> None:
        head = peer.head()
        if head is None:
            return
        self.seen.append(head)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        if method != "CONNECT":
            peer.answer(b"{}", 405)
        elif self._refuse is not None:
            peer.send(f"HTTP/1.1 {self._refuse}\r\nContent-Length: 0\r\n\r\n".encode())
        elif self._wanted and self._wanted.lower() not in head.lower():
            peer.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        else:
            with socket.create_connection(("127.0.0.1", self._ports[target.rpartition(":")[0]])) as onward:
                peer.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                _pump(peer.connection, onward)


class Socks:
    """The script of a SOCKS 5 proxy without passwords. `seen` has the names it was asked for."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self.seen: list[str] = []
        self.ports = dict(ports)

    def script(self, peer: Peer) -> None:
        peer._exactly(peer._exactly(2)[1])
        peer.send(b"\x05\x00")
        assert peer._exactly(4) == b"\x05\x01\x00\x03", "a connection to a name"
        name = peer._exactly(peer._exactly(1)[0]).decode()
        peer._exactly(2)
        self.seen.append(name)
        if name not in self.ports:
            peer.send(b"\x05\x04\x00\x01" + bytes(6))
            return
        with socket.create_connection(("127.0.0.1", self.ports[name])) as onward:
            peer.send(b"\x05\x00\x00\x01" + bytes(6))
            _pump(peer.connection, onward)


def _pump(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until one side ends."""
    ends = {one: other, other: one}
    while True:
        pending = isinstance(one, ssl.SSLSocket) and one.pending()
        for ready in [one] if pending else select.select(list(ends), [], [], 30)[0]:
            if not (data := ready.recv(65536)):
                return
            ends[ready].sendall(data)


@contextlib.contextmanager
def proxying(tunnels: Tunnels, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Its address, `host:port`."""
    with serving(tunnels.script, context) as server:
        yield f"127.0.0.1:{server.port}"
