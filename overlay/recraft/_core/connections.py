"""What a client sends through by default: verified TLS, proxies where there are some, and connections that are nobody
else's.
"""

from __future__ import annotations

import copy
import functools
import os
import ssl
from typing import Any, Self, TypeVar
from weakref import WeakKeyDictionary

import httpx

from ..errors import InputError
from .io import running_loop
from .network import AsyncNetwork, Network
from .proxies import Proxy, Route, check_proxy
from .reuse import AsyncReusing, Reusing

T = TypeVar("T")

#: File and folder with the certificate authorities to trust; None for those that certifi has.
Authorities = tuple[str | None, str | None]

#: The proxy a request goes through, and whether it takes TLS.
Way = tuple[Proxy | None, bool]


class _Routed:
    """What both kinds of pools share: the way out, and whom to trust, as the environment was when they were made."""

    _of: Any  # the pools, shared by all ways out

    def __init__(self, proxy: str | httpx.Proxy | None) -> None:
        self._route = check_proxy(proxy)
        self._authorities = _authorities()

    def through(self, route: Route) -> Self:
        """The same connections, and others through other proxies."""
        sibling = copy.copy(self)
        sibling._route = route
        return sibling

    def _way(self, request: httpx.Request) -> Way:
        proxy = self._route.proxy_for(request.url)
        if proxy is not None:
            request.extensions["recraft_proxy"] = proxy.name  # for the error, should the way end there
        return proxy, request.url.scheme == "https"

    def _arguments(self, way: Way) -> dict[str, Any]:
        proxy, secure = way
        # Plain http is for this machine, where a context that trusts nobody has nothing to do and takes no time.
        trusted = _tls(self._authorities) if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        through = None if proxy is None else proxy.for_httpx(trusted)
        return {"verify": trusted, "proxy": through, "trust_env": False}


class Pools(_Routed, httpx.BaseTransport):
    """A connection pool for each way out, made anew in a forked process.

    A child that used its parent's connections would read its parent's answers. It leaves them open: they are the
    parent's.
    """

    def __init__(self, proxy: str | httpx.Proxy | None = None) -> None:
        super().__init__(proxy)
        self._of: dict[tuple[int, Way], httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        key = (os.getpid(), self._way(request))
        pool = self._of.get(key)
        if pool is None:  # two threads may make one each, and use the first: a lock may be held while another forks
            pool = self._of.setdefault(key, self._pool(key[1]))
        return pool.handle_request(request)

    def _pool(self, way: Way) -> httpx.HTTPTransport:
        transport: Any = httpx.HTTPTransport(**self._arguments(way))
        transport._pool._network_backend = Network()  # httpcore takes one, and httpx has no way to pass it on
        transport._pool = Reusing(transport._pool)  # nor a pool
        return transport  # type: ignore[no-any-return]

    def close(self) -> None:
        for (process, _), pool in list(self._of.items()):
            if process == os.getpid():
                pool.close()


class AsyncPools(_Routed, httpx.AsyncBaseTransport):
    """Connection pools for each event loop: a connection works only on the loop that made it."""

    def __init__(self, proxy: str | httpx.Proxy | None = None) -> None:
        super().__init__(proxy)
        self._of: WeakKeyDictionary[object, dict[Way, httpx.AsyncBaseTransport]] = WeakKeyDictionary()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        way = self._way(request)
        pools = self._of.setdefault(running_loop(), {})
        if way not in pools:
            pools[way] = self._pool(way)
        return await pools[way].handle_async_request(request)

    def _pool(self, way: Way) -> httpx.AsyncBaseTransport:
        transport: Any = httpx.AsyncHTTPTransport(**self._arguments(way))
        transport._pool._network_backend = AsyncNetwork(transport._pool._network_backend)
        transport._pool = AsyncReusing(transport._pool)  # httpx has no way to pass one on
        return transport  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        for pool in self._of.pop(running_loop(), {}).values():
            await pool.aclose()  # those of other loops go with their loops


def check_transport(transport: T | None, kind: type, proxy: object) -> T | None:
    if transport is not None and not isinstance(transport, kind):
        raise InputError(f"transport is a {type(transport).__name__}; expected an httpx.{kind.__name__}.")
    if transport is not None and proxy is not None:
        raise InputError(_NOT_BOTH)
    return transport


def rerouted(transport: T, proxy: str | httpx.Proxy | None) -> T:
    """A client's transport, through another proxy."""
    if not isinstance(transport, _Routed):
        raise InputError(_NOT_BOTH)
    return transport.through(check_proxy(proxy))


_NOT_BOTH = (
    "a client with a transport of its own takes no proxy: the transport makes the connections. "
    "Give the proxy to it, as in transport=httpx.HTTPTransport(proxy=...)."
)


def _authorities() -> Authorities:
    """What SSL_CERT_FILE and SSL_CERT_DIR say now. Raises InputError where that cannot be used."""
    file, folder = os.environ.get("SSL_CERT_FILE") or None, os.environ.get("SSL_CERT_DIR") or None
    for part in (folder or "").split(os.pathsep):
        if part and not os.path.isdir(part):
            raise InputError(f"the environment variable SSL_CERT_DIR names {part!r}, which is no folder.")
    if file or folder:
        try:
            _tls((file, folder))
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or type(error).__name__
            raise InputError(
                f"the environment variable SSL_CERT_FILE names {file!r}, which cannot be used: {reason}. "
                "Expected a file of certificates in PEM."
            ) from None
    return file, folder


@functools.cache
def _tls(authorities: Authorities) -> ssl.SSLContext:
    """One context for all clients: building it takes 20 ms, and there is no way to turn its verification off."""
    file, folder = authorities
    if file or folder:
        return ssl.create_default_context(cafile=file, capath=folder)
    return httpx.create_ssl_context(trust_env=False)
