"""State on a Redis server, for any number of hosts: `reserve.lua` runs there, on the server's clock."""

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from . import schedule
from .errors import LimiterUnavailable
from .schedule import Answer, Rules

if TYPE_CHECKING:
    from redis import Redis

    from ._limiter import Place


class RedisStore:
    """Keeps the state on a Redis server, version 5 or later, under keys that start with `prefix`.

    Takes a `redis.Redis` client or a URL; a client made from a URL waits 5 seconds for the server at most. The
    server's clock decides, so the clocks of hosts need not agree; `clock`, meant for tests, replaces it. An account's
    keys expire two hours after its last call. Raises ImportError when the redis package is missing, and
    `LimiterUnavailable` when the server does not answer as it should.
    """

    blocking = True

    def __init__(
        self, client: "Redis | str", *, prefix: str = "recraft", clock: Callable[[], float] | None = None
    ) -> None:
        try:
            import redis
            import redis.exceptions
        except ImportError as error:
            raise ImportError("RedisStore needs the redis package: pip install 'recraft-sdk[redis]'") from error
        if isinstance(client, str):
            client = redis.Redis.from_url(client, socket_timeout=5, socket_connect_timeout=5)
        self.prefix = prefix
        self.clock = clock
        self._failures = redis.exceptions.RedisError
        self._script = client.register_script(_source())

    def ask(self, place: "Place", rules: Rules) -> Answer:
        limits = [
            number
            for limit in rules.limits
            for number in (repr(limit.per), limit.cap, limit.weight(0), limit.weight(1) - limit.weight(0))
        ]
        seq = "" if place.seq is None else place.seq
        delay, seq, probe = self._run(
            "ask", place.key, _member(place), 0, place.images, seq, repr(rules.margin), repr(rules.horizon), *limits
        )
        return Answer(float(delay), int(seq), int(probe))

    def left(self, place: "Place") -> None:
        self._run("left", place.key, _member(place), 0)

    def cancel(self, place: "Place", probe: int) -> None:
        self._run("cancel", place.key, _member(place), probe)

    def rejected(self, key: str, probe: int, retry_after: float | None) -> None:
        self._run("rejected", key, "", probe, "" if retry_after is None else repr(float(min(retry_after, 1e9))))

    def settled(self, key: str, probe: int) -> None:
        self._run("settled", key, "", probe)

    def _run(self, operation: str, key: str, *arguments: str | int) -> Any:
        # The braces keep an account's keys on one node of a cluster.
        keys = [f"{self.prefix}:{{{key}}}:{name}" for name in ("queue", "plan", "seen", "sent", "state")]
        now = "" if self.clock is None else repr(self.clock())
        try:
            return self._script(keys=keys, args=[operation, now, *arguments])
        except self._failures as error:
            raise LimiterUnavailable(
                f"the limiter's Redis server cannot be used ({type(error).__name__}). Check that it runs, is reachable "
                "and lets this client run scripts"
            ) from error


def _source() -> str:
    names = ("CLOCK_STEP", "LEASE", "PROBE_POLL", "MAX_BACKOFF", "MAX_PAUSE", "IDLE")
    constants = "".join(f"local {name} = {getattr(schedule, name)!r}\n" for name in names)
    return constants + files("recraft.limiter").joinpath("reserve.lua").read_text("utf-8")


def _member(place: "Place") -> str:
    return f"{place.images}:{place.id}"
