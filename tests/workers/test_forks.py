"""A client that was made before a fork works in the child, and in the parent as before."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from recraft import (
    AsyncRecraft,
    Limit,
    MemoryStore,
    RateLimiter,
    Recraft,
    RedisStore,
    RetryPolicy,
    SQLiteStore,
    TimedOut,
)
from recraft.limiter import Store
from recraft.otel import measure_events
from recraft.sandbox import Sandbox

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


def in_children(*work: Callable[[], Any]) -> list[Any]:
    """What each function returns, called in a forked process of its own, all at once."""
    context = multiprocessing.get_context("fork")
    answers = [context.SimpleQueue() for _ in work]
    processes = [
        context.Process(target=lambda done=done, answer=answer: answer.put(done()))
        for done, answer in zip(work, answers, strict=True)
    ]
    for process in processes:
        process.start()
    given = [answer.get() for answer in answers]
    for process in processes:
        process.join(30)
    assert [process.exitcode for process in processes] == [0] * len(processes)
    return given


@pytest.fixture(params=["memory", "sqlite", "redis"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "memory":
        return MemoryStore()
    if request.param == "sqlite":
        return SQLiteStore(tmp_path / "limits.db")
    return RedisStore(request.getfixturevalue("redis_url"), prefix=tmp_path.name)


def went(client: Recraft, times: int) -> int:
    """How many of so many calls the limit lets go."""
    count = 0
    for _ in range(times):
        try:
            client.users.me()
        except TimedOut:
            break
        count += 1
    return count


def test_forked_processes_call_on_connections_of_their_own_and_know_what_was_sent(
    service: Sandbox, store: Store
) -> None:
    limiter = RateLimiter((Limit(4, per=3600.0, of="requests"),), store=store)
    with Recraft(limiter=limiter, retry=RetryPolicy(deadline=5)) as client:
        sibling = client.with_options(timeout=60)
        assert went(client, 1) == 1
        children = in_children(lambda: went(client, 9), lambda: went(sibling, 9))
        if isinstance(store, MemoryStore):  # each with what the parent knew, and by itself from then on
            assert (children, went(client, 9)) == ([3, 3], 3)
        else:
            assert (sum(children), went(client, 9)) == (3, 0)
    assert all(request.authorized and request.status == 200 for request in service.ledger.requests)


def test_an_asynchronous_client_that_was_used_before_a_fork_works_on_the_loops_of_both(service: Sandbox) -> None:
    client = AsyncRecraft(limiter=RateLimiter(store=MemoryStore()))

    async def two() -> list[int]:
        made = await asyncio.gather(client.images.generate("a fox"), client.images.generate("an owl", n=2))
        return [len(each) for each in made]

    assert asyncio.run(two()) == [1, 2]
    assert in_children(lambda: asyncio.run(two()), lambda: asyncio.run(two())) == [[1, 2], [1, 2]]
    assert asyncio.run(two()) == [1, 2]
    assert sum(charge.images for charge in service.ledger.charges) == 12


def test_a_client_that_was_closed_in_a_child_stays_open_in_the_parent(service: Sandbox) -> None:
    with Recraft(limiter=None) as client:
        client.users.me()
        in_children(client.close)
        client.users.me()
    assert [request.status for request in service.ledger.requests] == [200, 200]


# Metrics, as the page for workers says.


def units(reader: InMemoryMetricReader) -> float:
    data = reader.get_metrics_data()
    assert data is not None
    metrics = [each for found in data.resource_metrics for scope in found.scope_metrics for each in scope.metrics]
    return sum(
        point.value for each in metrics if each.name == "recraft.client.units" for point in each.data.data_points
    )


def picture_counted_by(reader: InMemoryMetricReader, client: Recraft) -> float:
    client.images.generate("a fox")
    return units(reader)


def measuring() -> tuple[InMemoryMetricReader, Any]:
    reader = InMemoryMetricReader()
    return reader, measure_events(MeterProvider([reader]).get_meter("recraft"))


def test_metrics_that_were_set_up_before_a_fork_count_on_and_those_set_up_after_it_count_anew(
    service: Sandbox,
) -> None:
    before, listener = measuring()
    with Recraft(limiter=None, on_event=listener) as client:
        assert picture_counted_by(before, client) == 35

        def anew() -> float:
            reader, own = measuring()
            return picture_counted_by(reader, client.with_options(on_event=own))

        assert in_children(lambda: picture_counted_by(before, client), anew) == [70, 35]
        assert units(before) == 35
