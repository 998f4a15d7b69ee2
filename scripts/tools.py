"""Run the tools of this environment on a copy of the checkout; none outlives the run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import attrs

ROOT = Path(__file__).resolve().parent.parent
#: How many lines of a failed tool's output are worth repeating.
LAST_LINES = 40


@attrs.frozen
class Outcome:
    """How a tool ended."""

    command: tuple[str, ...]
    code: int
    output: str

    @property
    def failure(self) -> str | None:
        """What to say of it, or None."""
        if self.code == 0:
            return None
        return "\n    ".join([f"{' '.join(self.command)} failed:", *self.output.strip().splitlines()[-LAST_LINES:]])


def run(copy: Path, commands: Sequence[Sequence[str]], on_line: Callable[[str], None] | None = None) -> list[Outcome]:
    """Run `python -m ...` commands side by side in a copy, on the copy's own packages.

    Each has its process group: whatever ends this run early, an interrupt too, ends all of it. Paths in the output are
    relative to the copy. `on_line` is called with each line of a single command.
    """
    folders = (str(copy / name) for name in ("overlay", "generated", "scripts"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    # Most of the copy was checked in the checkout before.
    environment.setdefault("MYPY_CACHE_DIR", str(ROOT / ".mypy_cache"))
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG", "PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    with ExitStack() as stack, _processes() as started:
        files = [stack.enter_context(tempfile.TemporaryFile("w+")) for _ in commands]
        for command, file in zip(commands, files, strict=True):
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", *command],
                    cwd=copy,
                    env=environment,
                    stdout=subprocess.PIPE if on_line else file,
                    stderr=subprocess.STDOUT,
                    text=True,
                    start_new_session=True,
                )
            )
        texts = [_read(process, file, on_line) for process, file in zip(started, files, strict=True)]
        return [
            Outcome(tuple(command), process.wait(), text.replace(f"{copy}{os.sep}", "").replace(str(copy), "."))
            for command, process, text in zip(commands, started, texts, strict=True)
        ]


def _read(process: subprocess.Popen[str], file: IO[str], on_line: Callable[[str], None] | None) -> str:
    if on_line is None or process.stdout is None:
        process.wait()
        file.seek(0)
        return file.read()
    lines = []
    for line in process.stdout:
        lines.append(line)
        on_line(line.rstrip())
    return "".join(lines)


@contextmanager
def _processes() -> Iterator[list[subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    try:
        yield started
    finally:
        for process in started:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.stdout:
                process.stdout.close()


def end_cleanly() -> None:
    """Let a request to end (SIGTERM, a closed terminal) end what runs as an interrupt does."""

    def leave(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)


def failed_tests(output: str) -> list[str]:
    """The tests that pytest's last lines call failed."""
    return list(dict.fromkeys(re.findall(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - .*)?$", output, re.M)))


def percents(say: Callable[[str], None], every: int = 10) -> Callable[[str], None]:
    """A listener that says how far pytest is, in steps of so many percent."""
    told = 0

    def on_line(line: str) -> None:
        nonlocal told
        if found := re.search(r"\[ *(\d+)%\]$", line):
            done = int(found.group(1)) // every * every
            if done > told:
                told = done
                say(f"  {done} %")

    return on_line
