"""The limiter as callers see it: a value that says what is allowed, and one ticket per attempt to send a call."""

from collections.abc import Iterable
from hashlib import sha256
from math import isfinite
from threading import Lock
from typing import Literal, Protocol
from uuid import uuid4

from attrs import field, frozen

from ..errors import InputError
from . import memory
from .schedule import RENEW, Answer, Limit, Rules

LIMITS = (Limit(5, per=1.0, of="requests"), Limit(100, per=60.0, of="images"))
"""What the Recraft API allows each user, over all of the user's tokens."""
MARGIN = 0.015
"""Default safety margin in seconds; `RateLimiter` says how it was chosen."""


def limiter_key(token: str) -> str:
    """The name under which a store keeps an account's state: a hash, so that no store ever sees the token."""
    return sha256(b"recraft limiter\0" + token.encode()).hexdigest()[:32]


@frozen
class Place:
    """Who asks: the account, this reservation's own id, its images, and its place in the queue once it has one."""

    key: str
    images: int
    id: str = field(factory=lambda: uuid4().hex)
    seq: int | None = None


class Store(Protocol):
    """Where the state of all accounts lives. Every method is atomic; `blocking` tells whether it may wait for I/O."""

    @property
    def blocking(self) -> bool: ...
    def ask(self, place: Place, rules: Rules) -> Answer: ...
    def left(self, place: Place) -> None: ...
    def cancel(self, place: Place, probe: int) -> None: ...
    def rejected(self, key: str, probe: int, retry_after: float | None) -> None: ...
    def settled(self, key: str, probe: int) -> None: ...


