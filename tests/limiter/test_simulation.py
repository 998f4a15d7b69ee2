"""Whatever callers do, no window is over its cap; and when they behave, none of it is wasted."""

from collections.abc import Callable
from random import Random

import pytest

from recraft.limiter import MARGIN, Limit, RateLimiter, Store

from .conftest import Clock
from .simulation import World, worst_excess

API = (Limit(5, per=1.0, of="requests"), Limit(100, per=60.0, of="images"))
TIGHT = (Limit(3, per=1.0, of="requests"), Limit(7, per=4.0, of="images"), Limit(9, per=11.0, of="requests"))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("limits", [API, TIGHT], ids=["api", "tight"])
def test_no_window_is_over_its_cap_whatever_callers_do(
    store: Store, clock: Clock, seed: int, limits: tuple[Limit, ...]
) -> None:
    random = Random(seed)
    limiter = RateLimiter(limits, margin=0.02, store=store)
    world = World(
        limiter, clock, random, late=random.choice([0.0, 0.01, 2.0, 20.0]), cancels=0.02, crashes=0.02,
        overloads=random.choice([0.0, 0.1, 0.4]),
    )  # fmt: skip
    for number in range(80):
        world.arrive(clock.now + random.uniform(0, 30), random.choice([0, 1, 2, 4, 6]), number)
    world.run()
    stamps = [(at, images) for at, images, _ in world.stamps]
    assert worst_excess(stamps, limits, 0.02) <= 0
    assert {number for *_, number in world.stamps} | world.lost == set(range(80)), "everyone alive was served"


def stalls(random: Random) -> Callable[[], float]:
    """Seconds from being let go to having the headers ready: none, within the margin, or up to many windows."""
    mean = random.choice([0.3, 3.0, 20.0])
    return lambda: random.choice([0.0, random.uniform(0.0, 0.01), random.expovariate(1 / mean)])


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("margin", [0.0, 0.02])
@pytest.mark.parametrize("limits", [API, TIGHT], ids=["api", "tight"])
def test_no_window_is_over_its_cap_however_long_calls_take_to_leave(
    store: Store, clock: Clock, seed: int, limits: tuple[Limit, ...], margin: float
) -> None:
    random = Random(seed)
    world = World(
        RateLimiter(limits, margin=margin, store=store), clock, random, late=random.choice([0.0, 0.01, 2.0]),
        stall=stalls(random), cancels=0.02, crashes=0.02, overloads=random.choice([0.0, 0.1, 0.4]),
    )  # fmt: skip
    for number in range(80):
        world.arrive(clock.now + random.uniform(0, 30), random.choice([0, 1, 2, 4, 6]), number)
    world.run()
    kept = margin * 0.8 if store.blocking else margin  # a fifth may be spent where asking again is I/O
    assert worst_excess([(at, images) for at, images, _ in world.stamps], limits, kept) <= 0
    assert {number for *_, number in world.stamps} | world.lost == set(range(80)), "everyone alive was served"


def test_calls_that_all_come_out_of_a_stall_at_once_do_not_leave_at_once(store: Store, clock: Clock) -> None:
    end = clock.now + 2.5
    world = World(RateLimiter(API, store=store), clock, Random(1), stall=lambda: max(0.0, end - clock.now))
    for number in range(16):
        world.arrive(clock.now, 1, number)
    world.run()
    assert worst_excess([(at, images) for at, images, _ in world.stamps], API, MARGIN) == 0
    assert [number for *_, number in world.stamps] == list(range(16)), "those who were let go first leave first"
    assert world.stamps[-1][0] - end < 4 * (1.0 + MARGIN), "a window is lost at most"


