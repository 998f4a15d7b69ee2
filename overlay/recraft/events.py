"""What a client tells about its calls, and a listener that writes it to the standard library's logging.

A listener is any function of one `Event`, given as `Recraft(on_event=...)`. It gets no body, no token and no URL.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Literal

import attrs


@attrs.frozen(kw_only=True)
class Event:
    """One attempt, one wait, or the outcome of a call.

    Attributes:
        kind: `attempt` after each attempt, `wait` before each wait, `outcome` once at the end of the call, also when it
            was cancelled.
        call: A number that all events of one call share, unique in the process.
        operation: The operation's id in the specification, such as `createImage`.
        helper: The method that was called, such as `images.generate`. None for a call through `client.raw`.
        model: The model that was asked for, None when the service chose it.
        attempt: Which attempt, counted from 1. 0 for a wait before the first one.
        status: HTTP status, None when no answer was read.
        error: Kind of the error, such as `ReadTimeout` or `RateLimitError`; None on success.
        seconds: How long the attempt or the whole call took, or how long the wait will be. A wait for the rate limit
            that turns out much longer than it was told is told again, with what is left.
        request_id: The service's id for the request, None when it sent none.
        reason: Why there is a wait: `rate limit` (the client's own) or `retry`.
        maybe_charged: Of an outcome: True when the call may have been served and charged although no result was handed
            over, also when it was cancelled in flight.
        credits: Of an outcome: what the call cost in API units, None when the service did not say.
        images: Of an outcome: how many images came.
        waited: Of an outcome: seconds of the call in which it waited for the rate limit.
    """

    kind: Literal["attempt", "wait", "outcome"]
    call: int
    operation: str
    attempt: int
    status: int | None = None
    error: str | None = None
    seconds: float = 0.0
    request_id: str | None = None
    reason: str | None = None
    maybe_charged: bool = False
    helper: str | None = None
    model: str | None = None
    credits: float | None = None
    images: int = 0
    waited: float = 0.0


Listener = Callable[[Event], None]


@attrs.frozen
class Log:
    """A listener that logs. A client that has it writes no log of its own."""

    logger: logging.Logger

    def __call__(self, event: Event) -> None:
        log, what = self.logger.log, event.error or event.status
        match event.kind:
            case "wait":
                level = logging.WARNING if event.reason == "retry" else logging.DEBUG
                log(level, "%s: waiting %.2f s (%s)", event.operation, event.seconds, event.reason)
            case "attempt":
                told = "%s: attempt %d: %s in %.2f s"
                log(logging.DEBUG, told, event.operation, event.attempt, what, event.seconds)
            case "outcome":
                level = logging.WARNING if event.error else logging.INFO
                log(level, "%s: %s after %d attempt(s), %.2f s", event.operation, what, event.attempt, event.seconds)


def log_events(logger: logging.Logger | str = "recraft") -> Listener:
    """A listener that logs more than a client does by itself, to a logger of your choice: retries and failures as
    warnings, outcomes as info, the rest as debug.
    """
    return Log(logging.getLogger(logger) if isinstance(logger, str) else logger)
