"""A journal that cannot be trusted or written ends the run with a clear error, and nothing is paid twice."""

from __future__ import annotations

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recraft import batch
from recraft.batch.journal import Journal
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .support import (
    assert_files_are_what_was_served,
    charged_prompts,
    client_of,
    foxes,
    settles,
    slow,
    states,
    write_jsonl,
)
from .test_killed import start


def run(sandbox: Sandbox, manifest: Any, folder: Path, **settings: Any) -> batch.Summary:
    with client_of(sandbox) as client:
        return batch.run(manifest, folder, client=client, **settings)


def refused(sandbox: Sandbox, manifest: Any, folder: Path) -> str:
    """What the error says with which a run ends that sends nothing."""
    sandbox.ledger.clear()
    with pytest.raises(batch.BatchError) as caught:
        run(sandbox, manifest, folder)
    assert sandbox.ledger.requests == ()
    return str(caught.value)


@pytest.fixture
def finished(recraft_sandbox: Sandbox, tmp_path: Path) -> Path:
    """A folder with a batch that is done."""
    run(recraft_sandbox, foxes(5), tmp_path / "out")
    return tmp_path / "out"


def test_two_runs_on_one_folder_never_do_a_job_twice(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    refusals: list[str] = []

    def second(progress: batch.Progress) -> None:
        if not refusals:
            other = subprocess.run(
                [sys.executable, "-c", SECOND, str(tmp_path / "out"), recraft_sandbox.base_url],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            refusals.append(other.stdout + other.stderr)

    assert run(recraft_sandbox, foxes(4), tmp_path / "out", on_progress=second).complete
    assert "another process works on" in refusals[0]
    assert set(charged_prompts(recraft_sandbox).values()) == {1}


SECOND = """
import sys
from recraft import Recraft, batch
with Recraft("sandbox-token", base_url=sys.argv[2], limiter=None) as client:
    try:
        print(batch.run([{"prompt": "fox number 0"}], sys.argv[1], client=client))
    except batch.BatchError as error:
        print(error)
"""


def test_the_lock_of_a_killed_process_is_no_lock(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    recraft_sandbox.faults = FaultPlan([Fault("latency", operation="createImage", seconds=60, times=2)])
    manifest = write_jsonl(tmp_path / "m.jsonl", foxes(4))
    process = start(recraft_sandbox, manifest, tmp_path / "out", concurrency=2)
    # Both have arrived: a call that the journal calls sent may still be on its way, and leave its latency to the next.

    def arrived() -> bool:
        return [each.operation for each in recraft_sandbox.ledger.requests].count("createImage") == 2

    assert settles(arrived, 60)
    process.kill()
    process.communicate()
    summary = run(recraft_sandbox, manifest, tmp_path / "out")
    assert (summary.done, summary.in_doubt) == (2, 2)


def test_a_folder_that_a_newer_version_wrote_is_refused(recraft_sandbox: Sandbox, finished: Path) -> None:
    with sqlite3.connect(finished / "journal.db") as db:
        db.execute("pragma user_version = 99")
    assert "newer version of recraft-sdk" in refused(recraft_sandbox, foxes(6), finished)
    with pytest.raises(batch.JournalError, match="newer version"):
        batch.status(finished)


def test_a_journal_that_is_gone_while_its_pictures_are_there_is_missed(
    recraft_sandbox: Sandbox, finished: Path
) -> None:
    for path in finished.glob("journal.db*"):
        path.unlink()
    assert "is gone" in refused(recraft_sandbox, foxes(5), finished)


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_journal_is_refused(recraft_sandbox: Sandbox, finished: Path, content: bytes) -> None:
    (finished / "journal.db").write_bytes(content)
    said = refused(recraft_sandbox, foxes(5), finished)
    assert "no journal of a batch" in said or "damaged" in said


def test_a_journal_of_another_program_is_not_touched(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with sqlite3.connect(tmp_path / "out" / "journal.db") as db:
        db.execute("create table mine (x)")
    before = (tmp_path / "out" / "journal.db").read_bytes()
    assert "no journal of a batch" in refused(recraft_sandbox, foxes(5), tmp_path / "out")
    assert (tmp_path / "out" / "journal.db").read_bytes() == before


@pytest.mark.parametrize("part", range(6))
def test_a_damaged_journal_is_never_believed(recraft_sandbox: Sandbox, tmp_path: Path, part: int) -> None:
    out = tmp_path / "out"
    run(recraft_sandbox, foxes(60), out)
    data = bytearray((out / "journal.db").read_bytes())
    page = len(data) // 4096 * part // 6 * 4096
    data[page : page + 4096] = os.urandom(4096)
    (out / "journal.db").write_bytes(data)
    assert "journal" in refused(recraft_sandbox, foxes(60), out)


def test_a_journal_without_its_newest_part_is_never_believed(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    manifest, out = write_jsonl(tmp_path / "m.jsonl", foxes(40)), tmp_path / "out"
    assert start(recraft_sandbox, manifest, out, concurrency=2, die_at=15).wait() == 9
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    for name in ("journal.db-wal", "journal.db-shm"):
        (copy / name).unlink()
    for _ in range(2):  # looking at it makes an empty one, which is no other
        assert "-wal is gone" in refused(recraft_sandbox, manifest, copy)
        with pytest.raises(batch.JournalError, match="-wal is gone"):
            batch.status(copy)
    with sqlite3.connect(out / "journal.db") as db:  # somebody looks at it, which takes that part in
        db.execute("select * from jobs").fetchall()
    db.close()
    assert run(recraft_sandbox, manifest, out).failed == 0
    assert set(charged_prompts(recraft_sandbox).values()) == {1}


def test_a_journal_that_is_deleted_under_a_run_stops_it(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def delete(progress: batch.Progress) -> None:
        if progress.done == 2:
            for path in out.glob("journal.db*"):
                path.unlink()

    with pytest.raises(batch.JournalError, match="deleted or replaced"):
        run(recraft_sandbox, foxes(30), out, concurrency=2, on_progress=delete)
    assert len(recraft_sandbox.ledger.charges) < 30
    assert "is gone" in refused(recraft_sandbox, foxes(30), out)


def test_a_lock_that_is_deleted_under_a_run_stops_it(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def delete(progress: batch.Progress) -> None:
        (out / "journal.lock").unlink(missing_ok=True)

    with pytest.raises(batch.JournalError, match="deleted or replaced"):
        run(recraft_sandbox, foxes(30), out, concurrency=2, on_progress=delete)
    summary = run(recraft_sandbox, foxes(30), out)
    assert summary.done + summary.in_doubt == 30
    assert set(charged_prompts(recraft_sandbox).values()) == {1}


@pytest.mark.parametrize("form", ["url", "b64_json"])
def test_a_file_that_took_the_name_of_one_on_its_way_is_left_alone(
    recraft_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    out, replace = tmp_path / "out", os.replace

    def fail(source: Any, target: Any) -> None:
        if Path(target).parent.name == "images":
            raise OSError(5, "Input/output error")
        replace(source, target)

    jobs = [{"prompt": "a", "id": "a", "response_format": form}]
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", fail)
        with pytest.raises(batch.BatchError, match="Input/output error"):
            run(recraft_sandbox, jobs, out)
    mine = out / "images" / "a-1.webp"
    mine.write_bytes(b"mine")
    fetched = len(recraft_sandbox.ledger.requests)
    assert run(recraft_sandbox, jobs, out).complete
    assert mine.read_bytes() == b"mine"
    mine.unlink()
    assert_files_are_what_was_served(recraft_sandbox, out)
    assert len(recraft_sandbox.ledger.requests) == fetched  # it was there already, whole


def test_an_image_that_came_itself_is_not_lost_to_a_process_that_dies_right_after(
    recraft_sandbox: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recraft.batch.journal import Journal

    def die(*given: Any) -> None:
        raise batch.JournalError("the process is gone")

    jobs = foxes(2, n=2, response_format="multipart")
    with monkeypatch.context() as patched:
        patched.setattr(Journal, "fetched", die)
        with pytest.raises(batch.JournalError, match="the process is gone"):
            run(recraft_sandbox, jobs, tmp_path / "out", concurrency=1)
    assert states(tmp_path / "out").get("paid")
    assert run(recraft_sandbox, jobs, tmp_path / "out").complete
    assert len(recraft_sandbox.ledger.charges) == 2
    assert_files_are_what_was_served(recraft_sandbox, tmp_path / "out")


def test_a_signed_address_is_nowhere_in_the_folder_once_it_has_no_use(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    run(recraft_sandbox, foxes(30), tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert b"/rs:fit:" not in path.read_bytes(), path


def limited(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(os.name == "nt", reason="limits as POSIX has them")
@pytest.mark.parametrize("size", [60_000, *slow(0, 5_000, 110_000, 150_000)])
def test_a_full_disk_ends_a_run_cleanly_and_nothing_is_paid_twice(
    recraft_sandbox: Sandbox, tmp_path: Path, size: int
) -> None:
    manifest, out = write_jsonl(tmp_path / "m.jsonl", foxes(40)), tmp_path / "out"
    process = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("runs.py")), str(manifest), str(out),
         recraft_sandbox.base_url, recraft_sandbox.token, json.dumps({"concurrency": 2})],
        capture_output=True, text=True, check=False, preexec_fn=lambda: limited(size),
    )  # fmt: skip
    assert process.returncode == 1, process.stdout
    assert "recraft.batch.errors." in process.stderr.splitlines()[-1] or "Make room" in process.stderr
    charged = len(recraft_sandbox.ledger.charges)
    assert charged < 40
    summary = run(recraft_sandbox, manifest, out)
    assert summary.done + summary.in_doubt == 40
    assert summary.in_doubt <= 4
    assert set(charged_prompts(recraft_sandbox).values()) <= {1}
    assert_files_are_what_was_served(recraft_sandbox, out)


AS_NOBODY = """
import os, sys
from pathlib import Path
from recraft import Recraft, batch
with Recraft("sandbox-token", base_url=sys.argv[2], limiter=None) as client:
    batch.run([{"prompt": "first"}], Path(sys.argv[1]).with_name("other"), client=client)  # imports all there is
    if os.getuid() == 0:
        os.seteuid(65534)
    try:
        print(batch.run([{"prompt": "second"}], sys.argv[1], client=client))
    except batch.BatchError as error:
        print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="users as POSIX has them")
@pytest.mark.parametrize("there", [True, *slow(False)])
def test_a_folder_that_may_not_be_written_to_is_said(recraft_sandbox: Sandbox, finished: Path, there: bool) -> None:
    folder = finished if there else finished / "deeper"
    for path in (*finished.rglob("*"), finished):
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in [each for each in finished.parents if each.name.startswith(("pytest-", "popen-", "test_"))]:
        parent.chmod(0o755)
    command = [sys.executable, "-c", AS_NOBODY, str(folder), recraft_sandbox.base_url]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "cannot be" in process.stdout, process.stdout + process.stderr
    assert "second" not in charged_prompts(recraft_sandbox)


@pytest.mark.parametrize("step", [7, 12])
def test_a_process_that_dies_at_a_step_to_the_disk_loses_nothing(
    recraft_sandbox: Sandbox, tmp_path: Path, step: int
) -> None:
    die_and_go_on(recraft_sandbox, tmp_path, step)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["url", "b64_json"])
@pytest.mark.parametrize("step", range(1, 40))
def test_a_process_that_dies_at_any_step_to_the_disk_loses_nothing(
    recraft_sandbox: Sandbox, tmp_path: Path, step: int, form: str
) -> None:
    die_and_go_on(recraft_sandbox, tmp_path, step, response_format=form)


def die_and_go_on(sandbox: Sandbox, tmp_path: Path, step: int, **more: Any) -> None:
    jobs = foxes(4, n=2, **more)
    manifest, out = write_jsonl(tmp_path / "m.jsonl", jobs), tmp_path / "out"
    process = start(sandbox, manifest, out, concurrency=2, die_at=step)
    said = process.communicate()
    assert process.returncode in (0, 9), said
    summary = run(sandbox, manifest, out)
    assert summary.done + summary.in_doubt == 4
    assert set(charged_prompts(sandbox).values()) <= {1}
    assert_files_are_what_was_served(sandbox, out)
    assert sum(states(out).values()) == 4
    with client_of(sandbox) as client:
        books = batch.reconcile(out, client)
    assert books.charged in (None, sandbox.ledger.total_units)
    assert list((out / ".staging").iterdir()) == []


def test_a_folder_in_use_is_not_called_one_that_cannot_be_written(recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    try:
        with client_of(recraft_sandbox) as client, pytest.raises(batch.BatchError, match=r"^another process works on"):
            batch.run(foxes(1), tmp_path, client=client)
    finally:
        journal.close()
