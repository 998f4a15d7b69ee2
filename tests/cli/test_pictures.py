"""Pictures in the terminal: what is written is the picture."""

from __future__ import annotations

import base64
import io
import re

import pytest
from PIL import Image

from recraft.cli.pictures import blocks, iterm2, kitty, opened, way
from recraft.cli.sixel import sixel

WHITE, RED, BLUE = (255, 255, 255), (255, 0, 0), (0, 0, 255)


@pytest.fixture
def picture() -> Image.Image:
    """Red above, blue below, with a transparent column at the left: 40 x 26 pixels, no multiple of six."""
    image = Image.new("RGBA", (40, 26), (*BLUE, 255))
    image.paste((*RED, 255), (0, 0, 40, 13))
    image.paste((0, 0, 0, 0), (0, 0, 1, 26))
    return image


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty"),
        ({"TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({"LC_TERMINAL": "iTerm2"}, "iterm2"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({}, "blocks"),
    ],
)
def test_a_terminal_is_known_by_its_environment(environment: dict[str, str], expected: str) -> None:
    assert way(environment) == expected


def test_kitty_gets_a_png_in_pieces() -> None:
    noise = Image.effect_noise((120, 120), 90).convert("RGBA")
    pieces = re.findall(r"\033_G([^;]*);([^\033]*)\033\\", kitty(noise))
    assert [head for head, _ in pieces] == ["a=T,f=100,m=1", *["m=1"] * (len(pieces) - 2), "m=0"]
    assert max(len(piece) for _, piece in pieces) <= 4096
    data = base64.b64decode("".join(piece for _, piece in pieces))
    assert Image.open(io.BytesIO(data)).tobytes() == noise.tobytes()


def test_iterm2_gets_a_png_with_its_size(picture: Image.Image) -> None:
    match = re.fullmatch(r"\033\]1337;File=inline=1;size=(\d+):(.+)\a", iterm2(picture))
    assert match
    data = base64.b64decode(match[2])
    assert len(data) == int(match[1])
    assert Image.open(io.BytesIO(data)).size == picture.size


def test_sixels_draw_the_picture(picture: Image.Image) -> None:
    drawn = decoded(sixel(picture))
    assert drawn.size == picture.size
    assert (drawn.getpixel((5, 12)), drawn.getpixel((5, 13)), drawn.getpixel((0, 25))) == (RED, BLUE, WHITE)


def decoded(text: str) -> Image.Image:
    """The picture that a terminal draws of sixels."""
    width, height, body = re.fullmatch(r'\033Pq"1;1;(\d+);(\d+)(.*)\033\\', text, re.S).groups()  # type: ignore[union-attr]
    image, colours, colour, x, y = Image.new("RGB", (int(width), int(height))), {}, (0, 0, 0), 0, 0
    for number, parts, count, char in re.findall(r"#(\d+)(?:;2;([\d;]+))?|(?:!(\d+))?([?-~$-])", body):
        if parts:
            colours[number] = tuple(int(part) * 255 // 100 for part in parts.split(";"))
        elif number:
            colour = colours[number]
        elif char in "$-":
            x, y = 0, y + 6 * (char == "-")
        else:
            end = x + int(count or 1)
            for bit in range(6):
                if (ord(char) - 63) >> bit & 1:
                    image.paste(colour, (x, y + bit, end, y + bit + 1))
            x = end
    return image


def test_blocks_hold_two_pixels_each(picture: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = blocks(picture).splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("\033[38;2;255;255;255;48;2;255;255;255m▀\033[38;2;255;0;0;48;2;255;0;0m▀")
    assert lines[6].count("\033[38;2;255;0;0;48;2;0;0;255m▀") == 39


def test_an_svg_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><rect width="4" height="2" fill="red"/></svg>'
    image = opened(data)
    assert image.size == (640, 320)
    assert image.getpixel((100, 100)) == (*RED, 255)
