"""The client that a command calls with."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recraft import InputError, MemoryStore, RateLimiter, Recraft, RedisStore, SQLiteStore

from .common import Common
from .profiles import Access, access, cache_folder, need_token
from .telling import say

#: A token that is none, for what needs no account.
NOBODYS = "nobody's"


@contextlib.contextmanager
def opened(common: Common, listener: Any = None, *, needs_token: bool = True) -> Iterator[Recraft]:
    """A client as the flags, the environment and the profile say; with --sandbox, one of a sandbox of its own."""
    if common.sandbox:
        with _of_sandbox(common, listener) as client:
            yield client
        return
    wanted = access(common.profile, common.base_url, os.environ)
    token = need_token(wanted) if needs_token and not common.dry_run else wanted.token or NOBODYS
    with client_of(token, wanted, common, listener) as client:
        yield client


def client_of(token: str, wanted: Access, common: Common, listener: Any = None) -> Recraft:
    """A client with this token."""
    paced = None if common.dry_run else limiter(wanted.limiter)
    return Recraft(token, base_url=wanted.base_url, limiter=paced, on_event=listening(listener), **_options(common))


def _options(common: Common) -> dict[str, Any]:
    options: dict[str, Any] = {} if common.timeout is None else {"timeout": common.timeout}
    if common.dry_run:
        from .dry import Dry

        options |= {"transport": Dry(), "retry": None}
    return options


def listening(listener: Any) -> Any:
    """A listener that is told of events, and keeps the client's own log from the terminal unless it was asked for."""
    logger = logging.getLogger("recraft")
    if not os.environ.get("RECRAFT_LOG") and not logger.handlers:
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    return listener


def limiter(wanted: str | None) -> RateLimiter | None:
    """The limiter: by default one that all shells of this user share."""
    if wanted == "none":
        return None
    if wanted == "memory":
        return RateLimiter(store=MemoryStore())
    if wanted and wanted.startswith(("redis://", "rediss://", "unix://")):
        try:
            return RateLimiter(store=RedisStore(wanted))
        except ImportError as missing:
            raise InputError(f"{missing.name or 'redis'} is not installed: pip install 'recraft-sdk[redis]'") from None
    if wanted:
        return RateLimiter(store=SQLiteStore(Path(wanted).expanduser()))
    try:
        return RateLimiter(store=SQLiteStore(cache_folder() / "limits.db"))
    except OSError as error:
        say(f"the limits are not shared with other shells: {error.strerror}: {error.filename}")
        return RateLimiter(store=MemoryStore())


@contextlib.contextmanager
def _of_sandbox(common: Common, listener: Any) -> Iterator[Recraft]:
    try:
        from recraft.sandbox import Sandbox
    except ImportError as missing:
        raise InputError(f"{missing.name} is not installed: pip install 'recraft-sdk[sandbox]'") from None
    sandbox = Sandbox(limits=False, small_pictures=True)
    options = {"transport": sandbox.transport(), **_options(common)}
    with Recraft(sandbox.token, limiter=None, on_event=listening(listener), **options) as client:
        yield client
