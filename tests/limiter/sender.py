"""A process of its own that sends through a shared store: `sender.py STORE KEY COUNT`, or DIE in place of the count."""

import os
import sys
import time

from recraft.limiter import Limit, RateLimiter, RedisStore, SQLiteStore

# The last limit holds nobody up; it makes the store keep the stamps of the whole run.
LIMITS = (
    Limit(5, per=0.1, of="requests"),
    Limit(8, per=0.25, of="images"),
    Limit(10_000, per=600.0, of="requests"),
)
MARGIN = 0.005


def main(where: str, key: str, count: str) -> None:
    store = RedisStore(where) if where.startswith("unix:") else SQLiteStore(where)
    limiter = RateLimiter(LIMITS, margin=MARGIN, store=store)
    if count == "DIE":  # with one call under way and several in the queue
        while limiter.ticket(key, images=2).ask() < 0.3:
            pass
        os._exit(9)
    for number in range(int(count)):
        ticket = limiter.ticket(key, images=number % 3)
        while (delay := ticket.ask()) > 0:
            time.sleep(limiter.renew(delay))
        time.sleep(0.15 if number % 4 == 0 else 0.0)  # a connection that takes longer than a window
        while (delay := ticket.leave()) > 0:
            time.sleep(delay)
        ticket.settled()


if __name__ == "__main__":
    main(*sys.argv[1:])
