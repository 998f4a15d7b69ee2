"""One picture of many pictures: a grid of tiles with captions, to look at what a run made."""

from __future__ import annotations

import io
from collections.abc import Sequence

import attrs
import resvg_py
from PIL import Image, ImageDraw, ImageFont

Rgb = tuple[int, int, int]

COLUMNS = 5
TILE, GAP, MARGIN = 460, 36, 64  # pixels
TITLE, HEADING, SMALL = 52, 25, 21  # pixels
CAPTION = 118  # pixels of height below a picture

PAPER: Rgb = (246, 244, 239)
CARD: Rgb = (255, 255, 255)
EDGE: Rgb = (226, 222, 213)
INK: Rgb = (38, 36, 44)
FAINT: Rgb = (126, 122, 130)


@attrs.frozen
class Tile:
    """One picture with what to say of it; `inset` is a smaller one in its corner, such as a mask."""

    picture: bytes = attrs.field(repr=False)
    heading: str
    lines: tuple[str, ...] = ()
    inset: bytes | None = attrs.field(default=None, repr=False)


def load(picture: bytes, side: int | None = None) -> Image.Image:
    """A picture as RGBA. SVG is drawn: at its own size, or with a longer side of `side` pixels."""
    if not _is_svg(picture):
        return Image.open(io.BytesIO(picture)).convert("RGBA")
    own = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=picture.decode("utf-8"))))
    if side is not None and max(own.size) != side:
        scale = side / max(own.size)
        own = Image.open(io.BytesIO(resvg_py.svg_to_bytes(svg_string=picture.decode("utf-8"), zoom=scale)))
    return own.convert("RGBA")


def describe(picture: bytes) -> str:
    """Format and size in pixels, such as `PNG 1024x768`."""
    if _is_svg(picture):
        width, height = load(picture).size
        return f"SVG {width}x{height}"
    with Image.open(io.BytesIO(picture)) as image:
        return f"{image.format} {image.width}x{image.height}"


def draw(tiles: Sequence[Tile], title: str, subtitle: str) -> Image.Image:
    """The sheet: a title, then the tiles in rows, each as high as its tallest picture."""
    rows = [[(tile, _fit(load(tile.picture, TILE), TILE)) for tile in row] for row in rows_of(tiles)]
    heights = [max(picture.height for _, picture in row) for row in rows]
    head = MARGIN + TITLE + 20 + HEADING + 44
    width = 2 * MARGIN + COLUMNS * TILE + (COLUMNS - 1) * GAP
    sheet = Image.new("RGB", (width, head + sum(height + CAPTION + GAP for height in heights) - GAP + MARGIN), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((MARGIN, MARGIN - 8), title, INK, _font(TITLE))
    pen.text((MARGIN, MARGIN + TITLE + 16), subtitle, FAINT, _font(HEADING))
    top = head
    for row, height in zip(rows, heights, strict=True):
        for column, (tile, picture) in enumerate(row):
            _draw_tile(sheet, tile, picture, MARGIN + column * (TILE + GAP), top, height)
        top += height + CAPTION + GAP
    return sheet


def _draw_tile(sheet: Image.Image, tile: Tile, picture: Image.Image, left: int, top: int, height: int) -> None:
    pen = ImageDraw.Draw(sheet)
    pen.rounded_rectangle(
        (left - 12, top - 12, left + TILE + 11, top + height + CAPTION - 12), 14, CARD, outline=EDGE, width=2
    )
    at = (left + (TILE - picture.width) // 2, top + (height - picture.height) // 2)
    ground = checkerboard(picture.size) if _is_transparent(picture) else Image.new("RGB", picture.size, CARD)
    sheet.paste(Image.alpha_composite(ground.convert("RGBA"), picture).convert("RGB"), at)
    if tile.inset is not None:
        inset = _fit(load(tile.inset), TILE // 4).convert("RGB")
        corner = (at[0] + picture.width - inset.width - 14, at[1] + picture.height - inset.height - 14)
        pen.rectangle((corner[0] - 4, corner[1] - 4, corner[0] + inset.width + 3, corner[1] + inset.height + 3), CARD)
        sheet.paste(inset, corner)
    y = top + height + 14
    pen.text((left, y), shortened(tile.heading, HEADING, TILE), INK, _font(HEADING))
    for number, line in enumerate(tile.lines, 1):
        pen.text((left, y + number * (SMALL + 8) + 2), shortened(line, SMALL, TILE), FAINT, _font(SMALL))


def checkerboard(size: tuple[int, int], square: int = 16) -> Image.Image:
    """The usual sign for transparency."""
    small = Image.new("RGB", (-(-size[0] // square), -(-size[1] // square)), (255, 255, 255))
    for y in range(small.height):
        for x in range(y % 2, small.width, 2):
            small.putpixel((x, y), (224, 224, 228))
    return small.resize((small.width * square, small.height * square), Image.Resampling.NEAREST).crop((0, 0, *size))


def shortened(text: str, size: int, width: int) -> str:
    """The text, cut with an ellipsis where it would be wider than `width` pixels."""
    if _font(size).getlength(text) <= width:
        return text
    while text and _font(size).getlength(text + "…") > width:
        text = text[:-1]
    return text.rstrip(" ,·") + "…"


def rows_of(tiles: Sequence[Tile]) -> list[Sequence[Tile]]:
    """The tiles in rows."""
    return [tiles[start : start + COLUMNS] for start in range(0, len(tiles), COLUMNS)]


def _is_transparent(image: Image.Image) -> bool:
    return image.getchannel("A").histogram()[255] < image.width * image.height


def _fit(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=size)


def _is_svg(picture: bytes) -> bool:
    return b"<svg" in picture[:4096]
