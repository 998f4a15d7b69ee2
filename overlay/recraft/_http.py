"""httpx underneath: clients that mark each request with what it is, and transports that send it by the rules of `_sending`.

Both the helpers and every generated function go through here, so both have the same retries, rate limiting and errors.
"""

from __future__ import annotations

import asyncio
import functools
import os
import platform
import re
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from recraft_api.operations import OPERATIONS

from ._effects import adrive, drive
from ._redaction import redaction
from ._sending import Attempts, Sending
from ._settings import Settings, is_loopback
from ._version import __version__
from .errors import InputError

USER_AGENT = f"recraft-sdk/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"


CLOSED = "this client was closed. Make a new one, or make the call inside its `with` block."


class HTTP(httpx.Client):
    """An `httpx.Client` whose requests carry the token, to the API's own origin only, and what `Sender` needs to know."""

    def __init__(self, settings: Settings, transport: httpx.BaseTransport) -> None:
        self.settings = settings
        super().__init__(transport=transport, **_client_arguments(settings))

    def build_request(self, method: str, url: httpx.URL | str, **content: Any) -> httpx.Request:
        return prepare(super().build_request(method, url, **content), self.settings, content)


class AsyncHTTP(httpx.AsyncClient):
    """`HTTP`, for awaiting."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport) -> None:
        self.settings = settings
        super().__init__(transport=transport, **_client_arguments(settings))

    def build_request(self, method: str, url: httpx.URL | str, **content: Any) -> httpx.Request:
        return prepare(super().build_request(method, url, **content), self.settings, content)


class Connections(httpx.BaseTransport):
    """What a client and its siblings send through, until the client is closed."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self._inner, self._open = inner, True

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._open:
            raise InputError(CLOSED)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._open = False
        self._inner.close()


class AsyncConnections(httpx.AsyncBaseTransport):
    """`Connections`, for awaiting."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self._inner, self._open = inner, True

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._open:
            raise InputError(CLOSED)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        self._open = False
        await self._inner.aclose()


class Sender(httpx.BaseTransport):
    """Sends by the rules: rate limit, attempts, retries, errors."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        self.inner = inner

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return drive(Sending(request, request.extensions["recraft"], self.inner).run())


class AsyncSender(httpx.AsyncBaseTransport):
    """`Sender`, for awaiting."""

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        self.inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await adrive(Sending(request, request.extensions["recraft"], self.inner).run())


def prepare(request: httpx.Request, settings: Settings, content: Mapping[str, Any]) -> httpx.Request:
    """Give a request the token and the facts about its call. Raises InputError when it would leave the API's origin."""
    base = settings.base_url
    if (request.url.scheme, request.url.host, request.url.port) != (base.scheme, base.host, base.port):
        raise InputError(
            f"refused to send the token to {request.url.scheme}://{request.url.host}; this client talks to {base} only."
        )
    request.headers["authorization"] = f"Bearer {settings.token}"
    operation = operation_of(request.method, request.url.path.removeprefix(base.path.rstrip("/")))
    facts = OPERATIONS.get(operation, {})
    request.extensions["recraft"] = Attempts(
        operation=operation,
        policy=settings.policy,
        idempotent=request.method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"),
        answers_json=facts.get("answer") is not None,
        images=images_in(content) if facts.get("answer") == "ImageSet" else 0,
        limiter=settings.limiter,
        key=settings.key,
        on_event=settings.on_event,
        secret=settings.token,
    )
    return request


def operation_of(method: str, path: str) -> str:
    """The id of an operation by its method and path; the two themselves when the specification has no such operation."""
    for pattern, name in _routes().get(method, ()):
        if pattern.fullmatch(path):
            return name
    return f"{method} {path}"


@functools.cache
def _routes() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    routes: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for name, facts in sorted(OPERATIONS.items(), key=lambda item: item[1]["path"].count("{")):  # plain paths first
        pattern = re.compile(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(facts["path"])))
        routes.setdefault(facts["method"], []).append((pattern, name))
    return routes


