"""What the package logs by itself, at which level, what it never logs, and what RECRAFT_LOG does."""

from __future__ import annotations

import logging
import math
import os
import subprocess
import sys
import threading
from typing import Any

import anyio
import httpx
import pytest

from recraft import AsyncRecraft, Event, InputError, Limit, MemoryStore, RateLimiter, Recraft, RetryPolicy, log_events
from recraft._core import logs
from recraft.limiter.schedule import Answer
from recraft.sandbox import Sandbox

from .servers import Peer, serving
from .test_attempts import told, watch
from .test_events import LEAKY, PROMPT, assert_nothing_private


@pytest.fixture(autouse=True)
def nothing_was_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_warned", -math.inf)


def lines(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "recraft"]


def begins(found: list[tuple[str, str]], expected: list[tuple[str, str]]) -> bool:
    return len(found) == len(expected) and all(
        level == other and text.startswith(start) for (level, text), (other, start) in zip(found, expected, strict=True)
    )


def test_debug_has_a_line_for_each_attempt_and_wait(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "recraft"):
        watch(told(503, "7"), told(503, "0.5")).client.images.generate(PROMPT)
    expected = [
        ("DEBUG", "images.generate: attempt 1: 503 in "),
        ("INFO", "images.generate: waiting 7.00 s before attempt 2"),
        ("DEBUG", "images.generate: attempt 2: 503 in "),
        ("DEBUG", "images.generate: waiting 0.50 s before attempt 3"),
        ("DEBUG", "images.generate: attempt 3: 200 in "),
        ("INFO", "images.generate: 200 after 3 attempts, "),
    ]
    assert begins(lines(caplog), expected), lines(caplog)
    assert lines(caplog)[-1][1].endswith("(request right)")


def test_info_has_nothing_of_calls_that_just_work_or_are_just_refused(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "recraft"):
        watch().client.images.generate(PROMPT)
        refused = watch(400)
        refused.fails(lambda: refused.client.users.me())
        assert lines(caplog) == []
        watch(told(503, "7")).client.users.me()
    assert begins(
        lines(caplog),
        [("INFO", "users.me: waiting 7.00 s before attempt 2"), ("INFO", "users.me: 200 after 2 attempts")],
    )


def test_a_call_in_doubt_is_a_warning_whoever_listens(caplog: pytest.LogCaptureFixture) -> None:
    for on_event in (None, lambda event: None):
        caplog.clear()
        watched = watch(httpx.ReadTimeout("slow"), on_event=on_event)
        watched.fails(lambda: watched.client.images.generate(PROMPT))  # noqa: B023
        expected = "images.generate: TimedOut after 1 attempts"
        assert begins(lines(caplog), [("WARNING", expected)])
        assert "may have been served and charged" in caplog.text


@pytest.mark.anyio
async def test_a_call_that_is_cancelled_in_flight_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    got = threading.Event()

    def script(peer: Peer) -> None:
        peer.request()
        got.set()
        peer.wait()

    with serving(script) as server:
        async with AsyncRecraft("token", base_url=server.base_url, limiter=None) as client:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(client.images.generate, "a fox")
                await anyio.to_thread.run_sync(got.wait)
                tasks.cancel_scope.cancel()
    assert begins(lines(caplog), [("WARNING", "images.generate: Cancel")])


def limited(per: float) -> RateLimiter:
    return RateLimiter((Limit(1, per=per, of="requests"),), margin=0.0, store=MemoryStore())


def test_a_long_wait_for_the_rate_limit_is_a_warning_once_a_minute_and_else_information(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "recraft")
    client = watch(limiter=limited(25.0)).client
    for _ in range(6):
        client.users.me()
    found = lines(caplog)
    assert begins(
        found,
        [
            ("WARNING", "users.me: waiting 25.0 s for the account's rate limit"),
            ("INFO", "users.me: waiting 25.0 s"),
            ("INFO", "users.me: waiting 25.0 s"),
            ("WARNING", "users.me: waiting 25.0 s"),
            ("INFO", "users.me: waiting 25.0 s"),
        ],
    ), found


def test_a_short_wait_for_the_rate_limit_is_not_worth_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    client = watch(limiter=limited(4.0)).client
    client.users.me()
    client.users.me()
    assert lines(caplog) == []
    with caplog.at_level(logging.INFO, "recraft"):
        client.users.me()
    assert begins(lines(caplog), [("INFO", "users.me: waiting 4.0 s")])


