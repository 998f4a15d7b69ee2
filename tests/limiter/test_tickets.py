"""What a caller sees: tickets, cancelling, 429s and probes, dead callers, clocks set back; alike with every store."""

from typing import Any

import pytest

from recraft.errors import InputError
from recraft.limiter import MARGIN, Limit, RateLimiter, SQLiteStore, Store, Ticket, limiter_key

from .conftest import Clock

ONE = (Limit(1, per=1.0, of="requests"),)


@pytest.fixture
def limiter(store: Store) -> RateLimiter:
    return RateLimiter(ONE, margin=0.0, store=store)


def queued(limiter: RateLimiter, count: int) -> list[Ticket]:
    tickets = [limiter.ticket("account", images=1) for _ in range(count)]
    assert [ticket.ask() for ticket in tickets] == list(range(count))
    return tickets


def test_the_defaults_are_the_limits_of_the_api(clock: Clock, store: Store) -> None:
    limiter = RateLimiter(store=store)
    delays = [limiter.ticket("account", images=1).ask() for _ in range(101)]
    assert delays[:6] == [0.0] * 5 + [pytest.approx(1.0 + MARGIN)]
    assert delays[100] == pytest.approx(60.0 + MARGIN)


def test_accounts_do_not_wait_for_each_other(limiter: RateLimiter) -> None:
    assert limiter.ticket("one", images=1).ask() == 0.0
    assert limiter.ticket("two", images=1).ask() == 0.0
    assert limiter.ticket("one", images=1).ask() == 1.0


def test_a_late_caller_is_checked_against_what_was_really_sent(limiter: RateLimiter, clock: Clock) -> None:
    _, second, third = queued(limiter, 3)
    clock.now += 2.0
    assert third.ask() == 0.0, "the slot of the late one has passed"
    clock.now += 0.5
    assert second.ask() == 0.5
    clock.now += 0.5
    assert second.ask() == 0.0


def test_a_late_caller_goes_before_those_behind_it(limiter: RateLimiter, clock: Clock) -> None:
    _, second, third, fourth = queued(limiter, 4)
    clock.now += 2.0
    assert third.ask() == 0.0
    assert second.ask() == 1.0
    assert fourth.ask() == 2.0


def test_asking_early_costs_nothing(limiter: RateLimiter, clock: Clock) -> None:
    _, second, third = queued(limiter, 3)
    for _ in range(3):
        clock.now += 0.25
        assert third.ask() == 1000.0 + 2.0 - clock.now
        assert second.ask() == 1000.0 + 1.0 - clock.now


def test_those_behind_a_cancelled_ticket_move_up_when_they_ask(limiter: RateLimiter) -> None:
    _, second, third, fourth = queued(limiter, 4)
    second.cancel()
    second.cancel()
    assert third.ask() == 1.0
    assert fourth.ask() == 2.0


def test_a_stamp_that_was_not_used_can_be_given_back(limiter: RateLimiter) -> None:
    first, second = queued(limiter, 2)
    first.cancel()
    assert second.ask() == 0.0


def test_cancelling_a_settled_or_unasked_ticket_does_nothing(limiter: RateLimiter) -> None:
    first, second = queued(limiter, 2)
    first.settled()
    first.settled()
    first.cancel()
    limiter.ticket("account", images=1).cancel()
    assert second.ask() == 1.0


def test_a_ticket_is_good_for_one_call(limiter: RateLimiter) -> None:
    first, second = queued(limiter, 2)
    with pytest.raises(RuntimeError, match="already sent"):
        first.ask()
    with pytest.raises(RuntimeError, match="was sent"):
        second.rejected(1.0)
    second.cancel()
    with pytest.raises(RuntimeError, match="given back"):
        second.ask()


@pytest.mark.parametrize("retry_after", [-1.0, float("nan"), "1", True])
def test_a_bad_retry_after_is_refused(limiter: RateLimiter, retry_after: Any) -> None:
    (first,) = queued(limiter, 1)
    with pytest.raises(ValueError, match="retry_after"):
        first.rejected(retry_after)


def test_a_429_pauses_everyone_and_its_call_is_the_probe(limiter: RateLimiter, clock: Clock) -> None:
    first, second = queued(limiter, 2)
    first.rejected(10.0)
    newcomer = limiter.ticket("account", images=1)
    assert [first.ask(), second.ask(), newcomer.ask()] == [10.0, 11.0, 12.0]
    clock.now += 10.0
    assert first.ask() == 0.0
    clock.now += 2.0
    assert second.ask() == pytest.approx(0.1)
    assert newcomer.ask() == pytest.approx(1.1)
    first.settled()
    assert second.ask() == 0.0
    clock.now += 1.0
    assert newcomer.ask() == 0.0


def test_a_rejected_probe_pauses_for_longer(limiter: RateLimiter, clock: Clock) -> None:
    (first,) = queued(limiter, 1)
    for pause in (1.0, 2.0, 4.0):
        first.rejected()
        assert first.ask() == pause
        clock.now += pause
        assert first.ask() == 0.0


def test_a_probe_that_never_reports_is_replaced_and_may_still_open_the_gate(store: Store, clock: Clock) -> None:
    limiter = RateLimiter((Limit(9, per=1.0, of="requests"),), store=store)
    first, second, third = (limiter.ticket("account", images=1) for _ in range(3))
    first.ask()
    first.rejected(0.0)
    assert first.ask() == 0.0
    for _ in range(3):
        clock.now += 9.0
        assert second.ask() > 0
    clock.now += 3.0
    assert second.ask() == 0.0
    assert third.ask() > 0
    first.settled()
    assert third.ask() == 0.0


