"""What a client is made with, checked before anything is sent."""

from __future__ import annotations

import functools
import inspect
import ipaddress
import os
import platform
import re
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import httpx

from recraft_api.operations import SERVER

from .._version import __version__
from .._words import LONG_SECRET
from ..errors import InputError, shown
from ..events import Listener, Log
from ..limiter import RateLimiter, limiter_key
from ..retry import NO_RETRY, RetryPolicy
from .clock import FOR_EVER

#: Seconds. A picture takes minutes at times; everything else is quick. The pool needs no limit: the limiter bounds it.
TIMEOUT = httpx.Timeout(connect=5.0, write=60.0, read=300.0, pool=None)

USER_AGENT = f"recraft-sdk/{__version__} python/{platform.python_version()} httpx/{httpx.__version__}"

#: What the base URL ends with, by the specification: `/v1`.
_VERSION = httpx.URL(SERVER).raw_path.rstrip(b"/")

#: Where an account makes its tokens (the vendor's documentation, 2026-11).
TOKENS = "https://app.recraft.ai/profile/api"

#: Headers that belong to the transport or would replace the token.
RESERVED_HEADERS = {
    "authorization",
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "cookie",
    "proxy-authorization",  # would go to the service; a proxy's password belongs into its address
}


@attrs.frozen(kw_only=True)
class Settings:
    """Everything about a client that is not a connection."""

    token: str = attrs.field(repr=False)
    base_url: httpx.URL
    timeout: httpx.Timeout
    policy: RetryPolicy
    limiter: RateLimiter | None
    headers: Mapping[str, str] = attrs.field(repr=False)
    on_event: Listener | None
    spool: str | None = None
    _urls: dict[tuple[str, bool], httpx.URL] = attrs.field(factory=dict, init=False, repr=False, eq=False)

    @functools.cached_property
    def key(self) -> str:
        """What the rate limit knows the account by."""
        return limiter_key(self.token)

    @functools.cached_property
    def headers_out(self) -> list[tuple[bytes, bytes]]:
        """The headers that every request carries."""
        own = {"user-agent": USER_AGENT, "accept": "application/json", "accept-encoding": "gzip"}
        headers = {
            "host": self.base_url.netloc.decode("ascii"),
            **own,
            **self.headers,
            "authorization": f"Bearer {self.token}",
        }
        return [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]

    @functools.cached_property
    def timeouts(self) -> dict[str, float | None]:
        """Seconds for `connect`, `read`, `write` and `pool`."""
        return self.timeout.as_dict()

    @functools.cached_property
    def local(self) -> bool:
        """Whether the API is on this machine, as a sandbox is."""
        return is_loopback(self.base_url.host)

    @functools.cached_property
    def logs(self) -> bool:
        """Whether the client writes its own log: its listener may do it instead."""
        return not isinstance(self.on_event, Log)

    def url(self, path: str, *, root: bool = False) -> httpx.URL:
        """Where a path of the API is; one at the `root` stands beside the version that the base URL ends with."""
        if (path, root) in self._urls:
            return self._urls[path, root]
        base = self.base_url.raw_path.rstrip(b"/")
        base = base.removesuffix(_VERSION) if root else base
        url = self.base_url.copy_with(raw_path=base + path.encode("ascii"))
        if len(self._urls) < 64:  # those without parameters; a service with a million ids must not fill the memory
            self._urls[path, root] = url
        return url


def from_environment(token: str | None, base_url: str | None) -> dict[str, str | None]:
    """Token and base URL of a new client: as given, else from the environment."""
    return {
        "token": os.environ.get("RECRAFT_API_TOKEN") if token is None else token,
        "base_url": base_url or os.environ.get("RECRAFT_BASE_URL") or SERVER,
    }


def check_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """What a client or a sibling was given, checked, by the attributes of `Settings`. Raises InputError naming what
    cannot be used.
    """
    return {"policy" if name == "retry" else name: _CHECKS[name](value) for name, value in given.items()}


def sibling(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """The settings of a sibling: those given, checked, and the others as they were."""
    if given.get("token", "-") in (None, ""):
        raise InputError(
            f"token is {given['token']!r}; expected the token of an account. A sibling takes none from the "
            "environment: the call of one account would be paid by another."
        )
    changes = check_settings(given)
    if "headers" in changes:
        changes["headers"] = {**settings.headers, **changes["headers"]}
    made = attrs.evolve(settings, **changes)
    if made.token != settings.token:
        _refuse_to_carry(settings.token, made.headers)
    return made


def _refuse_to_carry(token: str, headers: Mapping[str, str]) -> None:
    """Raise InputError when headers hold the token of another account."""
    for name, value in headers.items():
        if value == token or (len(token) >= LONG_SECRET and token in value):
            raise InputError(
                f"the header {shown(name)} holds the token of the account that this client was made for; "
                "give the sibling its own: with_options(token=..., headers={...})."
            )


def check_token(token: str | None) -> str:
    if token is not None and not isinstance(token, str):
        raise InputError(f"token is a {type(token).__name__}; expected a string.")
    if not token or not token.strip():
        raise InputError(
            "no API token: pass Recraft(token=...) or set the environment variable RECRAFT_API_TOKEN. "
            f"Tokens are made at {TOKENS}."
        )
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            "the API token holds spaces, line breaks or other characters that no token has; copy it again."
        )
    return token


