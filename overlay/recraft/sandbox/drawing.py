"""Behaviours that make pictures: generation and every edit. Each checks its uploads at once and draws later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PIL import Image

from recraft.sandbox import canvas, catalog, edits, shelf, sizes
from recraft.sandbox.catalog import Size
from recraft.sandbox.gallery import Picture
from recraft.sandbox.job import Job
from recraft.sandbox.pictures import decode, paint
from recraft.sandbox.scene import Rgb, Scene
from recraft.sandbox.wire import Problem, Reply, invalid

Body = dict[str, Any] | Reply


def generate(job: Job) -> Body:
    """Pictures of a prompt."""
    made = shelf.from_references(job)
    size = job.size()
    scenes = [job.scene(*size, index, palette=made.colors if made else ()) for index in range(job.count)]
    more = {"style_id": str(made.id)} if made else {}
    return job.answer([job.make_scene(scene, size) for scene in scenes], **more)


def image_to_image(job: Job) -> Body:
    image, strength = job.image(), job.share("strength", 0.5)
    return _each(job, image.size, lambda content: edits.blend(image, content, strength))


def masked_edit(job: Job) -> Body:
    """Inpaint and generate background: new content in the mask's white area."""
    image, mask = job.image_and_mask()
    return _each(job, image.size, lambda content: edits.fill_mask(image, mask, content))


def replace_background(job: Job) -> Body:
    image = job.image()
    return _each(job, image.size, lambda content: edits.replace_background(image, content))


def outpaint(job: Job) -> Body:
    full = job.uploads.image()
    left, top, *outer = canvas.place(job, full)
    width, height = job.drawn((outer[0], outer[1]))
    scale = width / outer[0]
    left, top = round(left * scale), round(top * scale)
    image = full.resize((max(1, round(full.width * scale)), max(1, round(full.height * scale)))) if scale < 1 else full
    palette = edits.palette(image)
    return _each(job, (width, height), lambda content: edits.extend(image, content, left, top), palette)


def remove_background(job: Job) -> Body:
    """SVG in gives SVG out."""
    image, svg = job.image(), job.uploads.is_svg()
    return job.answer([job.make(lambda: edits.remove_background(image), image.size, vector=svg)])


def erase_region(job: Job) -> Body:
    image, mask = job.image_and_mask()
    return job.answer([job.make(lambda: edits.erase(image, mask), image.size, vector=False)])


def upscale(job: Job, *, creative: bool) -> Body:
    image = job.image()
    size = edits.upscaled(image.size)
    return job.answer([job.make(lambda: edits.upscale(image, size, creative=creative), size, vector=False)])


def refine(job: Job) -> Body:
    """The image with more detail, at the largest size of the standard model for its ratio."""
    image = job.image()
    model = catalog.models()[f"{catalog.FIRST}_pro"]
    size = job.drawn(sizes.nearest(image.size, model))
    return job.answer([job.make(lambda: edits.upscale(edits.cover(image, *size), size, creative=True), size)])


def vectorize(job: Job) -> Body:
    image = job.image()
    return job.answer([job.make(lambda: image, image.size, vector=True)])


def variate(job: Job) -> Body:
    return _remixed(job, job.image(), 0.25)


def explore_similar(job: Job) -> Body:
    """Remixes of an upload, or of a picture this sandbox made (`source_image_id`).

    `similarity` goes from far to near: 1 to 5 as the live service has it, 0 to 100 where nothing bounds it.
    """
    text = job.text("source_image_id")
    if not text:
        return _remixed(job, job.image(), 0.4)
    picture = _source(job, text)
    low, high = (1, 5) if job.world.live else (0, 100)
    similarity = job.whole("similarity", default=(low + high) // 2)
    if job.world.strict and not low <= similarity <= high:
        raise invalid("similarity", f"{similarity} is out of range, {low} (far) to {high} (near) is taken")
    near = (min(high, max(low, similarity)) - low) / (high - low)
    if picture.kind == "svg":  # nothing here reads SVG back; a scene keyed by the source is a relative too
        scenes = [job.scene(*picture.size, index, about=text) for index in range(job.count)]
        return job.answer([job.make(partial(_painted, scene), picture.size, vector=True) for scene in scenes])
    return _remixed(job, decode("source_image_id", picture.bytes()), 0.8 - 0.7 * near)


def derived(job: Job) -> Body:
    """What an operation that nobody has described yet makes of its fields: its image again, or its prompt drawn."""
    names = [name for name in job.call.fields if name.removesuffix("_url") in {"image", "file"}]
    if not names:
        return generate(job)
    image = job.image()
    return job.answer([job.make(lambda: image, image.size) for _ in range(job.count)])


def _source(job: Job, text: str) -> Picture:
    """The picture that an id names; the live service takes those that `explore` made."""
    try:
        picture = job.world.gallery.find(UUID(text))
    except ValueError:
        picture = None
    if picture is None:
        raise Problem(400, "image_not_found", "source_image_id: this sandbox made no such image")
    if job.world.strict and "explore" not in picture.maker.lower():
        where = "it was made by another operation; send the id of an image that images/explore made"
        raise Problem(400, "image_not_found", f"source_image_id: {where}")
    return picture


def _painted(scene: Callable[[], Scene]) -> Image.Image:
    return paint(scene())


def _each(job: Job, size: Size, edit: Callable[[Image.Image], Image.Image], palette: Sequence[Rgb] = ()) -> Body:
    """One edited picture per asked image, each with new content (of this size, in this palette) of its own."""

    def draw(scene: Callable[[], Scene]) -> Image.Image:
        return edit(paint(scene()))

    scenes = [job.scene(*size, index, palette=palette) for index in range(job.count)]
    return job.answer([job.make(partial(draw, scene), size) for scene in scenes])


def _remixed(job: Job, image: Image.Image, strength: float) -> Body:
    width, height = job.size(image.size)
    scenes = [job.scene(width, height, index, about=job.call.operation.id) for index in range(job.count)]

    def draw(index: int) -> Image.Image:
        turn = 0.07 + 0.11 * (index + job.whole("random_seed", default=job.world.seed) % 7)
        return edits.remix(edits.cover(image, width, height), paint(scenes[index]()), turn, strength)

    return job.answer([job.make(partial(draw, index), (width, height)) for index in range(job.count)])
