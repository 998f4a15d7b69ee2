"""How a command ends, and what it says then: each exit code, provoked."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recraft import cli
from recraft.cli.exits import MEANINGS, Exit
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import no_waits


def test_the_exit_codes_are_these() -> None:
    codes = {code.name: int(code) for code in Exit}
    assert codes == {
        "OK": 0,
        "BUG": 1,
        "USAGE": 2,
        "AUTHENTICATION": 3,
        "NO_UNITS": 4,
        "REFUSED": 5,
        "UNREACHABLE": 6,
        "IN_DOUBT": 7,
        "SOME_FAILED": 8,
        "INTERRUPTED": 130,
    }
    assert set(MEANINGS) == set(Exit)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["generatee", "a"], 'Did you mean "generate"?'),
        (["generate"], "PROMPT requires an argument"),
        (["generate", "a", "--modell", "b"], "Did you mean --model?"),
        (["generate", "a", "-n", "many"], "many"),
        (["generate", "a", "-n", "7"], "n is 7; expected a whole number from 1 to 6."),
        (["generate", "a", "--controls", "{"], "controls begins as JSON does, and is none"),
        (["vectorize", "missing.png"], "missing.png"),
        (["save", "missing.json"], "missing.json"),
        (["generate", "a", "--profile", "studio"], "there is no profile 'studio'"),
        (["generate", "a", "--json", "-o", "-"], "both write to standard output"),
        (["generate", "-"], "prompt is empty"),
        (["vectorize", "-", "-"], "more than once"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_a_wrong_command_line_ends_with_2_and_sends_nothing(
    words: list[str], said: str, recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    ran = recraft(*words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.startswith("recraft: ")
    assert ran.err.count("\n") == 1
    assert sandbox.ledger.requests == ()


def test_no_token_ends_with_3(recraft: Callable[..., Any], home: Path) -> None:
    ran = recraft("generate", "a")
    assert ran.code == 3
    assert "Keep a token with: recraft login" in ran.err


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (Fault("status", status=401), 3, "recraft login"),
        (Fault("status", status=402), 4, "recraft account"),
        (Fault("status", status=400, body='{"code": "not_enough_credits", "message": "none"}'), 4, "none"),
        (Fault("status", status=400, body='{"code": "bad", "message": "no cats"}'), 5, "no cats"),
        (Fault("status", status=403), 5, "403"),
        (Fault("status", status=500, times=None), 6, "500"),
        (Fault("reset_after_body", charged=True), 7, "may have been served and charged"),
        (Fault("html"), 7, "may have been served and charged"),
    ],
    ids=lambda each: each.kind + str(each.status or "") if isinstance(each, Fault) else "",
)
def test_a_call_that_fails_ends_with_the_code_of_its_error_and_says_what_to_do(
    fault: Fault, code: int, said: str, recraft: Callable[..., Any], sandbox: Sandbox
) -> None:
    sandbox.faults = FaultPlan([fault])
    with no_waits():
        ran = recraft("generate", "a red fox")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert list(Path().iterdir()) == []


def test_a_service_that_nobody_reaches_ends_with_6(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    with sandbox.refuse(), no_waits():
        ran = recraft("generate", "a red fox")
    assert ran.code == 6
    assert "refused" in ran.err.lower()


def test_some_of_several_failing_ends_with_8_and_keeps_the_others(
    recraft: Callable[..., Any], sandbox: Sandbox, photo: Path
) -> None:
    Path("text.png").write_text("no image")
    ran = recraft("vectorize", "photo.png", "text.png", "mask.png", "-o", "svg/")
    assert ran.code == 8
    assert ran.out.split() == ["svg/photo.svg", "svg/mask.svg"]
    assert ran.err.startswith("recraft: text.png: image is not an image of a type the API takes")


def test_json_of_several_calls_is_a_line_for_each_input_in_order_the_failed_ones_too(
    recraft: Callable[..., Any], sandbox: Sandbox, photo: Path
) -> None:
    Path("text.png").write_text("no image")
    ran = recraft("vectorize", "photo.png", "text.png", "mask.png", "--json")
    assert ran.code == 8
    assert [json.loads(line)["type"] for line in ran.out.splitlines()] == ["ImageResult", "InputError", "ImageResult"]


def test_an_address_in_an_error_is_shown_without_its_signature(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    signed = "https://images.example/fox.png?signature=s3cret"
    sandbox.faults = FaultPlan([Fault("status", status=400, times=None)])
    ran = recraft("vectorize", signed, signed.replace("fox", "owl"), "-o", "out/")
    assert ran.code == 5
    assert ran.err.count("recraft: https://images.example/...: vectorizeImage: 400") == 2
    assert "s3cret" not in ran.err
    ran = recraft("save", signed, "-o", "fox.png")
    assert ran.code == 6
    assert "s3cret" not in ran.err + ran.out


def test_several_that_fail_alike_end_with_the_code_of_each(
    recraft: Callable[..., Any], sandbox: Sandbox, photo: Path
) -> None:
    sandbox.faults = FaultPlan([Fault("status", status=400, times=None)])
    ran = recraft("vectorize", "photo.png", "mask.png", "-o", "svg/")
    assert ran.code == 5
    assert ran.err.count("recraft: ") == 2


def test_without_units_the_calls_that_have_not_begun_are_not_made(
    recraft: Callable[..., Any], sandbox: Sandbox, photo: Path
) -> None:
    for number in range(60):
        Path(f"{number}.png").write_bytes(photo.read_bytes())
    sandbox.faults = FaultPlan([Fault("status", status=402, times=None)])
    ran = recraft("vectorize", *(f"{number}.png" for number in range(60)), "-o", "svg/")
    assert ran.code == 4
    assert len(sandbox.ledger.requests) < 60
    assert f"{60 - len(sandbox.ledger.requests)} of 60 calls were not made." in ran.err


def test_debug_shows_the_traceback(recraft: Callable[..., Any], sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="n is 7"):
        recraft("generate", "a", "-n", "7", "--debug")


def test_a_mistake_of_the_program_ends_with_1_and_no_traceback(
    recraft: Callable[..., Any], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recraft.cli.calling.run", lambda *_: 1 / 0)
    ran = recraft("generate", "a")
    assert (ran.code, ran.out) == (1, "")
    assert (
        ran.err == "recraft: this is a mistake of the program itself: ZeroDivisionError. Run it again with --debug.\n"
    )


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["recraft", "account"])
    monkeypatch.delitem(sys.modules, "recraft.cli.entry", raising=False)
    monkeypatch.setitem(sys.modules, "cyclopts", None)
    assert cli.main() == 2
    assert "pip install 'recraft-sdk[cli]'" in capsys.readouterr().err


def test_a_dry_run_shows_the_request_without_the_token_and_sends_nothing(
    recraft: Callable[..., Any], sandbox: Sandbox, photo: Path
) -> None:
    ran = recraft("inpaint", "photo.png", "mask.png", "a hat", "--dry-run", "--json")
    request = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert request["url"] == f"{sandbox.base_url}/images/inpaint"
    assert request["headers"]["authorization"] == "Bearer ***"
    assert sandbox.token not in ran.out
    parts = {part["name"]: part for part in request["body"]}
    assert parts["prompt"]["value"] == "a hat"
    assert parts["image"] == {
        "name": "image",
        "filename": "image.png",
        "type": "image/png",
        "bytes": photo.stat().st_size,
    }
    assert sandbox.ledger.requests == ()


def test_a_dry_run_needs_no_token(recraft: Callable[..., Any], home: Path) -> None:
    ran = recraft("generate", "a red fox", "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith("POST https://external.api.recraft.ai/v1/images/generations\n")
    assert json.loads(ran.out.partition("\n\n")[2]) == {"prompt": "a red fox"}
    assert list(home.iterdir()) == []
