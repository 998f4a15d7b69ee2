"""What the live service is documented to refuse is refused, with what would be right; unless it is told not to be."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image
from sandbox_support import LARGE, LARGE_MASK, MASK, PHOTO, Clock, client_for, file_of, message
from test_sandbox_edits import mean_difference

from recraft.sandbox import Sandbox

ANY_STYLE = "00000000-0000-4000-8000-000000000009"
GENERATIONS = "/images/generations"


@pytest.fixture
def strict(service: Sandbox) -> Iterator[httpx.Client]:
    with client_for(service, transport=service.transport()) as client:
        yield client


@pytest.fixture
def lenient(clock: Clock) -> Iterator[httpx.Client]:
    sandbox = Sandbox(answers="live", strict=False, limits=False, clock=clock, balance=100_000)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        yield client


def refused(answer: httpx.Response, *named: str, code: str = "invalid_request_parameter") -> None:
    """A refusal whose message has all these words, the first of them at its start."""
    text = message(answer)
    assert answer.json()["code"] == code
    assert text.startswith(named[0])
    for word in named:
        assert word in text


def picture(width: int, height: int, kind: str = "PNG") -> tuple[str, bytes]:
    return f"x.{kind.lower()}", file_of(Image.new("RGB", (width, height), (9, 9, 9)), kind)


# --- generations -----------------------------------------------------------------------------------------------------

BOX = [[0, 0], [1, 0], [1, 1], [0, 1]]

# fields of a generation, words of the refusal
GENERATION_RULES: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"size": "1000x1000"}, ("size: ", "recraftv4_1", "16:9", "1024x1024")),
    ({"size": "1024x1024", "model": "recraftv4_1_pro"}, ("size: ", "2048x2048")),
    ({"size": "1820x1024"}, ("size: ", "recraftv4_1")),
    ({"size": "3:1"}, ("size: ", "3:2")),
    ({"style": "Photorealism", "model": "recraftv4_1"}, ("style: ", "Invalid style 'Photorealism'", "V3")),
    ({"style": "realistic_image", "model": "recraftv4_vector"}, ("style: ", "Invalid style")),
    ({"style": "Photorealsm"}, ("style: ", "Invalid style", "'Photorealism'")),
    ({"style": "Voxel art", "model": "recraftv3"}, ("style: ", "Invalid style 'Voxel art' for recraftv3")),
    ({"style": "Photorealism", "model": "recraftv3_vector"}, ("style: ", "raster style", "recraftv3_vector")),
    ({"substyle": "linocut"}, ("substyle: ", "recraftv4_1 does not take it", "V3")),
    ({"negative_prompt": "fog", "model": "recraftv4"}, ("negative_prompt: ", "recraftv4", "V3, V2")),
    ({"text_layout": [{"text": "HI", "bbox": BOX}]}, ("text_layout: ", "recraftv4_1", "V3")),
    ({"text_layout": [{"text": "HI", "bbox": BOX}], "model": "recraftv2"}, ("text_layout: ", "recraftv2")),
    ({"text_layout": [{"text": "HI", "bbox": [0, 0, 1, 1]}], "model": "recraftv3"}, ("text_layout[0].bbox", "four")),
    ({"text_layout": [{"text": "HI YOU", "bbox": BOX}], "model": "recraftv3"}, ("text_layout[0].text", "one word")),
    ({"controls": {"artistic_level": 2}}, ("controls.artistic_level: ", "V3")),
    ({"controls": {"no_text": True}, "model": "recraftv2"}, ("controls.no_text: ", "V3")),
    ({"controls": {"colors": [{"rgb": [1, 2, 3]}] * 11}}, ("controls.colors: ", "11", "10")),
    ({"controls": {"colors": [{"rgb": [1, 2, 3], "weight": 0.7}] * 2}}, ("controls.colors: ", "at most 1")),
    ({"model": "recraftv4_styles"}, ("style_id: ", "recraftv4_styles needs a style")),
    ({"prompt": "x" * 1_001, "model": "recraftv3"}, ("prompt: ", "[1, 1000]", "1001")),
    ({"prompt": "x" * 1_001, "style": "Photorealism"}, ("prompt: ", "[1, 1000]")),
]


@pytest.mark.parametrize(("fields", "named"), GENERATION_RULES)
def test_a_generation_that_the_service_refuses_is_refused_and_costs_nothing(
    service: Sandbox, strict: httpx.Client, fields: dict[str, Any], named: tuple[str, ...]
) -> None:
    refused(strict.post(GENERATIONS, json={"prompt": "a fox", **fields}), *named)
    assert service.ledger.charges == ()


@pytest.mark.parametrize("fields", [fields for fields, _ in GENERATION_RULES], ids=lambda fields: ", ".join(fields))
def test_a_lenient_sandbox_takes_what_the_specification_allows(lenient: httpx.Client, fields: dict[str, Any]) -> None:
    assert lenient.post(GENERATIONS, json={"prompt": "a fox", **fields}).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"style": "realistic_image", "substyle": "hdr"},
        {"style": "Photorealism", "negative_prompt": "fog"},
        {"style": "icon"},
        {"style": "Voxel art"},
        {"model": "recraftv3", "text_layout": [{"text": "HI", "bbox": BOX}], "controls": {"artistic_level": 5}},
        {"controls": {"colors": [{"rgb": [1, 2, 3], "weight": 0.5}] * 2}},
        {"size": "14:10", "model": "recraftv2"},
        {"prompt": "x" * 10_000},
    ],
)
def test_a_generation_that_the_service_takes_is_taken(strict: httpx.Client, fields: dict[str, Any]) -> None:
    answer = strict.post(GENERATIONS, json={"prompt": "a fox", **fields})
    assert answer.status_code == 200, answer.text


def test_a_model_that_nobody_has_documented_passes_with_all_options(
    strict: httpx.Client, lenient: httpx.Client
) -> None:
    fields = {"model": "recraftv9_vector", "style": "Whatever", "negative_prompt": "x", "size": "400x300"}
    for client in (strict, lenient):
        assert client.post(GENERATIONS, json={"prompt": "a fox", **fields}).status_code == 200
        form = {"prompt": "x", "model": "recraftv9"}
        assert client.post("/images/replaceBackground", files={"image": LARGE}, data=form).status_code == 200


@pytest.mark.parametrize(
    ("operation", "fields", "kind"),
    [
        ("vector", {"model": "recraftv4_1"}, "raster"),
        ("vector", {"model": "recraftv3"}, "raster"),
        ("vector", {"style": "Photorealism"}, "raster"),
        ("raster", {"model": "recraftv4_1_vector"}, "vector"),
        ("raster", {"style": "Line art"}, "vector"),
    ],
)
def test_an_operation_of_one_kind_refuses_models_and_styles_of_the_other(
    strict: httpx.Client, operation: str, fields: dict[str, str], kind: str
) -> None:
    answer = strict.post(f"/images/generations/{operation}", json={"prompt": "x", **fields})
    refused(answer, "model: ", f"makes {kind} images", code="invalid_image_type")


@pytest.mark.parametrize(
    ("operation", "fields"), [("vector", {"style": "Line art"}), ("vector", {}), ("raster", {"style": "Photorealism"})]
)
def test_an_operation_of_one_kind_takes_its_own(strict: httpx.Client, operation: str, fields: dict[str, str]) -> None:
    assert strict.post(f"/images/generations/{operation}", json={"prompt": "x", **fields}).status_code == 200


# --- own styles ------------------------------------------------------------------------------------------------------


def style_of(client: httpx.Client, **fields: str) -> str:
    answer = client.post("/styles", files={"file": LARGE}, data=fields)
    assert answer.status_code == 200, answer.text
    style: str = answer.json()["id"]
    return style


def test_an_unknown_style_id_is_refused(strict: httpx.Client, lenient: httpx.Client) -> None:
    for client in (strict, lenient):
        answer = client.post(GENERATIONS, json={"prompt": "x", "style_id": ANY_STYLE})
        refused(answer, "style_id: ", ANY_STYLE, code="style_not_found")


@pytest.mark.parametrize(
    ("made", "model", "why"),
    [
        ({}, "recraftv3", "made for recraftv4_styles"),
        ({}, "recraftv4_vector", "a raster style"),
        ({"style": "vector_illustration"}, "recraftv4_1", "a vector style"),
        ({"style": "realistic_image"}, "recraftv4_1", "made for recraftv3"),
        ({"style": "realistic_image"}, "recraftv3_vector", "a raster style"),
    ],
)
def test_a_style_of_the_wrong_kind_is_refused(
    strict: httpx.Client, lenient: httpx.Client, made: dict[str, str], model: str, why: str
) -> None:
    request = {"prompt": "x", "style_id": style_of(strict, **made), "model": model}
    refused(strict.post(GENERATIONS, json=request), "style_id: ", why)
    request["style_id"] = style_of(lenient, **made)
    assert lenient.post(GENERATIONS, json=request).status_code == 200


@pytest.mark.parametrize(
    ("made", "model"),
    [
        ({}, None),
        ({}, "recraftv4_1_pro"),
        ({}, "recraftv4_styles"),
        ({"style": "vector_illustration"}, "recraftv4_1_vector"),
        ({"style": "digital_illustration"}, "recraftv3"),
        ({"style": "vector_illustration", "model": "recraftv3"}, "recraftv3"),
        ({"style": "icon"}, None),
    ],
)
def test_a_style_serves_the_models_of_its_kind(strict: httpx.Client, made: dict[str, str], model: str | None) -> None:
    request = {"prompt": "x", "style_id": style_of(strict, **made), **({"model": model} if model else {})}
    answer = strict.post(GENERATIONS, json=request)
    assert answer.status_code == 200, answer.text


def test_style_and_style_id_exclude_each_other(strict: httpx.Client) -> None:
    request = {"prompt": "x", "style_id": style_of(strict, style="realistic_image"), "style": "Photorealism"}
    refused(strict.post(GENERATIONS, json=request), "style_id: ", "excludes style")


def test_the_fastest_model_takes_no_style_at_all(strict: httpx.Client) -> None:
    request = {"prompt": "x", "style_id": style_of(strict), "model": "recraftv4_1_flash"}
    refused(strict.post(GENERATIONS, json=request), "style_id: ", "recraftv4_1_flash does not take it")


@pytest.mark.parametrize(
    ("fields", "count", "most"),
    [
        ({}, 11, 10),
        ({"model": "recraftv3"}, 6, 5),
        ({"style": "realistic_image"}, 6, 5),
        ({"model": "recraftv2"}, 6, 5),
    ],
)
def test_a_style_of_too_many_images_is_refused_by_the_number_of_its_model(
    strict: httpx.Client, fields: dict[str, str], count: int, most: int
) -> None:
    answer = strict.post("/styles", files=[("file", LARGE)] * count, data=fields)
    refused(answer, "file: ", f"Number of images must be between 0 and {most}", str(count))
    assert strict.post("/styles", files=[("file", LARGE)] * most, data=fields).status_code == 200


def test_a_style_base_that_its_model_does_not_take_is_refused(strict: httpx.Client) -> None:
    answer = strict.post("/styles", files={"file": LARGE}, data={"style": "icon", "model": "recraftv3"})
    refused(answer, "style: ", "Invalid style 'icon'", "vector_illustration")


def test_style_references_make_a_style_on_the_way(service: Sandbox, strict: httpx.Client) -> None:
    url = f"data:image/png;base64,{base64.b64encode(LARGE[1]).decode()}"
    request: dict[str, Any] = {"prompt": "x", "style_reference_urls": [url]}
    body = strict.post(GENERATIONS, json=request).json()
    assert body["credits"] == 35 + 5
    again = {"prompt": "y", "style_id": body["style_id"], "model": "recraftv4_styles"}
    assert strict.post(GENERATIONS, json=again).status_code == 200
    both = strict.post(GENERATIONS, json={**request, "style_id": body["style_id"]})
    refused(both, "style_reference_urls: ", "excludes style_id")
    refused(strict.post(GENERATIONS, json={**request, "style_reference_urls": [url] * 11}), "style_reference_urls: ")


# --- edits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["inpaint", "outpaint", "replaceBackground", "generateBackground"])
def test_the_edits_of_v3_refuse_the_newer_models(strict: httpx.Client, lenient: httpx.Client, operation: str) -> None:
    parts: dict[str, Any] = {"files": {"image": LARGE, "mask": LARGE_MASK}}
    form = {"prompt": "x", "model": "recraftv4_1", "expand_left": "64"}
    refused(strict.post(f"/images/{operation}", **parts, data=form), "model: ", "recraftv4_1 does not", "V3")
    assert lenient.post(f"/images/{operation}", **parts, data=form).status_code == 200
    assert strict.post(f"/images/{operation}", **parts, data={**form, "model": "recraftv3"}).status_code == 200


@pytest.mark.parametrize(
    ("operation", "form", "named"),
    [
        ("imageToImage", {"prompt": "x"}, "strength"),
        ("variateImage", {}, "size"),
        ("outpaint", {"expand_left": "10"}, "prompt"),
        ("replaceBackground", {}, "prompt"),
    ],
)
def test_a_field_that_only_the_service_asks_for_is_missed(
    strict: httpx.Client, lenient: httpx.Client, operation: str, form: dict[str, str], named: str
) -> None:
    parts = {"image": LARGE}
    refused(strict.post(f"/images/{operation}", files=parts, data=form), f"{named}: required")
    assert lenient.post(f"/images/{operation}", files=parts, data=form).status_code == 200


@pytest.mark.parametrize(
    ("form", "named"),
    [
        ({}, ("expand_left: ", "no side")),
        ({"expand_top": "0", "outpaint_left": "0"}, ("expand_left: ", "no side")),
        ({"expand_top": "8", "size": "1:1"}, ("size: ", "expand_top")),
        ({"expand_top": "4097"}, ("expand_top: ", "4096")),
        ({"zoom_out_percentage": "100"}, ("zoom_out_percentage: ", "100")),
        ({"size": "700x700"}, ("size: ", "1024x1024")),
    ],
)
def test_an_outpaint_that_says_no_side_or_too_much_is_refused(
    strict: httpx.Client, form: dict[str, str], named: tuple[str, ...]
) -> None:
    refused(strict.post("/images/outpaint", files={"image": LARGE}, data={"prompt": "x", **form}), *named)


@pytest.mark.parametrize(
    ("mask", "why"),
    [
        (file_of(Image.new("L", (300, 300))), "300x300"),
        (file_of(Image.linear_gradient("L").resize((384, 256))), "pure black and white"),
        (file_of(Image.new("L", (384, 256), 254)), "every pixel must be 0 (keep) or 255 (edit)"),
        (file_of(Image.new("RGB", (384, 256), (255, 0, 0))), "grayscale"),
        (file_of(Image.new("RGBA", (384, 256), (255, 255, 255, 128))), "nothing transparent"),
    ],
)
def test_a_mask_that_does_not_fit_is_refused(strict: httpx.Client, mask: bytes, why: str) -> None:
    parts = {"image": LARGE, "mask": ("m.png", mask)}
    for operation in ("inpaint", "eraseRegion"):
        answer = strict.post(f"/images/{operation}", files=parts, data={"prompt": "x"})
        refused(answer, "mask: ", why)


@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_black_and_white_mask_is_taken_in_any_mode(strict: httpx.Client, mode: str) -> None:
    mask = Image.new("L", (384, 256))
    mask.paste(255, (10, 10, 90, 90))
    parts = {"image": LARGE, "mask": ("m.png", file_of(mask.convert(mode)))}
    assert strict.post("/images/eraseRegion", files=parts).status_code == 200


def test_a_lenient_sandbox_fits_a_mask_of_another_size_to_the_image(lenient: httpx.Client) -> None:
    halves = Image.new("L", (2, 1), 0)
    halves.putpixel((1, 0), 255)
    parts = {"image": PHOTO, "mask": ("m.png", file_of(halves))}
    form = {"prompt": "a bird", "image_format": "png"}
    body = lenient.post("/images/inpaint", files=parts, data=form).json()
    edited = Image.open(io.BytesIO(lenient.get(body["data"][0]["url"]).content))
    before = Image.open(io.BytesIO(PHOTO[1]))
    assert mean_difference(edited.crop((0, 0, 48, 64)), before.crop((0, 0, 48, 64))) == 0
    assert mean_difference(edited.crop((48, 0, 96, 64)), before.crop((48, 0, 96, 64))) > 0


@pytest.mark.parametrize("name", ["images", "image", "whatever", "file2"])
def test_the_images_of_a_style_may_come_in_parts_of_any_name(strict: httpx.Client, name: str) -> None:
    assert strict.post("/styles", files=[(name, LARGE)] * 2, data={"style": "any"}).status_code == 200
    small = [(name, LARGE)] * 11
    refused(strict.post("/styles", files=small, data={"style": "any"}), f"{name}: ", "between 0 and 10", "11")


def test_a_style_of_no_image_is_refused(strict: httpx.Client, lenient: httpx.Client) -> None:
    for client in (strict, lenient):
        refused(client.post("/styles", files={"style": (None, b"any")}), "file: ", "required field is missing")


def test_a_lenient_sandbox_takes_grey_masks_and_small_images(lenient: httpx.Client) -> None:
    grey = ("m.png", file_of(Image.new("L", (96, 64), 100)))
    assert lenient.post("/images/eraseRegion", files={"image": PHOTO, "mask": grey}).status_code == 200
    assert lenient.post("/images/eraseRegion", files={"image": PHOTO, "mask": MASK}).status_code == 200


@pytest.mark.parametrize(
    ("operation", "upload", "named"),
    [
        ("vectorize", picture(255, 300), ("image: ", "255x300", "256 to 4096")),
        ("vectorize", picture(4097, 300), ("image: ", "4097x300", "256 to 4096")),
        ("vectorize", picture(4096, 4000), ("image: ", "16.4 megapixels", "at most 16")),
        ("crispUpscale", picture(31, 300), ("image: ", "31x300", "32 to 4096")),
        ("vectorize", picture(300, 300, "GIF"), ("image: ", "GIF is not taken", "PNG, JPEG or WebP")),
        ("vectorize", ("x.png", LARGE[1] + b"\0" * (10 << 20)), ("image: ", "10.0 MB", "smaller than 10 MB")),
        ("vectorize", ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("image: ", "SVG is not taken here")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_a_file_beyond_the_limits_is_refused(
    strict: httpx.Client, operation: str, upload: tuple[str, bytes], named: tuple[str, ...]
) -> None:
    refused(strict.post(f"/images/{operation}", files={"image": upload}), *named)


def test_a_file_at_the_limits_is_taken(strict: httpx.Client) -> None:
    for operation, upload in (("crispUpscale", picture(32, 32)), ("vectorize", picture(256, 4096, "WEBP"))):
        assert strict.post(f"/images/{operation}", files={"image": upload}).status_code == 200


def test_style_images_may_be_small_but_not_large_together(strict: httpx.Client) -> None:
    assert strict.post("/styles", files={"file": PHOTO}).status_code == 200
    padded = ("x.png", PHOTO[1] + b"\0" * (9 << 20))
    refused(strict.post("/styles", files=[("file", padded)] * 8), "file: ", "72.0 MB together", "64 MB")


def test_a_prompt_to_enhance_has_a_limit_of_its_own(strict: httpx.Client) -> None:
    refused(strict.post("/prompts/enhance", json={"prompt": "x" * 2_001}), "prompt: ", "[1, 2000]")
    assert strict.post("/prompts/enhance", json={"prompt": "x" * 2_000}).status_code == 200


def test_a_similar_picture_starts_from_one_that_explore_made(strict: httpx.Client) -> None:
    def ask(path: str, similarity: int) -> httpx.Response:
        made = strict.post(path, json={"prompt": "a fox"}).json()["data"][0]["image_id"]
        return strict.post("/images/explore/similar", json={"source_image_id": made, "similarity": similarity})

    assert ask("/images/explore", 5).status_code == 200
    refused(ask("/images/explore", 6), "similarity: ", "1 (far) to 5 (near)")
    refused(ask(GENERATIONS, 3), "source_image_id: ", "images/explore", code="image_not_found")


# --- SVG uploads -----------------------------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><circle r="9"/></svg>'


def test_an_svg_is_taken_where_it_is_documented_and_stays_one(strict: httpx.Client) -> None:
    body = strict.post("/images/removeBackground", files={"image": ("x.svg", SVG)}).json()
    drawn = strict.get(body["image"]["url"])
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert b'width="512" height="256"' in drawn.content, "a small one is enlarged"


def test_an_svg_made_here_is_read_as_it_looks(strict: httpx.Client) -> None:
    resvg = pytest.importorskip("resvg_py")
    for prompt in ("a flower", "a city skyline", "bubbles"):
        made = strict.post("/images/generations/vector", json={"prompt": prompt, "size": "1:1"}).json()["data"][0][
            "url"
        ]
        request = {"image_url": made, "prompt": "x", "strength": 0}
        again = strict.post("/images/imageToImage", json=request).json()["data"][0]["url"]
        seen, drawn = strict.get(again).content, resvg.svg_to_bytes(svg_string=strict.get(made).text)
        images = [Image.open(io.BytesIO(bytes(content))).convert("RGB") for content in (seen, drawn)]
        assert mean_difference(*images) < 6


@pytest.mark.parametrize("tool", ["removeBackground", "imageToImage"])
def test_an_image_format_that_is_none_is_refused_everywhere(strict: httpx.Client, tool: str) -> None:
    form = {"image_format": "gif", "prompt": "x", "strength": "0.5"}
    refused(strict.post(f"/images/{tool}", files={"image": LARGE}, data=form), "image_format: ", "webp")


def test_a_style_can_be_made_of_other_styles(strict: httpx.Client) -> None:
    first = style_of(strict)
    answer = strict.post("/styles", files={"file": LARGE}, data={"source_styles": first})
    assert answer.status_code == 200, answer.text
    unknown = strict.post("/styles", files={"file": LARGE}, data={"source_styles": ANY_STYLE})
    refused(unknown, "source_styles: ", code="style_not_found")


@pytest.mark.parametrize(
    "harm",
    [b"<script>x</script>", b'<g onload="x"/>', b"<!ENTITY a SYSTEM 'b'>", b'<image href="https://example.com/x"/>'],
)
def test_an_unsafe_svg_is_refused(strict: httpx.Client, harm: bytes) -> None:
    upload = ("x.svg", SVG.replace(b"<circle", harm + b"<circle"))
    refused(strict.post("/images/removeBackground", files={"image": upload}), "image: the SVG is not safe")


@pytest.mark.parametrize("size", [b"", b'width="0" height="5"', b'width="9999" height="9999"', b'viewBox="0 0 0 9"'])
def test_an_svg_without_a_sensible_size_is_refused(strict: httpx.Client, size: bytes) -> None:
    upload = ("x.svg", SVG.replace(b'width="100" height="50"', size))
    refused(strict.post("/images/removeBackground", files={"image": upload}), "image: ")