def test_a_probe_that_was_not_sent_lets_the_next_one_try(store: Store) -> None:
    limiter = RateLimiter((Limit(9, per=1.0, of="requests"),), store=store)
    first, second, third = (limiter.ticket("account", images=1) for _ in range(3))
    first.ask()
    first.rejected(0.0)
    assert first.ask() == 0.0
    assert second.ask() > 0
    first.cancel()
    assert second.ask() == 0.0
    assert third.ask() > 0, "the second is the probe now"


def test_a_dead_caller_is_passed_after_its_lease(limiter: RateLimiter, clock: Clock) -> None:
    queued(limiter, 50)  # all of them die: nobody asks again
    heir = limiter.ticket("account", images=1)
    delay = heir.ask()
    assert delay == 50.0
    for _ in range(3):
        clock.now += limiter.renew(delay)
        heir.ask()
    clock.now += 0.5
    assert heir.ask() == 0.0


def test_a_caller_far_from_its_turn_asks_less_often_and_is_not_passed_for_that(store: Store, clock: Clock) -> None:
    limiter = RateLimiter((Limit(1, per=90.0, of="requests"),), margin=0.0, store=store)
    tickets = [limiter.ticket("account", images=1) for _ in range(12)]
    delays = [ticket.ask() for ticket in tickets]
    assert [limiter.renew(delay) for delay in delays[1:]] == [10.0, 15.0, 22.5, 30.0, 37.5, 45.0, 52.5, *[60.0] * 4]
    assert limiter.renew(4.0) == 4.0
    last, heir = tickets[-1], limiter.ticket("account", images=1)
    for _ in range(3):
        clock.now += 59.0
        assert heir.ask() == 1080.0 + 1000.0 - clock.now, "those far off are still taken to be there"
        assert last.ask() == 990.0 + 1000.0 - clock.now
    clock.now += 10.0
    assert [last.ask(), heir.ask()] == [0.0, 90.0], "the others were silent for three times as long as they may be"


def test_a_caller_that_slept_too_long_has_kept_its_place(limiter: RateLimiter, clock: Clock) -> None:
    _, sleeper = queued(limiter, 2)
    clock.now += 100.0
    assert limiter.ticket("account", images=1).ask() == 0.0
    behind = limiter.ticket("account", images=1)
    assert behind.ask() == 1.0
    assert sleeper.ask() == 1.0
    assert behind.ask() == 2.0


def test_a_clock_set_back_blocks_nobody_longer_than_one_window(limiter: RateLimiter, clock: Clock) -> None:
    queued(limiter, 20)
    first = limiter.ticket("other", images=1)
    first.ask()
    first.rejected(30.0)
    clock.now -= 86_400.0
    assert limiter.ticket("account", images=1).ask() == 1.0
    assert limiter.ticket("other", images=1).ask() == 1.0


def test_what_can_never_fit_is_refused_at_once(store: Store) -> None:
    limiter = RateLimiter(store=store)
    limiter.ticket("account", images=100)
    with pytest.raises(ValueError, match="101 images can never be sent: the limit is 100 images in 60 seconds"):
        limiter.ticket("account", images=101)
    for images in (-1, 1.5, True, "4", None, 10**5000):
        with pytest.raises(ValueError, match="whole number from 0"):
            limiter.ticket("account", images=images)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cap", "per", "of"),
    [(0, 1.0, "images"), (1.5, 1.0, "images"), (True, 1.0, "images"), (1, 0.0, "images"), (1, float("inf"), "images"),
     (1, float("nan"), "images"), (1, 1.0, "calls"), (10**400, 1.0, "images"), (1, 10**400, "images"),
     (1, "1", "images"), (1, None, "images"), (1, True, "images"), (1, 1.0, ["images"])],
)  # fmt: skip
def test_a_limit_that_makes_no_sense_is_refused(cap: object, per: float, of: object) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limit(cap, per=per, of=of)  # type: ignore[arg-type]


@pytest.mark.parametrize("limits", [(), None, 5, "ab", [1], (ONE,), {"a": 1}, Limit(1, 1.0, "images")])
def test_limits_that_make_no_sense_are_refused(limits: Any) -> None:
    with pytest.raises(InputError, match=r"one or more Limit\(cap, per, of\), got .*limiter=None"):
        RateLimiter(limits)


@pytest.mark.parametrize("margin", [-0.1, float("nan"), float("inf"), None, "1", True, 10**400])
def test_a_margin_that_makes_no_sense_is_refused(margin: Any) -> None:
    with pytest.raises(InputError, match="margin is a finite number of seconds from 0, got"):
        RateLimiter(margin=margin)


@pytest.mark.parametrize("store", ["limits.db", 5, SQLiteStore, object()])
def test_what_is_no_store_is_refused(store: Any) -> None:
    with pytest.raises(InputError, match="store is a MemoryStore, SQLiteStore or RedisStore, got"):
        RateLimiter(store=store)


def test_a_limiter_is_a_value_and_shares_the_memory_of_the_process() -> None:
    assert RateLimiter() == RateLimiter()
    assert RateLimiter().store is RateLimiter(ONE).store
    with pytest.raises(AttributeError):
        RateLimiter().margin = 1.0  # type: ignore[misc]


def test_the_key_of_an_account_is_a_hash_of_its_token() -> None:
    assert limiter_key("secret") == limiter_key("secret") != limiter_key("other")
    assert "secret" not in limiter_key("secret")


def test_a_call_that_leaves_late_is_counted_when_it_leaves(limiter: RateLimiter, clock: Clock) -> None:
    first, second = queued(limiter, 2)
    clock.now += 0.4
    assert first.leave() == 0.0
    assert second.ask() == 1.0
    clock.now += 1.0
    assert second.ask() == 0.0
