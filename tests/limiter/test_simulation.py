"""Whatever callers do, no window is over its cap; and when they behave, none of it is wasted."""

from collections.abc import Callable
from random import Random

import pytest

from recraft.limiter import Limit, RateLimiter, Store

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
            clock.now += random.choice([0.0, 0.0, 0.001, 0.1, 0.7, 1.02]) if random.random() < 0.995 else 35.0
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
                else:
                    ticket.settled()
        told.append(said)
    assert told[0] == told[1]
    assert told[0] == told[2]
    assert 0.0 in told[0]
    assert len(set(told[0])) > 50
