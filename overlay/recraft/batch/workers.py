"""What runs on the workers of a cluster. A task carries no client and no token: each worker makes its own.

A scheduler runs a task again when its worker is gone, and a call must not be made again. So before a call goes out its
worker claims it in Redis, where one claim in all can be had; and what came of it is left there too, for a driver that
the scheduler cannot tell any more.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable, Mapping
from typing import Any

import attrs

import recraft
from recraft import Event, Image, InputError, RateLimiter, Recraft, RecraftError, RedisStore
from recraft.errors import shown

from .engine import After, told
from .operations import operation
from .pace import current

#: Seconds for which a claim is kept, and an answer: the addresses in it live a day.
CLAIM, REPORT = 30 * 86_400, 86_400


@attrs.frozen
class Account:
    """An account that workers call through.

    Attributes:
        name: What the journal calls it.
        token: The environment variable of the workers that has its token, or a function that returns it there.
        base_url: Where its API is; None as for a client.
    """

    name: str = "account"
    token: str | Callable[[], str] = attrs.field(default="RECRAFT_API_TOKEN", repr=False)
    base_url: str | None = None

    def client(self, redis_url: str) -> Recraft:
        """A client of this account, with its limits shared through Redis."""
        token = self.token() if callable(self.token) else os.environ.get(self.token)
        if not token:
            where = "its function gave none" if callable(self.token) else f"{shown(self.token)} is not set there"
            raise InputError(f"a worker has no token for the account {shown(self.name)}: {where}.")
        limiter = RateLimiter(store=RedisStore(redis_url))
        return Recraft(token, base_url=self.base_url, limiter=limiter, on_event=_hear)


class Claims:
    """Who may make which call, and what came of it, in Redis."""

    def __init__(self, redis_url: str) -> None:
        import redis

        self._redis = redis.Redis.from_url(redis_url, socket_timeout=10, socket_connect_timeout=10)

    def claim(self, call: str) -> bool:
        """Whether this call is the caller's to make: true once, whoever asks, and however often."""
        return bool(self._redis.set(f"{call}:claim", 1, nx=True, ex=CLAIM))

    def report(self, call: str, outcome: str) -> None:
        self._redis.set(f"{call}:report", outcome, ex=REPORT)

    def reported(self, call: str) -> str | None:
        found: Any = self._redis.get(f"{call}:report")
        return None if found is None else found.decode()

    def forget(self, call: str) -> None:
        """The journal has it now; signed addresses stay nowhere longer than they have to."""
        self._redis.delete(f"{call}:report")


def make_call(account: Account, redis_url: str, call: str, name: str, arguments: Mapping[str, Any]) -> str | None:
    """Make a call, at most once in the world, and say what came of it. None: it was claimed by another before."""
    client, claims = _client(account, redis_url), _claims(redis_url)
    if not claims.claim(call):
        return None
    heard: list[float] = []
    before = current.set(heard)
    try:
        result = operation(name).of(client)(**arguments)
        said: dict[str, Any] = {"result": None if result is None else result.to_dict()}
    except RecraftError as error:
        said = {"error": error.to_dict()}
    finally:
        current.reset(before)
    outcome = json.dumps({**said, "waited": sum(heard)})
    with contextlib.suppress(Exception):  # the scheduler may still bring it home
        claims.report(call, outcome)
    return outcome


def ask(account: Account, redis_url: str, name: str) -> str:
    """A call that changes nothing and costs nothing."""
    try:
        result = operation(name).of(_client(account, redis_url))()
    except RecraftError as error:
        return json.dumps({"error": error.to_dict()})
    return json.dumps({"result": result.to_dict()})


def fetch(
    account: Account, redis_url: str, image: Mapping[str, Any], after: After | None, job: Mapping[str, Any]
) -> tuple[bytes, Any] | dict[str, Any]:
    """The bytes of an image, and what the user's function says of it; or the error as a dict."""
    try:
        data = _client(account, redis_url).fetch(Image.from_dict(image))
    except RecraftError as error:
        return error.to_dict()
    return data, None if after is None else told(after, data, job)


def read(outcome: str) -> tuple[Any, float]:
    """What came of a call, result or error, and how many seconds it waited for the rate limit."""
    said = json.loads(outcome)
    waited = said.get("waited", 0.0)
    if "error" in said:
        return RecraftError.from_dict(said["error"]), waited
    data = said["result"]
    return None if data is None else getattr(recraft, data["type"]).from_dict(data), waited


def _hear(event: Event) -> None:
    if event.kind == "outcome" and isinstance(heard := current.get(None), list):
        heard.append(event.waited)


@functools.lru_cache(maxsize=64)
def _client(account: Account, redis_url: str) -> Recraft:
    return account.client(redis_url)


@functools.lru_cache(maxsize=64)
def _claims(redis_url: str) -> Claims:
    return Claims(redis_url)
