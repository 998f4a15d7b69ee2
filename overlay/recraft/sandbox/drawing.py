"""Behaviours that make pictures: generation and every edit. Each checks its uploads at once and draws later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PIL import Image

from recraft.sandbox import edits
from recraft.sandbox.job import Job, read_size
from recraft.sandbox.pictures import MAX_SIDE, decode, paint
from recraft.sandbox.scene import Rgb, Scene
from recraft.sandbox.wire import Problem, invalid

Body = dict[str, Any]


def generate(job: Job, *, vector: bool | None = None) -> Body:
    """Pictures of a prompt. `vector` is what the operation insists on; None leaves it to model and style."""
    wrong = {True: "_raster", False: "_vector"}.get(vector) if vector is not None else None
    if wrong and job.text("model").endswith(wrong):
        raise invalid("model", f"{job.text('model')} does not fit this operation")
    width, height = job.size()
    svg = job.vector if vector is None else vector
    scenes = [job.scene(width, height, index) for index in range(job.count)]
    return job.answer([job.make_scene(scene, vector=svg) for scene in scenes])


def image_to_image(job: Job) -> Body:
    image, strength = job.upload("image"), job.share("strength", 0.5)
    return _each(job, image.size, lambda content: edits.blend(image, content, strength))


def masked_edit(job: Job) -> Body:
    """Inpaint and generate background: new content in the mask's white area."""
    image, mask = _image_and_mask(job)
    return _each(job, image.size, lambda content: edits.fill_mask(image, mask, content))


def replace_background(job: Job) -> Body:
    image = job.upload("image")
    return _each(job, image.size, lambda content: edits.replace_background(image, content))


def outpaint(job: Job) -> Body:
    image = job.upload("image")
    left, top, width, height = _canvas(job, image)
    palette = edits.palette(image)
    return _each(job, (width, height), lambda content: edits.extend(image, content, left, top), palette)


def remove_background(job: Job) -> Body:
    image = job.upload("image")
    return job.answer([job.make(lambda: edits.remove_background(image), vector=False)], single=True)


def erase_region(job: Job) -> Body:
    image, mask = _image_and_mask(job)
    return job.answer([job.make(lambda: edits.erase(image, mask), vector=False)], single=True)


def upscale(job: Job, *, creative: bool) -> Body:
    image = job.upload("image")
    return job.answer([job.make(lambda: edits.upscale(image, creative=creative), vector=False)], single=True)


def vectorize(job: Job) -> Body:
    image = job.upload("image")
    return job.answer([job.make(lambda: image, vector=True)], single=True)


def variate(job: Job) -> Body:
    return _remixed(job, job.upload("image"), 0.25)


def explore_similar(job: Job) -> Body:
    """Remixes of an upload, or of a picture this sandbox made (`source_image_id`); `similarity` 0 is far, 100 near."""
    text = job.text("source_image_id")
    if not text:
        return _remixed(job, job.upload("image"), 0.4)
    try:
        picture = job.world.gallery.find(UUID(text))
    except ValueError:
        picture = None
    if picture is None:
        raise Problem(400, "image_not_found", "source_image_id: this sandbox made no such image")
    similarity = min(100, max(0, job.whole("similarity", default=50)))
    if picture.kind == "svg":  # nothing here reads SVG back; a scene keyed by the source is a relative too
        scenes = [job.scene(*job.size(), index, about=text) for index in range(job.count)]
        return job.answer([job.make_scene(scene, vector=True) for scene in scenes])
    return _remixed(job, decode("source_image_id", picture.bytes()), 0.8 - 0.7 * similarity / 100)


def _each(
    job: Job, size: tuple[int, int], edit: Callable[[Image.Image], Image.Image], palette: Sequence[Rgb] = ()
) -> Body:
    """One edited picture per asked image, each with new content (of this size, in this palette) of its own."""

    def draw(scene: Callable[[], Scene]) -> Image.Image:
        return edit(paint(scene()))

    scenes = [job.scene(*size, index, palette=palette) for index in range(job.count)]
    return job.answer([job.make(partial(draw, scene)) for scene in scenes])


def _remixed(job: Job, image: Image.Image, strength: float) -> Body:
    width, height = job.size(image.size)
    scenes = [job.scene(width, height, index, about=job.call.operation.id) for index in range(job.count)]

    def draw(index: int) -> Image.Image:
        turn = 0.07 + 0.11 * (index + job.whole("random_seed", default=job.world.seed) % 7)
        return edits.remix(edits.cover(image, width, height), paint(scenes[index]()), turn, strength)

    return job.answer([job.make(partial(draw, index)) for index in range(job.count)])


def _image_and_mask(job: Job) -> tuple[Image.Image, Image.Image]:
    image, mask = job.upload("image"), job.upload("mask")
    if image.size != mask.size:
        sizes = f"{mask.width}x{mask.height}, the image is {image.width}x{image.height}"
        raise invalid("mask", f"{sizes}; both must have the same size")
    return image, mask


def _canvas(job: Job, image: Image.Image) -> tuple[int, int, int, int]:
    """Where the image lies on the larger canvas, and the canvas's size."""
    sides = {}
    for side in ("top", "bottom", "left", "right"):
        sides[side] = job.whole(f"expand_{side}", f"outpaint_{side}")
        if sides[side] < 0:
            name = f"expand_{side}" if job.call.fields.get(f"expand_{side}") is not None else f"outpaint_{side}"
            raise invalid(name, f"{sides[side]} pixels; it must be 0 or more")
    left, top = sides["left"], sides["top"]
    width, height = image.width + left + sides["right"], image.height + top + sides["bottom"]
    given = any(job.call.fields.get(f"{word}_{side}") is not None for word in ("expand", "outpaint") for side in sides)
    wider, higher = width, height
    if job.text("size"):
        wider, higher = _fit(job.text("size"), width, height)
    percentage = job.share("zoom_out_percentage", 0 if given or job.text("size") else 25)
    wider, higher = round(wider * (1 + percentage / 100)), round(higher * (1 + percentage / 100))
    if percentage < 0:
        raise invalid("zoom_out_percentage", "it must be 0 or more")
    if max(wider, higher) > MAX_SIDE:
        raise invalid("image", f"the result of {wider}x{higher} is too large, at most {MAX_SIDE} pixels a side")
    return left + (wider - width) // 2, top + (higher - height) // 2, wider, higher


def _fit(size: str, width: int, height: int) -> tuple[int, int]:
    """The smallest canvas that holds width x height and has the asked pixels, or the asked ratio."""
    wide, high = read_size(size)
    if ":" not in size:
        return max(wide, width), max(high, height)
    return max(width, round(height * wide / high)), max(height, round(width * high / wide))
