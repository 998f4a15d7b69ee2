"""Tables of what was measured, and on what."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("httpx", "httpcore", "pybase64", "h11", "anyio", "openai", "aiohttp", "httpx-aiohttp")


def machine() -> str:
    """The processor and the versions that the figures hold for."""
    packages = ", ".join(f"{name} {found}" for name in PACKAGES if (found := _version(name)))
    return f"{os.cpu_count()} x {_processor()}, Python {platform.python_version()}, {packages}"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table. The first column is text, the others are numbers."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    print(f"### {title}\n")
    for row in (heads, ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])], *rows):
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        print("|", " | ".join([row[0].ljust(widths[0]), *cells[1:]]), "|")
    print(flush=True)


def plot(title: str, bars: Mapping[str, Mapping[str, Sequence[float]]], path: Path) -> None:
    """Draw a PNG: for each name on the left a bar for each thing that was measured, as long as its median, with a line
    over the middle half.
    """
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(15)
    rows = [(name, what, values) for name, each in bars.items() for what, values in each.items()]
    quarters = [statistics.quantiles(values, n=4) if len(values) > 1 else [*values] * 3 for _, _, values in rows]
    scale = 520 / max(quarter[2] for quarter in quarters)
    picture = Image.new("RGB", (900, 70 + 26 * len(rows)), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((20, 14), title, "black", font)
    colours = dict(zip(bars, ["#9aa5b1", "#d9480f", "#1971c2", "#2f9e44"] * len(bars), strict=False))
    for place, ((name, what, _), (low, middle, high)) in enumerate(zip(rows, quarters, strict=True)):
        top = 52 + 26 * place
        draw.text((20, top), f"{name}, {what}", "black", font)
        draw.rectangle((240, top, 240 + middle * scale, top + 18), colours[name])
        draw.line((240 + low * scale, top + 9, 240 + high * scale, top + 9), "black", 2)
        draw.text((250 + high * scale, top), f"{middle:.2f}", "black", font)
    picture.save(path)
    print(f"plot: {path}\n", flush=True)


def best(measure: Callable[[], float], rounds: int) -> float:
    return min(measure() for _ in range(rounds))


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()
