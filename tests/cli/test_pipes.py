"""The installed command in pipes, as a program meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_support import INSTALLED

from recraft import __version__
from recraft.sandbox import Sandbox


def test_a_picture_goes_through_a_pipe_unharmed(process: Callable[..., Any], sandbox: Sandbox, photo: Path) -> None:
    ran = process("vectorize", "-", "-o", "-", stdin=photo.read_bytes())
    assert (ran.code, ran.err) == (0, "")
    assert ran.data.startswith(b"<svg")
    assert ran.data.rstrip().endswith(b"</svg>")


@pytest.mark.usefixtures("sandbox")
def test_nothing_in_a_pipe_is_coloured_or_moves(process: Callable[..., Any]) -> None:
    for words in (["generate", "a red fox"], ["generate", "--help"]):
        ran = process(*words)
        assert "\033" not in ran.out + ran.err
        assert "\r" not in ran.out + ran.err


@pytest.mark.usefixtures("home")
def test_the_whole_tool_can_be_tried_without_a_token(process: Callable[..., Any]) -> None:
    ran = process("--sandbox", "generate", "a red fox", "-n", "2", "--json", "-o", "out/")
    assert (ran.code, ran.err) == (0, "")
    assert len(json.loads(ran.out)["images"]) == len(list(Path("out").iterdir())) == 2


@pytest.mark.slow
def test_two_shells_at_once_keep_the_limits_of_the_account_together(
    photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"{number}.png" for number in range(8)]
    for name in names:
        Path(name).write_bytes(photo.read_bytes())
    with Sandbox(small_pictures=True) as sandbox:
        monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        shells = [subprocess.Popen([INSTALLED, "vectorize", *names, "-o", folder]) for folder in ("one/", "two/")]
        assert [shell.wait(60) for shell in shells] == [0, 0]
        statuses = [received.status for received in sandbox.ledger.requests]
    assert 429 not in statuses
    assert len(sandbox.ledger.charges) == 16


@pytest.mark.usefixtures("sandbox")
def test_whoever_reads_may_stop_reading() -> None:
    with subprocess.Popen([INSTALLED, "styles", "basic"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("words", [[], ["--help"], ["-h"]])
def test_the_front_page_lists_every_command_with_a_line(words: list[str], process: Callable[..., Any]) -> None:
    ran = process(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Usage: recraft ")
    for command in ("generate", "vectorize", "styles", "account", "sandbox", "login"):
        assert f"\n  {command}  " in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


@pytest.mark.usefixtures("home")
def test_the_front_page_loads_neither_httpx_nor_a_library_of_the_command_line() -> None:
    code = (
        "import sys; from recraft.cli import main; sys.argv = ['recraft']; main(); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded & {"httpx", "cyclopts", "rich", "attrs", "recraft_api"}


@pytest.mark.usefixtures("home")
def test_the_version_is_that_of_the_package(process: Callable[..., Any]) -> None:
    assert process("--version").out == f"{__version__}\n"


@pytest.mark.usefixtures("sandbox", "home")
def test_a_picture_is_kept_where_standard_output_is_closed() -> None:
    command = f"'{INSTALLED}' generate 'a red fox' -o fox.webp"
    done = subprocess.run(["bash", "-c", f"{command} >&-"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert Path("fox.webp").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_disk_that_takes_no_output_is_no_mistake_of_the_program() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run([INSTALLED, "account"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("recraft: the system refuses: ")
