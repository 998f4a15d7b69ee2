"""Edits derive from what was uploaded: checked pixel by pixel."""

from __future__ import annotations

import httpx
import pytest
from PIL import Image, ImageChops
from sandbox_support import BLUE, MASK, PHOTO, RED, WHITE, file, file_of, half_mask, picture, send, subject


def changed(before: Image.Image, after: Image.Image) -> Image.Image:
    """White where two pictures differ."""
    channels = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).split()
    both = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return both.point(lambda value: 255 if value else 0)


def mean_difference(before: Image.Image, after: Image.Image) -> float:
    data = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).tobytes()
    return sum(data) / len(data)


def test_a_removed_background_is_transparent_and_the_subject_is_not(inside: httpx.Client) -> None:
    cut = picture(inside, send(inside, "removeBackground"))
    assert (cut.mode, cut.size) == ("RGBA", (96, 64))
    for corner in ((0, 0), (95, 0), (0, 63), (95, 63), (10, 30)):
        assert cut.getpixel(corner)[3] == 0  # type: ignore[index]
    assert cut.getpixel((30, 32)) == (*RED, 255)
    assert cut.getpixel((48, 32)) == (*WHITE, 255), "a hole inside the subject is not background"


def test_a_replaced_background_keeps_the_subject(inside: httpx.Client) -> None:
    answer = send(inside, "replaceBackground", prompt="a beach", n="2")
    first, second = picture(inside, answer, 0), picture(inside, answer, 1)
    for image in (first, second):
        assert image.size == (96, 64)
        assert image.getpixel((30, 32)) == RED
        assert image.getpixel((0, 0)) != WHITE
    assert first.tobytes() != second.tobytes()


@pytest.mark.parametrize("operation", ["inpaintImage", "generateBackground", "eraseRegion"])
def test_a_masked_edit_changes_the_white_area_and_nothing_else(inside: httpx.Client, operation: str) -> None:
    edited = picture(inside, send(inside, operation))
    difference = changed(subject(), edited)
    assert ImageChops.multiply(difference, ImageChops.invert(half_mask())).getbbox() is None
    assert ImageChops.multiply(difference, half_mask()).getbbox() is not None


def test_an_erased_object_takes_the_colour_of_its_surroundings(inside: httpx.Client) -> None:
    image, mask = Image.new("RGB", (64, 64), BLUE), Image.new("L", (64, 64), 0)
    image.paste(RED, (24, 24, 40, 40))
    mask.paste(255, (20, 20, 44, 44))
    parts = {"image": ("i.png", file_of(image)), "mask": ("m.png", file_of(mask))}
    erased = picture(inside, inside.post("/images/eraseRegion", files=parts, data={"prompt": "x"}))
    assert mean_difference(erased, Image.new("RGB", (64, 64), BLUE)) < 2


@pytest.mark.parametrize("operation", ["crispUpscale", "creativeUpscale"])
def test_an_upscale_is_twice_as_large_and_shows_the_same(inside: httpx.Client, operation: str) -> None:
    larger = picture(inside, send(inside, operation))
    assert larger.size == (192, 128)
    assert mean_difference(larger.resize((96, 64)), subject()) < 12


def test_an_upscale_stops_at_4096_pixels_a_side(inside: httpx.Client) -> None:
    long = file_of(Image.new("RGB", (3000, 10)))
    answer = inside.post("/images/crispUpscale", files={"image": ("x.png", long)})
    assert picture(inside, answer).size[0] == 4096


def test_outpaint_grows_each_side_by_its_pixels_and_keeps_the_original_in_place(inside: httpx.Client) -> None:
    sides = {"outpaint_top": "5", "outpaint_bottom": "7", "outpaint_left": "11", "outpaint_right": "13"}
    grown = picture(inside, inside.post("/images/outpaint", files={"image": PHOTO}, data=sides))
    assert grown.size == (96 + 11 + 13, 64 + 5 + 7)
    assert grown.crop((11, 5, 11 + 96, 5 + 64)).tobytes() == subject().tobytes()


def test_outpaint_without_numbers_grows_all_around(inside: httpx.Client) -> None:
    grown = picture(inside, inside.post("/images/outpaint", files={"image": PHOTO}))
    assert grown.size == (120, 80)
    assert grown.crop((12, 8, 108, 72)).tobytes() == subject().tobytes()


def test_strength_says_how_much_of_the_image_is_left(inside: httpx.Client) -> None:
    def distance(strength: float) -> float:
        return mean_difference(picture(inside, send(inside, "imageToImage", strength=str(strength))), subject())

    assert distance(0) == 0
    assert 0 < distance(0.3) < distance(0.7) < distance(1)


def test_variations_resemble_the_image_and_differ_from_it(inside: httpx.Client) -> None:
    for operation in ("variateImage", "exploreSimilarImages"):
        remix = picture(inside, send(inside, operation))
        assert remix.size == (96, 64)
        mirrored = remix.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        assert 5 < mean_difference(mirrored, subject()) < 110


def test_a_vectorized_image_has_the_images_colours_and_size(inside: httpx.Client) -> None:
    flat = Image.new("RGB", (40, 20), RED)
    flat.paste(BLUE, (20, 0, 40, 20))
    text = file(inside, inside.post("/images/vectorize", files={"image": ("x.png", file_of(flat))})).decode()
    assert 'width="40" height="20"' in text
    assert f'fill="#{bytes(RED).hex()}"' in text
    assert f'fill="#{bytes(BLUE).hex()}"' in text


def test_transparent_places_stay_empty_in_svg(inside: httpx.Client) -> None:
    clear = file_of(Image.new("RGBA", (10, 10), (255, 0, 0, 0)))
    assert b"<path" not in file(inside, inside.post("/images/vectorize", files={"image": ("x.png", clear)}))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "GIF", "BMP"])
def test_other_picture_formats_are_read_too(inside: httpx.Client, kind: str) -> None:
    answer = inside.post("/images/crispUpscale", files={"image": ("x", file_of(subject(), kind))})
    assert picture(inside, answer).size == (192, 128)


def test_another_upload_gives_another_result(inside: httpx.Client) -> None:
    other = {"files": {"image": ("o.png", file_of(Image.new("RGB", (96, 64), BLUE))), "mask": MASK}}
    for path in ("/images/vectorize", "/images/variateImage", "/images/crispUpscale", "/images/removeBackground"):
        first = file(inside, inside.post(path, files={"image": PHOTO}))
        assert file(inside, inside.post(path, **other)) != first  # type: ignore[arg-type]
