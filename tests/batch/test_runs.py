"""What a run does with answers, failures, doubts, limits and signals."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import threading
from pathlib import Path
from typing import Any

import anyio
import pytest

from recraft import batch
from recraft.errors import InputError, RecraftError
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import (
    assert_files_are_what_was_served,
    async_client_of,
    charged_prompts,
    client_of,
    foxes,
    pictures,
    rows,
    states,
)


def run(sandbox: Sandbox, manifest: Any, folder: Path, **settings: Any) -> batch.Summary:
    with client_of(sandbox) as client:
        return batch.run(manifest, folder, client=client, **settings)


def test_the_same_manifest_again_does_nothing(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    assert run(recraft_sandbox, foxes(12, n=2), tmp_path / "out").complete
    assert_files_are_what_was_served(recraft_sandbox, tmp_path / "out")
    recraft_sandbox.ledger.clear()
    again = run(recraft_sandbox, foxes(12, n=2), tmp_path / "out")
    assert again.complete
    assert recraft_sandbox.ledger.requests == ()


@pytest.mark.parametrize("form", ["b64_json", "multipart"])
def test_images_that_come_themselves_are_on_the_disk_before_their_job_is_paid(
    recraft_sandbox: Sandbox, tmp_path: Path, form: str
) -> None:
    assert run(recraft_sandbox, foxes(3, n=2, response_format=form), tmp_path / "out").complete
    assert_files_are_what_was_served(recraft_sandbox, tmp_path / "out")
    assert not [each for each in recraft_sandbox.ledger.requests if each.operation == "download"]


def test_a_signed_address_is_kept_for_as_long_as_it_is_needed(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.faults = FaultPlan([Fault("status", status=403, operation="download", times=1)])
    out = tmp_path / "out"
    assert run(recraft_sandbox, foxes(3), out).paid == 1
    assert len(rows(out, "select * from images where url is not null")) == 1
    assert (out / "journal.db").stat().st_mode & 0o077 == 0
    assert run(recraft_sandbox, foxes(3), out).complete
    assert rows(out, "select * from images where url is not null") == []
    assert len(recraft_sandbox.ledger.charges) == 3


def test_one_bad_job_does_not_stop_the_rest_and_its_error_is_in_the_journal(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    jobs = [*foxes(3), {"prompt": "a fox", "style_id": "123e4567-e89b-42d3-a456-426614174000", "id": "bad"}]
    summary = run(recraft_sandbox, jobs, tmp_path / "out")
    assert (summary.done, summary.failed, summary.stopped) == (3, 1, None)
    (bad,) = summary.troubles
    assert (bad.id, bad.line, bad.state) == ("bad", 4, "failed")
    assert bad.error is not None
    error = RecraftError.from_dict(bad.error)
    assert (error.status, error.code, error.maybe_charged) == (400, "style_not_found", False)
    assert error.request_id
    sent = len(recraft_sandbox.ledger.requests)
    assert run(recraft_sandbox, jobs, tmp_path / "out").failed == 1  # refused for what it is
    assert len(recraft_sandbox.ledger.requests) == sent
    run(recraft_sandbox, jobs, tmp_path / "out", retry_failed=True)
    assert len(recraft_sandbox.ledger.requests) > sent


def test_what_failed_for_the_moment_is_tried_again_by_the_next_run(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.faults = FaultPlan([Fault("status", status=503, operation="createImage", times=None)])
    assert run(recraft_sandbox, foxes(2), tmp_path / "out").failed == 2
    recraft_sandbox.faults = FaultPlan()
    assert run(recraft_sandbox, foxes(2), tmp_path / "out").complete
    assert len(recraft_sandbox.ledger.charges) == 2


@pytest.mark.parametrize("charged", [True, False])
def test_a_job_in_doubt_is_listed_and_left_until_it_is_asked_for(
    recraft_sandbox: Sandbox, tmp_path: Path, charged: bool
) -> None:
    recraft_sandbox.faults = FaultPlan([Fault("reset_after_body", operation="createImage", charged=charged)])
    out = tmp_path / "out"
    summary = run(recraft_sandbox, foxes(5), out, concurrency=1)
    assert (summary.done, summary.in_doubt, summary.failed) == (4, 1, 0)
    assert summary.troubles[0].error is not None
    assert summary.troubles[0].error["maybe_charged"] is True
    assert run(recraft_sandbox, foxes(5), out).in_doubt == 1
    with client_of(recraft_sandbox) as client:
        books = batch.reconcile(out, client)
    assert (books.unexplained, books.probably_charged) == ((35, 1) if charged else (0, 0))
    assert [each.id for each in books.in_doubt] == [summary.troubles[0].id]
    assert run(recraft_sandbox, foxes(5), out, resend_in_doubt=True).complete
    assert len(recraft_sandbox.ledger.charges) == 5 + charged


def test_an_empty_account_stops_the_run_and_the_job_is_still_to_do(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.balance = 100
    summary = run(recraft_sandbox, foxes(9), tmp_path / "out", concurrency=1)
    assert (summary.stopped, summary.done, summary.todo, summary.failed) == ("credits", 2, 7, 0)
    assert "no API units left" in str(summary)
    recraft_sandbox.balance = 1000
    assert run(recraft_sandbox, foxes(9), tmp_path / "out").complete


def test_a_token_that_is_not_accepted_stops_the_run_before_a_call(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    from recraft import Recraft

    with Recraft("wrong", base_url=recraft_sandbox.base_url, limiter=None) as client:
        summary = batch.run(foxes(9), tmp_path / "out", client=client)
    assert (summary.stopped, summary.todo) == ("token", 9)
    assert {each.operation for each in recraft_sandbox.ledger.requests} == {"getCurrentUser"}


def test_where_nothing_can_be_connected_to_the_run_ends_soon(tmp_path: Path) -> None:
    with Sandbox(limits=False, small_pictures=True) as sandbox:
        with sandbox.refuse():
            summary = run(sandbox, foxes(500), tmp_path / "out", concurrency=4)
        assert summary.stopped == "connection"
        assert summary.failed < 40
        assert run(sandbox, foxes(50), tmp_path / "out").complete


def test_an_address_past_its_time_is_said_and_never_bought_again(tmp_path: Path) -> None:
    with Sandbox(limits=False, small_pictures=True, url_lifetime=0) as sandbox:
        run(sandbox, foxes(2), tmp_path / "out")
        journal = tmp_path / "out" / "journal.db"
        import sqlite3

        with sqlite3.connect(journal) as db:  # a day goes by
            db.execute("update images set expires_at = '2020-01-01T00:00:00+00:00'")
        summary = run(sandbox, foxes(2), tmp_path / "out")
        assert summary.expired == 2
        assert "no longer valid" in str(summary.troubles[0])
        assert run(sandbox, foxes(2), tmp_path / "out", resend_in_doubt=True, retry_failed=True).expired == 2
        assert len(sandbox.ledger.charges) == 2


def test_progress_is_told_and_a_function_that_fails_harms_nothing(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    told: list[batch.Progress] = []

    def tell(progress: batch.Progress) -> None:
        told.append(progress)
        raise RuntimeError("a broken progress bar")

    assert run(recraft_sandbox, foxes(4), tmp_path / "out", on_progress=tell).complete
    assert {each.jobs for each in told} == {4}
    assert [each.done for each in told] == sorted(each.done for each in told)
    assert (told[-1].done, told[-1].in_flight, told[-1].units) == (4, 0, 140)


def test_a_function_of_the_users_sees_each_finished_image_and_what_it_says_is_kept(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    def after(data: bytes, job: Any) -> Any:
        if job["id"] == "bad":
            raise ValueError("cannot look at this one")
        return {"bytes": len(data), "prompt": job["prompt"]}

    jobs = [{"prompt": "a", "id": "good"}, {"prompt": "b", "id": "bad"}]
    assert run(recraft_sandbox, jobs, tmp_path / "out", after=after).complete
    found = {
        each["id"]: each for each in map(json.loads, (tmp_path / "out" / "results.jsonl").read_text().splitlines())
    }
    assert found["good"]["after"] == {"bytes": found["good"]["bytes"], "prompt": "a"}
    assert found["bad"]["after"] == {"error": "ValueError: cannot look at this one"}


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_batch_runs_on_an_event_loop_too(recraft_sandbox: Sandbox, tmp_path: Path, backend: Any) -> None:
    async def main() -> batch.Summary:
        async with async_client_of(recraft_sandbox) as client:
            await batch.arun(foxes(10), tmp_path / "out", client=client)
            assert (await batch.areconcile(tmp_path / "out", client)).unexplained == 0
            return await batch.arun(foxes(12), tmp_path / "out", client=client)

    assert anyio.run(main, backend=backend).complete
    assert len(recraft_sandbox.ledger.charges) == 12
    assert_files_are_what_was_served(recraft_sandbox, tmp_path / "out")


def test_each_kind_of_client_is_told_which_function_takes_it(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    async def main() -> None:
        with client_of(recraft_sandbox) as client:
            with pytest.raises(InputError, match="event loop"):
                batch.run([], tmp_path / "out", client=client)
            with pytest.raises(InputError, match="expected AsyncRecraft"):
                await batch.arun([], tmp_path / "out", client=client)  # type: ignore[arg-type]

    anyio.run(main)


def test_a_listener_of_the_client_hears_the_calls_of_a_batch(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    heard: list[Any] = []
    with client_of(recraft_sandbox, on_event=heard.append) as client:
        batch.run(foxes(2), tmp_path / "out", client=client)
    assert sum(each.kind == "outcome" and each.operation == "createImage" for each in heard) == 2


@pytest.mark.parametrize("units", [0, 34, 35, 100, 500, 1234])
def test_a_budget_is_never_passed(recraft_sandbox: Sandbox, tmp_path: Path, units: int) -> None:
    jobs = [{"prompt": f"fox {number}", "n": number % 4 + 1, "model": "recraftv4_1"} for number in range(40)]
    recraft_sandbox.faults = FaultPlan(
        [Fault("reset_after_body", operation="createImage", charged=True, probability=0.2, times=None)]
    )
    before = recraft_sandbox.balance
    for _ in range(3):  # a folder has one budget, however often it is run
        summary = run(recraft_sandbox, jobs, tmp_path / "out", budget=batch.Budget(units=units))
        assert summary.stopped == "budget"
        assert before - recraft_sandbox.balance <= units
    assert units - (before - recraft_sandbox.balance) < 4 * 35 + 35 * summary.in_doubt + 35 * 4


def test_of_a_kind_without_a_known_price_one_call_goes_alone_near_the_budget(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    together: list[int] = []
    summary = run(
        recraft_sandbox,
        foxes(10),  # the model is the service's choice, so no list tells its price
        tmp_path / "out",
        budget=batch.Budget(usd=0.2),
        on_progress=lambda now: together.append(now.in_flight if not now.units else 0),
    )
    assert max(together) == 1
    assert (summary.done, summary.units, summary.stopped) == (5, 175, "budget")


def test_a_budget_is_dollars_or_units_and_nothing_else() -> None:
    for given in ({}, {"usd": 1, "units": 1}, {"usd": -1}, {"units": "many"}, {"usd": True}, {"usd": float("nan")}):
        with pytest.raises(InputError):
            batch.Budget(**given)  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_finishes_what_is_in_flight_and_the_handler_of_before_is_back(
    recraft_sandbox: Sandbox, tmp_path: Path, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    sent = iter([number])

    def stop(progress: batch.Progress) -> None:
        if progress.done == 3 and next(sent, None):
            os.kill(os.getpid(), number)

    summary = run(recraft_sandbox, foxes(40), tmp_path / "out", concurrency=3, on_progress=stop)
    assert summary.stopped == number.name
    assert summary.in_doubt == 0
    assert 3 <= summary.done < 40
    assert summary.done + summary.todo == 40
    assert "run the same again to go on" in str(summary)
    assert signal.getsignal(number) is before
    assert run(recraft_sandbox, foxes(40), tmp_path / "out").complete
    assert max(charged_prompts(recraft_sandbox).values()) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_a_second_signal_leaves_what_is_in_flight_in_doubt(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.faults = FaultPlan([Fault("latency", operation="createImage", seconds=60, times=None)])

    sent = iter([signal.SIGINT])

    def stop(progress: batch.Progress) -> None:
        if progress.in_flight == 3 and next(sent, None):
            os.kill(os.getpid(), signal.SIGINT)
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    summary = run(recraft_sandbox, foxes(9), tmp_path / "out", concurrency=3, on_progress=stop)
    assert (summary.stopped, summary.in_doubt, summary.todo) == ("SIGINT", 3, 6)
    assert states(tmp_path / "out") == {"sent": 3, "todo": 6}


def test_outside_the_main_thread_signals_are_left_alone(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    found: list[batch.Summary] = []
    thread = threading.Thread(target=lambda: found.append(run(recraft_sandbox, foxes(2), tmp_path / "out")))
    thread.start()
    thread.join()
    assert found[0].complete


def test_the_status_of_a_folder_can_be_seen_while_it_is_worked_on(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    seen: list[batch.Summary] = []
    run(
        recraft_sandbox,
        foxes(3),
        tmp_path / "out",
        on_progress=lambda now: seen.append(batch.status(tmp_path / "out")),
    )
    assert {each.jobs for each in seen} == {3}
    assert batch.status(tmp_path / "out").complete
    with pytest.raises(batch.BatchError, match="no batch"):
        batch.status(tmp_path)


def test_no_token_and_no_signed_address_is_in_what_a_batch_says(tmp_path: Path) -> None:
    with Sandbox("token-4f2c9b7e1d", limits=False, small_pictures=True) as sandbox:
        sandbox.faults = FaultPlan(
            [
                Fault("status", status=404, operation="download", times=None),
                Fault("html", operation="createImage", times=1),
            ]
        )
        summary = run(sandbox, foxes(3), tmp_path / "out")
        said = str(summary) + repr(summary) + (tmp_path / "out" / "report.html").read_text("utf-8")
        said += (tmp_path / "out" / "results.jsonl").read_text("utf-8")
        signatures = [row["url"].split("/")[3] for row in rows(tmp_path / "out", "select url from images")]
    assert len(signatures) == 2
    for secret in ("token-4f2c9b7e1d", *signatures):
        assert secret not in said
        assert all(secret not in path.name for path in pictures(tmp_path / "out"))


def test_a_budget_below_the_cheapest_model_sends_nothing(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    found = run(recraft_sandbox, foxes(3), tmp_path / "out", budget=batch.Budget(units=3))
    assert (found.stopped, found.units) == ("budget", 0)
    assert recraft_sandbox.ledger.charges == ()


def test_an_answer_that_does_not_say_what_it_cost_counts_in_full_in_later_runs(
    recraft_sandbox: Sandbox, tmp_path: Path
) -> None:
    jobs = foxes(4, model="recraftv4_1")
    run(recraft_sandbox, jobs, tmp_path / "out", budget=batch.Budget(units=70))
    with sqlite3.connect(tmp_path / "out" / "journal.db") as db:
        db.execute("update jobs set credits = null")
    found = run(recraft_sandbox, jobs, tmp_path / "out", budget=batch.Budget(units=70))
    assert found.stopped == "budget"
    assert recraft_sandbox.ledger.total_units == 70