def _limits(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    return tuple(limits)


def _store(store: Store | None) -> Store:
    return memory.SHARED if store is None else store


@frozen
class RateLimiter:
    """Keeps every sender of an account within its limits, first come first served. Immutable; the state is in `store`.

    In no window of `per` seconds are more calls sent than a limit allows, whatever the delays of the callers. The
    default limits are the API's own (5 requests per second and 100 images per minute and user). Windows slide: which
    kind of window the service uses is not published, and sliding ones satisfy every kind. Limiters that share a store
    and a key must have the same limits.

    `margin`, in seconds (0 or more), is added to every window: the server sees arrivals, not sends, and a call that
    travels faster than one a window earlier arrives closer to it than it was sent. The default of 0.015 is measured
    over loopback on kept-alive connections, 8 threads on 2 cores: of 2,788 windows 99 % were short of their length by
    at most 1.4 ms when they arrived, 99.9 % by 5.4 ms, and the worst by 14.6 ms (with both cores busy otherwise: 99 %
    by 5.4 ms, worst 38 ms). It costs 1.5 % of the speed of the 1 s limit and 0.025 % of the 60 s limit. New connections
    and distant servers vary by more; the 429 that may follow pauses everybody for a moment and loses nothing.

    `store` is a `MemoryStore` shared by the whole process unless given: `SQLiteStore` joins the processes of a host,
    `RedisStore` joins hosts. Raises InputError (a ValueError) for limits or a margin that make no sense.
    """

    limits: tuple[Limit, ...] = field(default=LIMITS, converter=_limits)
    margin: float = field(default=MARGIN, kw_only=True)
    store: Store = field(default=None, converter=_store, kw_only=True, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.limits or not all(isinstance(limit, Limit) for limit in self.limits):
            raise InputError("limits are one or more Limit(cap, per, of); to send without limits use limiter=None")
        if not (isfinite(self.margin) and self.margin >= 0):
            raise InputError(f"margin is a finite number of seconds from 0, got {self.margin!r}")

    @property
    def blocking(self) -> bool:
        """Whether a ticket's methods may wait for I/O; asynchronous callers then run them in a thread."""
        return self.store.blocking

    @property
    def renew(self) -> float:
        """Longest silence of a waiting caller, in seconds: it waits `min(delay, limiter.renew)` and asks again.

        That shows it is alive (after 30 silent seconds others pass it) and lets it move up when one ahead has given up.
        """
        return RENEW

    def ticket(self, key: str, *, images: int) -> "Ticket":
        """A ticket for one call that makes `images` images, 0 for calls that make none. No I/O: `Ticket.ask` queues it.

        `key` names the account (`limiter_key(token)`). Raises InputError (a ValueError) when no wait would let so many images pass.
        """
        if images < 0:
            raise InputError(f"images is a whole number from 0, got {images!r}")
        for limit in self.limits:
            if limit.weight(images) > limit.cap:
                raise InputError(
                    f"a call for {images} images can never be sent: the limit is {limit.cap} images "
                    f"in {limit.per:g} seconds. Ask for fewer images per call"
                )
        return Ticket(self.store, Rules(self.limits, self.margin), Place(key, images))


class Ticket:
    """One call's way through the limiter. Asking, cancelling and reporting may come from different threads.

    Ask until the answer is 0.0, waiting in between; send; then report exactly one of `settled` and `rejected`. After
    `rejected` the same ticket asks again: it keeps its place, ahead of all who came later, and is counted once more.
    A store that fails raises `LimiterUnavailable`.
    """

    def __init__(self, store: Store, rules: Rules, place: Place) -> None:
        self._store, self._rules, self._place = store, rules, place
        self._state: Literal["new", "waiting", "sent", "done"] = "new"
        self._probe = 0
        # A cancelled awaiting caller leaves its ask() running in a worker thread; its cancel() must come after that.
        self._lock = Lock()

    def ask(self) -> float:
        """Seconds to wait before asking again, or 0.0: send now, the call is counted at this moment.

        The first call joins the queue, and its answer is the planned time; while a probe is under way, or a 429 pauses
        the account, it is a lower bound. Asking early is always right: it never costs the place in the queue.
        Raises RuntimeError when the ticket was sent and not rejected since, or was cancelled.
        """
        with self._lock:
            if self._state in ("sent", "done"):
                raise RuntimeError("this ticket was already sent or given back; take a new one for another call")
            answer = self._store.ask(self._place, self._rules)
            self._place = Place(self._place.key, self._place.images, self._place.id, answer.seq)
            self._probe = answer.probe
            self._state = "waiting" if answer.delay > 0 else "sent"
            return answer.delay

    def left(self) -> None:
        """The call leaves only now: count it at this moment in place of the one it was let go.

        Worth a call when something came in between, such as a new connection: what leaves late arrives closer to those behind it.
        """
        with self._lock:
            if self._state == "sent":
                self._store.left(self._place)

    def cancel(self) -> None:
        """Give the reservation back, also one stamped but then not sent. Does nothing once reported or cancelled.

        Call it only when not a byte was sent; a call that failed on its way is `settled`.
        """
        with self._lock:
            if self._state in ("waiting", "sent"):
                self._store.cancel(self._place, self._probe)
            self._state = "done"

    def rejected(self, retry_after: float | None = None) -> None:
        """A 429 came: pause everyone on this account, then let one probe through and the others after its success.

        `retry_after` is in seconds, 0 or more (an hour at most counts); without it the pause is 1 s and doubles with
        each probe that is rejected, up to 30 s. Raises RuntimeError when the ticket is not sent, InputError for a bad
        number.
        """
        if retry_after is not None and not retry_after >= 0:
            raise InputError(f"retry_after is a number of seconds from 0, or None, got {retry_after!r}")
        with self._lock:
            if self._state != "sent":
                raise RuntimeError("only a ticket that was sent can be rejected")
            self._store.rejected(self._place.key, self._probe, retry_after)
            self._place = Place(self._place.key, self._place.images, seq=self._place.seq)  # the sent one stays counted
            self._state = "new"

    def settled(self) -> None:
        """Any other outcome of a sent ticket, success or failure. Free of I/O unless this was a probe. Idempotent."""
        with self._lock:
            if self._state == "sent" and self._probe:
                self._store.settled(self._place.key, self._probe)
            self._state = "done"
