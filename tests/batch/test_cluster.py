"""A batch on a real cluster of processes: what a lost worker could still report is kept, all else is in doubt."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis

from recraft import InsufficientCreditsError, batch
from recraft.batch import workers
from recraft.errors import InputError
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import assert_files_are_what_was_served, charged_prompts, client_of, foxes, rows, settles, states
from .test_killed import assert_exact, faults

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.xdist_group("cluster")

slow = pytest.mark.slow

TOKEN = "sandbox-token"
QUIET = {"distributed.worker.daemon": False, "distributed.comm.timeouts.connect": "10s"}


def token() -> str:
    return TOKEN


def account(sandbox: Sandbox, name: str = "account") -> batch.Account:
    return batch.Account(name, token, sandbox.base_url)


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    import dask

    with dask.config.set(QUIET):
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
        )
        with cluster, distributed.Client(cluster) as client:
            yield client


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(TOKEN, limits=False, small_pictures=True, balance=10**6) as started:
        yield started


def run(engine: Any, redis: str, sandbox: Sandbox, jobs: Any, folder: Path, **settings: Any) -> batch.Summary:
    given = {"accounts": [account(sandbox)], **settings}
    return batch.run(jobs, folder, engine=engine, redis=redis, **given)


def test_workers_make_the_calls_and_the_driver_has_the_files(
    engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    assert run(engine, redis_url, sandbox, foxes(6, n=2), tmp_path / "out").complete
    assert_files_are_what_was_served(sandbox, tmp_path / "out")
    assert run(engine, redis_url, sandbox, foxes(6, n=2), tmp_path / "out").complete
    assert len(sandbox.ledger.charges) == 6
    with client_of(sandbox) as client:
        assert batch.reconcile(tmp_path / "out", client, account="account").unexplained == 0


def process_of(data: bytes, job: Any) -> int:
    return os.getpid()


@slow
def test_a_function_of_the_users_runs_where_the_image_was_fetched(
    engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    import json

    run(engine, redis_url, sandbox, foxes(4), tmp_path / "out", after=process_of)
    found = [json.loads(line)["after"] for line in (tmp_path / "out" / "results.jsonl").read_text().splitlines()]
    assert set(found) <= set(engine.run(os.getpid).values())
    assert os.getpid() not in found


@slow
def test_several_accounts_share_the_jobs(engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path) -> None:
    with Sandbox(TOKEN, limits=False, small_pictures=True) as other:
        accounts = [account(sandbox, "one"), account(other, "two")]
        jobs = foxes(30)
        assert run(engine, redis_url, sandbox, jobs, tmp_path / "out", accounts=accounts, concurrency=2).complete
        assert len(sandbox.ledger.charges) + len(other.ledger.charges) == 30
        assert min(len(sandbox.ledger.charges), len(other.ledger.charges)) > 3
        with client_of(other) as client:
            books = batch.reconcile(tmp_path / "out", client, account="two")
        assert books.charged == books.explained == other.ledger.total_units


@slow
def test_an_account_that_is_empty_leaves_its_jobs_to_the_others(
    engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    with Sandbox(TOKEN, limits=False, small_pictures=True, balance=100) as poor:
        accounts = [account(sandbox, "rich"), account(poor, "poor"), batch.Account("none", "NO_SUCH_VARIABLE")]
        summary = run(engine, redis_url, sandbox, foxes(30), tmp_path / "out", accounts=accounts, concurrency=2)
        assert (summary.stopped, summary.done) == (None, 30)
        assert len(poor.ledger.charges) == 2
        assert len(sandbox.ledger.charges) == 28


@slow
def test_errors_of_calls_come_home_as_they_were(engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path) -> None:
    jobs = [*foxes(2), {"prompt": "x", "style_id": "123e4567-e89b-42d3-a456-426614174000", "id": "bad"}]
    summary = run(engine, redis_url, sandbox, jobs, tmp_path / "out")
    assert (summary.done, summary.failed) == (2, 1)
    error = summary.troubles[0].error
    assert error is not None
    assert (error["type"], error["status"], error["code"]) == ("InvalidRequestError", 400, "style_not_found")
    sandbox.balance = 0
    assert run(engine, redis_url, sandbox, foxes(4), tmp_path / "out").stopped == "credits"


@slow
def test_files_of_a_manifest_travel_to_the_workers(
    engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    from PIL import Image

    Image.new("RGB", (300, 300), "red").save(tmp_path / "a.png")
    jobs = [{"operation": "vectorize", "image": tmp_path / "a.png", "id": "a"}]
    assert run(engine, redis_url, sandbox, jobs, tmp_path / "out").complete


@slow
def test_workers_without_a_token_are_said(engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path) -> None:
    accounts = [batch.Account("nobody", "NO_SUCH_VARIABLE", sandbox.base_url)]
    summary = run(engine, redis_url, sandbox, foxes(3), tmp_path / "out", accounts=accounts)
    assert (summary.stopped, summary.todo) == ("token", 3)


@slow
def test_what_a_cluster_needs_is_said(engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path) -> None:
    with client_of(sandbox) as client:
        for given in (
            {},
            {"client": client, "engine": engine},
            {"engine": engine},
            {"engine": object(), "redis": redis_url},
            {"engine": engine, "redis": redis_url, "accounts": []},
            {"engine": engine, "redis": redis_url, "accounts": ["token"]},
            {"engine": engine, "redis": redis_url, "accounts": [account(sandbox), account(sandbox)]},
        ):
            with pytest.raises(InputError):
                batch.run(foxes(1), tmp_path / "out", **given)  # type: ignore[arg-type]


def test_a_call_is_made_once_however_often_a_scheduler_runs_its_task(redis_url: str, sandbox: Sandbox) -> None:
    given = (account(sandbox), redis_url, f"recraft:batch:{uuid4().hex}:1:1", "images.generate", {"prompt": "a fox"})
    said = workers.make_call(*given)
    assert said is not None
    result, _ = workers.read(said)
    assert result.credits == 35
    assert workers.make_call(*given) is None
    assert len(sandbox.ledger.charges) == 1


def test_what_came_of_a_call_is_left_for_a_driver_that_is_not_told(redis_url: str, sandbox: Sandbox) -> None:
    claims, call = workers.Claims(redis_url), f"recraft:batch:{uuid4().hex}:1:1"
    assert claims.reported(call) is None
    sandbox.balance = 0
    said = workers.make_call(account(sandbox), redis_url, call, "images.generate", {"prompt": "a fox"})
    left = claims.reported(call)
    assert left == said
    assert left is not None
    assert type(workers.read(left)[0]) is InsufficientCreditsError
    claims.forget(call)
    assert claims.reported(call) is None
    assert not claims.claim(call)  # it is made, for good


class Killer:
    """Kills a worker whenever it is asked to, in a thread of its own."""

    def __init__(self, engine: Any, seed: int) -> None:
        self._engine, self._dice, self.killed = engine, random.Random(seed), 0
        self._busy = threading.Lock()

    def kill(self) -> None:
        if self._busy.acquire(blocking=False):
            threading.Thread(target=self._kill, daemon=True).start()

    def _kill(self) -> None:
        try:
            processes = list(self._engine.run(os.getpid).values())
            os.kill(self._dice.choice(processes), signal.SIGKILL)
            self.killed += 1
        except Exception:  # it is about to be replaced, or gone already
            pass
        finally:
            self._busy.release()


def prove(engine: Any, redis: str, folder: Path, *, jobs: int, kills: int, seed: int, plan: FaultPlan) -> None:
    balance = 10**6
    with Sandbox(TOKEN, limits=False, small_pictures=True, balance=balance, faults=plan) as sandbox:
        killer, every = Killer(engine, seed), max(1, jobs // (kills + 1))
        ended: list[int] = []

        def watch(progress: batch.Progress) -> None:
            now = (progress.done + progress.failed + progress.in_doubt) // every
            if now > len(ended) and killer.killed < kills:
                ended.append(now)
                killer.kill()

        rows_ = foxes(jobs)
        summary = run(engine, redis, sandbox, rows_, folder, on_progress=watch)
        for _ in range(30):
            if killer.killed >= kills and not summary.failed and not summary.paid and not summary.todo:
                break
            if killer.killed < kills:
                killer.kill()
            engine.wait_for_workers(1, timeout=30)
            summary = run(engine, redis, sandbox, rows_, folder)
        assert killer.killed >= kills
        charges = [len(sandbox.ledger.charges)]
        assert settles(lambda: charges.append(len(sandbox.ledger.charges)) or charges[-1] == charges[-2])
        assert_exact(sandbox, folder, jobs, balance, account="account")


@pytest.mark.slow
def test_a_batch_one_of_whose_workers_is_killed_is_exact(engine: Any, redis_url: str, tmp_path: Path) -> None:
    prove(engine, redis_url, tmp_path / "out", jobs=20, kills=1, seed=3, plan=FaultPlan())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [21, 22])
def test_four_hundred_jobs_whose_workers_are_killed_ten_times_are_exact(
    engine: Any, redis_url: str, tmp_path: Path, seed: int
) -> None:
    prove(engine, redis_url, tmp_path / "out", jobs=400, kills=10, seed=seed, plan=faults(seed))


@slow
def test_a_worker_that_outlives_its_scheduler_leaves_a_report(redis_url: str, sandbox: Sandbox, tmp_path: Path) -> None:
    """The driver dies of a second Ctrl-C while calls are under way; their workers finish them."""
    sandbox.faults = FaultPlan([Fault("latency", operation="createImage", seconds=1.0, times=None)])
    sent: Callable[[], int | None] = iter([1]).__next__
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
    )
    with cluster, distributed.Client(cluster) as engine:

        def abandon(progress: batch.Progress) -> None:
            if progress.in_flight == 4:
                try:
                    sent()
                except StopIteration:
                    return
                os.kill(os.getpid(), signal.SIGINT)
                threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()

        summary = run(engine, redis_url, sandbox, foxes(9), tmp_path / "out", concurrency=4, on_progress=abandon)
        assert summary.stopped == "SIGINT"
        assert states(tmp_path / "out").get("sent", 0) > 0
        (found,) = rows(tmp_path / "out", "select value from about where name = 'batch'")
        with redis.Redis.from_url(redis_url) as look:

            def kept(what: str) -> int:
                return len(list(look.scan_iter(f"recraft:batch:{found['value']}:*:{what}")))

            done = len(rows(tmp_path / "out", "select * from jobs where state = 'done'"))
            assert settles(lambda: kept("report") + done == kept("claim"), 20)
            assert kept("report") == 2
        sandbox.faults = FaultPlan()
        summary = run(engine, redis_url, sandbox, foxes(9), tmp_path / "out")
    assert summary.complete, summary
    assert set(charged_prompts(sandbox).values()) == {1}
    assert_files_are_what_was_served(sandbox, tmp_path / "out")


@slow
def test_a_cluster_that_is_gone_ends_the_run_and_another_goes_on(
    engine: Any, redis_url: str, sandbox: Sandbox, tmp_path: Path
) -> None:
    cluster = distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
    )
    lost = distributed.Client(cluster)
    closed: list[int] = []

    def close(progress: batch.Progress) -> None:
        if progress.done >= 4 and not closed:
            closed.append(1)
            threading.Thread(target=cluster.close, daemon=True).start()

    try:
        summary = run(lost, redis_url, sandbox, foxes(80), tmp_path / "out", on_progress=close)
    finally:
        lost.close()
        cluster.close()
    assert not summary.complete
    for _ in range(3):
        summary = run(engine, redis_url, sandbox, foxes(80), tmp_path / "out")
    assert summary.done + summary.in_doubt == 80
    assert set(charged_prompts(sandbox).values()) == {1}
    assert len(rows(tmp_path / "out", "select * from jobs where state = 'doubt'")) == summary.in_doubt
    with client_of(sandbox) as client:
        books = batch.reconcile(tmp_path / "out", client, account="account")
    assert books.charged == sandbox.ledger.total_units
