"""The installed command on a terminal, as a person meets it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_support import Terminal

from recraft.cli.profiles import config_file
from recraft.sandbox import Fault, FaultPlan, Sandbox


@pytest.mark.usefixtures("sandbox")
def test_pictures_are_a_table_with_what_they_cost_below(terminal: Callable[..., Terminal]) -> None:
    shown = terminal("generate", "a red fox", "-n", "2", "-o", "out/")
    assert shown.end() == 0
    head, first, second, cost = shown.screen.splitlines()
    assert re.split(r"  +", head) == ["file", "pixels", "size"]
    assert (first.split()[0], second.split()[0]) == ("out/a-red-fox-1.webp", "out/a-red-fox-2.webp")
    assert cost == "2 pictures, 70 units (0.07 USD)"


def test_a_bar_shows_what_is_under_way_and_what_it_waits_for(
    terminal: Callable[..., Terminal], sandbox: Sandbox, photo: Path
) -> None:
    sandbox.faults = FaultPlan([Fault("rate_limited", operation="vectorizeImage", retry_after=2)])
    shown = terminal("vectorize", "photo.png", "mask.png", "-o", "svg/", "--yes", RECRAFT_LIMITER="memory")
    shown.until("waits: rate limit")
    assert shown.end() == 0
    assert "svg/photo.svg" in shown.screen
    assert "waits" not in shown.screen, "the bar goes when the calls are done"


def test_an_error_is_a_sentence(terminal: Callable[..., Terminal], sandbox: Sandbox) -> None:
    sandbox.faults = FaultPlan([Fault("status", status=401)])
    shown = terminal("generate", "a red fox")
    assert shown.end() == 3
    text = " ".join(shown.screen.split())
    assert text.startswith("recraft: createImage: 401")
    assert "Keep a token with: recraft login" in text


@pytest.mark.parametrize(
    ("answer", "code", "charges"), [("y", 0, 1), ("n", 2, 0), pytest.param("", 2, 0, marks=pytest.mark.slow)]
)
def test_a_dear_call_is_asked_about_with_an_estimate(
    answer: str, code: int, charges: int, terminal: Callable[..., Terminal], sandbox: Sandbox
) -> None:
    shown = terminal("generate", "a red fox", "-n", "6", "--model", "recraftv4_1_pro", "--ask-above", "0.5")
    shown.until(r"1 call, about \d\.\d\d USD. Go on\? \[y/N\] ")
    shown.child.sendline(answer)
    assert shown.end() == code
    assert len(sandbox.ledger.charges) == charges


@pytest.mark.slow
def test_nobody_is_asked_who_says_yes_or_has_no_terminal(
    terminal: Callable[..., Terminal], process: Callable[..., Any], sandbox: Sandbox
) -> None:
    dear = ["generate", "a red fox", "--model", "recraftv4_1_pro", "--ask-above", "0.001", "-n", "2", "--force"]
    assert terminal(*dear, "--yes").end() == 0
    ran = process(*dear)
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.slow
def test_several_calls_of_unknown_price_are_asked_about_until_one_was_made(
    terminal: Callable[..., Terminal], sandbox: Sandbox, photo: Path
) -> None:
    shown = terminal("vectorize", "photo.png", "mask.png", "-o", "svg/")
    shown.until("2 calls, of unknown price. Go on")
    shown.child.sendline("y")
    assert shown.end() == 0
    assert terminal("vectorize", "photo.png", "mask.png", "-o", "again/").end() == 0


def test_login_shows_nothing_of_the_token(terminal: Callable[..., Terminal], sandbox: Sandbox) -> None:
    shown = terminal("login")
    shown.until("API token: ")
    shown.child.waitnoecho()
    shown.child.sendline(sandbox.token)
    assert shown.end() == 0
    assert sandbox.token not in shown.written
    assert sandbox.token in config_file().read_text()


def test_ctrl_c_while_a_call_is_under_way_says_that_it_may_be_charged(
    terminal: Callable[..., Terminal], sandbox: Sandbox
) -> None:
    sandbox.faults = FaultPlan([Fault("latency", seconds=20)])
    shown = terminal("generate", "a red fox")
    shown.until("0/1")
    while not sandbox.ledger.requests:  # it has arrived
        shown.until("generate")
    shown.child.sendintr()
    assert shown.end() == 130
    assert "may have been served and charged" in " ".join(shown.screen.split())
    assert "Traceback" not in shown.written


def test_ctrl_c_while_pictures_are_fetched_says_how_to_have_them_later(
    terminal: Callable[..., Terminal], sandbox: Sandbox
) -> None:
    sandbox.faults = FaultPlan([Fault("latency", operation="download", seconds=20)])
    shown = terminal("generate", "a red fox", "-o", "out/")
    shown.until("35 units")
    shown.child.sendintr()
    assert shown.end() == 130
    sandbox.faults = FaultPlan()
    (later,) = Path("out").glob("*.json")
    assert "The pictures were made, and are there for 24 hours" in " ".join(shown.screen.split())
    assert f"recraft save\n{later}" in shown.screen
    assert terminal("save", str(later), "-o", "kept/").end() == 0
    assert len(sandbox.ledger.charges) == 1


def test_ctrl_c_keeps_what_is_under_way_and_begins_nothing_more(
    terminal: Callable[..., Terminal], sandbox: Sandbox, photo: Path
) -> None:
    for number in range(30):
        Path(f"{number}.png").write_bytes(photo.read_bytes())
    sandbox.faults = FaultPlan([Fault("latency", operation="vectorizeImage", seconds=1, after=8, times=None)])
    shown = terminal("vectorize", *(f"{number}.png" for number in range(30)), "-o", "svg/", "--yes")
    shown.until(r"[1-9]\d*/30")
    shown.child.sendintr()
    shown.until("will be kept")
    assert shown.end() == 130
    kept = len(os.listdir("svg"))
    assert kept == len(sandbox.ledger.charges) < 30
    assert f"{30 - kept} of 30 calls were not made" in shown.screen


@pytest.mark.slow
def test_ctrl_c_again_stops_at_once(terminal: Callable[..., Terminal], sandbox: Sandbox, photo: Path) -> None:
    sandbox.faults = FaultPlan([Fault("latency", operation="vectorizeImage", seconds=25, times=None)])
    shown = terminal("vectorize", "photo.png", "mask.png", "-o", "svg/", "--yes")
    while len(sandbox.ledger.requests) < 2:
        shown.until("vectorize")
    shown.child.sendintr()
    shown.until("stops at once")
    shown.child.sendintr()
    assert shown.end() == 130
    assert os.listdir("svg") == []


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("answer", "begins"),
    [
        pytest.param("\033[?62;4c", '\033Pq"1;1;', id="one that does"),
        pytest.param("\033[?62;1c", "\033[38;2;", id="one that does not", marks=pytest.mark.slow),
    ],
)
def test_a_terminal_is_asked_whether_it_knows_sixels(
    answer: str, begins: str, terminal: Callable[..., Terminal]
) -> None:
    shown = terminal("generate", "a red fox", "--show")
    shown.until(r"\x1b\[c")
    shown.child.send(answer)
    assert shown.end() == 0
    assert begins in shown.written


@pytest.mark.usefixtures("home")
def test_the_sandbox_runs_until_ctrl_c_and_can_be_called(
    terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch, process: Callable[..., Any]
) -> None:
    shown = terminal("sandbox", "--port", "0", "--no-page", "--no-limits", "--balance", "77")
    shown.until(r"export RECRAFT_BASE_URL=(\S+)\s+export RECRAFT_API_TOKEN=(\S+)")
    monkeypatch.setenv("RECRAFT_BASE_URL", shown.child.match[1])
    monkeypatch.setenv("RECRAFT_API_TOKEN", shown.child.match[2])
    assert "credits\t77" in process("account").out
    shown.child.kill(signal.SIGINT)
    assert shown.end() == 0


@pytest.mark.usefixtures("home")
def test_no_color_leaves_the_colours_out(terminal: Callable[..., Terminal]) -> None:
    plain, coloured = terminal("--help", NO_COLOR="1"), terminal("--help")
    assert (plain.end(), coloured.end()) == (0, 0)
    assert "\033[1m" in coloured.written
    assert "\033" not in plain.written
    shown = terminal("generate", "x", NO_COLOR="1")
    assert shown.end() == 3
    assert "31m" not in shown.written


@pytest.mark.usefixtures("sandbox")
def test_what_a_server_says_does_not_steer_the_terminal(terminal: Callable[..., Terminal]) -> None:
    shown = terminal("enhance", "\033[31mred\033]0;title\a fox")
    assert shown.end() == 0
    assert "\033[31mred" not in shown.written
    assert "\033]0;title" not in shown.written
    assert "fox" in shown.screen
