"""Small pictures of the images, with Pillow where it is installed."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from recraft import InputError

#: Sides of a preview and of a picture on a contact sheet, in pixels.
PREVIEW, CELL = 96, 240

#: An SVG of more bytes is not embedded: a page with hundreds of those opens slowly.
LARGEST_SVG = 20_000

COLUMNS, ROWS, GAP, LABEL = 6, 8, 12, 16


def preview(path: Path) -> str | None:
    """An image as a data URL, small; None when it cannot be shown."""
    try:
        if path.suffix == ".svg":
            if path.stat().st_size > LARGEST_SVG:
                return None
            return "data:image/svg+xml;base64," + base64.b64encode(path.read_bytes()).decode()
        picture = thumbnail(path, PREVIEW)
    except (OSError, ValueError):
        return None
    if picture is None:
        return None
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=60)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode()


def sheets(images: Iterable[tuple[str, Path]], folder: Path) -> list[Path]:
    """Contact sheets of raster images, 48 on each, with what they are called below them."""
    if _pillow() is None:
        raise InputError("contact sheets need Pillow: pip install 'recraft-sdk[batch]'")
    written: list[Path] = []
    shown = ((name, picture) for name, path in images if (picture := _raster(path)) is not None)
    for number in itertools.count(1):
        page = list(itertools.islice(shown, COLUMNS * ROWS))
        if not page:
            return written
        path = folder / f"contact-sheet-{number:03}.png"
        _sheet(page).save(path)
        written.append(path)
    return written


def _sheet(page: list[tuple[str, Any]]) -> Any:
    from PIL import Image, ImageDraw

    step, line = CELL + GAP, CELL + GAP + LABEL
    lines = -(-len(page) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * step + GAP, lines * line + GAP), "white")
    draw = ImageDraw.Draw(sheet)
    for place, (name, picture) in enumerate(page):
        left, top = GAP + place % COLUMNS * step, GAP + place // COLUMNS * line
        width, height = picture.size
        sheet.paste(picture, (left + (CELL - width) // 2, top + (CELL - height) // 2))
        draw.text((left, top + CELL + 2), _cut(draw, name), fill="black")
    return sheet


def _cut(draw: Any, text: str) -> str:
    """As much of a text as fits below a picture, from its end: there the names of a batch differ."""
    text = text.encode("ascii", "replace").decode()  # what Pillow's own font has
    while draw.textlength(text) > CELL and len(text) > 1:
        text = text[1:]
    return text


def _raster(path: Path) -> Any:
    try:
        return None if path.suffix == ".svg" else thumbnail(path, CELL)
    except (OSError, ValueError):
        return None


def thumbnail(source: Path | IO[bytes], side: int, ground: str = "white") -> Any:
    """An image no larger than that, what is transparent on a ground; None without Pillow."""
    if (pillow := _pillow()) is None:
        return None
    with pillow.open(source) as picture:
        picture.draft("RGB", (side, side))
        picture.thumbnail((side, side))
        shown = picture.convert("RGBA")
    return pillow.alpha_composite(pillow.new("RGBA", shown.size, ground), shown).convert("RGB")


def _pillow() -> Any:
    try:
        from PIL import Image
    except ImportError:
        return None
    return Image


def images_of(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The images of a folder that are still there."""
    for name in names:
        if (path := folder / "images" / name).is_file():
            yield name, path
