"""How many calls are handed to a client at a time, on a clock that the test sets."""

from __future__ import annotations

from recraft import Event
from recraft.batch import cluster
from recraft.batch.pace import Pace, current


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(pace: Pace, number: int, seconds: float) -> None:
    """The client tells that a call waits so long for the rate limit."""
    mark = current.set(number)
    pace.heard(Event(kind="wait", call=1, operation="createImage", attempt=0, reason="rate limit", seconds=seconds))
    current.reset(mark)


def filled(pace: Pace, clock: Clock, turn: float, seconds: float) -> list[int]:
    """How many calls are in flight, second by second, with one turn every so many seconds and calls that take long."""
    ends: dict[int, float] = {}
    number, free, counts = 0, 0.0, []
    for tick in range(int(seconds * 100)):
        clock.now = tick / 100
        for each in [each for each, end in ends.items() if end <= clock.now]:
            pace.end(each)
            del ends[each]
        while pace.delay() == 0:
            number += 1
            pace.start(number)
            leaves = max(clock.now, free)
            free = leaves + turn
            if leaves > clock.now:
                told(pace, number, leaves - clock.now)
            ends[number] = leaves + 10.0
        counts.append(pace.in_flight)
    return counts


def test_the_account_is_full_and_two_wait_at_most() -> None:
    clock = Clock()
    counts = filled(Pace(clock=clock), clock, turn=0.2, seconds=60)
    needed = round(10 / 0.2)
    assert set(counts[2000:]) <= {needed + 1, needed + 2}  # what is under way, and who waits


def test_no_turn_passes_unused_while_there_is_work() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    counts = filled(pace, clock, turn=0.2, seconds=10)
    assert counts[-1] >= 10 / 0.2


def test_without_a_limit_that_says_so_no_more_than_a_few_dozen_are_in_flight() -> None:
    clock = Clock()
    assert max(filled(Pace(clock=clock), clock, turn=0.0, seconds=10)) == 32


def test_a_count_that_is_given_is_kept() -> None:
    clock = Clock()
    assert max(filled(Pace(3, clock=clock), clock, turn=0.01, seconds=10)) == 3


def test_a_wait_of_another_call_is_not_taken_for_one_of_the_batch() -> None:
    pace = Pace(clock=Clock())
    pace.start(1)
    told(pace, 99, 60.0)
    pace.heard(Event(kind="wait", call=1, operation="x", attempt=0, reason="rate limit", seconds=60.0))
    pace.end(1)
    assert pace.delay() == 0


def test_a_cluster_is_handed_more_while_nobody_waits_and_fewer_when_some_do() -> None:
    pace = cluster.Pace(None)
    number = 0

    def fill() -> int:
        nonlocal number
        while pace.delay() == 0:
            number += 1
            pace.start(number)
        return number

    def end(count: int, waited: float) -> None:
        for each in range(count):
            pace.end(number - each)
            pace.told(waited)
            fill()

    first = fill()
    end(50, 0.0)
    assert len(pace._flying) > first
    for _ in range(200):
        pace.told(3.0)
    assert pace.delay() > 0
    for each in list(pace._flying):
        pace.end(each)
    assert fill() - number == 0
    assert len(pace._flying) == 2
