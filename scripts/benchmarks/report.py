"""Tables of what was measured, and on what."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("httpx", "httpcore", "h11", "anyio", "openai")


def machine() -> str:
    """The processor and the versions that the figures hold for."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} x {_processor()}, Python {platform.python_version()}, {packages}"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table. The first column is text, the others are numbers."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    print(f"### {title}\n")
    for row in (heads, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])], *rows):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("|", " | ".join([row[0].ljust(widths[0]), *cells[1:]]), "|")
    print(flush=True)


def best(measure: Callable[[], float], rounds: int) -> float:
    return min(measure() for _ in range(rounds))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()
