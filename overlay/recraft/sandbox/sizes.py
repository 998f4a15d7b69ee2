"""Sizes in pixels: what a request asks for, what a model makes of it, and what a prompt suggests by itself."""

from __future__ import annotations

import random
import re

from recraft.sandbox.catalog import Model, Size, ratios
from recraft.sandbox.pictures import DEFAULT_SIDE, MAX_SIDE
from recraft.sandbox.wire import invalid

SMALL_SIDE = 256
"""Shorter side of a small picture: the least that the service takes back."""

_SIZE = re.compile(r"(\d{1,5})\s*([x:])\s*(\d{1,5})")
_MAX_RATIO = 4
_SUGGESTED = ("1:1", "1:1", "4:3", "3:4", "3:2", "2:3", "16:9")
_WORDS = {
    "16:9": "banner landscape panorama skyline wallpaper horizon",
    "2:3": "portrait poster tower tall book cover",
    "1:1": "icon logo emblem sticker badge pattern",
}


def read_size(text: str) -> Size:
    """`WxH` as it is, or a ratio `w:h` with a long side of 1,024 pixels. Raises Problem 400 naming `size`."""
    matched = _SIZE.fullmatch(text.strip())
    if not matched:
        raise invalid("size", f"{text[:40]!r} is neither WxH (1024x1024) nor a ratio w:h (16:9)")
    width, height, ratio = int(matched[1]), int(matched[3]), matched[2] == ":"
    if not width or not height or (ratio and max(width, height) > _MAX_RATIO * min(width, height)):
        raise invalid("size", f"{text!r} is out of range, ratios go from 1:{_MAX_RATIO} to {_MAX_RATIO}:1")
    if ratio:
        long = max(width, height)
        return round(DEFAULT_SIDE * width / long), round(DEFAULT_SIDE * height / long)
    if max(width, height) > MAX_SIDE:
        raise invalid("size", f"{text!r} is too large, at most {MAX_SIDE} pixels a side")
    return width, height


def of_model(text: str, model: Model | None, *, strict: bool) -> Size:
    """What a model makes of a size: a ratio gives its own pixels, which are also the only ones it takes when `strict`.

    Raises Problem 400 naming `size`. A model that is not documented is taken to make any size.
    """
    column = model.sizes if model else {ratio: sizes[0] for ratio, sizes in ratios().items()}
    if text in column:
        return column[text]
    if model is None or not strict:
        return read_size(text)
    own = {f"{width}x{height}": (width, height) for width, height in column.values()}
    if text not in own:
        choice = f"a ratio ({', '.join(column)}) or its pixels ({', '.join(own)})"
        raise invalid("size", f"{text[:40]!r} is no size of {model.id}, which takes {choice}")
    return own[text]


def suggested(prompt: str, model: Model | None) -> Size:
    """The size when none was asked for: always the same for the same prompt."""
    words = set(re.findall(r"[a-z]+", prompt.lower()))
    asked = next((ratio for ratio, known in _WORDS.items() if not words.isdisjoint(known.split())), None)
    ratio = asked or random.Random(f"size/{prompt}").choice(_SUGGESTED)
    return of_model(ratio, model, strict=False)


def small(size: Size) -> Size:
    """The smallest size of the same shape with no side below `SMALL_SIDE`; a smaller one stays as it is."""
    width, height = size
    short = min(size)
    # A side a little longer often has the very ratio.
    sides = range(min(short, SMALL_SIDE), min(short, SMALL_SIDE * 5 // 4) + 1)
    shapes = [(round(width * side / short), round(height * side / short)) for side in sides]
    return min(shapes, key=lambda each: abs(each[0] / each[1] - width / height))


def nearest(size: Size, model: Model) -> Size:
    """The size of the model whose ratio is nearest to that of an image."""
    wanted = size[0] / size[1]
    return min(model.sizes.values(), key=lambda each: abs(each[0] / each[1] - wanted))
