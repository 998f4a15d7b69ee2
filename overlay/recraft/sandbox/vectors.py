"""Uploaded SVG. A scene that this sandbox drew is read back; for any other, one of its size stands in."""

from __future__ import annotations

import hashlib
import re

from PIL import Image

from recraft.sandbox.pictures import MAX_SIDE, paint
from recraft.sandbox.scene import Rgb, Scene, Shape, compose
from recraft.sandbox.wire import invalid

_OPENING = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_NUMBER = r"\s*([\d.]+)(?:px)?\s*"
_UNSAFE = re.compile(
    rb"<script|<foreignObject|<!ENTITY|\son\w+\s*=|javascript:|href\s*=\s*[\"'](?:https?|file|ftp):", re.IGNORECASE
)
_OWN = b'<linearGradient id="sky"'
_NUMBERS = r"-?\d{1,5}\.\d"
_SHAPE = re.compile(
    rf'<(?P<kind>polygon|circle) (?P<place>points="{_NUMBERS},{_NUMBERS}(?: {_NUMBERS},{_NUMBERS})+"'
    rf'|cx="{_NUMBERS}" cy="{_NUMBERS}" r="{_NUMBERS}") fill="#(?P<fill>[0-9a-f]{{6}})"[^>]*/>'
)
_LEAST = 256
"""A smaller SVG is enlarged to this side, as the service's documentation says."""


def is_svg(data: bytes) -> bool:
    return b"<svg" in data[:1000]


def read_svg(name: str, data: bytes) -> Image.Image:
    """A picture for an SVG, always the same for the same file.

    Raises Problem 400 naming the field for one that could do harm, or has no size.
    """
    if found := _UNSAFE.search(data):
        what = found[0].decode("ascii", "replace").strip()
        raise invalid(name, f"the SVG is not safe: it contains {what!r}; scripts and outside references are not taken")
    width, height = _size(name, data)
    scale = max(1.0, _LEAST / min(width, height))
    size = (round(width * scale), round(height * scale))
    if max(size) > MAX_SIDE:
        raise invalid(name, f"{size[0]}x{size[1]} is too large, at most {MAX_SIDE} pixels a side")
    if _OWN in data:
        return paint(_scene(data.decode("utf-8", "replace"), max(1, round(width)), max(1, round(height)))).resize(size)
    return paint(compose(hashlib.sha256(data).hexdigest(), *size))


def _scene(text: str, width: int, height: int) -> Scene:
    """What `draw_svg` wrote, as it was."""
    colors = [_color(found) for found in re.findall(r'stop-color="#([0-9a-f]{6})"', text)] or [(0, 0, 0)]
    return Scene(width, height, colors[0], colors[-1], tuple(_shape(found) for found in _SHAPE.finditer(text)))


def _shape(found: re.Match[str]) -> Shape:
    opacity = re.search(r'fill-opacity="(\d\.\d+)"', found[0])
    numbers = [float(number) for number in re.findall(r"-?\d+\.\d+", found["place"])]
    points = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    radius = numbers[2] if found["kind"] == "circle" else None
    return Shape(points, _color(found["fill"]), float(opacity[1]) if opacity else 1.0, radius)


def _color(text: str) -> Rgb:
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _size(name: str, data: bytes) -> tuple[float, float]:
    opening = _OPENING.search(data)
    text = opening[0].decode("utf-8", "replace") if opening else ""
    sides = [re.search(rf"\b{side}\s*=\s*[\"']{_NUMBER}[\"']", text) for side in ("width", "height")]
    box = re.search(r"viewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)", text)
    numbers = [each[1] for each in sides if each] if all(sides) else list(box.groups()) if box else []
    try:
        width, height = (float(number) for number in numbers)
    except ValueError:
        width = height = 0.0
    if width <= 0 or height <= 0:
        raise invalid(name, "the SVG has no size: give it width and height, or a viewBox")
    return width, height
