"""`--show`: pictures in the terminal, as it can show them."""

from __future__ import annotations

import base64
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from recraft import InputError

from .sixel import sixel, terminal_knows_sixel
from .telling import is_terminal, say

#: How wide a picture is shown at most, in characters and in pixels.
COLUMNS, PIXELS = 60, 640


def show_files(paths: list[Path]) -> None:
    """Show pictures on standard output, when that is a terminal."""
    if not paths:
        return
    if not is_terminal(sys.stdout):
        say("--show shows pictures on a terminal, and standard output is none.")
        return
    draw = DRAWERS[way(os.environ)]
    for path in paths:
        image = opened(path.read_bytes())
        sys.stdout.write(draw(image) + "\n")
    sys.stdout.flush()


def way(environment: Mapping[str, str]) -> str:
    """How this terminal shows pictures."""
    program = environment.get("TERM_PROGRAM", "") or environment.get("LC_TERMINAL", "")
    term = environment.get("TERM", "")
    if environment.get("KITTY_WINDOW_ID") or "kitty" in term or "ghostty" in (term + program).lower():
        return "kitty"
    if program in ("iTerm.app", "iTerm2", "WezTerm", "mintty", "vscode"):
        return "iterm2"
    return "sixel" if terminal_knows_sixel() else "blocks"


def opened(data: bytes) -> Any:
    """A picture as Pillow has it, no larger than it is shown. An SVG is drawn where resvg is installed."""
    try:
        from PIL import Image
    except ImportError:
        raise InputError("--show needs Pillow: pip install pillow") from None
    if data.lstrip()[:1] == b"<":
        try:
            import resvg_py
        except ImportError:
            raise InputError("--show needs resvg_py for SVG: pip install resvg-py") from None
        # Into a square: one that is narrow would be as high as memory allows.
        data = bytes(resvg_py.svg_to_bytes(svg_string=data.decode(), width=PIXELS, height=PIXELS))
    image = Image.open(io.BytesIO(data)).convert("RGBA")
    image.thumbnail((PIXELS, PIXELS))
    return image


def _png(image: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def kitty(image: Any) -> str:
    """The graphics protocol of kitty: PNG in base64, in pieces of 4096 characters."""
    text = base64.standard_b64encode(_png(image)).decode()
    pieces = [text[at : at + 4096] for at in range(0, len(text), 4096)]
    heads = ["a=T,f=100,"] + [""] * (len(pieces) - 1)
    more = [1] * (len(pieces) - 1) + [0]
    return "".join(f"\033_G{head}m={m};{piece}\033\\" for head, m, piece in zip(heads, more, pieces, strict=True))


def iterm2(image: Any) -> str:
    """The inline images of iTerm2, which other terminals know too."""
    data = _png(image)
    return f"\033]1337;File=inline=1;size={len(data)}:{base64.b64encode(data).decode()}\a"


def blocks(image: Any) -> str:
    """Characters of two pixels each, one above the other."""
    columns = min(COLUMNS, shutil.get_terminal_size().columns, image.width)
    rows = max(1, round(columns * image.height / image.width / 2))
    small = image.resize((columns, rows * 2))
    return "\n".join(_line(small, row) for row in range(rows))


def _line(image: Any, row: int) -> str:
    cells: Iterator[tuple[Any, Any]] = (
        (image.getpixel((x, 2 * row)), image.getpixel((x, 2 * row + 1))) for x in range(image.width)
    )
    return "".join(f"\033[38;2;{_on_white(top)};48;2;{_on_white(low)}m▀" for top, low in cells) + "\033[0m"


def _on_white(pixel: tuple[int, int, int, int]) -> str:
    *parts, alpha = pixel
    return ";".join(str((part * alpha + 255 * (255 - alpha)) // 255) for part in parts)


DRAWERS: dict[str, Callable[[Any], str]] = {"kitty": kitty, "iterm2": iterm2, "sixel": sixel, "blocks": blocks}
