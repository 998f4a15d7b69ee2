"""The installed command, and a terminal to run it on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import attrs
import pexpect
import pyte

#: The command as it is installed.
INSTALLED = Path(sys.executable).with_name("recraft")

COLUMNS, ROWS = 100, 40


@attrs.frozen
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str
    data: bytes = b""


class Terminal:
    """A command on a pseudo-terminal, and what its screen shows."""

    def __init__(self, *words: str, **environment: str) -> None:
        self.child = pexpect.spawn(
            str(INSTALLED),
            list(words),
            dimensions=(ROWS, COLUMNS),
            timeout=30,
            encoding="utf-8",
            env={**os.environ, "TERM": "xterm-256color", **environment},
        )
        self.written = ""

    def until(self, pattern: str) -> None:
        self.child.expect(pattern)
        self.written += self.child.before + self.child.after

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self.written += self.child.before
        self.child.close()
        return int(self.child.exitstatus)

    @property
    def screen(self) -> str:
        screen = pyte.Screen(COLUMNS, ROWS)
        pyte.Stream(screen).feed(self.written)
        return "\n".join(line.rstrip() for line in screen.display).strip()
