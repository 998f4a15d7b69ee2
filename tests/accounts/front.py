"""The service for many accounts: a sandbox for each token, behind one port that keeps every request as it came."""

from __future__ import annotations

import re
import socket
import threading

import httpx
from retry.servers import Peer

from recraft.sandbox import Sandbox


def answer_of(sandbox: Sandbox, head: bytes, body: bytes) -> httpx.Response:
    """What a sandbox answers to a request as it came over a socket."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    request = httpx.Request(method, f"http://sandbox.invalid{target}", headers=headers, content=body)
    response = sandbox.transport().handle_request(request)
    response.read()
    return response


class Front:
    """The script of a server; `seen` has the bytes of every request, and the token it was made with."""

    def __init__(self) -> None:
        self.sandboxes: dict[str, Sandbox] = {}
        self.seen: list[tuple[str, bytes]] = []
        self._lock = threading.Lock()

    def script(self, peer: Peer) -> None:
        peer.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (got := peer.request()) is not None:
            head, body = got
            (token,) = re.findall(rb"(?im)^authorization: bearer (\S+)", head)
            self.seen.append((token.decode(), head + b"\r\n\r\n" + body))
            response = answer_of(self._account(token.decode()), head, body)
            # A service that gives each account a cookie: nobody's may come back, least of all with another's call.
            peer.answer(response.content, response.status_code, f"Set-Cookie: account={token.decode()}; Path=/")

    def _account(self, token: str) -> Sandbox:
        with self._lock:  # opened when it is first used
            if token not in self.sandboxes:
                self.sandboxes[token] = Sandbox(token, limits=False, small_pictures=True)
            return self.sandboxes[token]

    def charged(self) -> dict[str, int]:
        """How many pictures each account paid for."""
        return {
            token: sum(charge.images for charge in sandbox.ledger.charges) for token, sandbox in self.sandboxes.items()
        }
