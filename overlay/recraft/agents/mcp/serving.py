"""Serving: on standard input and output for one client, or over HTTP for several."""

from __future__ import annotations

import contextlib
import hmac
import os
import socket
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from recraft import AsyncRecraft, InputError

from .server import RecraftServer
from .settings import Settings

#: A secret that clients over HTTP have to send as a bearer token.
SECRET = "RECRAFT_MCP_TOKEN"

#: Where anybody on this machine is, and nobody else.
HERE = ("127.0.0.1", "::1", "localhost")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def serve(client: AsyncRecraft, settings: Settings, http: tuple[str, int] | None = None) -> None:
    """Serve until the client closes its end, over HTTP until the process is told to stop.

    Raises InputError for an output folder that cannot be made, and for an address that others can reach without a
    secret.
    """
    try:
        settings.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot use {str(settings.output)!r} as a folder: {error.strerror}.") from None
    async with client:
        server = RecraftServer(client, settings)
        if http is None:
            await server.run_stdio_async()
        else:
            await _over_http(server, *http)


async def _over_http(server: RecraftServer, host: str, port: int) -> None:
    import uvicorn

    secret = os.environ.get(SECRET)
    if host not in HERE and not secret:
        raise InputError(
            f"others can reach {host}, and could spend this account's units. Set {SECRET} to a secret that clients "
            "send as a bearer token, or serve on 127.0.0.1."
        )
    app: Any = server.streamable_http_app(host=host)
    config = uvicorn.Config(_guarded(app, secret) if secret else app, log_level="warning")
    with _listening(host, port) as listener:
        address = f"[{host}]" if ":" in host else host
        where = f"http://{address}:{listener.getsockname()[1]}/mcp"
        print(f"MCP over HTTP at {where} (Ctrl-C stops it)", file=sys.stderr, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            await uvicorn.Server(config).serve(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise InputError(
            f"cannot listen on {host}:{port}: {error}. Choose another --port; 0 takes a free one."
        ) from None


def _guarded(app: Any, secret: str) -> Any:
    """The application for those alone who send the secret."""
    wanted = f"Bearer {secret}".encode()

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope.get("headers", ())).get(b"authorization", b"")
        if scope["type"] == "http" and not hmac.compare_digest(given, wanted):
            await send({"type": "http.response.start", "status": 401, "headers": [(b"www-authenticate", b"Bearer")]})
            await send({"type": "http.response.body", "body": b"a bearer token is needed"})
            return
        await app(scope, receive, send)

    return guarded
