"""Raster images in another file format, where Pillow is installed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import IO, Any, TypeAlias

from ..errors import DownloadError, InputError, shown
from ..inputs import EXTENSIONS

#: Rewrites the image in a file, which has this media type; the one it has then.
Convert: TypeAlias = Callable[[IO[bytes], str], str]

_FORMATS = {"png": "image/png", "webp": "image/webp", "jpg": "image/jpeg"}


def converter(format: str | None) -> Convert | None:
    """What makes a `format` of a raster image. Raises InputError, before anything is fetched, when that cannot be."""
    if format is None:
        return None
    if not isinstance(format, str) or format not in _FORMATS:
        raise InputError(f"format is {shown(format)}; expected {', '.join(map(repr, _FORMATS))}, or None as it comes.")
    try:
        import PIL  # noqa: F401
    except ImportError:
        raise InputError(f"format={format!r} needs Pillow: pip install pillow") from None
    return functools.partial(_convert, _FORMATS[format])


def _convert(wanted: str, file: IO[bytes], media_type: str) -> str:
    if media_type == wanted:
        return media_type
    if media_type == "image/svg+xml":
        raise DownloadError("the image is SVG, which Pillow cannot read: save it without format")
    from PIL import Image

    file.seek(0)
    made: Image.Image | None = None
    flaw = ""
    try:
        with Image.open(file) as image:
            image.load()
            made = _opaque(image) if wanted == "image/jpeg" else image
    except (OSError, ValueError, SyntaxError) as error:
        flaw = type(error).__name__
    if made is None:
        raise DownloadError(f"the image is damaged: Pillow cannot read it ({flaw})")
    file.seek(0)
    file.truncate()
    options = {"lossless": True} if wanted == "image/webp" else {"quality": 95} if wanted == "image/jpeg" else {}
    made.save(file, {"jpg": "JPEG"}.get(EXTENSIONS[wanted], EXTENSIONS[wanted].upper()), **options)
    return wanted


def _opaque(image: Any) -> Any:
    """An image on white, for JPEG, which knows no transparency."""
    from PIL import Image

    if "A" not in image.getbands():
        return image.convert("RGB")
    made = Image.new("RGB", image.size, "white")
    made.paste(image, mask=image.getchannel("A"))
    return made
