"""The documents of the checkout, in parts: chapters, code and tables."""

from __future__ import annotations

import functools
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

NAMES = [
    *sorted(path.name for path in ROOT.glob("*.md")),
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
]


@functools.cache
def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def sections(name: str) -> dict[str, str]:
    """Text of each chapter by its heading; what comes before the first is "Start"."""
    parts = re.split(r"^## (.+)$", text(name), flags=re.M)
    return {"Start": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


@dataclass(frozen=True)
class Block:
    """A Python block of a document, and what its reader has installed."""

    name: str
    heading: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.name}:{self.line}"

    @property
    def code(self) -> str:
        """The text behind as many empty lines as there are above it: a traceback points into the document."""
        return "\n" * (self.line - 1) + self.text

    @property
    def is_tests(self) -> bool:
        return "def test_" in self.text

    @property
    def needs(self) -> frozenset[str]:
        """The package, and what the start of the page or the chapter of the block says to install."""
        above = sections(self.name)["Start"] + sections(self.name)[self.heading]
        commands = [shlex.split(found) for found in re.findall(r"\bpip install ([^`\n#]+)", above)]
        return frozenset({"recraft-sdk", *(word for words in commands for word in words if word != ".")})


def blocks(name: str, heading: str) -> list[Block]:
    """The Python blocks of a chapter."""
    chapter = sections(name)[heading]
    start = text(name).index(chapter)
    found = re.finditer(r"^```python\n(.*?)^```$", chapter, re.M | re.S)
    return [Block(name, heading, text(name).count("\n", 0, start + match.start(1)) + 1, match[1]) for match in found]


def table(name: str, heading: str, first: str) -> list[list[str]]:
    """Cells of the table in a chapter whose header row begins with `first`."""
    rows = [line for line in sections(name)[heading].splitlines() if line.startswith("|")]
    start = next(number for number, row in enumerate(rows) if row.startswith(f"| {first} |"))
    found: list[list[str]] = []
    for row in rows[start + 2 :]:
        if row.startswith("|---"):
            found.pop()  # the header of the next table
            break
        found.append([cell.strip() for cell in row.strip("|").split("|")])
    return found


def code(cell: str) -> str:
    """What a cell has in backticks first."""
    return cell.split("`")[1]


BLOCKS = [block for name in NAMES for heading in sections(name) for block in blocks(name, heading)]


def prose(name: str) -> list[str]:
    """The lines that are neither code nor a row of a table."""
    lines = re.sub(r"^```.*?^```$", "", text(name), flags=re.M | re.S).splitlines()
    return [line for line in lines if not line.startswith(("|", "    "))]
