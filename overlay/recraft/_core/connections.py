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

from ..errors import InputError
from .network import Network
from .settings import is_loopback


class Pools(httpx.BaseTransport):
    """A connection pool for each proxy of the environment and one without, made anew in a forked process.

    A child that used its parent's connections would read its parent's answers. It leaves them open: they are the
    parent's.
    """

    def __init__(self) -> None:
        _check_proxies()
        self._of: dict[tuple[int, str | None], httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        key = (os.getpid(), _proxy_for(request.url))
        pool = self._of.get(key)
        if pool is None:  # two threads may make one each, and use the first: a lock may be held while another forks
            pool = self._of.setdefault(key, _pool(key[1]))
        return pool.handle_request(request)

    def close(self) -> None:
        for (process, _), pool in list(self._of.items()):
            if process == os.getpid():
                pool.close()


def _pool(proxy: str | None) -> httpx.HTTPTransport:
    pool = httpx.HTTPTransport(**_transport_arguments(proxy))
    pool._pool._network_backend = Network()  # httpcore takes one, and httpx has no way to pass it on
    return pool


class AsyncPools(httpx.AsyncBaseTransport):
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
    for scheme in _proxies():
        if why := _flaw(scheme):
            named = f"the environment's {scheme} proxy (the variable {scheme.upper()}_PROXY or ALL_PROXY)"
            raise InputError(f"{named} {why}")


def _flaw(scheme: str) -> str | None:
    """What is wrong with a proxy, without its address: that may hold a password."""
    try:
        httpx.HTTPTransport(**_transport_arguments(_proxies()[scheme])).close()
    except ImportError as error:
        return f"cannot be used: {error}"
    except (ValueError, httpx.InvalidURL):
        return "is not the address of a proxy; expected something like http://host:3128"
    return None


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
