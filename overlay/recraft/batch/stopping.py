"""Ctrl-C and SIGTERM: the first finishes what is in flight, the second leaves it in doubt."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

LOGGER = logging.getLogger("recraft.batch")

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM") if hasattr(signal, name)]


class Stop:
    """Why to start no more calls, and whether to wait for those in flight. The first reason stands."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self.at_once = False

    def because(self, reason: str) -> None:
        self.reason = self.reason or reason

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        self.at_once = self.reason in {each.name for each in SIGNALS}
        self.because(signal.Signals(number).name)
        if not self.at_once:
            LOGGER.warning("finishing the calls in flight; once more leaves them in doubt")


@contextlib.contextmanager
def listening(stop: Stop) -> Iterator[None]:
    """Within the block signals go to `stop`; then to whoever had them. Only in the main thread, which gets them."""
    before: dict[int, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for number in SIGNALS:
            before[number] = signal.signal(number, stop.on_signal)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
