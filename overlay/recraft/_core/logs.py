"""The package's own log: the logger `recraft`, what is worth a line in it, and the environment variable RECRAFT_LOG."""

from __future__ import annotations

import logging
import math
import os
import traceback
from collections.abc import Mapping
from typing import Any

from ..errors import InputError, redacted, shown
from ..events import Event
from .clock import clock

LOGGER = logging.getLogger("recraft")

#: A wait of more seconds is told at INFO.
LONG = 1.0

#: A wait for the rate limit of more seconds is never silent: a warning is shown also where nobody has set up logging.
VERY_LONG = 5.0

#: Seconds in which one such warning is enough: a thousand calls may wait at once.
ENOUGH = 60.0

_warned = -math.inf


def level(kind: str, attempt: int, facts: Mapping[str, Any]) -> int:
    """The level at which an event with these facts is to be logged, 0 when it is not worth a line."""
    global _warned
    if kind == "attempt":
        return logging.DEBUG
    if kind == "outcome":
        return logging.WARNING if facts.get("maybe_charged") else logging.INFO if attempt > 1 else 0
    if facts["reason"] == "rate limit" and facts["seconds"] > VERY_LONG and clock.now() - _warned >= ENOUGH:
        _warned = clock.now()
        return logging.WARNING
    return logging.INFO if facts["seconds"] > LONG else logging.DEBUG


def write(event: Event, level: int) -> None:
    """Log an event."""
    who = event.helper or event.operation
    known = f" (request {event.request_id})" if event.request_id else ""
    what = event.error or event.status
    if event.kind == "attempt":
        LOGGER.log(level, "%s: attempt %d: %s in %.2f s%s", who, event.attempt, what, event.seconds, known)
    elif event.kind == "outcome":
        doubt = ": it may have been served and charged, and nothing was handed over" if event.maybe_charged else ""
        LOGGER.log(level, "%s: %s after %d attempts, %.2f s%s%s", who, what, event.attempt, event.seconds, doubt, known)
    elif event.reason == "retry":
        LOGGER.log(level, "%s: waiting %.2f s before attempt %d", who, event.seconds, event.attempt + 1)
    else:
        LOGGER.log(level, "%s: waiting %.1f s for the account's rate limit", who, event.seconds)


def set_up() -> None:
    """Do what RECRAFT_LOG asks for: show this log, on stderr where the program has not set up logging itself."""
    wanted = os.environ.get("RECRAFT_LOG")
    if not wanted:
        return
    if wanted.lower() not in ("debug", "info"):
        raise InputError(f"RECRAFT_LOG is {shown(wanted)}; expected debug or info.")
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    LOGGER.setLevel(wanted.upper())


def whole_tracebacks() -> bool:
    """Whether errors are to keep every frame of this package: RECRAFT_LOG=debug."""
    return os.environ.get("RECRAFT_LOG", "").lower() == "debug"


def transport_failed(error: Exception, secret: str) -> None:
    """Log where in the transport an attempt broke, with RECRAFT_LOG=debug: the error that is raised does not say it."""
    if whole_tracebacks():
        LOGGER.debug("%s", redacted("".join(traceback.format_exception(error)), secret))
