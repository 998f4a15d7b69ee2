"""One call or several at once, and what becomes of them when one fails or somebody presses Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from recraft import RecraftError

from . import telling
from .common import Common
from .exits import HOPELESS, Exit, exit_of, exit_of_several
from .watching import Watch

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

#: How many calls are under way at a time. The limiter decides when each is sent.
AT_ONCE = 8


class Job(NamedTuple):
    """One call: the input it is made for, as it was given, and its arguments."""

    label: str
    arguments: dict[str, Any]


def run(
    jobs: list[Job],
    make: Callable[[int], T],
    watch: Watch,
    common: Common,
    show: Callable[[list[tuple[Job, T]]], None],
) -> Exit:
    """Make the calls and show what they give; the exit code."""
    if common.dry_run:
        return _dry(jobs, make, common)
    if len(jobs) == 1:
        return _one(jobs[0], make, watch, show)
    return _several(jobs, make, watch, common, show)


def _dry(jobs: list[Job], make: Callable[[int], Any], common: Common) -> Exit:
    from .dry import Unsent, as_text

    for number in range(len(jobs)):
        try:
            make(number)
        except Unsent as unsent:
            if common.json:
                telling.write_json(unsent.request)
            else:
                telling.write(as_text(unsent.request))
    return Exit.OK


def _one(job: Job, make: Callable[[int], T], watch: Watch, show: Callable[[list[tuple[Job, T]]], None]) -> Exit:
    try:
        with watch:
            made = make(0)
    except KeyboardInterrupt as stop:
        notes = " ".join(getattr(stop, "__notes__", ()))
        telling.complain(f"interrupted. {notes}" if notes else _interrupted(watch))
        return Exit.INTERRUPTED
    show([(job, made)])
    return Exit.OK


def _interrupted(watch: Watch) -> str:
    return (
        f"interrupted while a call was under way. It may have been served and charged. {telling.ADVICE[Exit.IN_DOUBT]}"
        if watch.in_doubt
        else "interrupted; nothing was charged that is not told."
    )


def _several(
    jobs: list[Job],
    make: Callable[[int], T],
    watch: Watch,
    common: Common,
    show: Callable[[list[tuple[Job, T]]], None],
) -> Exit:
    from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait  # late: most commands make one call

    codes: dict[int, Exit] = {}
    ended: dict[int, Any] = {}
    interrupted = False
    with watch, ThreadPoolExecutor(AT_ONCE) as pool:
        futures = {pool.submit(make, number): number for number in range(len(jobs))}
        try:
            while futures:
                try:
                    finished, _ = wait(futures, return_when=FIRST_COMPLETED)
                except KeyboardInterrupt:
                    _stop(futures, again=interrupted)
                    interrupted = True
                    continue
                for future in finished:
                    number = futures.pop(future)
                    if not future.cancelled():
                        ended[number] = outcome = _outcome(future)
                        codes[number] = exit_of(outcome) if isinstance(outcome, RecraftError) else Exit.OK
                        if codes[number] in HOPELESS:
                            _cancel(futures)
        finally:
            _cancel(futures)  # however it ends, nothing more is begun
    return _told(jobs, ended, codes, interrupted, common, show)


def _outcome(future: Future[Any]) -> Any:
    try:
        return future.result()
    except RecraftError as error:
        return error


def _cancel(futures: dict[Future[Any], int]) -> None:
    for future in futures:
        future.cancel()


def _stop(futures: dict[Future[Any], int], *, again: bool) -> None:
    """Begin nothing more. What is under way is paid for, so it is waited for, unless somebody insists."""
    if again:
        os._exit(Exit.INTERRUPTED)
    _cancel(futures)
    under_way = sum(future.running() for future in futures)
    telling.complain(f"interrupted: {under_way} calls are under way and will be kept. Ctrl-C again stops at once.")


def _told(
    jobs: list[Job],
    ended: dict[int, Any],
    codes: dict[int, Exit],
    interrupted: bool,
    common: Common,
    show: Callable[[list[tuple[Job, Any]]], None],
) -> Exit:
    failed = {number: each for number, each in ended.items() if isinstance(each, RecraftError)}
    if common.json:  # in the order of the inputs, so that each line can be told
        for number in sorted(ended):
            telling.write_json(ended[number] if number in failed else ended[number].result)
    else:
        show([(jobs[number], ended[number]) for number in sorted(ended) if number not in failed])
    for number in sorted(failed):
        telling.tell_error(failed[number], jobs[number].label)
    if left := len(jobs) - len(ended):
        telling.complain(f"{left} of {len(jobs)} calls were not made.")
    return Exit.INTERRUPTED if interrupted else exit_of_several([codes[number] for number in sorted(codes)])
