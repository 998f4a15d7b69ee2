"""Blocking work beside an event loop."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import threading
from collections.abc import Callable
from contextvars import copy_context
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")

#: The threads that have nothing to do, each by where it takes its work from: starting one costs more than a call's own
#: steps in the journal.
_idle: list[SimpleQueue[Callable[[], None]]] = []

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # they stayed in the parent


async def in_thread(work: Callable[[], T]) -> T:
    """Run a call of a blocking client. Cancelled, it is left behind: its thread keeps no process from ending, as those
    of a pool would for as long as a call may take.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(result: Any, error: BaseException | None) -> None:
        if not future.done():
            future.set_result(result) if error is None else future.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as caught:
            error = caught
        _idle.append(inbox)  # before anybody hears of it, and asks for a thread again
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    try:
        inbox = _idle.pop()
    except IndexError:
        inbox = _new_thread()
    inbox.put(functools.partial(copy_context().run, run))
    return await future


def _new_thread() -> SimpleQueue[Callable[[], None]]:
    inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def serve() -> None:
        while True:
            inbox.get()()

    threading.Thread(target=serve, daemon=True, name="recraft batch").start()
    return inbox
