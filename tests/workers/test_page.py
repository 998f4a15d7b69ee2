"""The page for workers is true: each of its programs runs as it says, in real processes, and costs what it should."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis
from accounts.front import answer_of
from retry.servers import Peer, serving

from recraft.limiter import limiter_key
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .page import commands, listening, run, running, write_programs


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert write_programs(tmp_path) == ["pool.py", "tasks.py", "ask.py", "with_dask.py", "wsgi.py", "service.py"]
    return tmp_path


def counted(folder: Path) -> int:
    """How many calls the limiter's file knows of."""
    with sqlite3.connect(folder / "limits.db") as db:
        (count,) = db.execute("select count(*) from sent").fetchone()
    return int(count)


def images(service: Sandbox) -> int:
    return sum(charge.images for charge in service.ledger.charges)


def test_a_process_pool_makes_each_picture_once_and_keeps_one_limit(folder: Path, service: Sandbox) -> None:
    printed = run("pool.py", folder).splitlines()
    assert len(printed) == 4
    assert all((folder / path).read_bytes()[:4] == b"RIFF" for path in printed)
    assert (images(service), counted(folder)) == (4, 4)


@pytest.mark.slow
def test_dask_workers_make_each_picture_once_and_keep_one_limit(folder: Path, service: Sandbox) -> None:
    assert re.findall(r"[\d.]+ units", run("with_dask.py", folder)) == ["35 units"] * 4
    assert (images(service), counted(folder)) == (4, 4)


# Celery, over a real Redis server.


@pytest.fixture
def broker(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[redis.Redis]:
    path = redis_url.removeprefix("unix://")
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis+socket://{path}?virtual_host=1")
    monkeypatch.setenv("CELERY_RESULT_BACKEND", f"redis+socket://{path}?virtual_host=1")
    monkeypatch.setenv("LIMITS_URL", f"{redis_url}?db=2")
    with redis.Redis.from_url(f"{redis_url}?db=2") as limits, redis.Redis.from_url(f"{redis_url}?db=1") as queue:
        limits.flushdb()
        queue.flushdb()
        yield limits


WORKER = ["celery", "-A", "tasks", "worker", "--pool", "prefork", "--concurrency", "2", "--loglevel", "INFO"]


@pytest.mark.slow
def test_celery_workers_give_results_and_errors_as_they_were_and_keep_one_limit(
    folder: Path, service: Sandbox, broker: redis.Redis
) -> None:
    with running(WORKER, folder):
        first = run("ask.py", folder)
        assert re.fullmatch(r"35 units \S+\n", first)
        service.faults = FaultPlan([Fault("reset_after_body", charged=True)])
        assert run("ask.py", folder) == "ConnectionFailed charged, perhaps\n"
        service.faults = FaultPlan([Fault("status", status=402)])
        assert run("ask.py", folder) == "InsufficientCreditsError cost nothing\n"
    assert len([request for request in service.ledger.requests if request.method == "POST"]) == 3
    assert images(service) == 2
    assert broker.zcard(f"recraft:{{{limiter_key(service.token)}}}:sent") == 3


@pytest.mark.slow
def test_a_soft_time_limit_ends_a_call_of_celerys_and_it_is_not_sent_again(
    folder: Path, service: Sandbox, broker: redis.Redis
) -> None:
    tasks = folder / "tasks.py"
    tasks.write_text(tasks.read_text().replace("time_limit=360", "time_limit=60, soft_time_limit=1"))
    service.faults = FaultPlan([Fault("latency", seconds=3.0, times=None)])
    with running(WORKER, folder):
        assert run("ask.py", folder) == "ConnectionFailed charged, perhaps\n"
    assert len(service.ledger.requests) == 1


# gunicorn and uvicorn.


def ask(listener: socket.socket, path: str, method: str = "GET") -> httpx.Response:
    return httpx.request(method, f"http://127.0.0.1:{listener.getsockname()[1]}{path}", timeout=60, trust_env=False)


@pytest.mark.slow
@pytest.mark.parametrize("preload", [True, False], ids=["preloaded", "not preloaded"])
def test_gunicorns_workers_use_a_client_that_was_made_before_they_were_forked(
    folder: Path, service: Sandbox, preload: bool
) -> None:
    program, *arguments = commands()[0]
    assert "--preload" in arguments
    if not preload:
        arguments.remove("--preload")
    with listening() as listener:
        with running([program, "--bind", f"fd://{listener.fileno()}", *arguments], folder, keeps=listener.fileno()):
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda number: ask(listener, f"/?prompt=fox-{number}").json(), range(16)))
            service.faults = FaultPlan([Fault("reset_after_body", charged=True)])
            failed = ask(listener, "/?prompt=owl")
    assert [answer["credits"] for answer in answers] == [35.0] * 16
    assert len({answer["request_id"] for answer in answers}) == 16, "each got its own answer"
    assert (failed.status_code, failed.json()["maybe_charged"]) == (502, True)
    assert (images(service), counted(folder)) == (17, 17)


@pytest.mark.slow
def test_uvicorns_workers_make_each_picture_once_and_keep_one_limit(folder: Path, service: Sandbox) -> None:
    program, *arguments = commands()[1]
    assert arguments[:2] == ["--workers", "2"]
    with listening() as listener:
        with running([program, "--fd", str(listener.fileno()), *arguments], folder, keeps=listener.fileno()):
            with ThreadPoolExecutor(8) as pool:
                asked = [f"/orders/{number}?prompt=fox" for number in range(16)]
                answers = list(pool.map(lambda path: ask(listener, path, "PUT"), asked))
    assert [answer.status_code for answer in answers] == [200] * 16
    assert (images(service), counted(folder)) == (16, 16)


