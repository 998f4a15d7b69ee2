"""Calls that type checkers must accept, with what they are inferred to return.

Checked by mypy --strict and pyright, never run.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, assert_type
from uuid import UUID

import httpx
import numpy as np
from PIL import Image as Pillow

from recraft import (
    AsyncRecraft,
    EnhancedPrompt,
    Image,
    ImageResult,
    RateLimiter,
    Recraft,
    RetryPolicy,
    Style,
    User,
    aiohttp_transport,
)
from recraft.results import BasicStyle, Listing, Model, OptimizedColors
from recraft.sandbox import Fault
from recraft.sandbox.faults import KINDS
from recraft_api import models
from recraft_api.api.images import create_image
from recraft_api.types import File


def every_operation(client: Recraft, path: Path, data: bytes, style: Style) -> None:
    assert_type(client.images.generate("a fox"), ImageResult)
    assert_type(client.images.generate_raster("a fox", size="16:9", n=2, model="recraftv4_1"), ImageResult)
    assert_type(client.images.generate_vector("a fox", style_id=style, model="recraftv99_not_known_yet"), ImageResult)
    assert_type(client.images.generate("a fox", size="21:9", style="Not known yet", substyle="nor_this"), ImageResult)
    assert_type(client.images.generate("a fox", size="16:9").url, str | None)
    assert_type(client.images.generate("a fox")[0].to_pil(), Pillow.Image)
    assert_type(client.images.explore("a fox", size=(1024, 768), random_seed=7), ImageResult)
    assert_type(client.images.explore_similar(path, response_format="b64_json"), ImageResult)
    assert_type(client.images.explore_similar(source_image_id=UUID(int=1), similarity=2), ImageResult)
    assert_type(client.images.image_to_image(path, "a hat", strength=0.5), ImageResult)
    assert_type(client.images.inpaint(path, data, "a hat", negative_prompt="fog"), ImageResult)
    assert_type(client.images.outpaint(path, top=10, left=20, model="recraftv3"), ImageResult)
    assert_type(client.images.outpaint(path, "more sea", zoom_out_percentage=12.5), ImageResult)
    assert_type(client.images.replace_background(path, "a beach", n=2), ImageResult)
    assert_type(client.images.replace_background(path), ImageResult)
    assert_type(client.images.generate_background(path, data, "a beach"), ImageResult)
    assert_type(client.images.remove_background(path), ImageResult)
    assert_type(client.images.erase_region(path, data), ImageResult)
    assert_type(client.images.vectorize(path, max_num_shapes=40, svg_compression="on"), ImageResult)
    assert_type(client.images.crisp_upscale(path), ImageResult)
    assert_type(client.images.creative_upscale(path), ImageResult)
    assert_type(client.images.variate(path, size="1:1", n=2), ImageResult)
    assert_type(client.prompts.enhance("a fox", model="recraftv4"), EnhancedPrompt)
    assert_type(client.styles.create("digital_illustration", [path, data]), Style)
    assert_type(client.styles.list(), Listing[Style])
    assert_type(client.styles.get("123e4567-e89b-12d3-a456-426614174000"), Style)
    assert_type(client.styles.list_basic(), Listing[BasicStyle])
    client.styles.delete(style)
    assert_type(client.models.list(), Listing[Model])
    assert_type(client.colors.optimize(["#ff8800", (1, 2, 3), {"hex": "#fff", "weight": 2}], 2), OptimizedColors)
    assert_type(client.users.me(), User)


async def every_operation_awaited(client: AsyncRecraft, path: Path, data: bytes, style: Style) -> None:
    assert_type(await client.images.generate("a fox"), ImageResult)
    assert_type(await client.images.generate_raster("a fox", size="16:9", n=2), ImageResult)
    assert_type(await client.images.generate_vector("a fox", style_id=style), ImageResult)
    assert_type(await client.images.explore("a fox"), ImageResult)
    assert_type(await client.images.explore_similar(path), ImageResult)
    assert_type(await client.images.image_to_image(path, "a hat", strength=0.5), ImageResult)
    assert_type(await client.images.inpaint(path, data, "a hat"), ImageResult)
    assert_type(await client.images.outpaint(path, bottom=10, right=20), ImageResult)
    assert_type(await client.images.replace_background(path, "a beach"), ImageResult)
    assert_type(await client.images.generate_background(path, data, "a beach"), ImageResult)
    assert_type(await client.images.remove_background(path), ImageResult)
    assert_type(await client.images.erase_region(path, data), ImageResult)
    assert_type(await client.images.vectorize(path), ImageResult)
    assert_type(await client.images.crisp_upscale(path), ImageResult)
    assert_type(await client.images.creative_upscale(path), ImageResult)
    assert_type(await client.images.variate(path), ImageResult)
    assert_type(await client.prompts.enhance("a fox"), EnhancedPrompt)
    assert_type(await client.styles.create("digital_illustration", [path]), Style)
    assert_type(await client.styles.list(), Listing[Style])
    assert_type(await client.styles.get(style.id), Style)
    assert_type(await client.styles.list_basic(), Listing[BasicStyle])
    await client.styles.delete(style)
    assert_type(await client.models.list(), Listing[Model])
    assert_type(await client.colors.optimize(["#ff8800"], 1), OptimizedColors)
    assert_type(await client.users.me(), User)
    assert_type(await client.save(await client.images.generate("a fox"), "out"), list[Path])
    async with client as same:
        assert_type(same, AsyncRecraft)
    assert_type(client.with_options(timeout=5), AsyncRecraft)


def every_keyword(client: Recraft) -> None:
    client.images.generate(
        "a fox",
        model="recraftv4_1",
        style="digital_illustration",
        substyle="pixel_art",
        style_id="123e4567-e89b-12d3-a456-426614174000",
        size="1024x1024",
        n=6,
        response_format="url",
        negative_prompt="fog",
        controls={"colors": [{"rgb": [1, 2, 3], "std": 0.5}, "#ff8800"], "no_text": True},
        colors=["#ff8800", (80, 180, 110)],
        background_color=(255, 255, 255),
        no_text=True,
        artistic_level=3,
        text_layout=[{"text": "HI", "bbox": [[0.1, 0.2], [0.8, 0.9]]}],
        random_seed=1,
        image_format="webp",
        block_nsfw=False,
        creativity="standard",
    )


def what_is_newer(client: Recraft, path: Path, anything: dict[str, object]) -> None:
    client.images.generate("a fox", extra={"guidance": 7.5, "video": {"seconds": 4}})
    client.images.vectorize(path, extra={"guide": path, "frames": [b"...", io.BytesIO()]})
    client.images.vectorize(path, extra=anything)
    client.styles.list(extra={"page": 2})


def every_kind_of_file_in_a_form(path: Path, paths: list[Path], files: list[File]) -> None:
    models.VectorizeRequest(image=path)
    models.VectorizeRequest(image=str(path))
    models.VectorizeRequest(image=b"...")
    models.VectorizeRequest(image=File(io.BytesIO(b"...")))
    with path.open("rb") as file:
        models.MaskedEditRequest(image=file, mask=io.BytesIO(), prompt="a hat")
    models.CreateStyleRequest(file=[path, b"...", File(io.BytesIO())])
    models.CreateStyleRequest(file=paths)
    models.CreateStyleRequest(file=files)


def faults(kind: Literal["latency", "status"]) -> None:
    Fault(kind)
    Fault("rate_limited", retry_after=1)
    for each in KINDS:
        Fault(each)


def every_kind_of_image(client: Recraft, path: Path) -> None:
    client.images.vectorize(path)
    client.images.vectorize(str(path))
    client.images.vectorize(b"...")
    client.images.vectorize(bytearray(b"..."))
    client.images.vectorize(memoryview(b"..."))
    client.images.vectorize(io.BytesIO(b"..."))
    with path.open("rb") as file:
        client.images.vectorize(file)
    client.images.vectorize(Pillow.new("RGB", (1, 1)))
    client.images.vectorize(np.zeros((1, 1, 3), np.uint8))
    client.images.vectorize("https://example.com/a.png")


def results(client: Recraft, result: ImageResult) -> None:
    assert_type(result[0], Image)
    assert_type(result.images, tuple[Image, ...])
    assert_type(len(result), int)
    assert_type(result.credits, float | None)
    assert_type(result.cost_usd, float | None)
    assert_type(result.request_id, str | None)
    assert_type(result.attempts, int | None)
    assert_type(result.headers, Mapping[str, str])
    assert_type(result.to_dict(), dict[str, Any])
    assert_type(ImageResult.from_dict(result.to_dict()), ImageResult)
    assert_type(client.models.list().seconds, float | None)
    assert_type(ImageResult([Image(url="https://example.com/a.png")], credits=40).raw, models.ImageSet)
    assert_type([image.url for image in result], list[str | None])
    assert_type(client.save(result, "out", name="fox-{index}", overwrite=True), list[Path])
    assert_type(client.save(result[0], Path("out")), list[Path])
    assert_type(client.save(list(result)), list[Path])
    assert_type(client.fetch(result[0]), bytes)


def clients() -> None:
    with Recraft("token", base_url="https://example.com/v1", timeout=60, retry=None, limiter=None) as client:
        assert_type(client, Recraft)
        assert_type(client.with_options(spool=Path("spool")).with_options(spool=None), Recraft)
        assert_type(client.with_options(timeout=None, retry=RetryPolicy(max_attempts=2), headers={"a": "b"}), Recraft)
        body = models.GenerationRequest(prompt="a fox")
        assert_type(create_image.sync(client=client.raw, body=body), models.ApiError | models.ImageSet | None)
    AsyncRecraft(timeout=httpx.Timeout(5), limiter=RateLimiter(), transport=httpx.AsyncHTTPTransport())
    AsyncRecraft(transport=aiohttp_transport(proxy="http://localhost:3128"))
