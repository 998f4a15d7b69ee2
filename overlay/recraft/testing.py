"""For tests of code that uses this package: a sandbox, clients for it, and no waiting.

Installed as a pytest plugin, so the fixtures are there without an import. They need the extra `[sandbox]`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

try:
    import pytest
except ImportError:  # no_waits works without it
    pytest = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from recraft import Recraft
    from recraft.sandbox import Sandbox


@contextlib.contextmanager
def no_waits() -> Iterator[None]:
    """Skip every wait of every client in the process: for retries, rate limits and pauses. Their order and number stay.

    A skipped wait moves the clients' clock forward instead, so deadlines and rate limits still count it. A limiter
    whose state is in Redis goes by the server's clock and waits as ever, and so does the other side: use a sandbox with
    `limits=False`.
    """
    from ._core.clock import clock

    before, clock.skip_waits = clock.skip_waits, True
    try:
        yield
    finally:
        clock.skip_waits = before


if pytest is not None:

    @pytest.fixture
    def recraft_no_waits() -> Iterator[None]:
        """`no_waits()` for the length of a test."""
        with no_waits():
            yield

    @pytest.fixture
    def recraft_sandbox() -> Iterator[Sandbox]:
        """A started sandbox on a free loopback port, with its rate limits off and small pictures."""
        from .sandbox import Sandbox

        with Sandbox(limits=False, small_pictures=True) as sandbox:
            yield sandbox

    @pytest.fixture
    def recraft_client(recraft_sandbox: Sandbox) -> Iterator[Recraft]:
        """A client of `recraft_sandbox` that does not pace itself.

        For an `AsyncRecraft` use the sandbox's `token` and `base_url`.
        """
        from recraft import Recraft

        with Recraft(recraft_sandbox.token, base_url=recraft_sandbox.base_url, limiter=None) as client:
            yield client