def check_base_url(text: str) -> httpx.URL:
    expected = "expected something like https://host/v1"
    # What stands before an @ may be a password, and how far it goes nobody can tell where the URL is none.
    said = "an address with an @" if isinstance(text, str) and "@" in text else shown(text)
    try:
        if not isinstance(text, str):
            raise TypeError
        url = httpx.URL(text.rstrip("/"))
        url.raw_host.decode("ascii").encode("idna")  # an empty or long label would fail only when it is connected to
    except (httpx.InvalidURL, TypeError, ValueError):
        raise InputError(f"base_url is {said}, which is not a URL; {expected}.") from None
    if url.userinfo or url.query or url.fragment:
        raise InputError(
            f"base_url is {said}: it cannot hold a user name, a password, a query or a fragment; {expected}."
        )
    if not url.host or url.scheme not in ("https", "http"):
        raise InputError(f"base_url is {said}; {expected}.")
    if url.scheme == "http" and not is_loopback(url.host):
        raise InputError(
            f"base_url is {said}: the token would travel in the clear. Use https; http is for this machine only."
        )
    return url


def check_timeout(timeout: float | httpx.Timeout | None) -> httpx.Timeout:
    if timeout is None:
        return httpx.Timeout(None)
    if isinstance(timeout, httpx.Timeout):
        parts = timeout.as_dict()
        if all(part is None or _is_wait(part) for part in parts.values()):
            return httpx.Timeout(**{name: finite(value) for name, value in parts.items()})
    elif _is_wait(timeout):
        return httpx.Timeout(connect=min(5.0, timeout), write=min(60.0, timeout), read=finite(timeout), pool=None)
    raise InputError(f"timeout is {shown(timeout)}; expected a number of seconds above 0, an httpx.Timeout, or None.")


def _is_wait(seconds: object) -> bool:
    return isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds > 0


def finite(seconds: float | None) -> float | None:
    """None for what is as good as for ever."""
    return None if seconds is None or seconds > FOR_EVER else seconds


def check_policy(retry: RetryPolicy | None) -> RetryPolicy:
    if retry is not None and not isinstance(retry, RetryPolicy):
        raise InputError(
            f"retry is {shown(retry)}; expected a RetryPolicy, such as RetryPolicy(max_attempts=2), or None."
        )
    return retry or NO_RETRY


def check_limiter(limiter: RateLimiter | None) -> RateLimiter | None:
    if limiter is not None and not isinstance(limiter, RateLimiter):
        store = type(limiter).__name__ if hasattr(limiter, "ask") else ""
        instead = f"; pass it as RateLimiter(store={store}(...))" if store else "; expected a RateLimiter or None"
        raise InputError(f"limiter is {shown(limiter)}{instead}.")
    return limiter


def check_listener(on_event: Listener | None) -> Listener | None:
    if on_event is not None and (not callable(on_event) or inspect.iscoroutinefunction(on_event)):
        raise InputError(
            f"on_event is {_kind(on_event)}; expected a plain function of one event, such as log_events()."
        )
    if getattr(on_event, "__name__", "") == "log_events":
        raise InputError("on_event is log_events itself; call it: on_event=log_events().")
    return on_event


def check_spool(folder: str | os.PathLike[str] | None) -> str | None:
    """A folder in which a file can be made, as an absolute path: the process may go elsewhere."""
    if folder is None:
        return None
    if not isinstance(folder, str | os.PathLike) or not os.fspath(folder):  # "" would be wherever the process is
        raise InputError(f"spool is {shown(folder)}; expected a folder, or None to keep images in memory.")
    try:
        path = os.path.abspath(os.fsdecode(folder))
        with tempfile.TemporaryFile(dir=path):
            return path
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no path holds such characters"
    raise InputError(
        f"spool is {shown(os.fspath(folder))}, where no file can be made: {why}. Make the folder first, on a disk with "
        "room for the images of a call."
    )


def check_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    if headers is None:
        return {}
    if not isinstance(headers, Mapping):
        raise InputError(f"headers is {_kind(headers)}; expected a mapping of names to values.")
    for name, value in headers.items():
        if not isinstance(name, str):
            raise InputError(f"a name in headers is {_kind(name)}; expected a string.")
        if name.lower() in RESERVED_HEADERS:
            raise InputError(f"header {name!r} cannot be set here: it belongs to the client.")
        if not name.isascii() or not all(c.isalnum() or c in "!#$%&'*+-.^_`|~" for c in name) or not name:
            start = (re.match(r"[\w-]{0,30}", name) or [""])[0]  # a whole line as a name has the value in it
            raise InputError(f"a header's name that begins with {start!r} is not one: it holds what no name may hold.")
        if not isinstance(value, str) or not value.isprintable() or not value.isascii():
            raise InputError(
                f"the value of header {shown(name)} is no string, or holds line breaks or other characters "
                "that a header cannot carry."
            )
    return {name.lower(): value for name, value in headers.items()}  # one replaces another however it is written


def _kind(value: object) -> str:
    """What kind of thing was passed, where its repr may hold a secret."""
    return "None" if value is None else f"a {type(value).__name__}"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "token": check_token,
    "base_url": check_base_url,
    "timeout": check_timeout,
    "retry": check_policy,
    "limiter": check_limiter,
    "headers": check_headers,
    "on_event": check_listener,
    "spool": check_spool,
}
