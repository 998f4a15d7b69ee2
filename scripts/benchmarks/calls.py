"""Processor time of a client for each call: every client in a process of its own, round after round in turn."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

from .contenders import CONTENDERS, FORM, JSON, ME
from .report import table
from .server import SPAWN

WARM_UP = 50

#: How often every client starts anew: where a process happens to have its code and data is worth some percent.
STARTS = 4

#: Seconds of processor time that one round of one client took, over its calls.
Round = Callable[[str, int], float]


def _block(act: Callable[[], Any], calls: int) -> float:
    began = time.process_time()
    for _ in range(calls):
        act()
    return (time.process_time() - began) / calls


async def _wait(act: Callable[[], Any], calls: int) -> float:
    began = time.process_time()
    for _ in range(calls):
        await act()
    return (time.process_time() - began) / calls


def _contend(name: str, waits: bool, base_url: str, control: Connection) -> None:
    """One client in its process: measures a round whenever it is told to."""
    with asyncio.Runner() as loop:
        acts = CONTENDERS[name](base_url, waits)
        while (order := control.recv()) is not None:
            call, calls = order
            control.send(loop.run(_wait(acts[call], calls)) if waits else _block(acts[call], calls))


@contextlib.contextmanager
def _contender(name: str, waits: bool, base_url: str) -> Iterator[Round]:
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_contend, args=(name, waits, base_url, there), daemon=True)
    process.start()
    there.close()  # so that a process that dies is noticed here

    def measure(call: str, calls: int) -> float:
        here.send((call, calls))
        seconds: float = here.recv()
        return seconds

    try:
        yield measure
    finally:
        with contextlib.suppress(BrokenPipeError):
            here.send(None)
        process.join()


def calls(base_url: str, calls: int, rounds: int) -> None:
    for waits in (False, True):
        samples: dict[str, dict[str, list[float]]] = {
            call: {name: [] for name in CONTENDERS} for call in (JSON, FORM, ME)
        }
        for _ in range(STARTS):
            with contextlib.ExitStack() as stack:
                contenders = {name: stack.enter_context(_contender(name, waits, base_url)) for name in CONTENDERS}
                for call, taken in samples.items():
                    _measure(contenders, call, taken, calls=max(1, calls // rounds), rounds=max(1, rounds // STARTS))
        first = next(iter(CONTENDERS))
        unit = ", ".join(f"{call} {statistics.median(taken[first]) * 1e6:.0f}" for call, taken in samples.items())
        rows = [[name, *(_ratio(taken[name], taken[first]) for taken in samples.values())] for name in CONTENDERS]
        how = "awaiting, on asyncio" if waits else "blocking"
        table(f"Processor time per call, {how} ({first} = 1; in microseconds: {unit})", ["client", *samples], rows)


def _measure(
    contenders: dict[str, Round], call: str, taken: dict[str, list[float]], *, calls: int, rounds: int
) -> None:
    """Add to `taken` the seconds per call of each round, by contender."""
    for measure in contenders.values():
        measure(call, WARM_UP)
    for _ in range(rounds):  # turn by turn, so that a busy moment of the machine meets everybody
        for name, measure in contenders.items():
            taken[name].append(measure(call, calls))


def _ratio(taken: list[float], unit: list[float]) -> str:
    """Median and middle half of the rounds' ratios, each to the round beside it."""
    ratios = [mine / its for mine, its in zip(taken, unit, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"