@pytest.mark.parametrize("seed", range(3))
def test_a_call_that_was_let_go_is_not_held_for_long_while_others_keep_coming(
    store: Store, clock: Clock, seed: int
) -> None:
    random = Random(seed)
    world = World(RateLimiter(API, store=store), clock, random, late=0.001, stall=lambda: random.uniform(0.0, 3.0))
    for number in range(200):
        world.arrive(clock.now + number * 0.1, 0, number)
    world.run()
    assert len(world.stamps) == 200
    assert max(world.held) < 4.0, "at most four windows of 3 s of calls are under way"
    assert world.stamps[-1][0] - world.stamps[0][0] < 200 / 5 * 2 * (1.0 + MARGIN), "each takes two places at most"


def test_a_slow_start_costs_no_speed_later(store: Store, clock: Clock) -> None:
    first = clock.now + 2.0
    world = World(RateLimiter(API, store=store), clock, Random(1), stall=lambda: 3.0 if clock.now < first else 0.0)
    for number in range(60):
        world.arrive(clock.now, 0, number)
    world.run()
    assert world.stamps[-1][0] - world.stamps[0][0] <= 12 * (1.0 + MARGIN)


@pytest.mark.parametrize("seed", range(4))
def test_callers_are_served_in_the_order_of_their_first_ask(store: Store, clock: Clock, seed: int) -> None:
    random = Random(seed)
    world = World(RateLimiter(API, store=store), clock, random)
    for number in range(100):
        world.arrive(clock.now + number * 0.05, random.choice([0, 1, 4, 6]), number)
    world.run()
    # those due in the same millisecond go in any order
    assert [number for *_, number in sorted(world.stamps, key=lambda stamp: (round(stamp[0], 3), stamp[2]))] == list(
        range(100)
    )


@pytest.mark.parametrize(("images", "calls", "ideal"), [(0, 300, 59.0), (1, 300, 139.0), (4, 100, 184.0)])
def test_a_full_queue_is_done_within_two_percent_of_the_ideal_time(
    store: Store, clock: Clock, images: int, calls: int, ideal: float
) -> None:
    world = World(RateLimiter(API, store=store), clock, Random(1), late=0.001)
    for number in range(calls):
        world.arrive(clock.now, images, number)
    world.run()
    started, ended = world.stamps[0][0], world.stamps[-1][0]
    assert len(world.stamps) == calls
    assert ended - started <= ideal * 1.02


@pytest.mark.parametrize("seed", range(5))
def test_the_three_stores_give_the_same_answers(make_store: Callable[[str], Store], clock: Clock, seed: int) -> None:
    """One seeded history of every operation, played against each store: each delay is the same to the last bit."""
    told = []
    for kind in ("memory", "sqlite", "redis"):
        clock.now = 1000.0
        random = Random(seed)
        limiter = RateLimiter(TIGHT if seed % 2 else API, margin=0.02, store=make_store(kind))
        tickets = [limiter.ticket("account", images=random.choice([0, 1, 2, 6])) for _ in range(150)]
        waiting, sent, said = list(tickets), [], []
        for _ in range(900):
            # no step within the margin, where only the stores that do I/O spare themselves a question
            clock.now += random.choice([0.0, 0.0, 0.005, 0.1, 0.7, 1.02]) if random.random() < 0.995 else 35.0
            if random.random() < 0.002:
                clock.now -= 100.0
            if waiting and random.random() < 0.8:
                ticket = waiting[min(int(random.expovariate(0.1)), len(waiting) - 1)]
                delay = ticket.ask()
                said.append(delay)
                if not delay:
                    waiting.remove(ticket)
                    sent.append(ticket)
            elif waiting and random.random() < 0.2:
                waiting.pop(random.randrange(len(waiting))).cancel()
            elif sent:
                ticket = sent.pop(random.randrange(len(sent)))
                fate = random.random()
                if fate < 0.3:
                    ticket.rejected(random.choice([None, 0.0, 2.0]))
                    waiting.insert(0, ticket)
                elif fate < 0.4:
                    ticket.cancel()
                elif fate < 0.7:
                    delay = ticket.leave()
                    said.append(delay)
                    sent.append(ticket)
                else:
                    ticket.settled()
        told.append(said)
    assert told[0] == told[1]
    assert told[0] == told[2]
    assert 0.0 in told[0]
    assert len(set(told[0])) > 50
