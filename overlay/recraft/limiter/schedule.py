"""When may a call be sent? Pure functions of rows, limits and the time; every store obeys them.

A store keeps two lists per account: the calls *sent* (stamps, facts) and the *queue* of calls planned (promises). A
caller's turn is worked out from every stamp and from the plans of those ahead of it in the queue, never from its own
old plan, so a caller that comes late is checked again. `reserve.lua` says the same for a Redis server.

A caller passes twice: it is let go, and later it leaves, when its headers go out. Leaving takes its stamp away and asks
again. A stamp that goes can break no limit, and the new one is checked like any other against all that were sent. One
that may not leave yet waits in the same queue, ahead of all that were not let go (`LET_GO`).
"""

from collections.abc import Iterable
from math import inf
from typing import Any, Literal, NamedTuple

from attrs import Factory, define, evolve, field, frozen

from .._words import shown
from ..errors import InputError

LEASE = 30.0
"""Seconds of silence after which a probe is taken for dead, and a waiting caller whose turn is near (see `lease`)."""
RENEW = 10.0
"""Seconds within which a waiting caller whose turn is near asks again."""
FAR_RENEW = 60.0
"""The same for one whose turn is far off, at most (see `renew`)."""
LET_GO = 2**52
"""A call that was let go and waits to leave has its old place in the queue less this, ahead of all that were not."""
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
        if isinstance(self.cap, bool) or not isinstance(self.cap, int) or not 0 < self.cap < LET_GO:
            raise InputError(f"a limit's cap is a whole number from 1, got {shown(self.cap)}")
        if not is_seconds(self.per) or self.per == 0:
            raise InputError(f"a limit's window `per` is a finite number of seconds above 0, got {shown(self.per)}")
        if self.of not in ("requests", "images"):
            raise InputError(f'a limit counts "requests" or "images", got {shown(self.of)}')

    def weight(self, images: int) -> int:
        """What one call for so many images takes from this limit."""
        return 1 if self.of == "requests" else images


@frozen
class Rules:
    """The limits that hold together, and the margin in seconds added to each window.

    A stamp matters to no limit any more after `horizon` seconds. `slack` is how late, in seconds, a call may leave
    without asking again; a store for which asking is I/O makes use of it. Two calls that are `per + margin` apart when
    they are let go are then at least `per + margin - slack` apart when they leave, because the earlier one leaves at
    most `slack` late and the later one never early. So the windows of `per` hold all the same, and the server's jitter
    has four fifths of the margin left. Without a margin there is no slack.
    """

    limits: tuple[Limit, ...]
    margin: float
    horizon: float = field(init=False, default=Factory(lambda self: _longest(self.limits) + self.margin, True))
    slack: float = field(init=False, default=Factory(lambda self: self.margin / 5, True))
    _windows: dict[int, list["Window"]] = field(init=False, factory=dict, eq=False)

    def windows(self, images: int) -> list["Window"]:
        """What limits a call for so many images."""
        if images not in self._windows:
            limits = [limit for limit in self.limits if limit.weight(images)]
            self._windows[images] = [Window(x.cap, x.per + self.margin, x.of == "images") for x in limits]
        return self._windows[images]


class Window(NamedTuple):
    """A limit as `earliest` reads it: at most `cap` images, or calls, in any `width` seconds."""

    cap: int
    width: float
    of_images: bool


@define
class Place:
    """Who asks: the account, the images, this reservation's own id, and what the store last answered.

    `seq` is its place in the queue once it has one, `probe` and `at` are those of the last `Answer` that let it go.
    """

    key: str
    images: int
    id: str
    seq: int | None = None
    probe: int = 0
    at: float = -inf


class Used(NamedTuple):
    """A slot taken: by a call sent `at` this time, or by one ahead in the queue that plans to be."""

    at: float
    images: int
    id: str


class Answer(NamedTuple):
    """Seconds to wait (0.0: stamped, go), place in the queue, for a probe the gate's strikes (else 0), and the time.

    The time is on a clock the store can read without I/O, and not later than the moment of the stamp.
    """

    delay: float
    seq: int
    probe: int
    at: float


def is_seconds(value: Any) -> bool:
    """Whether this is a finite number from 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e300


def _longest(limits: tuple[Limit, ...]) -> float:
    return max(limit.per for limit in limits)


def renew(delay: float) -> float:
    """Seconds within which a caller that was told to wait for `delay` seconds asks again.

    One whose turn is far off asks less often: 10,000 callers in a queue of 5 per second come to 275 questions a second,
    not to 1,000.
    """
    return min(max(RENEW, delay / 12), FAR_RENEW)


def lease(delay: float) -> float:
    """Seconds of silence after which such a caller is taken for dead: two missed turns do no harm."""
    return 3 * renew(delay)


def earliest(used: Iterable[Used], images: int, rules: Rules, not_before: float) -> float:
    """The first time from `not_before` on at which a call for `images` fits every limit and overtakes nobody.

    `used` comes newest first and is read only as far as it matters: at most until every cap is spent.
    """
    at = not_before
    horizon = rules.horizon
    windows = rules.windows(images)
    calls, total = 1, images
    for row_at, row_images, _ in used:
        if row_at > at:
            at = row_at
        if not windows or row_at + horizon <= at:
            break
        calls += 1
        total += row_images
        for window in windows:
            cap, width, of_images = window
            if (total if of_images else calls) > cap:
                # together with all newer rows this one fills the window, so it must have left it
                at = max(at, row_at + width)
                windows = [other for other in windows if other is not window]
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

    def opens(self, now: float, probe: int = 0) -> float:
        """The first time at which a call may pass, as far as is known now. The probe itself waits for no probe."""
        if not self.strikes:
            return now
        if self.probe_until > now and probe != self.strikes:
            return min(self.probe_until, now + PROBE_POLL)
        return max(now, self.until)

    def passed(self, now: float) -> "Gate":
        """A call was let through; if the gate is shut, it is the probe and has `LEASE` seconds to leave or report."""
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
        return evolve(self, probe_until=0.0) if self.strikes and probe == self.strikes else self

    def plausible(self, now: float) -> "Gate":
        """This gate, or an open one when its times can only come from a clock that was since set back."""
        late = self.until > now + MAX_PAUSE + CLOCK_STEP or self.probe_until > now + LEASE + CLOCK_STEP
        return Gate() if late else self
