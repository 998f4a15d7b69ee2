"""What a client is made with, checked before anything is sent."""

from __future__ import annotations

import inspect
import ipaddress
import os
from collections.abc import Mapping

import attrs
import httpx

from recraft_api.operations import SERVER

from .errors import InputError
from .events import Listener
from .limiter import RateLimiter, limiter_key
from .retry import NO_RETRY, RetryPolicy

#: Seconds. A picture takes minutes at times; everything else is quick. The pool needs no limit, the rate limiter bounds it.
TIMEOUT = httpx.Timeout(connect=5.0, write=60.0, read=300.0, pool=None)

#: Seconds; three years.
FOR_EVER = 1e8

#: Headers that belong to the transport or would replace the token.
RESERVED_HEADERS = {
    "authorization",
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "cookie",
}


@attrs.frozen(kw_only=True)
class Settings:
    """Everything about a client that is not a connection."""

    token: str = attrs.field(repr=False)
    base_url: httpx.URL
    timeout: httpx.Timeout
    policy: RetryPolicy
    limiter: RateLimiter | None
    key: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    on_event: Listener | None


def settings(
    token: str | None,
    base_url: str | None,
    timeout: float | httpx.Timeout | None,
    retry: RetryPolicy | None,
    limiter: RateLimiter | None,
    headers: Mapping[str, str] | None,
    on_event: Listener | None,
) -> Settings:
    """Check what a client was made with. Raises InputError naming what cannot be used."""
    token = os.environ.get("RECRAFT_API_TOKEN") if token is None else token
    if token is not None and not isinstance(token, str):
        raise InputError(f"token is a {type(token).__name__}; expected a string.")
    if not token or not token.strip():
        raise InputError("no API token: pass Recraft(token=...) or set the environment variable RECRAFT_API_TOKEN.")
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            "the API token holds spaces, line breaks or other characters that no token has; copy it again."
        )
    if limiter is not None and not isinstance(limiter, RateLimiter):
        raise InputError(f"limiter is {limiter!r:.80}; expected a RateLimiter or None.")
    check_listener(on_event)
    return Settings(
        token=token,
        base_url=check_base_url(base_url or os.environ.get("RECRAFT_BASE_URL") or SERVER),
        timeout=check_timeout(timeout),
        policy=check_policy(retry),
        limiter=limiter,
        key=limiter_key(token),
        headers=check_headers(headers or {}),
        on_event=on_event,
    )


def check_base_url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text.rstrip("/"))
    except (httpx.InvalidURL, AttributeError):
        raise InputError(f"base_url is not a URL: {text!r:.80}.") from None
    if not url.host or url.scheme not in ("https", "http") or url.userinfo or url.query or url.fragment:
        shown = f"{url.scheme}://{url.host}{url.path}"  # without a password
        raise InputError(f"base_url is {shown!r:.80}; expected something like https://host/v1.")
    if url.scheme == "http" and not is_loopback(url.host):
        raise InputError(
            f"base_url is {text!r:.80}: the token would travel in the clear. Use https; http is for this machine only."
        )
    return url


def check_timeout(timeout: float | httpx.Timeout | None) -> httpx.Timeout:
    if isinstance(timeout, httpx.Timeout):
        return httpx.Timeout(**{name: finite(value) for name, value in timeout.as_dict().items()})
    if timeout is None:
        return httpx.Timeout(None)
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0:
        raise InputError(f"timeout is {timeout!r}; expected a number of seconds above 0, an httpx.Timeout, or None.")
    return httpx.Timeout(connect=min(5.0, timeout), write=min(60.0, timeout), read=finite(timeout), pool=None)


def finite(seconds: float | None) -> float | None:
    """None for what is as good as for ever: the system's own clock types overflow beyond some hundred years."""
    return None if seconds is None or seconds > FOR_EVER else seconds


def check_policy(retry: RetryPolicy | None) -> RetryPolicy:
    if retry is not None and not isinstance(retry, RetryPolicy):
        raise InputError(
            f"retry is {retry!r:.80}; expected a RetryPolicy, such as RetryPolicy(max_attempts=2), or None."
        )
    return retry or NO_RETRY


def check_listener(on_event: Listener | None) -> None:
    if on_event is not None and (not callable(on_event) or inspect.iscoroutinefunction(on_event)):
        raise InputError(f"on_event is {on_event!r:.80}; expected a plain function of one event, such as log_events().")
    if getattr(on_event, "__name__", "") == "log_events":
        raise InputError("on_event is log_events itself; call it: on_event=log_events().")


def check_headers(headers: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(headers, Mapping):
        raise InputError(f"headers is {headers!r:.80}; expected a mapping of names to values.")
    for name, value in headers.items():
        if not isinstance(name, str):
            raise InputError(f"header name {name!r:.80} is not one.")
        if name.lower() in RESERVED_HEADERS:
            raise InputError(f"header {name!r} cannot be set here: it belongs to the client.")
        if not name.isascii() or not all(c.isalnum() or c in "!#$%&'*+-.^_`|~" for c in name) or not name:
            raise InputError(f"header name {name!r:.80} is not one.")
        if not isinstance(value, str) or not value.isprintable() or not value.isascii():
            raise InputError(
                f"the value of header {name!r} holds line breaks or other characters that a header cannot carry."
            )
    return {name.lower(): value for name, value in headers.items()}  # one replaces another however it is written


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
