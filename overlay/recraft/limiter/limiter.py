"""The limiter as callers see it: a value that says what is allowed, and one ticket per attempt to send a call."""

from collections.abc import Callable, Iterable
from functools import partial
from hashlib import sha256
from math import inf
from os import urandom
from threading import Lock
from typing import Any, Literal, Protocol

from attrs import Factory, field, frozen

from .._words import shown
from ..errors import InputError
from . import memory, schedule
from .schedule import LET_GO, Answer, Limit, Place, Rules, is_seconds

LIMITS = (Limit(5, per=1.0, of="requests"), Limit(100, per=60.0, of="images"))
"""What the Recraft API allows each user, over all of the user's tokens."""
MARGIN = 0.015
"""Default safety margin in seconds; `RateLimiter` says how it was chosen."""


def limiter_key(token: str) -> str:
    """The name under which a store keeps an account's state: a hash, so that no store ever sees the token."""
    return sha256(b"recraft limiter\0" + token.encode()).hexdigest()[:32]


class Store(Protocol):
    """Where the state of all accounts lives. Every method is atomic; `blocking` tells whether it may wait for I/O."""

    @property
    def blocking(self) -> bool: ...
    def ask(self, place: Place, rules: Rules) -> Answer: ...
    def leave(self, place: Place, rules: Rules) -> Answer: ...
    def cancel(self, place: Place) -> None: ...
    def rejected(self, key: str, probe: int, retry_after: float | None) -> None: ...
    def settled(self, key: str, probe: int) -> None: ...


def _limits(limits: Iterable[Limit]) -> tuple[Limit, ...]:
    try:
        given = tuple(limits)
    except TypeError:
        given = ()
    if not given or not all(isinstance(limit, Limit) for limit in given):
        raise InputError(
            f"limits are one or more Limit(cap, per, of), got {shown(limits)}; to send without limits use limiter=None"
        )
    return given


def _margin(margin: float) -> float:
    if not is_seconds(margin):
        raise InputError(f"margin is a finite number of seconds from 0, got {shown(margin)}")
    return margin


def _store(store: Store | None) -> Store:
    if store is None:
        return memory.SHARED
    if isinstance(store, type) or not callable(getattr(store, "leave", None)):
        raise InputError(f"store is a MemoryStore, SQLiteStore or RedisStore, got {shown(store)}")
    return store


@frozen
class RateLimiter:
    """Keeps every sender of an account within its limits, first come first served. Immutable; the state is in `store`.

    In no window of `per` seconds do more calls leave than a limit allows, whatever the delays of the callers: a call is
    counted at the moment its headers go out (`Ticket.leave`), and one held up on its way, by a TLS handshake for
    instance, waits there when it would leave too close to others. The default limits are the API's own (5 requests per
    second and 100 images per minute and user). Windows slide: which kind of window the service uses is not published,
    and sliding ones satisfy every kind. Limiters that share a store and a key must have the same limits.

    From the moment it is let go until it leaves, a call takes its place in the windows too, so calls that are held up
    for long cost speed: one that comes later than a whole window takes two places.

    A caller that dies while it waits blocks nobody, but keeps the slot it had planned, as if it were sent then, until
    it has been silent for 30 s (180 s at most when its turn was minutes off). So dead callers delay those behind them
    by the time their own calls would have taken: 40 of them at 5 per second by 8 s. And by no more than it takes until
    they are forgotten and the next in the queue asks again: 40 s, or 240 s when their turns were minutes off.

    `margin`, in seconds (0 or more), is added to every window: the server sees arrivals, not sends, and a call that
    travels faster than one a window earlier arrives closer to it than it was sent. The default of 0.015 is measured
    over loopback on kept-alive connections, 8 threads on 2 cores: of 2,788 windows 99 % were short of their length by
    at most 1.4 ms when they arrived, 99.9 % by 5.4 ms, and the worst by 14.6 ms (with both cores busy otherwise: 99 %
    by 5.4 ms, worst 38 ms). It costs 1.5 % of the speed of the 1 s limit and 0.025 % of the 60 s limit. New connections
    and distant servers vary by more; the 429 that may follow pauses everybody for a moment and loses nothing.

    `store` is a `MemoryStore` shared by the whole process unless given: `SQLiteStore` joins the processes of a host,
    `RedisStore` joins hosts. It pickles as these settings; what that means for the state, its store says. Raises
    InputError (a ValueError) for limits or a margin that make no sense.
    """

    limits: tuple[Limit, ...] = field(default=LIMITS, converter=_limits)
    margin: float = field(default=MARGIN, converter=_margin, kw_only=True)
    store: Store = field(default=None, converter=_store, kw_only=True)
    _rules: Rules = field(init=False, eq=False, default=Factory(lambda self: Rules(self.limits, self.margin), True))

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name, '?')!r}" for name in ("limits", "margin"))  # also when half made
        return f"RateLimiter({', '.join(shown)})"

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return partial(type(self), margin=self.margin, store=self.store), (self.limits,)

    @property
    def blocking(self) -> bool:
        """Whether a ticket's methods may wait for I/O; asynchronous callers then run them in a thread."""
        return self.store.blocking

    def renew(self, delay: float) -> float:
        """How long to wait before asking again, in seconds, after a ticket said `delay`: that or less.

        Asking in between shows that the caller is alive (one silent for three times as long is passed by others) and
        lets it move up when one ahead has given up. The longer the way to its turn, the less often: from every 10 s
        for the next two minutes to every 60 s.
        """
        return min(delay, schedule.renew(delay))

    def ticket(self, key: str, *, images: int) -> "Ticket":
        """A ticket for one call that makes `images` images, 0 for calls that make none. No I/O: `Ticket.ask` queues it.

        `key` names the account (`limiter_key(token)`). Raises InputError (a ValueError) when no wait would let so many
        images pass.
        """
        if isinstance(images, bool) or not isinstance(images, int) or not 0 <= images < LET_GO:
            raise InputError(f"images is a whole number from 0, got {shown(images)}")
        for limit in self.limits:
            if limit.weight(images) > limit.cap:
                raise InputError(
                    f"a call for {images} images can never be sent: the limit is {limit.cap} images "
                    f"in {limit.per:g} seconds. Ask for fewer images per call"
                )
        return Ticket(self.store, self._rules, key, images)


