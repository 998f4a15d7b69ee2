"""A store whose state vanishes while it is in use: a file that a cleaner deleted, a server that forgot everything."""

import os
import shutil
from pathlib import Path

import pytest
import redis

from recraft.limiter import Limit, LimiterUnavailable, RateLimiter, RedisStore, SQLiteStore

from .conftest import Clock

ONE = (Limit(1, per=1.0, of="requests"),)
TWO = (Limit(2, per=60.0, of="requests"),)


def ask(limiter: RateLimiter) -> float:
    return limiter.ticket("account", images=1).ask()


def like_a_process(path: Path, clock: Clock, limits: tuple[Limit, ...] = TWO) -> RateLimiter:
    """Each store has a connection of its own, as another process would."""
    return RateLimiter(limits, margin=0.0, store=SQLiteStore(path, clock=clock))


def delete(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def test_a_process_whose_file_was_deleted_joins_the_new_one_with_what_it_sent(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.db"
    first = like_a_process(path, clock)
    assert ask(first) == 0.0
    delete(path)
    second = like_a_process(path, clock)
    assert ask(second) == 0.0
    assert ask(first) == 60.0, "one of its own, one of the other"
    assert ask(second) == 60.0, "the other knows of it now"


def test_a_file_that_was_replaced_is_noticed(tmp_path: Path, clock: Clock) -> None:
    path, other = tmp_path / "limits.db", tmp_path / "other.db"
    first, second = like_a_process(path, clock), like_a_process(other, clock)
    assert [ask(first), ask(second)] == [0.0, 0.0]
    second.store.close()  # type: ignore[attr-defined]
    delete(path)
    os.replace(other, path)
    assert ask(first) == 60.0


def test_a_file_deleted_alone_is_noticed_or_nothing_is_sent(tmp_path: Path, clock: Clock) -> None:
    """The companions `-wal` and `-shm` stay, and belong to no file any more."""
    path = tmp_path / "limits.db"
    stores = [like_a_process(path, clock) for _ in range(2)]
    assert ask(stores[0]) == 0.0
    path.unlink()
    went = 1
    for limiter in (*stores, *stores, like_a_process(path, clock)):
        try:
            went += ask(limiter) == 0.0
        except LimiterUnavailable:
            continue
    assert went == 2


def test_a_deleted_file_that_comes_back_after_close_has_what_was_sent(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.db"
    store = SQLiteStore(path, clock=clock)
    limiter = RateLimiter(ONE, margin=0.0, store=store)
    assert ask(limiter) == 0.0
    store.close()
    delete(path)
    assert ask(limiter) == 1.0


def test_only_what_still_counts_is_brought_along(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.db"
    first, second = like_a_process(path, clock), like_a_process(path, clock)
    late, given_back = (first.ticket("account", images=1) for _ in range(2))
    assert [late.ask(), given_back.ask()] == [0.0, 0.0]
    given_back.cancel()
    clock.now += 30.0
    assert late.leave() == 0.0
    delete(path)
    assert ask(first) == 0.0
    assert ask(second) == 60.0, "counted from when it left"
    clock.now += 60.0
    delete(path)
    assert [ask(first), ask(first)] == [0.0, 0.0]
    assert len(first.store._own) == 2  # type: ignore[attr-defined]


def test_a_pause_outlives_the_file(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.db"
    first = like_a_process(path, clock)
    rejected = first.ticket("account", images=1)
    assert rejected.ask() == 0.0
    rejected.rejected(20.0)
    delete(path)
    assert ask(first) == 20.0
    assert ask(like_a_process(path, clock)) > 0


def test_those_who_wait_when_the_file_vanishes_keep_their_order(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "limits.db"
    limiter = like_a_process(path, clock, ONE)
    sent, second, third = (limiter.ticket("account", images=1) for _ in range(3))
    assert [sent.ask(), second.ask(), third.ask()] == [0.0, 1.0, 2.0]
    clock.now += 0.5
    delete(path)
    newcomer = limiter.ticket("account", images=1)
    assert [newcomer.ask(), third.ask(), second.ask()] == [0.5, 0.5, 0.5]
    assert [third.ask(), newcomer.ask()] == [1.5, 2.5]


def test_a_folder_that_vanished_means_nothing_is_sent_and_nothing_forgotten(tmp_path: Path, clock: Clock) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    limiter = like_a_process(folder / "limits.db", clock, ONE)
    assert ask(limiter) == 0.0
    shutil.rmtree(folder)
    for _ in range(2):
        with pytest.raises(LimiterUnavailable, match="unable to open"):
            ask(limiter)
    folder.mkdir()
    assert ask(limiter) == 1.0


def test_those_who_wait_keep_their_order_when_a_server_forgets_everything(
    redis_client: redis.Redis, clock: Clock
) -> None:
    limiter = RateLimiter(ONE, margin=0.0, store=RedisStore(redis_client, clock=clock))
    sent, second, third = (limiter.ticket("account", images=1) for _ in range(3))
    assert [sent.ask(), second.ask(), third.ask()] == [0.0, 1.0, 2.0]
    clock.now += 0.5
    redis_client.flushall()
    lucky, newcomer = (limiter.ticket("account", images=1) for _ in range(2))
    assert [lucky.ask(), newcomer.ask()] == [0.0, 1.0], "what was sent is forgotten"
    assert [third.ask(), second.ask()] == [1.0, 1.0]
    assert [third.ask(), newcomer.ask()] == [2.0, 3.0]
    assert limiter.ticket("account", images=1).ask() == 4.0


def test_nobody_is_ahead_of_a_call_that_waits_to_leave_when_a_server_forgets_everything(
    redis_client: redis.Redis, clock: Clock
) -> None:
    limiter = RateLimiter(ONE, margin=0.0, store=RedisStore(redis_client, clock=clock))
    first, second = (limiter.ticket("account", images=1) for _ in range(2))
    assert first.ask() == 0.0
    clock.now += 1.0
    assert second.ask() == 0.0
    clock.now += 0.5
    assert first.leave() == 0.5
    redis_client.flushall()
    assert second.leave() == 0.0, "forgotten, and so is what it would wait for"
    newcomer = limiter.ticket("account", images=1)
    assert [newcomer.ask(), first.leave(), newcomer.ask()] == [1.0, 1.0, 2.0]
