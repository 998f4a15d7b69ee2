"""What the processes of these tests run: little is imported, for each of them imports it."""

from __future__ import annotations

from recraft._core.clock import clock
from recraft.limiter import RateLimiter, memory

_given: RateLimiter


def may_go(limiter: RateLimiter, key: str = "account") -> bool:
    """Whether a call may go; then it has gone, and counts however long these processes take to start."""
    ticket = limiter.ticket(key, images=1)
    if ticket.ask() > 0:
        ticket.cancel()
        return False
    ticket.leave()
    ticket.settled()
    return True


def keep(limiter: RateLimiter) -> None:
    global _given
    _given = limiter


def may_the_given_go(_: int) -> bool:
    return may_go(_given)


def is_the_processs_own(limiter: RateLimiter) -> bool:
    return limiter.store is memory.SHARED and memory.SHARED.clock == clock.now
