"""Tools run on a copy: side by side, never longer than the bump, and with paths that mean something afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import tools

SCRIPTS = Path(tools.__file__).parent


def module(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.py").write_text(text)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("overlay", "generated"):
        (tmp_path / "copy" / name).mkdir(parents=True)
    return tmp_path / "copy"


def test_a_failure_is_told_with_its_last_lines_and_paths_relative_to_the_copy(copy: Path) -> None:
    module(
        copy,
        "check",
        "import sys, os\nprint('first')\nprint('\\n'.join(['x'] * 60))\n"
        "print(os.getcwd() + '/overlay/a.py:3: wrong')\nsys.exit(2)",
    )
    module(copy, "fine", "print('good')")
    bad, good = tools.run(copy, [["check"], ["fine"]])
    assert (bad.code, good.code, good.failure) == (2, 0, None)
    assert bad.failure is not None
    assert bad.failure.startswith("check failed:\n    x")
    assert bad.failure.endswith("    overlay/a.py:3: wrong")
    assert "first" not in bad.failure


def test_each_line_of_a_command_is_heard_as_it_comes(copy: Path) -> None:
    module(copy, "slow", "print('one', flush=True)\nassert input() == 'go'\nprint('two')")
    heard: list[str] = []
    read, write = os.pipe()
    kept = os.dup(0)
    os.dup2(read, 0)
    try:

        def on_line(line: str) -> None:
            heard.append(line)
            if line == "one":  # it goes on only when its first line was heard
                os.write(write, b"go\n")

        (outcome,) = tools.run(copy, [["slow"]], on_line)
    finally:
        os.dup2(kept, 0)
        for end in (read, write, kept):
            os.close(end)
    assert (outcome.code, heard) == (0, ["one", "two"])


def test_progress_is_said_in_steps() -> None:
    said: list[str] = []
    listener = tools.percents(said.append)
    for line in ("....... [  3%]", "...F... [ 12%]", "....... [ 19%]", "....... [ 34%]", "12 passed", "....... [100%]"):
        listener(line)
    assert said == ["  10 %", "  30 %", "  100 %"]


def test_failed_tests_are_read_from_the_last_lines_of_pytest() -> None:
    output = """
FAILED tests/a.py::test_one - AssertionError: assert 1 == 2
ERROR tests/b.py::test_two[a-b] - OSError
FAILED tests/a.py::test_one - again
FAILED (errors=1)
"""
    assert tools.failed_tests(output) == ["tests/a.py::test_one", "tests/b.py::test_two[a-b]"]


HANGING = """
import os, subprocess, sys, time
pipe = os.open("pipe", os.O_WRONLY)  # open for as long as this process lives
if len(sys.argv) == 1:
    subprocess.Popen([sys.executable, __file__, "child"])
os.write(pipe, b"x")
time.sleep(600)
"""
DRIVER = """
import sys, pathlib
sys.path.insert(0, {scripts!r})
import tools
tools.end_cleanly()
tools.run(pathlib.Path({copy!r}), [["hang"]])
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_bump_that_is_ended_leaves_no_tool_running(copy: Path, number: signal.Signals) -> None:
    os.mkfifo(copy / "pipe")
    module(copy, "hang", HANGING)
    driver = subprocess.Popen(
        [sys.executable, "-c", DRIVER.format(scripts=str(SCRIPTS), copy=str(copy))], stderr=subprocess.DEVNULL
    )
    with open(copy / "pipe", "rb", buffering=0) as pipe:
        try:
            assert pipe.read(1) + pipe.read(1) == b"xx", "the tool and its child are up"
            driver.send_signal(number)
            assert driver.wait(timeout=60) != 0
            assert pipe.read(1) == b"", "the pipe ends when the last of them is gone"
        finally:
            driver.kill()
            driver.wait()
