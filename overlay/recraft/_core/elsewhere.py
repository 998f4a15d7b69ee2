"""What other packages call a keyword, and what does the same here: for the error when somebody tries it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_TOKEN = "Recraft(token=...) or client.with_options(token=...) sets it"
_HEADERS = "client.with_options(headers={...}) adds headers"
_RETRY = "client.with_options(retry=RetryPolicy(max_attempts=...)) says how often a call is sent"
_PROXY = "Recraft(proxy=...) or client.with_options(proxy=...) sets it, as HTTPS_PROXY does"
_TRANSPORT = "Recraft(transport=...) takes an httpx.BaseTransport, AsyncRecraft(transport=...) an asynchronous one"
_EXTRA = "extra={...} of a helper sends fields that this version does not know"

HERE = {
    "timeout": "client.with_options(timeout=...) sets it in seconds",
    "headers": _HEADERS,
    "extra_headers": _HEADERS,
    "default_headers": _HEADERS,
    "token": _TOKEN,
    "api_key": _TOKEN,
    "api_token": _TOKEN,
    "base_url": "Recraft(base_url=...) or client.with_options(base_url=...) sets it",
    "max_retries": _RETRY,
    "retries": _RETRY,
    "retry": _RETRY,
    "limiter": "Recraft(limiter=RateLimiter(...)) or client.with_options(limiter=...) sets it",
    "on_event": "client.with_options(on_event=...) sets the listener",
    "proxy": _PROXY,
    "proxies": _PROXY,
    "spool": "Recraft(spool=...) or client.with_options(spool=...) sets the folder",
    "transport": _TRANSPORT,
    "http_client": _TRANSPORT,
    "extra_body": _EXTRA,
    "extra_query": f"{_EXTRA}: in the body, and as query parameters where the operation has none",
}


def hint(keyword: str, known: Iterable[str]) -> str:
    """What to use instead of a keyword that is none of those known: its name here, or one that is spelt like it."""
    if keyword in HERE:
        return f"{HERE[keyword]}."
    from difflib import get_close_matches  # late: few calls have need of it

    close = get_close_matches(keyword, list(known), n=1)
    return f"Did you mean {close[0]}?" if close else ""


def known_keywords(function: Callable[P, T]) -> Callable[P, T]:
    """Let the TypeError for a keyword that a function does not have say what to use instead."""
    parameters = inspect.signature(function).parameters
    known = [name for name, each in parameters.items() if each.kind is each.KEYWORD_ONLY or name == "token"]

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> T:
        for keyword in kwargs:
            if keyword not in parameters:
                what = type(args[0]).__name__ if function.__name__ == "__init__" else function.__name__
                instead = hint(keyword, known) or f"It takes: {', '.join(known)}."
                raise TypeError(f"{what} has no setting {keyword!r}. {instead}")
        return function(*args, **kwargs)

    return checked
