"""What a client sends through by default: verified TLS, the proxies of the environment, and connections that are nobody
else's.
"""

from __future__ import annotations

import asyncio
import functools
import os
import ssl
import urllib.request
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from .network import Network
from .settings import check_proxy, is_loopback


class Pools(httpx.BaseTransport):
    """A connection pool for each proxy and one without, made anew in a forked process.

    A child that used its parent's connections would read its parent's answers. It leaves them open: they are the
    parent's.
    """

    def __init__(self) -> None:
        self._environment = Environment()
        self._of: dict[tuple[int, object], httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        proxy = self._environment.choose(request)
        key = (os.getpid(), _known_by(proxy))
        pool = self._of.get(key)
        if pool is None:  # two threads may make one each, and use the first: a lock may be held while another forks
            pool = self._of.setdefault(key, _pool(proxy))
        return pool.handle_request(request)

    def close(self) -> None:
        for (process, _), pool in list(self._of.items()):
            if process == os.getpid():
                pool.close()


def _pool(proxy: httpx.Proxy | None) -> httpx.HTTPTransport:
    pool = httpx.HTTPTransport(**_transport_arguments(proxy))
    pool._pool._network_backend = Network()  # httpcore takes one, and httpx has no way to pass it on
    return pool


class AsyncPools(httpx.AsyncBaseTransport):
    """Connection pools for each event loop: a connection works only on the loop that made it."""

    def __init__(self) -> None:
        self._environment = Environment()
        self._of: WeakKeyDictionary[object, dict[object, httpx.AsyncHTTPTransport]] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        proxy = self._environment.choose(request)
        key, pools = _known_by(proxy), self._of.setdefault(_running_loop(), {})
        if key not in pools:
            pools[key] = httpx.AsyncHTTPTransport(**_transport_arguments(proxy))
        return await pools[key].handle_async_request(request)

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


class Environment:
    """The proxies of the environment (HTTPS_PROXY, ALL_PROXY, NO_PROXY and their like), as they are now.

    Raises InputError when it names one that cannot be used.
    """

    def __init__(self) -> None:
        self._found = urllib.request.getproxies()
        self._proxies: dict[str, httpx.Proxy] = {}
        for scheme in ("http", "https"):
            named = f"the environment's {scheme} proxy (the variable {scheme.upper()}_PROXY or ALL_PROXY)"
            if proxy := check_proxy(self._found.get(scheme) or self._found.get("all"), named):
                self._proxies[scheme] = proxy

    def choose(self, request: httpx.Request) -> httpx.Proxy | None:
        """The proxy that a request goes through: its own, else that of the environment. Noted on it, for errors."""
        if request.extensions.get("proxy") is None and self._proxies:
            request.extensions["proxy"] = self._for(request.url)
        proxy: httpx.Proxy | None = request.extensions.get("proxy")
        return proxy

    def _for(self, url: httpx.URL) -> httpx.Proxy | None:
        proxy = self._proxies.get(url.scheme)
        if proxy is None or is_loopback(url.host):
            return None
        if "no" in self._found:
            bypassed = urllib.request.proxy_bypass_environment(url.host, self._found)  # type: ignore[attr-defined]
        else:
            bypassed = urllib.request.proxy_bypass(url.host)
        return None if bypassed else proxy


def _known_by(proxy: httpx.Proxy | None) -> object:
    """What tells a proxy from another one: it has no equality of its own."""
    return proxy and (str(proxy.url), proxy.raw_auth, tuple(proxy.headers.raw), id(proxy.ssl_context))


def _transport_arguments(proxy: httpx.Proxy | None) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=20)
    tls = _tls(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    return {"verify": tls, "limits": limits, "proxy": proxy, "trust_env": False}


@functools.cache
def _tls(*authorities: str | None) -> ssl.SSLContext:
    """One context for all clients: building it takes 20 ms, and there is no way to turn its verification off."""
    return httpx.create_ssl_context()