def images_in(content: Mapping[str, Any]) -> int:
    """How many images a request asks for: its `n`, or 1."""
    body = content.get("json")
    found: Any = body.get("n") if isinstance(body, Mapping) else None
    files = content.get("files") or ()
    for name, part in files.items() if isinstance(files, Mapping) else files:
        if name == "n" and isinstance(part, tuple):
            found = part[1]
    try:
        return max(0, int(found))
    except (TypeError, ValueError):
        return 1


def default_transport() -> httpx.BaseTransport:
    """What sends by default: verified TLS, and the proxies of the environment."""
    return _Pools()


def default_async_transport() -> httpx.AsyncBaseTransport:
    """`default_transport`, for awaiting."""
    return _AsyncPools()


class _Pools(httpx.BaseTransport):
    """A connection pool for each proxy of the environment and one without, made anew in a forked process.

    A child that used its parent's connections would read its parent's answers. It leaves them open: they are the parent's.
    """

    def __init__(self) -> None:
        _check_proxies()
        self._of: dict[tuple[int, str | None], httpx.HTTPTransport] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        key = (os.getpid(), _proxy_for(request.url))
        with self._lock:
            if key not in self._of:
                self._of[key] = httpx.HTTPTransport(**_transport_arguments(key[1]))
        return self._of[key].handle_request(request)

    def close(self) -> None:
        for (process, _), pool in self._of.items():
            if process == os.getpid():
                pool.close()


class _AsyncPools(httpx.AsyncBaseTransport):
    """Connection pools for each event loop: a connection works only on the loop that made it."""

    def __init__(self) -> None:
        _check_proxies()
        self._of: WeakKeyDictionary[object, dict[str | None, httpx.AsyncHTTPTransport]] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = _proxy_for(request.url)
        pools = self._of.setdefault(_running_loop(), {})
        if proxy not in pools:
            pools[proxy] = httpx.AsyncHTTPTransport(**_transport_arguments(proxy))
        return await pools[proxy].handle_async_request(request)

    async def aclose(self) -> None:
        for pool in self._of.pop(_running_loop(), {}).values():
            await pool.aclose()  # those of other loops go with their loops


def _running_loop() -> object:
    """What the event loop that runs now can be told by, of asyncio or trio."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        import trio

        return trio.lowlevel.current_trio_token()


def _check_proxies() -> None:
    """Raise InputError when the environment names a proxy that cannot be used."""
    for proxy in _proxies().values():
        try:
            httpx.HTTPTransport(**_transport_arguments(proxy)).close()
        except (ValueError, ImportError) as error:
            shown = httpx.URL(proxy)
            raise InputError(f"the environment's proxy {shown.scheme}://{shown.host} cannot be used: {error}") from None


@functools.cache
def _proxies() -> dict[str, str]:
    """Proxy by scheme, from the environment (HTTPS_PROXY, ALL_PROXY and their like), read once."""
    found = urllib.request.getproxies()
    urls = {scheme: found.get(scheme) or found.get("all") for scheme in ("http", "https")}
    return {scheme: url if "://" in url else f"http://{url}" for scheme, url in urls.items() if url}


def _proxy_for(url: httpx.URL) -> str | None:
    proxy = _proxies().get(url.scheme)
    return None if proxy is None or is_loopback(url.host) or urllib.request.proxy_bypass(url.host) else proxy


def _transport_arguments(proxy: str | None) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
    return {"verify": _tls(), "limits": limits, "proxy": proxy, "trust_env": False}


@functools.cache
def _tls() -> ssl.SSLContext:
    """One context for all clients: building it takes 20 ms, and there is no way to turn its verification off."""
    return httpx.create_ssl_context()


def _client_arguments(settings: Settings) -> dict[str, Any]:
    redaction.watch(settings)
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return {
        "base_url": settings.base_url,
        "timeout": settings.timeout,
        "headers": {"user-agent": USER_AGENT, "accept": "application/json", **settings.headers},
        "cookies": no_cookies,
        "follow_redirects": False,
        "trust_env": False,
    }


__all__ = ["HTTP", "USER_AGENT", "AsyncHTTP", "AsyncSender", "Sender"]
