"""The second question: a call that was let go asks again at the moment its headers go out; alike with every store."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from recraft.limiter import Limit, MemoryStore, RateLimiter, Store, Ticket
from recraft.limiter.schedule import LEASE, RENEW

from .conftest import Clock, StoreFactory
from .simulation import Stamp, worst_excess

ONE = (Limit(1, per=1.0, of="requests"),)


@pytest.fixture
def limiter(store: Store) -> RateLimiter:
    return RateLimiter(ONE, margin=0.0, store=store)


def let_go(limiter: RateLimiter, clock: Clock, count: int) -> list[Ticket]:
    """So many tickets, let go one second after the other. The clock stands where the last one was."""
    tickets = []
    for number in range(count):
        clock.now += 1.0 if number else 0.0
        tickets.append(ticket(limiter))
        assert tickets[-1].ask() == 0.0
    return tickets


def ticket(limiter: RateLimiter) -> Ticket:
    return limiter.ticket("account", images=1)


def delay(limiter: RateLimiter) -> float:
    """How long a newcomer would wait, who then thinks better of it."""
    newcomer = ticket(limiter)
    seconds = newcomer.ask()
    newcomer.cancel()
    return seconds


def test_a_call_that_nobody_followed_leaves_whenever_it_is_ready(limiter: RateLimiter, clock: Clock) -> None:
    (first,) = let_go(limiter, clock, 1)
    clock.now += 0.75
    assert first.leave() == 0.0
    assert delay(limiter) == 1.0


def test_each_time_a_call_leaves_counts_in_place_of_the_one_before(limiter: RateLimiter, clock: Clock) -> None:
    (first,) = let_go(limiter, clock, 1)
    for _ in range(3):  # a proxy, its tunnel, and the call itself
        clock.now += 0.75
        assert first.leave() == 0.0
    assert delay(limiter) == 1.0


def test_a_call_waits_when_others_were_let_go_since(limiter: RateLimiter, clock: Clock) -> None:
    first, second = let_go(limiter, clock, 2)
    clock.now += 0.5
    assert first.leave() == 0.5
    assert second.leave() == 1.5, "those who were let go leave in that order"
    clock.now += 0.5
    assert [first.leave(), second.leave()] == [0.0, 1.0]
    clock.now += 1.0
    assert second.leave() == 0.0


def test_a_call_that_waits_to_leave_is_ahead_of_all_that_wait_to_be_let_go(limiter: RateLimiter, clock: Clock) -> None:
    first, second, third = (ticket(limiter) for _ in range(3))
    assert [first.ask(), second.ask(), third.ask()] == [0.0, 1.0, 2.0]
    clock.now += 2.5
    assert third.ask() == 0.0, "the second is late, and comes after this one"
    clock.now += 0.5
    assert [first.leave(), second.ask()] == [0.5, 1.5]
    clock.now += 0.5
    assert second.ask() == 1.0, "the slot is taken, though nobody has asked for it yet"
    assert first.leave() == 0.0


def test_a_stamp_that_has_left_every_window_is_none_any_more(limiter: RateLimiter, clock: Clock) -> None:
    (first,) = let_go(limiter, clock, 1)
    clock.now += 500.0
    (second,) = let_go(limiter, clock, 1)
    clock.now += 0.25
    assert first.leave() == 0.75
    assert second.leave() == 1.75


def test_a_long_wait_to_leave_is_told_in_pieces_that_keep_the_place(store: Store, clock: Clock) -> None:
    limiter = RateLimiter((Limit(1, per=60.0, of="requests"),), margin=0.0, store=store)
    first, second = ticket(limiter), ticket(limiter)
    first.ask()
    clock.now += 60.0
    assert second.ask() == 0.0
    for _ in range(6):
        assert first.leave() == RENEW
        clock.now += RENEW
    assert first.leave() == 0.0


def test_a_pause_holds_a_call_that_was_let_go_before_it(limiter: RateLimiter, clock: Clock) -> None:
    first, second, third = let_go(limiter, clock, 3)
    first.rejected(5.0)
    assert [second.leave(), third.leave()] == [5.0, 6.0]
    clock.now += 5.0
    assert second.leave() == 0.0, "this is the probe"
    clock.now += 2.0
    assert third.leave() == pytest.approx(0.1), "others wait for its answer"
    second.settled()
    assert third.leave() == 0.0


def test_a_probe_does_not_wait_for_itself_and_stays_the_probe_while_it_is_held_up(
    limiter: RateLimiter, clock: Clock
) -> None:
    probe, other = let_go(limiter, clock, 2)
    probe.rejected(0.0)
    clock.now += 1.0
    assert probe.ask() == 0.0
    for _ in range(4):
        clock.now += LEASE * 0.75
        assert probe.leave() == 0.0
        clock.now += 0.5
        assert ticket(limiter).ask() > 0, "one probe at a time"
    other.rejected(20.0)
    assert probe.leave() == RENEW, "a longer pause holds the probe as well"
    clock.now += 20.0
    assert probe.leave() == 0.0
    probe.settled()
    clock.now += 1.0
    assert delay(limiter) == 0.0


def test_a_probe_that_is_held_for_longer_than_its_lease_stays_the_only_one(store: Store, clock: Clock) -> None:
    limiter = RateLimiter((Limit(9, per=1.0, of="requests"),), margin=0.0, store=store)
    probe, other = ticket(limiter), ticket(limiter)
    assert [probe.ask(), other.ask()] == [0.0, 0.0]
    probe.rejected(0.0)
    assert probe.ask() == 0.0
    other.rejected(4 * RENEW)
    for _ in range(4):
        assert probe.leave() == RENEW
        clock.now += RENEW
    assert delay(limiter) == pytest.approx(0.1)
    assert probe.leave() == 0.0


def test_a_probe_given_back_while_it_waits_to_leave_lets_the_next_one_try(limiter: RateLimiter, clock: Clock) -> None:
    probe, other = let_go(limiter, clock, 2)
    probe.rejected(0.0)
    clock.now += 1.0
    assert probe.ask() == 0.0
    other.rejected(3.0)
    assert probe.leave() == 3.0
    probe.cancel()
    clock.now += 3.0
    assert ticket(limiter).ask() == 0.0


@pytest.mark.parametrize("end", ["cancel", "settled"])
def test_a_call_that_ends_while_it_waits_to_leave_was_not_sent(limiter: RateLimiter, clock: Clock, end: str) -> None:
    first, second = let_go(limiter, clock, 2)
    clock.now += 0.5
    assert [first.leave(), second.leave()] == [0.5, 1.5]
    getattr(first, end)()
    assert second.leave() == 0.0
    assert delay(limiter) == 1.0
    with pytest.raises(RuntimeError, match="may not leave"):
        first.leave()


def test_a_429_while_a_call_waits_to_leave_pauses_all_and_keeps_its_place(limiter: RateLimiter, clock: Clock) -> None:
    first, second = let_go(limiter, clock, 2)
    clock.now += 0.5
    assert first.leave() == 0.5
    first.rejected(4.0)
    assert [first.ask(), second.leave(), first.ask()] == [4.0, 4.0, 5.0], "the other one was let go"


def test_only_a_call_that_was_let_go_may_leave(limiter: RateLimiter) -> None:
    first, second = ticket(limiter), ticket(limiter)
    with pytest.raises(RuntimeError, match="may not leave"):
        first.leave()
    assert [first.ask(), second.ask()] == [0.0, 1.0]
    with pytest.raises(RuntimeError, match="may not leave"):
        second.leave()
    first.settled()
    with pytest.raises(RuntimeError, match="may not leave"):
        first.leave()


def test_a_caller_that_dies_while_it_waits_to_leave_takes_one_slot_and_no_more(
    limiter: RateLimiter, clock: Clock
) -> None:
    dead, *_ = let_go(limiter, clock, 2)
    clock.now += 0.5
    assert dead.leave() == 0.5
    newcomer = ticket(limiter)
    assert newcomer.ask() == 1.5
    clock.now += 1.5
    assert newcomer.ask() == 0.0
    clock.now += 1.0
    assert delay(limiter) == 0.0


def test_callers_that_die_while_they_wait_to_leave_are_forgotten_after_their_lease(store: Store, clock: Clock) -> None:
    limiter = RateLimiter((Limit(1, per=60.0, of="requests"),), margin=0.0, store=store)
    dead = ticket(limiter)
    assert dead.ask() == 0.0
    clock.now += 61.0
    last = ticket(limiter)
    assert last.ask() == 0.0
    clock.now += 1.0
    assert dead.leave() == RENEW
    assert delay(limiter) == 119.0
    last.cancel()
    clock.now += LEASE + 0.5
    assert delay(limiter) == 0.0


def test_a_clock_set_back_holds_a_call_no_longer_than_one_window(limiter: RateLimiter, clock: Clock) -> None:
    first, second, third = let_go(limiter, clock, 3)
    clock.now += 0.5
    assert [first.leave(), second.leave()] == [0.5, 1.5]
    clock.now -= 5000.0
    assert first.leave() == 1.0, "the third counts as sent just now"
    assert third.leave() == 2.0
    clock.now += 1.0
    assert first.leave() == 0.0


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_a_call_that_leaves_within_the_slack_of_the_margin_asks_nobody(
    kind: str, make_store: StoreFactory, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store: Any = make_store(kind)
    asked: list[object] = []
    name = "_transaction" if kind == "sqlite" else "_run"
    real = getattr(store, name)
    monkeypatch.setattr(store, name, lambda *given: (asked.append(given), real(*given))[1])

    def questions(margin: float, *late: float) -> int:
        one = RateLimiter(ONE, margin=margin, store=store).ticket(f"{margin} {late}", images=1)
        one.ask()
        asked.clear()
        for seconds in late:
            clock.now += seconds
            assert one.leave() == 0.0
        return len(asked)

    assert questions(0.015, 0.0, 0.002) == 0
    assert questions(0.015, 0.004) == 1
    assert questions(0.015, 0.002, 0.002, 0.002) == 1, "counted from the last time it was asked"
    assert questions(0.015, -0.001) == 1, "a clock set back tells nothing"
    assert questions(0.0, 0.0) == 1, "without a margin there is no slack"


@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_a_call_that_was_told_to_wait_asks_again_however_soon_it_comes_back(
    kind: str, make_store: StoreFactory, clock: Clock
) -> None:
    limiter = RateLimiter(ONE, store=make_store(kind))
    first = ticket(limiter)
    assert first.ask() == 0.0
    clock.now += 1.5
    assert ticket(limiter).ask() == 0.0
    assert first.leave() > 1.0
    assert first.leave() > 1.0


def test_threads_whose_connections_stall_leave_within_the_limits() -> None:
    """Sixteen calls that were let go, all of which have their headers ready at the same moment."""
    limits, margin = (Limit(5, per=0.05, of="requests"), Limit(1000, per=9.0, of="requests")), 0.002
    last, sent, ready = threading.local(), list[Stamp](), threading.Barrier(16)

    def clock() -> float:
        last.reading = time.monotonic()
        return float(last.reading)

    limiter = RateLimiter(limits, margin=margin, store=MemoryStore(clock=clock))

    def call(number: int) -> None:
        one = limiter.ticket("account", images=1)
        while (seconds := one.ask()) > 0:
            time.sleep(limiter.renew(seconds))
        ready.wait(30)
        while (seconds := one.leave()) > 0:
            time.sleep(seconds)
        sent.append((last.reading, 1))
        one.settled()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(call, range(16)))
    assert len(sent) == 16
    assert worst_excess(sent, limits[:1], margin) <= 0