class Ticket:
    """One call's way through the limiter. Asking, leaving, cancelling and reporting may come from different threads.

    Ask until the answer is 0.0, waiting in between. When the headers are about to go out, call `leave` until it says
    0.0 too. Then report exactly one of `settled` and `rejected`. After `rejected` the same ticket asks again: it keeps
    its place, ahead of all who came later, and is counted once more. A store that fails raises `LimiterUnavailable`;
    then nothing may be sent.
    """

    __slots__ = ("_lock", "_place", "_rules", "_state", "_store")

    def __init__(self, store: Store, rules: Rules, key: str, images: int) -> None:
        self._store, self._rules = store, rules
        self._place = Place(key, images, urandom(16).hex())
        self._state: Literal["new", "waiting", "let go", "held", "done"] = "new"
        # A cancelled awaiting caller leaves its ask() running in a worker thread; its cancel() must come after that.
        self._lock = Lock()

    def ask(self) -> float:
        """Seconds to wait before asking again (`RateLimiter.renew` says how long at most), or 0.0: go.

        The first call joins the queue, and its answer is the planned time; while a probe is under way, or a 429 pauses
        the account, it is a lower bound. Asking early is always right: it never costs the place in the queue.
        Raises RuntimeError when the ticket was let go and not rejected since, or was cancelled.
        """
        with self._lock:
            if self._state not in ("new", "waiting"):
                raise RuntimeError("this ticket was already sent or given back; take a new one for another call")
            answer = self._store.ask(self._place, self._rules)
            self._take(answer)
            self._state = "waiting" if answer.delay > 0 else "let go"
            return answer.delay

    def leave(self) -> float:
        """Call it when the headers are about to go out. 0.0: send them, the call is counted at this moment.

        Otherwise the seconds to wait, 10 at most, before calling it again: too many others have been let go since this
        call was, or a 429 pauses the account. It waits ahead of all that were not let go yet. To be called again
        whenever something delays the headers further, such as a proxy; each time counts in place of the one before.
        Free of I/O as long as `margin` covers the delay (see `Rules.slack`).
        Raises RuntimeError when the ticket was not let go, or is reported or cancelled: then nothing may be sent.
        """
        with self._lock:
            if self._state not in ("let go", "held"):
                raise RuntimeError("this ticket may not leave: it was not let go by ask(), or is over")
            answer = self._store.leave(self._place, self._rules)
            self._take(answer)
            self._state = "held" if answer.delay > 0 else "let go"
            return min(answer.delay, schedule.RENEW)

    def cancel(self) -> None:
        """Give the reservation back, also one let go but then not sent. Does nothing once reported or cancelled.

        Call it only when not a byte was sent; a call that failed on its way is `settled`.
        """
        with self._lock:
            if self._state in ("waiting", "let go", "held"):
                self._store.cancel(self._place)
            self._state = "done"

    def rejected(self, retry_after: float | None = None) -> None:
        """A 429 came: pause everyone on this account, then let one probe through and the others after its success.

        `retry_after` is in seconds, 0 or more (an hour at most counts); without it the pause is 1 s and doubles with
        each probe that is rejected, up to 30 s. Raises RuntimeError when the ticket is not sent, InputError for a bad
        number.
        """
        if retry_after is not None and retry_after != inf and not is_seconds(retry_after):
            raise InputError(f"retry_after is a number of seconds from 0, or None, got {shown(retry_after)}")
        with self._lock:
            if self._state not in ("let go", "held"):
                raise RuntimeError("only a ticket that was sent can be rejected")
            place = self._place
            if self._state == "held":
                self._store.cancel(place)
            self._store.rejected(place.key, place.probe, retry_after)
            # under another id, as the sent one stays counted
            self._place = Place(place.key, place.images, urandom(16).hex(), place.seq)
            self._state = "new"

    def settled(self) -> None:
        """Any other outcome of a sent ticket, success or failure. Free of I/O unless this was a probe. Idempotent.

        One that was told to wait by `leave` and did not leave after that was not sent, so it is given back.
        """
        with self._lock:
            if self._state == "held":
                self._store.cancel(self._place)
            elif self._state == "let go" and self._place.probe:
                self._store.settled(self._place.key, self._place.probe)
            self._state = "done"

    def _take(self, answer: Answer) -> None:
        place = self._place
        place.seq, place.probe, place.at = answer.seq, answer.probe, -inf if answer.delay > 0 else answer.at
