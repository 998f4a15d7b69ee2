"""One connection of the socket server: reads requests, keeps the connection alive, and sends what a delivery says."""

from __future__ import annotations

import contextlib
import socket
import struct
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import Any, Protocol

from recraft.sandbox.body import BodyError, read_body
from recraft.sandbox.delivery import PIECES, Delivery
from recraft.sandbox.desk import Desk, Ticket
from recraft.sandbox.page import LONGEST, Page
from recraft.sandbox.wire import Headers, Problem, Request

_LONGEST_LINE = 65536


class _Gone(Exception):
    """The connection is over: reset by a fault, or the sandbox is closing."""


class Owner(Protocol):
    """What a connection asks of the server it belongs to."""

    @property
    def desk(self) -> Desk: ...
    @property
    def page(self) -> Page | None: ...
    @property
    def closing(self) -> Event: ...
    @property
    def origin(self) -> str: ...
    def clock(self) -> float: ...
    def enter(self, connection: Connection) -> None: ...
    def rest(self, connection: Connection) -> bool: ...
    def leave(self, connection: Connection) -> None: ...


class Connection(BaseHTTPRequestHandler):
    """Any verb is taken alike: which ones exist is the contract's business."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, owner: Owner, request: socket.socket, address: Any, server: Any) -> None:
        self._owner = owner
        self.idle = True
        self._continue = False
        super().__init__(request, address, server)

    def handle(self) -> None:
        self._owner.enter(self)
        try:
            with contextlib.suppress(OSError, ValueError, _Gone):  # the client left, or we did
                super().handle()
        finally:
            self._owner.leave(self)

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def hang_up(self) -> None:
        """End the connection from another thread."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def handle_one_request(self) -> None:
        self.close_connection, self._continue = True, False
        if not self._owner.rest(self):
            return
        self.raw_requestline = self.rfile.readline(_LONGEST_LINE + 1)
        if not self.raw_requestline:
            return
        self.idle = False
        if len(self.raw_requestline) > _LONGEST_LINE:
            self.requestline, self.request_version, self.command = "", "HTTP/1.1", ""
            self.send_error(414)
            return
        words = self.raw_requestline.decode("latin-1").split()
        method, target = (words[0], words[1]) if len(words) == 3 else ("", "")
        page = self._owner.page
        if page is not None and page.takes(target):
            self._show(page, method, target)
            return
        ticket = self._owner.desk.open(method, target) if method else Ticket(None, None)
        if ticket.drop == "request":
            self._owner.desk.drop(ticket, self._request(method, target))
            self._reset()
        if not self.parse_request():
            return
        if ticket.drop == "body":
            self._owner.desk.drop(ticket, self._request(method, target, tuple(self.headers.items())))
            self._reset()
        self._answer(ticket, method, target)

    def _answer(self, ticket: Ticket, method: str, target: str) -> None:
        headers = tuple(self.headers.items())
        try:
            body = read_body(self.rfile, self.headers, self._send_continue)
        except BodyError as error:
            self._send_problem(Problem(error.status, "invalid_body", str(error)))
            return
        request = self._request(method, target, headers, body)
        if ticket.drop == "answer":
            self._owner.desk.drop(ticket, request)
            self._reset()
        self._deliver(self._owner.desk.serve(ticket, request))

    def _show(self, page: Page, method: str, target: str) -> None:
        """Answer people. Neither faults nor the book know of it."""
        if not self.parse_request():
            return
        try:
            body = read_body(self.rfile, self.headers, self._send_continue, LONGEST)
        except BodyError as error:
            self._send_problem(Problem(error.status, "invalid_body", str(error)))
            return
        reply = page.answer(self._request(method, target, tuple(self.headers.items()), body))
        self._deliver(Delivery(reply, len(reply.body)))

    def _request(self, method: str, target: str, headers: Headers = (), body: bytes = b"") -> Request:
        return Request(method, target, headers, body, self._owner.clock(), self._owner.origin)

    def _deliver(self, delivery: Delivery) -> None:
        self._wait(delivery.before)
        lines = [f"HTTP/1.1 {delivery.reply.status} {_reason(delivery.reply.status)}"]
        lines += [f"{name}: {value}" for name, value in delivery.headers(self._owner.clock())]
        body = b"" if self.command == "HEAD" else delivery.body()
        if delivery.header_gap:
            for line in lines:
                self.connection.sendall(f"{line}\r\n".encode("latin-1", "replace"))
                self._wait(delivery.header_gap)
            self.connection.sendall(b"\r\n")
        else:
            head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
            if not delivery.chunk_gap:  # head and body in one packet when they fit
                head, body = head + body, b""
            self.connection.sendall(head)
        step = -(-len(body) // PIECES) if delivery.chunk_gap else len(body)
        for start in range(0, len(body), max(1, step)):
            self._wait(delivery.chunk_gap if start else 0)
            self.connection.sendall(body[start : start + step])
        if delivery.stream is not None and self.command != "HEAD":
            for piece in delivery.stream():
                self.connection.sendall(piece)
        if delivery.end == "reset":
            self._reset()
        if delivery.end == "close":
            self.close_connection = True

    def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._owner.closing.wait(seconds):
            raise _Gone

    def _reset(self) -> None:
        """Close with a reset: with a linger time of 0 the system sends RST in place of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # The reader and writer hold the socket open as well, so its descriptor is closed itself.
        socket.close(self.connection.detach())
        raise _Gone

    def _send_problem(self, problem: Problem) -> None:
        """Answer what is no proper HTTP request, and close: where the next one would start is unknown."""
        self.close_connection = True
        self._deliver(self._owner.desk.refuse(problem))
        # Closing with unread data resets the connection and the answer is lost; so the rest is read for a moment.
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(0.5)
        left = 64
        while left and self.connection.recv(1 << 20):
            left -= 1

    def _send_continue(self) -> None:
        if self._continue:
            self._continue = False
            self.connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def handle_expect_100(self) -> bool:
        """Keep the promise for later: a fault may strike before the body is wanted."""
        self._continue = True
        return True

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self._send_problem(Problem(code, "invalid_request_parameter", message or _reason(code)))

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed; the ledger has it all."""


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 520, 529 and the like
        return "Unknown"
