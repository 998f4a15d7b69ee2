"""The command line in this process and in processes of its own, against a sandbox."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_support import INSTALLED, Ran, Terminal
from PIL import Image

from recraft.cli.entry import run
from recraft.sandbox import FaultPlan, Sandbox


@pytest.fixture(scope="module")
def one_sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=False, small_pictures=True) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(one_sandbox: Sandbox, home: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A sandbox that commands call, as the environment says."""
    one_sandbox.faults, one_sandbox.balance = FaultPlan(), 10_000
    one_sandbox.ledger.clear()
    monkeypatch.setenv("RECRAFT_API_TOKEN", one_sandbox.token)
    monkeypatch.setenv("RECRAFT_BASE_URL", one_sandbox.base_url)
    monkeypatch.setenv("RECRAFT_LIMITER", "none")
    return one_sandbox


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with an empty folder to work in, no configuration, and a terminal of 100 columns."""
    for name in [name for name in os.environ if name.startswith(("RECRAFT_", "XDG_", "TERM_PROGRAM", "KITTY"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setitem(sys.modules, "keyring", None)  # that of whoever runs the tests is not for them
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture(autouse=True)
def _quiet(quiet_log: None) -> None: ...


@pytest.fixture
def recraft(
    home: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Runs a command line in this process, through the code that the installed command runs."""

    def call(*words: str, stdin: bytes = b"") -> Ran:
        capsysbinary.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        code = run(words)
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode("utf-8", "replace"), err.decode(), out)

    return call


@pytest.fixture
def process(home: Path) -> Callable[..., Ran]:
    """Runs the installed command, in pipes."""

    def call(*words: str, stdin: bytes = b"") -> Ran:
        done = subprocess.run([INSTALLED, *words], input=stdin, capture_output=True, check=False, timeout=60)
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode(), done.stdout)

    return call


@pytest.fixture
def photo(home: Path) -> Path:
    """A photo and a mask of its size, in the folder that commands are run in."""
    Image.linear_gradient("L").convert("RGB").save(home / "photo.png")
    Image.new("L", (256, 256)).save(home / "mask.png")
    mask = Image.new("L", (256, 256))
    mask.paste(255, (64, 64, 192, 192))
    mask.save(home / "mask.png")
    return home / "photo.png"


@pytest.fixture
def terminal(home: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def spawn(*words: str, **environment: str) -> Terminal:
        opened.append(Terminal(*words, **environment))
        return opened[-1]

    yield spawn
    for each in opened:
        each.child.close(force=True)
