"""The pure rules: the earliest time a call may be sent, and the gate a 429 shuts."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recraft.limiter import Limit
from recraft.limiter.schedule import LEASE, MAX_BACKOFF, MAX_PAUSE, PROBE_POLL, Gate, Rules, Used, earliest

API = Rules((Limit(5, per=1.0, of="requests"), Limit(100, per=60.0, of="images")), 0.0)


def used(*rows: tuple[float, int]) -> list[Used]:
    return [Used(at, images, "") for at, images in sorted(rows, reverse=True)]


@pytest.mark.parametrize(
    ("rows", "images", "now", "expected"),
    [
        ([], 1, 10.0, 10.0),
        ([(10.0, 1)] * 4, 1, 10.0, 10.0),
        ([(10.0, 1)] * 5, 1, 10.0, 11.0),
        ([(9.5, 1), *[(10.0, 1)] * 4], 1, 10.0, 10.5),
        ([(9.5, 1), *[(10.0, 1)] * 4], 1, 10.7, 10.7),
        ([(0.0, 98)], 2, 10.0, 10.0),
        ([(0.0, 99)], 2, 10.0, 60.0),
        ([(0.0, 50), (5.0, 50)], 6, 10.0, 60.0),
        ([(0.0, 50), (5.0, 50)], 51, 10.0, 65.0),
        ([(0.0, 50), (5.0, 50)], 0, 10.0, 10.0),
        ([(0.0, 100), *[(59.9, 0)] * 5], 1, 59.9, 60.9),
        ([(12.0, 1)], 1, 10.0, 12.0),
    ],
)
def test_the_earliest_time_is_when_the_last_obstacle_leaves_its_window(
    rows: list[tuple[float, int]], images: int, now: float, expected: float
) -> None:
    assert earliest(used(*rows), images, API, now) == expected


def test_the_margin_widens_every_window() -> None:
    rules = Rules(API.limits, 0.25)
    assert earliest(used(*[(10.0, 1)] * 5), 1, rules, 10.0) == 11.25
    assert earliest(used((10.0, 100)), 1, rules, 10.0) == 70.25


def test_rows_are_read_only_as_far_as_they_matter() -> None:
    rows = iter(used(*[(float(t), 20) for t in range(1000)]))
    earliest(rows, 1, API, 1000.0)
    assert next(rows).at > 900


LIMITS = st.lists(
    st.builds(Limit, st.integers(2, 8), per=st.integers(1, 12).map(float), of=st.sampled_from(["requests", "images"])),
    min_size=1,
    max_size=3,
)


@given(LIMITS, st.integers(0, 2), st.integers(0, 2**32), st.integers(0, 40))
def test_the_earliest_time_fits_and_no_earlier_one_does(
    limits: list[Limit], images: int, seed: int, count: int
) -> None:
    """Against the definition, on a grid of whole seconds, for histories that obey the limits themselves."""
    random, rules = Random(seed), Rules(tuple(limits), 0.0)
    history: list[tuple[float, int]] = []
    for _ in range(count):
        n = random.randint(0, 2)
        not_before = (history[-1][0] if history else 0.0) + random.choice([0, 0, 0, 1, 5])
        history.append((earliest(used(*history), n, rules, not_before), n))

    def fits(at: float) -> bool:
        return all(
            sum(limit.weight(n) for t, n in history if at - limit.per < t <= at) + limit.weight(images) <= limit.cap
            for limit in limits
            if limit.weight(images)
        )

    now = history[-1][0] if history else 0.0
    at = earliest(used(*history), images, rules, now)
    assert fits(at)
    assert not any(fits(float(t)) for t in range(int(now), int(at)))


def test_the_gate_is_open_until_a_429() -> None:
    assert Gate().opens(5.0) == 5.0
    assert Gate().rejected(0, 2.0, 5.0).opens(5.0) == 7.0
    assert Gate().rejected(0, 2.0, 5.0).opens(8.0) == 8.0


def test_pauses_double_with_each_rejected_probe_up_to_a_cap() -> None:
    gate, pauses = Gate(), []
    for _ in range(7):
        gate = gate.rejected(gate.strikes, None, 0.0)
        pauses.append(gate.until)
        gate = Gate(gate.strikes).passed(0.0)
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0, MAX_BACKOFF, MAX_BACKOFF]


def test_a_burst_of_429s_is_one_strike_and_the_longest_pause() -> None:
    gate = Gate()
    for retry_after in (None, 5.0, None, 0.0):
        gate = gate.rejected(0, retry_after, 0.0)
    assert (gate.strikes, gate.until) == (1, 5.0)


def test_an_absurd_retry_after_is_cut() -> None:
    assert Gate().rejected(0, 1e300, 0.0).until == MAX_PAUSE


def test_others_wait_for_the_probe_until_its_lease_is_over() -> None:
    gate = Gate().rejected(0, 1.0, 0.0).passed(1.0)
    assert gate.opens(1.0) == 1.0 + PROBE_POLL
    assert gate.opens(1.0 + LEASE) == 1.0 + LEASE
    assert gate.returned(1).opens(1.5) == 1.5


def test_only_the_probe_of_this_pause_opens_the_gate() -> None:
    gate = Gate().rejected(0, 1.0, 0.0).passed(1.0).rejected(1, 1.0, 2.0).passed(3.0)
    assert gate.settled(0) == gate, "a call that was under way before the pause"
    assert gate.settled(1) == gate, "the probe before this one"
    assert gate.settled(2) == Gate()


def test_a_late_429_for_a_probe_of_an_older_pause_shuts_the_open_gate() -> None:
    gate = Gate().rejected(2, 3.0, 10.0)
    assert (gate.strikes, gate.opens(10.0)) == (1, 13.0)


def test_a_gate_from_before_the_clock_was_set_back_is_dropped() -> None:
    gate = Gate().rejected(0, 5.0, 100_000.0)
    assert gate.plausible(100_000.0) == gate
    assert gate.plausible(10_000.0) == Gate()
