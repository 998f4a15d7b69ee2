"""The account behind the token: its units, and the two limits it shares among all callers."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

from recraft.sandbox.wire import Problem


class Window:
    """A sliding window: in no span of `seconds` more than `limit` are let through."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit, self.seconds = limit, seconds
        self._passed: deque[float] = deque()

    def wait(self, count: int, now: float) -> float:
        """Seconds until `count` more fit, 0.0 when they do now."""
        while self._passed and self._passed[0] <= now - self.seconds:
            self._passed.popleft()
        over = len(self._passed) + count - self.limit
        if over <= 0:
            return 0.0
        # More than the whole limit never fits; the whole window is the honest answer.
        oldest = self._passed[over - 1] if over <= len(self._passed) else now
        return max(oldest + self.seconds - now, 0.001)

    def add(self, count: int, now: float) -> None:
        self._passed.extend([now] * count)

    def left(self, now: float) -> list[float]:
        """How many seconds each of those who were let through still counts."""
        ends = (passed + self.seconds - now for passed in self._passed)
        return [round(end, 3) for end in ends if end > 0]


class Account:
    """Units and limits, safe to use from many threads.

    `balance` is in API units (1,000 units = 1.00 USD). `time_scale` shortens both windows (1 s and 60 s).
    """

    def __init__(
        self, balance: int, *, limits: bool, requests_per_second: int, images_per_minute: int, time_scale: float
    ) -> None:
        self.balance = balance
        self._limits = limits
        self._scale = time_scale
        self._requests = Window(requests_per_second, 1.0 * time_scale)
        self._images = Window(images_per_minute, 60.0 * time_scale)
        self._lock = threading.Lock()

    def count_request(self, now: float) -> None:
        """Count one request. Raises Problem 429, and counts nothing, when the second is full."""
        with self._lock:
            self._pass(self._requests, 1, now, "requests per second")

    def reserve(self, images: int, units: int, now: float) -> None:
        """Count images and take units before the work. Raises Problem 429 or 402 and takes nothing."""
        with self._lock:
            if units > self.balance:
                raise Problem(
                    402, "not_enough_credits", f"the call costs {units} units, the account has {self.balance}"
                )
            if images:
                self._pass(self._images, images, now, "images per minute")
            self.balance -= units

    def windows(self, now: float) -> dict[str, dict[str, Any]] | None:
        """Both limits as they are filled, None without limits."""
        if not self._limits:
            return None
        with self._lock:
            both = {"requests": self._requests, "images": self._images}
            return {
                name: {"limit": window.limit, "seconds": window.seconds, "left": window.left(now)}
                for name, window in both.items()
            }

    def refund(self, units: int) -> None:
        """Give units back: only success is paid for."""
        with self._lock:
            self.balance += units

    def _pass(self, window: Window, count: int, now: float, what: str) -> None:
        if not self._limits:
            return
        wait = window.wait(count, now)
        if wait > 0:
            message = f"rate limit reached: {window.limit} {what}"
            raise Problem(429, "rate_limit_exceeded", message, {"Retry-After": self._retry_after(wait)})
        window.add(count, now)

    def _retry_after(self, wait: float) -> str:
        # Whole seconds, as the header has them; a scaled-down clock needs the decimals to be of any use.
        return str(-int(-wait // 1)) if self._scale >= 1 else f"{wait + 0.0005:.3f}"
