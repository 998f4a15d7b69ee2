"""Sixels: pictures in rows of six pixels, for terminals in the line of the VT340."""

from __future__ import annotations

import os
import select
import sys
from itertools import groupby
from typing import Any

#: Seconds to wait for a terminal's answer.
PATIENCE = 0.3


def sixel(image: Any) -> str:
    """A picture of up to 255 colours, on white where it is transparent."""
    from PIL import Image

    flat = Image.new("RGB", image.size, "white")
    flat.paste(image, mask=image.getchannel("A"))
    few = flat.quantize(255)
    palette = few.getpalette() or []
    pixels = few.tobytes()
    width, height = few.size
    colours = sorted(set(pixels))
    parts = [f'\033Pq"1;1;{width};{height}']
    parts += [f"#{c};2;" + ";".join(str(palette[3 * c + part] * 100 // 255) for part in range(3)) for c in colours]
    for top in range(0, height, 6):
        rows = [pixels[y * width : (y + 1) * width] for y in range(top, min(top + 6, height))]
        for colour in sorted(set().union(*rows)):
            parts.append(f"#{colour}{_band(rows, colour, width)}$")
        parts.append("-")
    return "".join([*parts, "\033\\"])


def _band(rows: list[bytes], colour: int, width: int) -> str:
    """Where a colour is in six rows: a character for each column, repetitions counted."""
    bits = [sum((row[x] == colour) << bit for bit, row in enumerate(rows)) for x in range(width)]
    runs = ((chr(63 + value), sum(1 for _ in run)) for value, run in groupby(bits))
    return "".join(f"!{count}{char}" if count > 3 else char * count for char, count in runs)


def terminal_knows_sixel() -> bool:
    """Ask the terminal what it is: one that knows sixels lists a 4. One that does not answer in time does not."""
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        import termios
        import tty
    except ImportError:
        return False
    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        sys.stdout.write("\033[c")
        sys.stdout.flush()
        answer = b""
        while not answer.endswith(b"c") and select.select([number], [], [], PATIENCE)[0]:
            answer += os.read(number, 64)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
    return answer.startswith(b"\033[?") and b"4" in answer[3:-1].split(b";")
