"""When may a call be sent? Pure functions of rows, limits and the time; every store obeys them.

A store keeps two lists per account: the calls *sent* (stamps, facts) and the *queue* of calls planned (promises). A
caller's turn is worked out from every stamp and from the plans of those ahead of it in the queue, never from its own
old plan, so a caller that comes late is checked again. `reserve.lua` says the same for a Redis server.
"""

from collections.abc import Iterable
from math import isfinite
from typing import Literal, NamedTuple

from attrs import evolve, field, frozen

from ..errors import InputError

LEASE = 30.0
"""Seconds of silence after which a waiting caller, or a probe, is taken for dead. Its slot is free again."""
RENEW = 10.0
"""Seconds within which a waiting caller asks again: a third of `LEASE`, so one or two missed turns do no harm."""
PROBE_POLL = 0.1
"""Seconds between two looks at a probe that is still under way."""
MAX_BACKOFF = 30.0
"""Longest pause, in seconds, after a 429 that names none: 1, 2, 4, ... up to this."""
MAX_PAUSE = 3600.0
"""Longest pause, in seconds, a 429 can ask for: a probe per hour costs nothing, a mistaken header must not stop all."""
IDLE = 7200.0
"""Seconds after its last call at which an account may be forgotten; longer than any pause."""
CLOCK_STEP = 1.0
"""Seconds a stored time may lie further ahead than it ever could before the clock is taken to have been set back."""


@frozen
class Limit:
    """At most `cap` requests, or images, in any `per` seconds.

    `cap` is a whole number from 1, `per` a finite number of seconds above 0, `of` is "requests" or "images"; anything
    else raises InputError (a ValueError).
    """

    cap: int = field()
    per: float = field()
    of: Literal["requests", "images"] = field()

    def __attrs_post_init__(self) -> None:
        if isinstance(self.cap, bool) or not isinstance(self.cap, int) or self.cap < 1:
            raise InputError(f"a limit's cap is a whole number from 1, got {self.cap!r}")
        if not (isfinite(self.per) and self.per > 0):
            raise InputError(f"a limit's window `per` is a finite number of seconds above 0, got {self.per!r}")
        if self.of not in ("requests", "images"):
            raise InputError(f'a limit counts "requests" or "images", got {self.of!r}')

    def weight(self, images: int) -> int:
        """What one call for so many images takes from this limit."""
        return 1 if self.of == "requests" else images


@frozen
class Rules:
    """The limits that hold together, and the margin in seconds added to each window."""

    limits: tuple[Limit, ...]
    margin: float

    @property
    def horizon(self) -> float:
        """Seconds after which a sent call matters to no limit any more."""
        return max(limit.per for limit in self.limits) + self.margin


class Used(NamedTuple):
    """A slot taken: by a call sent `at` this time, or by one ahead in the queue that plans to be."""

    at: float
    images: int
    id: str


class Answer(NamedTuple):
    """Seconds to wait (0.0: stamped, send now), the place in the queue, and for a probe the gate's strikes (else 0)."""

    delay: float
    seq: int
    probe: int


def earliest(used: Iterable[Used], images: int, rules: Rules, not_before: float) -> float:
    """The first time from `not_before` on at which a call for `images` fits every limit and overtakes nobody.

    `used` comes newest first and is read only as far as it matters: at most until every cap is spent.
    """
    at = not_before
    horizon = rules.horizon
    open_limits = [limit for limit in rules.limits if limit.weight(images)]
    calls, total = 1, images
    for row_at, row_images, _ in used:
        at = max(at, row_at)
        if not open_limits or row_at + horizon <= at:
            break
        calls, total = calls + 1, total + row_images
        for limit in open_limits:
            if (calls if limit.of == "requests" else total) > limit.cap:
                # together with all newer rows this one fills the window, so it must have left it
                at = max(at, row_at + limit.per + rules.margin)
                open_limits = [other for other in open_limits if other is not limit]
    return at


@frozen
class Gate:
    """Open (no strikes), or shut by a 429: nobody until `until`, then one probe, and nobody until its outcome is known.

    A probe carries the number of strikes under which it was sent. That tells it apart from calls that were under way
    when the pause began, without comparing times: their late 429s prolong the pause but are no further strike.
    """

    strikes: int = 0
    until: float = 0.0
    probe_until: float = 0.0

    def opens(self, now: float) -> float:
        """The first time at which a call may pass, as far as is known now."""
        if not self.strikes:
            return now
        if self.probe_until > now:
            return min(self.probe_until, now + PROBE_POLL)
        return max(now, self.until)

    def passed(self, now: float) -> "Gate":
        """A call was let through; if the gate is shut, it is the probe and has `LEASE` seconds to report."""
        return evolve(self, probe_until=now + LEASE) if self.strikes else self

    def rejected(self, probe: int, retry_after: float | None, now: float) -> "Gate":
        """A 429 came for a call sent under `probe` strikes (0: not a probe)."""
        news = probe == self.strikes
        strikes = max(1, self.strikes + news)
        pause = min(2.0 ** min(strikes - 1, 16), MAX_BACKOFF) if retry_after is None else min(retry_after, MAX_PAUSE)
        return Gate(strikes, max(self.until, now + pause), 0.0 if news else self.probe_until)

    def settled(self, probe: int) -> "Gate":
        """Another answer came. If it was this gate's probe, the gate opens for all, also when the lease had run out."""
        return Gate() if probe == self.strikes else self

    def returned(self, probe: int) -> "Gate":
        """The probe was never sent after all: the next in the queue may be it."""
        return evolve(self, probe_until=0.0) if probe == self.strikes else self

    def plausible(self, now: float) -> "Gate":
        """This gate, or an open one when its times can only come from a clock that was since set back."""
        late = self.until > now + MAX_PAUSE + CLOCK_STEP or self.probe_until > now + LEASE + CLOCK_STEP
        return Gate() if late else self
