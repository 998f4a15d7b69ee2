"""Write the pictures in `docs/guides/`: what the installed command shows on a terminal, and a session of `recraft-mcp`.

python scripts/screens.py    needs a font with the name DejaVu Sans Mono, and pexpect, pyte, rich, resvg-py and Pillow
"""

from __future__ import annotations

import asyncio
import base64
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import resvg_py
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from PIL import Image
from rich.console import Console
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from recraft.sandbox import Fault, FaultPlan, Sandbox

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "guides"
COMMAND = Path(sys.executable).with_name("recraft")
COLUMNS, ROWS = 88, 60
FONT = "DejaVu Sans Mono"
#: Background, foreground, and the colours in the order of ANSI.
COLOURS = "181a1f dcdfe4 181a1f e06c75 98c379 e5c07b 61afef c678dd 56b6c2 dcdfe4"
BACK, FRONT, *OTHERS = [(int(c[:2], 16), int(c[2:4], 16), int(c[4:], 16)) for c in COLOURS.split()]
THEME = TerminalTheme(BACK, FRONT, OTHERS)


def main() -> None:
    with Sandbox(limits=False, small_pictures=True) as sandbox, tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RECRAFT_API_TOKEN": sandbox.token, "RECRAFT_BASE_URL": sandbox.base_url, "HOME": folder}
        os.environ |= {"TERM": "xterm-256color", "RECRAFT_LIMITER": "none"}
        os.chdir(folder)
        _write("table", _after("generate", "a red fox in the snow", "-n", "3", "-o", "foxes/"))
        for number in range(24):
            Image.new("RGB", (256, 256), (10 * number, 90, 160)).save(f"photo-{number:02}.png")
        photos = [f"photo-{number:02}.png" for number in range(24)]
        sandbox.faults = FaultPlan([Fault("latency", operation="vectorizeImage", seconds=0.7, times=None)])
        _write("progress", _during(r"16/24.*/min.*USD", "vectorize", *photos, "-o", "svg/", "--yes"))
        sandbox.faults = FaultPlan([Fault("reset_after_body", charged=True)])
        _write("error", _after("generate", "a red fox in the snow"))
        sandbox.faults = FaultPlan()
        _write("help", _after("vectorize", "--help"))
        _picture(asyncio.run(_session())).save(FOLDER / "mcp-session.png", optimize=True)


async def _session() -> tuple[list[Text], list[Image.Image]]:
    """What a model says and reads in a session, and the previews that it sees."""
    lines: list[Text] = []
    previews: list[Image.Image] = []
    server = StdioServerParameters(command=str(COMMAND), args=["mcp", "--output", "pictures"], env=dict(os.environ))
    fox = {"prompt": "a red fox in the snow", "n": 2, "model": "recraftv4_1", "size": "4:3"}
    calls: list[tuple[str, dict[str, Any]]] = [
        ("generate", fox),
        ("vectorize", {"image": "recraft://results/1/2"}),
        ("vectorize", {"image": "/etc/passwd"}),
    ]
    async with Client(server) as client:
        for name, arguments in calls:
            result = await client.call_tool(name, arguments)
            given = ", ".join(f"{key}={value!r}" for key, value in arguments.items())
            lines.append(Text(f"> {name}({given})", "green"))
            for block in result.content:
                if block.type == "text":
                    lines += [Text(line, "red" if result.is_error else "") for line in block.text.splitlines()]
                elif block.type == "resource_link":
                    lines.append(Text(f"  link: {block.name}, {block.mime_type}, {block.size:,} bytes", "blue"))
                elif block.type == "image":
                    previews.append(Image.open(io.BytesIO(base64.b64decode(block.data))))
            lines.append(Text(""))
    return lines, previews


def _picture(session: tuple[list[Text], list[Image.Image]]) -> Image.Image:
    """The words of a session, with the previews side by side below them."""
    lines, previews = session
    words = _drawn([line for text in lines for line in text.wrap(Console(width=COLUMNS), COLUMNS)], "recraft-mcp")
    height = 180
    shown = [each.resize((each.width * height // each.height, height)) for each in previews]
    whole = Image.new("RGB", (words.width, words.height + height + 24), BACK)
    whole.paste(words, (0, 0))
    left = 24
    for each in shown:
        whole.paste(each, (left, words.height))
        left += each.width + 24
    return whole.quantize(128)


def _after(*words: str) -> tuple[str, list[Text]]:
    """What the screen shows when a command has ended."""
    child = _spawn(words)
    child.expect(pexpect.EOF)
    return _shown(words, child.before)


def _during(pattern: str, *words: str) -> tuple[str, list[Text]]:
    """What the screen shows in the middle of a command."""
    child = _spawn(words)
    child.expect(pattern)
    written = child.before + child.after
    child.expect("\n|\r")
    shown = _shown(words, written + child.before)
    child.expect(pexpect.EOF)
    return shown


def _spawn(words: tuple[str, ...]) -> Any:
    return pexpect.spawn(str(COMMAND), list(words), dimensions=(ROWS, COLUMNS), encoding="utf-8", timeout=60)


def _shown(words: tuple[str, ...], written: str) -> tuple[str, list[Text]]:
    screen = pyte.Screen(COLUMNS, ROWS)
    pyte.Stream(screen).feed(written)
    shown = [Text("", no_wrap=True).join(_cells(screen, row)) for row in range(ROWS)]
    while shown and not shown[-1].plain.strip():
        shown.pop()
    typed = " ".join(f"'{word}'" if " " in word else word for word in words if not re.match(r"photo-.*[1-9]", word))
    return typed.replace("photo-00.png", "photo-*.png"), shown


def _cells(screen: pyte.Screen, row: int) -> Iterator[Text]:
    """A row of the screen, with its colours."""
    for column in range(COLUMNS):
        cell = screen.buffer[row][column]
        colour = None if cell.fg == "default" else cell.fg.replace("brown", "yellow")
        if colour and re.fullmatch("[0-9a-f]{6}", colour):
            colour = f"#{colour}"
        yield Text(cell.data, Style(color=colour, bold=cell.bold))


def _write(name: str, screen: tuple[str, list[Text]]) -> None:
    typed, lines = screen
    picture = _drawn([Text.assemble(("$ ", "green"), f"recraft {typed}"), *lines], "recraft")
    picture.quantize(40).save(FOLDER / f"command-line-{name}.png", optimize=True)


def _drawn(lines: list[Text], title: str) -> Image.Image:
    """Lines as a terminal shows them."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False)
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=True)
    svg = console.export_svg(title=title, theme=THEME)
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.S).replace("Fira Code", FONT)
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=1000, monospace_family=FONT))))
    return picture.convert("RGB")


if __name__ == "__main__":
    main()
