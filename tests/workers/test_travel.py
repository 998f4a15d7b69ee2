"""What goes to another process: limiters do, as settings; clients say what to do in their place."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

import cloudpickle
import dask
import dask.base
import pytest
import redis

from recraft import AsyncRecraft, Limit, MemoryStore, RateLimiter, Recraft, RedisStore, SQLiteStore
from recraft.limiter import memory
from recraft.sandbox import Sandbox

from .jobs import is_the_processs_own, keep, may_go, may_the_given_go

TOKEN = "a-token-nobody-may-see"
LIMITS = (Limit(3, per=3600.0, of="requests"),)

STARTS = [each for each in multiprocessing.get_all_start_methods() if each != "forkserver"]
each_context = pytest.mark.parametrize("context", STARTS)
each_protocol = pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))


@pytest.fixture(params=["sqlite", "redis"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> RateLimiter:
    """A limiter whose state all processes can reach."""
    if request.param == "sqlite":
        return RateLimiter(LIMITS, margin=0.25, store=SQLiteStore(tmp_path / "limits.db"))
    url = request.getfixturevalue("redis_url")
    return RateLimiter(LIMITS, margin=0.25, store=RedisStore(url, prefix=tmp_path.name))


@each_context
def test_processes_that_are_sent_a_limiter_keep_one_limit_together(shared: RateLimiter, context: str) -> None:
    assert may_go(shared)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(context)) as pool:
        went = list(pool.map(may_go, [shared] * 6))
    assert sum(went) == 2
    assert not may_go(shared)


@each_context
def test_workers_whose_initializer_is_given_a_limiter_keep_one_limit_together(
    shared: RateLimiter, context: str
) -> None:
    with multiprocessing.get_context(context).Pool(2, initializer=keep, initargs=(shared,)) as pool:
        assert sum(pool.map(may_the_given_go, range(6), chunksize=1)) == 3
    assert not may_go(shared)


@each_protocol
def test_a_limiter_arrives_with_its_settings_and_goes_by_the_clock_of_where_it_is(
    shared: RateLimiter, protocol: int
) -> None:
    twin: Any = pickle.loads(pickle.dumps(shared, protocol))
    assert (type(twin), twin.limits, twin.margin) == (RateLimiter, shared.limits, shared.margin)
    assert type(twin.store) is type(shared.store)
    assert twin.store.clock == shared.store.clock  # type: ignore[attr-defined]
    assert getattr(twin.store, "prefix", None) == getattr(shared.store, "prefix", None)
    assert [may_go(each) for each in (twin, shared, twin, shared)] == [True, True, True, False]


def test_a_file_named_by_a_relative_path_is_the_same_file_in_a_process_that_works_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = pickle.dumps(SQLiteStore("limits.db"))
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert pickle.loads(data).path == tmp_path / "limits.db"


@each_context
def test_the_default_limiter_travels_as_the_one_of_each_process(context: str) -> None:
    assert pickle.loads(pickle.dumps(RateLimiter())) == RateLimiter()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(context)) as pool:
        assert pool.submit(is_the_processs_own, RateLimiter()).result()


def test_a_memory_of_ones_own_does_not_travel_and_says_what_does() -> None:
    for stays in (MemoryStore(), RateLimiter(LIMITS, store=MemoryStore())):
        with pytest.raises(TypeError, match=r"its state is in this one.*SQLiteStore .*RedisStore"):
            pickle.dumps(stays)


def test_a_redis_client_of_ones_own_does_not_travel_and_the_error_asks_for_a_url() -> None:
    with pytest.raises(TypeError, match="Give it a URL") as caught:
        pickle.dumps(RedisStore(redis.Redis(password="pa55word")))
    assert "pa55word" not in str(caught.value)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy], ids=["copy", "deepcopy"])
def test_a_copy_of_a_limiter_shares_its_state(tmp_path: Path, copied: Callable[[Any], Any], redis_url: str) -> None:
    stores = [
        MemoryStore(),
        memory.SHARED,
        SQLiteStore(tmp_path / "limits.db"),
        RedisStore(redis.Redis.from_url(redis_url), prefix=f"{tmp_path.name}-{copied.__name__}"),
    ]
    for store in stores:
        limiter = RateLimiter(LIMITS, store=store)
        assert copied(store) is store
        twin = copied(limiter)
        assert twin == limiter
        went = [may_go(each, tmp_path.name) for each in (twin, limiter, twin, limiter)]
        assert went == [True, True, True, False]


# Clients stay.


def parts_of_clients() -> list[Any]:
    made: list[Any] = []
    for kind in (Recraft, AsyncRecraft):
        client = kind(TOKEN)
        made += [client, client.with_options(timeout=3), client.images, client.raw]
        made += [client.images.generate, client.users.me, client.save]
    return made


SENDS: list[Callable[[Any], Any]] = [
    pickle.dumps, cloudpickle.dumps, copy.deepcopy, dask.base.tokenize, dask.base.normalize_token,
]  # fmt: skip


@pytest.mark.parametrize("send", SENDS, ids=lambda send: f"{send.__module__}.{getattr(send, '__name__', 'normalize')}")
@pytest.mark.parametrize("part", parts_of_clients(), ids=str)
def test_no_part_of_a_client_leaves_its_process_and_it_says_what_to_do(part: Any, send: Callable[[Any], Any]) -> None:
    with pytest.raises(TypeError, match=r"Make one in each process.*initializer.*worker_process_init") as caught:
        send(part)
    assert TOKEN not in str(caught.value)


@pytest.mark.parametrize("kind", [Recraft, AsyncRecraft])
def test_a_client_has_no_copy_but_siblings(kind: Any) -> None:
    for part in (kind(TOKEN), kind(TOKEN).images, kind(TOKEN).raw):
        with pytest.raises(TypeError, match=r"client\.with_options\(\) makes a sibling"):
            copy.copy(part)


@each_context
def test_a_pool_that_is_given_a_method_of_a_client_says_what_to_do(service: Sandbox, context: str) -> None:
    spawning: BaseContext = multiprocessing.get_context(context)
    with Recraft() as client:
        with ProcessPoolExecutor(1, mp_context=spawning) as pool:
            with pytest.raises(TypeError, match="Make one in each process"):
                list(pool.map(client.images.generate, ["a fox"]))
        with spawning.Pool(1) as workers:
            with pytest.raises(TypeError, match="Make one in each process"):
                workers.map(client.images.generate, ["a fox"])
    assert service.ledger.requests == ()


def test_dask_says_what_to_do_before_it_runs_anything(service: Sandbox) -> None:
    with Recraft() as client:
        with pytest.raises(TypeError, match="Make one in each process"):
            dask.delayed(client.images.generate, pure=True)("a fox").compute(scheduler="synchronous")
    assert service.ledger.requests == ()