# FastAPI: errors, and callers that hang up.


class Gate:
    """A service that works and charges at once, and holds its answers back until the test lets them go."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(limits=False, small_pictures=True)
        self.arrived, self.open = threading.Semaphore(0), threading.Event()

    def script(self, peer: Peer) -> None:
        while (got := peer.request()) is not None:
            response = answer_of(self.sandbox, *got)
            self.arrived.release()
            self.open.wait(60)
            peer.answer(response.content, response.status_code)

    @property
    def charges(self) -> int:
        return len(self.sandbox.ledger.charges)


CHECKED = """
from service import app, in_doubt

ended = []


@app.post("/plain")
async def plain(prompt: str):
    result = await app.state.recraft.images.generate(prompt)
    ended.append(result.credits)
    return {}


@app.get("/books")
async def books():
    return {"in doubt": in_doubt, "ended": ended}
"""


@pytest.fixture
def gate(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Gate, socket.socket]]:
    """A gate, and where the FastAPI service in front of it listens."""
    (folder / "checked.py").write_text(CHECKED)
    gate = Gate()
    with serving(gate.script) as server, listening() as listener:
        more = {"RECRAFT_API_TOKEN": gate.sandbox.token, "RECRAFT_BASE_URL": server.base_url}
        command = ["uvicorn", "checked:app", "--fd", str(listener.fileno())]
        with running(command, folder, keeps=listener.fileno(), more=more):
            yield gate, listener
            gate.open.set()


def hang_up_in_the_middle(gate: Gate, listener: socket.socket, method: str, path: str) -> None:
    """Ask, and be gone while the service has the request and has not answered."""
    with socket.create_connection(listener.getsockname()) as caller:
        caller.sendall(f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
        assert gate.arrived.acquire(timeout=60)


def books_when(listener: socket.socket, written: Callable[[Any], Any]) -> Any:
    """What the service has noted, once that is something."""
    for _ in range(5000):
        noted = ask(listener, "/books").json()
        if written(noted):
            return noted
    pytest.fail("the service noted nothing")


def test_an_order_whose_caller_hung_up_is_charged_once_and_handed_over_when_asked_for_again(
    gate: tuple[Gate, socket.socket],
) -> None:
    service, listener = gate
    hang_up_in_the_middle(service, listener, "PUT", "/orders/7?prompt=fox")
    assert service.charges == 1
    service.open.set()
    answers = [ask(listener, "/orders/7?prompt=fox", "PUT") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["credits"] == 35.0
    assert service.charges == 1
    assert ask(listener, "/books").json()["in doubt"] == []


def test_a_call_that_is_given_up_when_its_caller_hangs_up_was_charged_and_is_noted_as_in_doubt(
    gate: tuple[Gate, socket.socket],
) -> None:
    service, listener = gate
    hang_up_in_the_middle(service, listener, "POST", "/pictures?prompt=fox")
    noted = books_when(listener, lambda noted: noted["in doubt"])
    assert noted["in doubt"] == ["images.generate: CancelledError"]
    assert service.charges == 1
    service.open.set()
    assert ask(listener, "/pictures?prompt=owl", "POST").json()["credits"] == 35.0
    assert service.charges == 2


@pytest.mark.slow
def test_an_endpoint_that_does_nothing_about_it_pays_for_a_picture_that_nobody_gets(
    gate: tuple[Gate, socket.socket],
) -> None:
    service, listener = gate
    hang_up_in_the_middle(service, listener, "POST", "/plain?prompt=fox")
    service.open.set()
    noted = books_when(listener, lambda noted: noted["ended"])
    assert (noted["ended"], noted["in doubt"], service.charges) == ([35.0], [], 1)


ANSWERS = [
    (Fault("status", status=400, body=json.dumps({"code": "bad_prompt", "message": "no"})), 422, "InvalidRequestError"),
    (Fault("status", status=401, body="unauthorized"), 502, "AuthenticationError"),
    (Fault("status", status=402), 502, "InsufficientCreditsError"),
    (Fault("reset_after_body", charged=True), 502, "ConnectionFailed"),
    (Fault("html"), 502, "UnexpectedResponse"),
    (Fault("rate_limited", retry_after=7200), 503, "RateLimitError"),  # the last: it pauses the account
]


@pytest.mark.slow
def test_the_errors_of_a_call_become_statuses(folder: Path, service: Sandbox) -> None:
    with listening() as listener:
        command = ["uvicorn", "service:app", "--fd", str(listener.fileno())]
        with running(command, folder, keeps=listener.fileno()):
            for number, (fault, status, error) in enumerate(ANSWERS):
                service.faults = FaultPlan([fault])
                answer = ask(listener, f"/orders/{number}?prompt=fox", "PUT")
                assert (answer.status_code, answer.json()["error"]) == (status, error)
                assert answer.headers.get("retry-after") == ("7200" if status == 503 else None)
                in_doubt = error in ("ConnectionFailed", "UnexpectedResponse")
                assert answer.json()["maybe_charged"] is in_doubt
                if status != 503:
                    again = ask(listener, f"/orders/{number}?prompt=fox", "PUT")
                    assert again.status_code == (status if in_doubt else 200), "sent again where that costs nothing"
