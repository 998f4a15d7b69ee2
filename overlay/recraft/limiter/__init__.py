"""Both account limits at once, over sliding windows, first come first served; state in memory, a SQLite file or Redis.

    limiter = RateLimiter(store=SQLiteStore(Path.home() / ".recraft-limits.db"))
    ticket = limiter.ticket(limiter_key(token), images=4)
    while (delay := ticket.ask()) > 0:
        time.sleep(limiter.renew(delay))
    ...  # connect; then, as the headers are about to go out:
    while (delay := ticket.leave()) > 0:
        time.sleep(delay)
    ...  # send, and read the answer
    ticket.settled()

All processes that use the account must name the same file, and no cleaner of temporary folders may find it.

`schedule.py` decides, the stores remember, the caller waits and sends.
"""

from .errors import LimiterUnavailable
from .limiter import LIMITS, MARGIN, RateLimiter, Store, Ticket, limiter_key
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
