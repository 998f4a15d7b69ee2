"""Images as people look at them: small previews in a notebook, and as `PIL.Image.Image`.

A notebook is saved, committed and sent around with what it shows, so no URL ever stands there: whoever has a signed one
has the image. What is shown is a small copy, embedded, or else a line of text that says why not.
"""

from __future__ import annotations

import base64
import html
import io
import time
from collections.abc import Callable, Sequence
from typing import Any

from .errors import DownloadError, InputError, RecraftError, redacted
from .inputs import HEAD, sniff

#: Seconds that all images of a result together may take to be fetched when it is shown.
SECONDS = 5.0

#: The longer side of a preview in pixels, and its size in bytes: what is smaller is embedded as it is.
SIDE, SMALL = 512, 2**16

#: Bytes of an SVG that is embedded; there is no smaller copy of one.
LARGEST_SVG = 2**19

#: Pixels of an image that is decoded for a preview; the service makes at most 16 million.
MOST_PIXELS = 64_000_000

#: The bytes of an image, within so many seconds. Raises RecraftError where there are none.
Look = Callable[[Any, float], bytes]


def grid(images: Sequence[Any], look: Look) -> str:
    """Images beside each other."""
    until = time.monotonic() + SECONDS
    cells = "".join(f"<div>{cell(image, look, until)}</div>" for image in images)
    columns = "repeat(auto-fill, minmax(180px, 1fr))"
    return f'<div style="display: grid; grid-template-columns: {columns}; gap: 8px">{cells}</div>'


def cell(image: Any, look: Look, until: float | None = None) -> str:
    """One image, or the reason why there is none. Raises nothing. `until` is by the monotonic clock."""
    name = str(image.image_id or "an image")
    title = html.escape(redacted(image.revised_prompt or name), quote=True)
    try:
        left = SECONDS if until is None else until - time.monotonic()
        if left <= 0:
            raise DownloadError("the images before it took too long")
        source = preview(look(image, left))
    except RecraftError as error:
        return _line(f"{name}: no preview, {error.message}")
    except Exception as error:  # whatever it is: a cell that shows a result must not fail
        return _line(f"{name}: no preview ({type(error).__name__})")
    # As the source of an <img> an SVG runs no scripts and loads nothing.
    return f'<img src="{source}" title="{title}" alt="{title}" style="max-width: 100%; max-height: {SIDE}px">'


def _line(text: str) -> str:
    return f'<em style="overflow-wrap: anywhere">{html.escape(text)}</em>'


def preview(data: bytes) -> str:
    """A small copy of an image as a data URL. Raises RecraftError when none can be made."""
    kind = sniff(data[:HEAD])
    if kind is None:
        raise DownloadError("what came is not an image")
    if kind == "image/svg+xml":
        if len(data) > LARGEST_SVG:
            raise DownloadError(f"an SVG of {len(data)} bytes is too large to be embedded")
    elif len(data) > SMALL:
        kind, data = _smaller(data)
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _smaller(data: bytes) -> tuple[str, bytes]:
    with opened(data) as image:
        if image.width * image.height > MOST_PIXELS:
            raise DownloadError(f"{image.width} x {image.height} pixels are too many to be decoded for it")
        image.thumbnail((SIDE, SIDE))
        buffer = io.BytesIO()
        (image if image.mode in ("RGB", "RGBA") else image.convert("RGBA")).save(buffer, "WEBP", quality=80)
    return "image/webp", buffer.getvalue()


def opened(data: bytes) -> Any:
    """An image as Pillow opens it, its pixels not yet decoded."""
    try:
        from PIL import Image
    except ImportError:
        raise InputError("that needs Pillow: pip install pillow") from None
    if sniff(data[:HEAD]) == "image/svg+xml":
        raise InputError("the image is SVG, which Pillow cannot read: write its bytes to a file, or use client.save.")
    try:
        return Image.open(io.BytesIO(data))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        flaw = type(error).__name__
    raise DownloadError(f"the image is damaged: Pillow cannot read it ({flaw})")


def decoded(data: bytes) -> Any:
    """An image as a `PIL.Image.Image` that is in memory."""
    image = opened(data)
    try:
        image.load()
        return image
    except (OSError, ValueError, SyntaxError) as error:
        flaw = type(error).__name__
    raise DownloadError(f"the image is damaged: Pillow cannot read it ({flaw})")
