"""Which proxy an address is reached through: one that was given, or those of the environment. Pure but for reading it.

Both are looked at when a client is made, and stay as they were then.
"""

from __future__ import annotations

import importlib.util
import ssl
import urllib.request
from collections.abc import Callable

import attrs
import httpx

from ..errors import InputError
from .settings import is_loopback

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_EXPECTED = "expected something like http://host:3128"


@attrs.frozen
class Proxy:
    """A proxy as a value, so that all who name the same one share its connections."""

    url: httpx.URL
    auth: tuple[str, str] | None = attrs.field(repr=False)
    headers: tuple[tuple[bytes, bytes], ...] = attrs.field(repr=False)
    context: ssl.SSLContext | None

    @property
    def name(self) -> str:
        """Scheme, host and port: all of it that may be shown."""
        host = f"[{self.url.host}]" if ":" in self.url.host else self.url.host
        return f"{self.url.scheme}://{host}:{self.url.port or _PORTS[self.url.scheme]}"

    def for_httpx(self, trusted: ssl.SSLContext) -> httpx.Proxy:
        """The same as httpx takes it. One that speaks TLS is verified like any server, unless it brings its own
        context.
        """
        context = self.context or (trusted if self.url.scheme == "https" else None)
        return httpx.Proxy(self.url, auth=self.auth, headers=list(self.headers), ssl_context=context)


def _none(host: str) -> bool:
    return False


@attrs.frozen
class Route:
    """The way out of this machine. What is on this machine itself is reached directly; the rest is https, always."""

    proxy: Proxy | None = None
    passes_by: Callable[[str], object] = attrs.field(default=_none, repr=False)  # whether a host needs no proxy

    def proxy_for(self, url: httpx.URL) -> Proxy | None:
        if self.proxy is None or is_loopback(url.host):
            return None
        passes = self.passes_by(url.host) or self.passes_by(f"{url.host}:{url.port or 443}")
        return None if passes else self.proxy


def check_proxy(proxy: str | httpx.Proxy | None) -> Route:
    """The way through a proxy that was given; with None, through those of the environment as it is now.

    Raises InputError for what is no proxy, without repeating it: it may hold a password.
    """
    if proxy is None:
        route = _of_the_environment()
    elif isinstance(proxy, str | httpx.Proxy):
        route = _through(proxy)
    else:
        route = f"proxy is a {type(proxy).__name__}; {_EXPECTED}, or an httpx.Proxy."
    if isinstance(route, str):  # raised here, for no frame below may show the address in a traceback with its variables
        raise InputError(route)
    return route


def _through(proxy: str | httpx.Proxy) -> Route | str:
    made = _checked(proxy)
    return f"proxy {made}" if isinstance(made, str) else Route(made)


def _of_the_environment() -> Route | str:
    """HTTPS_PROXY, ALL_PROXY and NO_PROXY, or what the system has where none of them is set."""
    named = urllib.request.getproxies_environment()
    found = named or urllib.request.getproxies()
    url = found.get("https") or found.get("all")
    if not url:
        return Route()
    made = _checked(url if "://" in url else f"http://{url}")
    if isinstance(made, str):
        return f"the environment's proxy (the variable HTTPS_PROXY or ALL_PROXY) {made}"
    if not named:
        return Route(made, urllib.request.proxy_bypass)
    return Route(made, lambda host: urllib.request.proxy_bypass_environment(host, named))  # type: ignore[attr-defined]


def _checked(proxy: str | httpx.Proxy) -> Proxy | str:
    """A proxy, or what is wrong with it."""
    try:
        given = httpx.Proxy(proxy) if isinstance(proxy, str) else proxy
        given.url.raw_host.decode("ascii").encode("idna")  # an empty or long label would fail only when connected to
        if not given.url.host:
            raise ValueError
    except (httpx.InvalidURL, ValueError):
        return f"is not the address of a proxy; {_EXPECTED}."
    if given.url.scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
        return "is a SOCKS proxy, which needs the package socksio: pip install 'httpx[socks]'."
    if given.ssl_context is not None and given.url.scheme != "https":
        return "has an ssl_context, and no TLS: that takes an https:// address."
    return Proxy(given.url, given.auth, tuple(given.headers.raw), given.ssl_context)