class Scripted(MemoryStore):
    """A store that lets its caller wait as a test wants, then does its work."""

    def __init__(self, asked: list[float], left: list[float]) -> None:
        super().__init__()
        self.delays = {"ask": asked, "leave": left}

    def ask(self, *args: Any) -> Answer:
        return self._answer("ask", super().ask(*args))

    def leave(self, *args: Any) -> Answer:
        return self._answer("leave", super().leave(*args))

    def _answer(self, which: str, answer: Answer) -> Answer:
        delays = self.delays[which]
        return answer._replace(delay=delays.pop(0)) if delays else answer


def test_a_wait_that_turns_out_much_longer_is_told_again(caplog: pytest.LogCaptureFixture) -> None:
    events: list[Event] = []
    limiter = RateLimiter(store=Scripted([0.5, 0.4, 30.0, 20.0], []))
    with Sandbox(limits=False) as sandbox:
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=limiter, on_event=events.append) as client:
            client.users.me()
    assert [event.seconds for event in events if event.kind == "wait"] == [0.5, 30.0]
    assert begins(lines(caplog), [("WARNING", "users.me: waiting 30.0 s")])
    # 0.5, 0.4, then 10 and 10: a caller asks again every ten seconds
    assert 20.9 <= events[-1].waited < 25


def test_a_wait_on_a_ready_connection_is_not_silent_either(caplog: pytest.LogCaptureFixture) -> None:
    events: list[Event] = []
    limiter = RateLimiter(store=Scripted([], [8.0]))
    with Sandbox(limits=False) as sandbox:
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=limiter, on_event=events.append) as client:
            client.users.me()
    assert begins(lines(caplog), [("WARNING", "users.me: waiting 8.0 s for the account's rate limit")])
    assert 8.0 <= events[-1].waited < 10


def test_a_client_with_a_listener_that_logs_does_not_log_twice(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "recraft"):
        watch(on_event=log_events()).client.users.me()
    assert len(lines(caplog)) == 2
    assert all("getCurrentUser" in text for _, text in lines(caplog))


def test_what_is_logged_holds_nothing_private(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "recraft"):
        watched = watch(*LEAKY, on_event=None)
        watched.fails(lambda: watched.client.images.generate(PROMPT))
        lost = watch(httpx.Response(200, text="<html>", headers={"x-request-id": "https://i.invalid/1?Signature=a"}))
        lost.fails(lambda: lost.client.images.generate(PROMPT))
    text = "\n".join(text for _, text in lines(caplog))
    assert "WARNING" in {level for level, _ in lines(caplog)}
    assert_nothing_private(text.replace("https://i.invalid/...", ""))


def test_no_event_is_made_where_nobody_wants_to_know(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def count(**facts: Any) -> Event:
        made.append(facts)
        return Event(**facts)

    monkeypatch.setattr("recraft._core.sending.Event", count)
    watch(on_event=None).client.images.generate(PROMPT)
    assert made == []
    watch(503, on_event=None, retry=RetryPolicy(first_wait=0.01)).client.images.generate(PROMPT)
    assert made == []


# RECRAFT_LOG

SCRIPT = """
import httpx, logging, sys
from recraft import Recraft
from recraft.testing import no_waits
script = [httpx.Response(503, json={}, headers={"retry-after": "3"}), httpx.Response(200, json={"id": "u"})]
with no_waits(), Recraft("tok-en", limiter=None, transport=httpx.MockTransport(lambda r: script.pop(0))) as client:
    client.users.me()
"""


def logged(**environment: str) -> list[str]:
    clean = {name: value for name, value in os.environ.items() if name != "RECRAFT_LOG"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**clean, **environment}, capture_output=True, text=True, check=True
    )
    assert "tok-en" not in done.stderr
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_a_script_shows_the_log_that_its_environment_asks_for() -> None:
    assert logged() == []
    assert logged(RECRAFT_LOG="") == []
    info = logged(RECRAFT_LOG="info")
    assert len(info) == 2
    assert "INFO recraft: users.me: waiting 3.00 s before attempt 2" in info[0]
    debug = logged(RECRAFT_LOG="DEBUG")
    assert len(debug) == 4
    assert not [line for line in debug if " recraft: " not in line], "no other package's log"


def test_another_word_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECRAFT_LOG", "loud")
    with pytest.raises(InputError, match=r"RECRAFT_LOG is 'loud'; expected debug or info\."):
        Recraft("t")
