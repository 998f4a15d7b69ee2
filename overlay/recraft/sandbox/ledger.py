"""The sandbox's book: every request as it arrived, and every charge. Nothing in it shows a token or a signed URL."""

from __future__ import annotations

import threading
from collections.abc import Callable

from attrs import evolve, field, frozen

from recraft.sandbox.wire import Headers

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})


@frozen
class Received:
    """One request. `at` is in seconds since the epoch; `status` is None when no answer was sent.

    `request_id` is what the answer is called in its headers.
    `headers` come without those that carry secrets; `body` is what was read of it.
    """

    index: int
    at: float
    method: str
    path: str
    operation: str | None
    headers: Headers = field(repr=False)
    authorized: bool
    had_authorization: bool
    body: bytes = field(repr=lambda body: f"<{len(body)} bytes>")
    fault: str | None = None
    status: int | None = None
    request_id: str = ""

    def header(self, name: str) -> str | None:
        """The value of a header (names compare without case), or None."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@frozen
class Charge:
    """Units taken for one request (`request` is its index)."""

    request: int
    operation: str
    units: int
    images: int


class Ledger:
    """What happened so far. Safe to read while requests come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next = 0
        self._requests: dict[int, Received] = {}
        self._charges: list[Charge] = []

    @property
    def requests(self) -> tuple[Received, ...]:
        with self._lock:
            return tuple(self._requests.values())

    @property
    def charges(self) -> tuple[Charge, ...]:
        with self._lock:
            return tuple(self._charges)

    @property
    def total_units(self) -> int:
        """Sum of all charges, in API units."""
        return sum(charge.units for charge in self.charges)

    def clear(self) -> None:
        """Forget everything. Later requests keep counting from where they were."""
        with self._lock:
            self._requests.clear()
            self._charges.clear()

    def enter(self, received: Received, name: Callable[[int], str]) -> int:
        """Note a request under the next index, which is returned; `name` makes its request id of it."""
        with self._lock:
            index, self._next = self._next, self._next + 1
            self._requests[index] = evolve(received, index=index, request_id=name(index))
            return index

    def settle(self, index: int, status: int | None, charge: Charge | None) -> None:
        """Add how a request ended."""
        with self._lock:
            if index in self._requests:
                self._requests[index] = evolve(self._requests[index], status=status)
            if charge is not None:
                self._charges.append(charge)

    def __repr__(self) -> str:
        return f"<Ledger {len(self.requests)} requests, {self.total_units} units>"


def without_secrets(headers: Headers) -> Headers:
    """The headers that may be kept."""
    return tuple((name, value) for name, value in headers if name.lower() not in _SECRET_HEADERS)
