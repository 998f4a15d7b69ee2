"""The threads in which a batch lets a blocking client work."""

from __future__ import annotations

import asyncio
import multiprocessing
import threading
from pathlib import Path

import pytest

from recraft import batch
from recraft.batch.threads import in_thread
from recraft.sandbox import Sandbox

from .support import client_of, foxes


def working() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "recraft batch"]


def test_one_thread_after_the_other_call_is_enough_for_calls_one_after_the_other() -> None:
    async def calls() -> set[int]:
        return {await in_thread(threading.get_ident) for _ in range(20)}

    before = len(working())
    assert len(asyncio.run(calls())) == 1
    assert len(working()) <= max(1, before)


def test_calls_at_the_same_time_have_a_thread_each() -> None:
    meeting = threading.Barrier(5, timeout=30)

    async def calls() -> list[int]:
        return await asyncio.gather(*(in_thread(meeting.wait) for _ in range(5)))

    assert sorted(asyncio.run(calls())) == [0, 1, 2, 3, 4]


def test_a_call_that_is_left_behind_takes_no_later_call_with_it() -> None:
    """Its thread is busy: nobody else may be given to it."""
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> bool:
        begun.set()
        return go_on.wait(30)

    async def calls() -> int:
        left = asyncio.create_task(in_thread(slow))
        await in_thread(lambda: begun.wait(30))
        left.cancel()
        return await in_thread(lambda: 7)

    assert asyncio.run(calls()) == 7
    go_on.set()


def test_what_a_call_raises_reaches_the_one_who_waits() -> None:
    async def call() -> None:
        await in_thread(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        asyncio.run(call())
    assert asyncio.run(in_thread(lambda: 7)) == 7  # in the same thread, which goes on


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system has no fork")
def test_a_forked_process_runs_a_batch_after_its_parent_has_run_one(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    def run(folder: Path) -> None:
        with client_of(recraft_sandbox) as client:
            assert batch.run(foxes(1), folder, client=client).complete

    run(tmp_path / "parent")
    child = multiprocessing.get_context("fork").Process(target=run, args=(tmp_path / "child",))
    child.start()
    child.join(60)
    child.kill()
    assert child.exitcode == 0
