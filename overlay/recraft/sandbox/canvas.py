"""Outpainting: where the image lies on its larger canvas, and how large that is."""

from __future__ import annotations

from PIL import Image

from recraft.sandbox import sizes
from recraft.sandbox.catalog import Size
from recraft.sandbox.job import Job
from recraft.sandbox.pictures import MAX_SIDE
from recraft.sandbox.wire import invalid

_SIDES = ("top", "bottom", "left", "right")
_ALL_AROUND = 25  # per cent, when nothing was asked: only outside the live service's rules


def place(job: Job, image: Image.Image) -> tuple[int, int, int, int]:
    """Left and top of the image on the canvas, and the canvas's width and height."""
    sides = {side: _side(job, side) for side in _SIDES}
    asked = [f"{word}_{side}" for side in _SIDES for word in ("expand", "outpaint")]
    given = [name for name in asked if job.call.fields.get(name) is not None]
    percentage = job.share("zoom_out_percentage", 0 if given or job.text("size") else _ALL_AROUND)
    if job.world.strict:
        _check(job, sides, given)
    if percentage < 0:
        raise invalid("zoom_out_percentage", "it must be 0 or more")
    left, top = sides["left"], sides["top"]
    width, height = image.width + left + sides["right"], image.height + top + sides["bottom"]
    wider, higher = _fit(job, width, height) if job.text("size") else (width, height)
    wider, higher = round(wider * (1 + percentage / 100)), round(higher * (1 + percentage / 100))
    if max(wider, higher) > MAX_SIDE:
        raise invalid("image", f"the result of {wider}x{higher} is too large, at most {MAX_SIDE} pixels a side")
    return left + (wider - width) // 2, top + (higher - height) // 2, wider, higher


def _side(job: Job, side: str) -> int:
    pixels = job.whole(f"expand_{side}", f"outpaint_{side}")
    if not 0 <= pixels <= (MAX_SIDE if job.world.strict else pixels):
        name = f"expand_{side}" if job.call.fields.get(f"expand_{side}") is not None else f"outpaint_{side}"
        raise invalid(name, f"{pixels} pixels; it must be 0 or more, at most {MAX_SIDE}")
    return pixels


def _check(job: Job, sides: dict[str, int], given: list[str]) -> None:
    zoom = job.call.fields.get("zoom_out_percentage")
    if job.text("size") and any(sides.values()):
        raise invalid("size", f"it excludes {given[0]} and the other sides; send only one of them")
    if not job.text("size") and not any(sides.values()) and not zoom:
        raise invalid(
            "expand_left", "no side to extend: send pixels for at least one side, size or zoom_out_percentage"
        )
    if zoom is not None and not 0 <= float(zoom) < 100:
        raise invalid("zoom_out_percentage", f"{zoom} is out of range, 0 up to (not including) 100 is taken")


def _fit(job: Job, width: int, height: int) -> Size:
    """The smallest canvas that holds width x height and has the asked pixels, or the asked ratio."""
    if job.world.strict:
        job.size()
    wide, high = sizes.read_size(job.text("size"))
    if ":" not in job.text("size"):
        return max(wide, width), max(high, height)
    return max(width, round(height * wide / high)), max(height, round(width * high / wide))
