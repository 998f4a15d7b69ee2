"""The programs of the page for workers, as files, and processes that run them."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "workers.md"


def write_programs(folder: Path) -> list[str]:
    """Each block that is headed by a file's name, under that name."""
    found = re.findall(r"^```python (\w+\.py)\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    for name, text in found:
        (folder / name).write_text(text, "utf-8")
    return [name for name, _ in found]


def commands() -> list[list[str]]:
    """The lines of the page that a shell runs."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    return [line.split() for block in blocks for line in block.splitlines()]


def run(program: str, folder: Path, **more: str) -> str:
    """What a program prints."""
    command = [sys.executable, program]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **more}, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextlib.contextmanager
def listening() -> Iterator[socket.socket]:
    """A socket that a server may inherit. Who connects before it is up waits in its queue."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.set_inheritable(True)
        yield listener


@contextlib.contextmanager
def running(
    command: list[str], folder: Path, *, keeps: int | None = None, more: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A process that ends with the block, and with it whatever it has started. `keeps` is a descriptor it inherits."""
    log = folder / "process.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUNBUFFERED": "1", **(more or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=[] if keeps is None else [keeps],
        )
        try:
            yield process
        except BaseException as error:
            error.add_note(log.read_text()[-4000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
