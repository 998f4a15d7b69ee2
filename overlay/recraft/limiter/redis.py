"""State on a Redis server, for any number of hosts: `reserve.lua` runs there, on the server's clock."""

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .._core.clock import clock as local
from .._portable import Single
from ..errors import InputError
from . import schedule
from .errors import LimiterUnavailable
from .schedule import Answer, Place, Rules, is_seconds

if TYPE_CHECKING:
    from redis import Redis


class RedisStore(Single):
    """Keeps the state on a Redis server, version 5 or later, under keys that start with `prefix`.

    Takes a `redis.Redis` client or a URL; a client made from a URL waits 5 seconds for the server at most. The
    server's clock decides, so the clocks of hosts need not agree; `clock`, meant for tests, replaces it. An account's
    keys expire two hours after its last call. A server that forgets everything forgets what was sent as well, so a
    window may hold up to twice its cap then; those who wait keep their order.

    One that was given a URL pickles as it, so each process makes connections of its own; the pickle holds the URL's
    password. One that was given a client does not pickle. Safe across fork.

    Raises ImportError when the redis package is missing, InputError (a ValueError) for what is neither client nor URL,
    and `LimiterUnavailable` when the server does not answer as it should.
    """

    blocking = True

    def __init__(
        self, client: "Redis | str", *, prefix: str = "recraft", clock: Callable[[], float] | None = None
    ) -> None:
        try:
            import redis
            import redis.asyncio
        except ImportError as error:
            raise ImportError("RedisStore needs the redis package: pip install 'recraft-sdk[redis]'") from error
        self._url = client if isinstance(client, str) else None
        if isinstance(client, str):
            try:
                client = redis.Redis.from_url(client, socket_timeout=5, socket_connect_timeout=5)
            except ValueError:  # which may repeat the URL, and with it the password
                raise InputError(
                    "RedisStore was given a URL it cannot use; expected redis://, rediss:// or unix://, as in "
                    "redis://localhost:6379"
                ) from None
        elif isinstance(client, redis.asyncio.Redis) or not callable(getattr(client, "register_script", None)):
            raise InputError(
                f"RedisStore takes a redis.Redis client or a URL, got a {type(client).__name__}; an AsyncRecraft uses "
                "the blocking client too, in threads"
            )
        self.prefix = prefix
        self.clock = clock
        self._local = clock or local.now
        self._script = client.register_script(_source())

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        if self._url is None:
            raise TypeError(
                "a RedisStore that was given a client does not travel to another process: the client holds "
                "connections. Give it a URL, as in RedisStore('redis://host:6379'), or make one in each process."
            )
        return partial(type(self), prefix=self.prefix, clock=self.clock), (self._url,)

    def ask(self, place: Place, rules: Rules) -> Answer:
        return self._turn("ask", place, rules)

    def leave(self, place: Place, rules: Rules) -> Answer:
        """Free of I/O when the call leaves at once; the time that took is measured from before it was let go."""
        if 0 <= self._local() - place.at < rules.slack:
            return Answer(0.0, place.seq or 0, place.probe, place.at)
        return self._turn("leave", place, rules)

    def cancel(self, place: Place) -> None:
        self._run("cancel", place.key, _member(place), place.probe)

    def rejected(self, key: str, probe: int, retry_after: float | None) -> None:
        self._run("rejected", key, "", probe, "" if retry_after is None else repr(float(min(retry_after, 1e9))))

    def settled(self, key: str, probe: int) -> None:
        self._run("settled", key, "", probe)

    def _turn(self, operation: str, place: Place, rules: Rules) -> Answer:
        limits = [
            number
            for limit in rules.limits
            for number in (repr(float(limit.per)), limit.cap, limit.weight(0), limit.weight(1) - limit.weight(0))
        ]
        seq = "" if place.seq is None else place.seq
        began = self._local()
        answer = self._run(
            operation, place.key, _member(place), place.probe, place.images, seq, repr(float(rules.margin)),
            repr(float(rules.horizon)), *limits,
        )  # fmt: skip
        try:
            delay, seq, probe = answer
            answer = Answer(float(delay), int(seq), int(probe), began)
        except (TypeError, ValueError, OverflowError) as error:
            raise _unavailable(f"it answered a {type(answer).__name__}") from error
        if not is_seconds(answer.delay):
            raise _unavailable("it answered no number of seconds")
        return answer

    def _run(self, operation: str, key: str, *arguments: str | int) -> Any:
        # The braces keep an account's keys on one node of a cluster.
        keys = [f"{self.prefix}:{{{key}}}:{name}" for name in ("waiting", "plan", "expires", "sent", "state")]
        now = "" if self.clock is None else repr(self.clock())
        try:
            return self._script(keys=keys, args=[operation, now, *arguments])
        except Exception as error:  # its own, and whatever a client makes of an answer that is none
            raise _unavailable(type(error).__name__) from error


def _unavailable(reason: str) -> LimiterUnavailable:
    return LimiterUnavailable(
        f"the limiter's Redis server cannot be used ({reason}). Check that it runs, is reachable and lets this client "
        "run scripts"
    )


def _source() -> str:
    names = ("CLOCK_STEP", "LEASE", "RENEW", "FAR_RENEW", "LET_GO", "PROBE_POLL", "MAX_BACKOFF", "MAX_PAUSE", "IDLE")
    constants = "".join(f"local {name} = {getattr(schedule, name)!r}\n" for name in names)
    return constants + files("recraft.limiter").joinpath("reserve.lua").read_text("utf-8")


def _member(place: Place) -> str:
    return f"{place.images}:{place.id}"
