"""Both account limits at once, over sliding windows, first come first served; state in memory, a SQLite file or Redis.

    limiter = RateLimiter(store=SQLiteStore("/var/tmp/recraft-limits.db"))
    ticket = limiter.ticket(limiter_key(token), images=4)
    while (delay := ticket.ask()) > 0:
        time.sleep(min(delay, limiter.renew))

`schedule.py` decides, the stores remember, the caller waits and sends.
"""

from ._limiter import LIMITS, MARGIN, RateLimiter, Store, Ticket, limiter_key
from .errors import LimiterUnavailable
from .memory import MemoryStore
from .redis import RedisStore
from .schedule import Limit
from .sqlite import SQLiteStore

__all__ = [
    "LIMITS",
    "MARGIN",
    "Limit",
    "LimiterUnavailable",
    "MemoryStore",
    "RateLimiter",
    "RedisStore",
    "SQLiteStore",
    "Store",
    "Ticket",
    "limiter_key",
]
