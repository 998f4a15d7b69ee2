"""The sandbox on a real socket: a threaded HTTP/1.1 server that carries out deliveries, resets and cuts included."""

from __future__ import annotations

import selectors
import socket
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from recraft.sandbox.connection import Connection
from recraft.sandbox.desk import Desk
from recraft.sandbox.page import Page

_SETTLING = 2.0  # seconds to let answers that are being sent get out before connections are closed


class SocketServer:
    """Listens on host and port (0: any free one) and answers through a desk until it is closed.

    Raises OSError when the port is taken.
    """

    def __init__(self, desk: Desk, host: str, port: int, clock: Callable[[], float], page: Page | None = None) -> None:
        self.desk, self.host, self.clock, self.page = desk, host, clock, page
        self.closing = threading.Event()
        self._changed = threading.Condition()  # guards the connections; notified when one becomes idle or leaves
        self._paused = False
        self._connections: set[Connection] = set()
        self._listener = _Listener(self, (host, port))
        self.port: int = self._listener.server_address[1]
        self._listener.listen()

    @property
    def origin(self) -> str:
        """Scheme, host and port, as image URLs have them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def pause(self) -> None:
        """Stop listening, so that connecting is refused; the port stays reserved.

        Idle connections are closed at once, busy ones after their answer.
        """
        self._paused = True
        self._listener.stop()
        # Bound but not listening: the system refuses connections and gives the port to nobody else.
        self._listener = _Listener(self, (self.host, self.port))
        with self._changed:
            # A client may have its answer a moment before the connection knows that it is idle again.
            self._changed.wait_for(lambda: all(each.idle for each in self._connections), _SETTLING)
        self._hang_up(idle_only=True)

    def resume(self) -> None:
        """Listen again."""
        self._paused = False
        self._listener.listen()

    def close(self) -> None:
        """Stop at once: waits are interrupted, connections closed."""
        self.closing.set()
        self._listener.stop()
        self._hang_up(idle_only=False)

    def enter(self, connection: Connection) -> None:
        with self._changed:
            self._connections.add(connection)
        if self.closing.is_set():
            connection.hang_up()

    def rest(self, connection: Connection) -> bool:
        """Note that a connection is idle. Returns whether it may wait for another request."""
        with self._changed:
            connection.idle = True
            self._changed.notify_all()
            return not (self._paused or self.closing.is_set())

    def leave(self, connection: Connection) -> None:
        with self._changed:
            self._connections.discard(connection)
            self._changed.notify_all()

    def _hang_up(self, *, idle_only: bool) -> None:
        with self._changed:
            chosen = [each for each in self._connections if each.idle or not idle_only]
        for connection in chosen:
            connection.hang_up()


class _Listener(ThreadingHTTPServer):
    """The listening socket and its thread. Unlike `serve_forever` it wakes up at once when it is told to stop."""

    request_queue_size = 1024
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: SocketServer, address: tuple[str, int]) -> None:
        self._owner = owner
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        super().__init__(address, BaseHTTPRequestHandler, bind_and_activate=False)
        try:
            self.server_bind()
        except BaseException:
            self.server_close()
            raise
        self._woken, self._waker = socket.socketpair()
        self._thread: threading.Thread | None = None

    def server_bind(self) -> None:
        # HTTPServer.server_bind also looks up the host's full name, which can take seconds without a network.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def listen(self) -> None:
        self.server_activate()
        self._thread = threading.Thread(target=self._accept, name="recraft-sandbox", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._waker.send(b"x")
        if self._thread is not None:
            self._thread.join()
        self.server_close()
        self._waker.close()
        self._woken.close()

    def finish_request(self, request: Any, client_address: Any) -> None:
        Connection(self._owner, request, client_address, self)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; nothing is printed."""

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in selector.select()}
                if self._woken in ready:
                    return
                self.handle_request()
