"""Calls that the live service has beyond the vendored document, made with the client against the sandbox."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image as Pillow

from recraft import ImageResult, InvalidRequestError, Recraft
from recraft.sandbox import Sandbox

from .support import picture

PHOTO = picture(size=(384, 256))


@pytest.fixture
def client() -> Iterator[Recraft]:
    with Sandbox(answers="live") as sandbox, Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        yield client


def test_refining_gives_one_raster_at_the_pro_size_of_its_ratio(client: Recraft) -> None:
    result = client.images.refine_details(PHOTO, refinement="subtle", image_format="png")
    assert (len(result), result.credits) == (1, 210)
    assert Pillow.open(io.BytesIO(client.fetch(result[0]))).size == (2560, 1664)


@pytest.mark.parametrize("name", ["clarity_upscale", "generative_upscale"])
def test_a_deprecated_upscaler_still_makes_an_image_larger(client: Recraft, name: str) -> None:
    result = getattr(client.images, name)(PHOTO, image_format="png")
    assert len(result) == 1
    assert Pillow.open(io.BytesIO(client.fetch(result[0]))).size == (768, 512)


def test_style_references_as_files_make_a_style_that_can_be_used_again(client: Recraft) -> None:
    made = client.images.generate("a fox", style_references=[PHOTO])
    assert made.credits == 35 + 5
    again = client.images.generate("a fox", model="recraftv4_styles", style_id=made.style_id)
    assert again.credits == 35
    assert again.style_id is None
    assert ImageResult.from_dict(made.to_dict()) == made
    assert made.style_id == made.raw.style_id


def test_a_style_takes_ten_images_for_v4_and_five_for_v3(client: Recraft) -> None:
    assert client.styles.create(images=[PHOTO] * 10, match="precise").id
    with pytest.raises(InvalidRequestError, match="between 0 and 5"):
        client.styles.create("realistic_image", [PHOTO] * 6, model="recraftv3")


def test_a_curated_style_and_flash_make_images(client: Recraft) -> None:
    assert client.images.generate("a fox", style="Photorealism").credits == 40
    assert client.images.generate("a fox", model="recraftv4_1_flash").credits == 7
