"""Small pictures, for suites: real ones of the asked shape, at a fraction of the pixels."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image, ImageChops
from sandbox_support import BLUE, RED, client_for, file_of, message, send

from recraft.sandbox import Sandbox, catalog, sizes

SIZES = sorted({size for model in catalog.models().values() for size in model.sizes.values()})


@pytest.fixture
def small() -> Iterator[httpx.Client]:
    """A client of the documented service with small pictures."""
    sandbox = Sandbox(limits=False, balance=100_000, small_pictures=True)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        yield client


def halves(width: int, height: int) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def first(answer: httpx.Response) -> Image.Image:
    assert answer.status_code == 200, answer.text
    body = answer.json()
    entry = body["image"] if "image" in body else body["data"][0]
    return Image.open(io.BytesIO(base64.b64decode(entry["b64_json"])))


def edit(client: httpx.Client, operation: str, image: Image.Image, **fields: Any) -> Image.Image:
    mask = Image.new("L", image.size, 0)
    mask.paste(255, (image.width // 2, 0, image.width, image.height))
    files = {"image": ("i.png", file_of(image))}
    if operation in {"inpaint", "generateBackground", "eraseRegion"}:
        files["mask"] = ("m.png", file_of(mask))
    data = {"response_format": "b64_json", **fields}
    return first(client.post(f"/images/{operation}", files=files, data=data))


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_size_of_every_model_shrinks_to_its_own_shape(size: tuple[int, int]) -> None:
    width, height = sizes.small(size)
    assert min(width, height) >= 256, "the service would not take it back"
    assert width * height * 5 <= size[0] * size[1]
    assert width / height == pytest.approx(size[0] / size[1], rel=0.002)
    assert sizes.small((width, height)) == (width, height)


@pytest.mark.parametrize("size", [(1, 1), (96, 64), (256, 1024)], ids=str)
def test_what_is_small_already_stays_as_it_is(size: tuple[int, int]) -> None:
    assert sizes.small(size) == size


@pytest.mark.parametrize(("asked", "made"), [("1:1", (256, 256)), ("16:9", (448, 256)), ("1024x1024", (256, 256))])
@pytest.mark.parametrize("kind", ["webp", "png"])
def test_a_small_picture_is_a_real_one_of_the_asked_shape(
    small: httpx.Client, asked: str, made: tuple[int, int], kind: str
) -> None:
    image = first(send(small, "createImage", size=asked, image_format=kind, response_format="b64_json"))
    assert (image.format, image.size) == (kind.upper(), made)
    assert len(image.convert("RGB").getcolors(made[0] * made[1]) or ()) > 50


def test_a_size_that_the_model_does_not_make_is_refused_as_ever(small: httpx.Client) -> None:
    assert message(send(small, "createImage", size="256x256")).startswith("size: ")


def test_a_small_svg_has_the_asked_shape_too(small: httpx.Client) -> None:
    answer = send(small, "createVectorImage", size="16:9")
    text = small.get(answer.json()["data"][0]["url"]).text
    assert 'width="448" height="256"' in text


def test_a_small_picture_can_be_sent_back(small: httpx.Client) -> None:
    image = first(send(small, "createImage", size="16:9", response_format="b64_json"))
    assert edit(small, "removeBackground", image).size == image.size


@pytest.mark.parametrize(
    ("operation", "fields", "made"),
    [
        ("imageToImage", {"prompt": "x", "strength": "0.2"}, (512, 256)),
        ("replaceBackground", {"prompt": "x"}, (512, 256)),
        ("variateImage", {"size": "2:1"}, (512, 256)),
        ("removeBackground", {}, (512, 256)),
        ("eraseRegion", {}, (512, 256)),
        ("crispUpscale", {}, (1024, 512)),
        ("outpaint", {"prompt": "x", "expand_left": "1024"}, (512, 256)),
    ],
)
def test_an_edit_of_a_large_upload_is_small_and_of_its_shape(
    small: httpx.Client, operation: str, fields: dict[str, str], made: tuple[int, int]
) -> None:
    upload = halves(1024, 1024) if operation == "outpaint" else halves(1024, 512)
    assert edit(small, operation, upload, **fields).size == made


@pytest.mark.parametrize("operation", ["inpaint", "generateBackground"])
def test_a_mask_shrinks_with_its_image(small: httpx.Client, operation: str) -> None:
    edited = edit(small, operation, halves(1024, 512), prompt="x").convert("RGB")
    difference = ImageChops.difference(edited, halves(512, 256)).convert("L").point(lambda value: 255 if value else 0)
    assert difference.crop((0, 0, 256, 256)).getbbox() is None, "the black half of the mask is kept"
    assert difference.crop((256, 0, 512, 256)).getbbox() is not None


def test_an_outpainted_image_lies_where_it_would_at_full_size(small: httpx.Client) -> None:
    edited = edit(small, "outpaint", halves(1024, 1024), prompt="x", expand_left="1024").convert("RGB")
    pixels = [edited.getpixel(place) for place in ((260, 2), (380, 250), (388, 2), (510, 250))]
    assert pixels == [RED, RED, BLUE, BLUE]


def test_uploads_are_held_against_the_limits_as_they_were_sent(small: httpx.Client) -> None:
    files = {"image": ("i.png", file_of(halves(5000, 256)))}
    assert "5000x256" in message(small.post("/images/removeBackground", files=files))
    files = {"image": ("i.png", file_of(halves(1024, 512))), "mask": ("m.png", file_of(Image.new("L", (512, 256))))}
    assert "512x256" in message(small.post("/images/inpaint", files=files, data={"prompt": "x"}))


def test_the_fixture_draws_small_pictures(recraft_sandbox: Sandbox) -> None:
    with client_for(recraft_sandbox) as client:
        assert first(send(client, "createImage", size="1:1", response_format="b64_json")).size == (256, 256)
