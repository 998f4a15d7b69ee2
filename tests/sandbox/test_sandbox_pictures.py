"""Generated pictures have the asked size and kind, look different for different wishes, and the same for the same."""

from __future__ import annotations

import io
import re
from typing import Any

import httpx
import pytest
from PIL import Image
from sandbox_support import Clock, client_for, file, picture, send

from recraft.sandbox import Sandbox
from recraft.sandbox.scene import MOTIFS

RATIOS = ["1:1", "2:1", "1:2", "3:2", "2:3", "4:3", "3:4", "5:4", "4:5", "6:10", "14:10", "10:14", "16:9", "9:16"]


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_ratio_gives_that_ratio(inside: httpx.Client, ratio: str) -> None:
    w, h = (int(part) for part in ratio.split(":"))
    text = file(inside, send(inside, "createVectorImage", size=ratio)).decode()
    found = re.search(r'width="(\d+)" height="(\d+)"', text)
    assert found
    width, height = int(found[1]), int(found[2])
    assert abs(width / height - w / h) < 0.01
    assert max(width, height) == 1024


@pytest.mark.parametrize("size", [(64, 64), (120, 48), (333, 77)])
def test_pixels_give_exactly_those_pixels(inside: httpx.Client, size: tuple[int, int]) -> None:
    assert picture(inside, send(inside, "createImage", size=f"{size[0]}x{size[1]}")).size == size


def test_a_picture_without_a_size_is_a_square(inside: httpx.Client) -> None:
    assert picture(inside, send(inside, "createImage")).size == (1024, 1024)


@pytest.mark.parametrize(
    "fields", [{"model": "recraftv3"}, {"style": "icon"}, {"prompt": "an owl"}, {"substyle": "linocut"}]
)
def test_another_prompt_or_option_gives_another_picture(inside: httpx.Client, fields: dict[str, Any]) -> None:
    small = {"size": "64x64"}
    first = file(inside, send(inside, "createImage", **small))
    assert file(inside, send(inside, "createImage", **small)) == first
    assert file(inside, send(inside, "createImage", **small, **fields)) != first


def test_two_sandboxes_of_one_seed_draw_alike_and_of_two_seeds_do_not(clock: Clock) -> None:
    drawn = []
    for seed in (1, 1, 2):
        sandbox = Sandbox(answers="vendored", seed=seed, clock=clock)
        with client_for(sandbox, transport=sandbox.transport()) as client:
            answer = send(client, "createImage", size="64x64")
            drawn.append((answer.json()["data"][0]["image_id"], file(client, answer)))
    assert drawn[0] == drawn[1]
    assert drawn[0][0] != drawn[2][0]
    assert drawn[0][1] != drawn[2][1]


def test_asked_colours_are_seen_in_the_picture(inside: httpx.Client) -> None:
    controls = {"colors": [{"rgb": [255, 0, 0]}], "background_color": {"rgb": [0, 255, 0]}}
    text = file(inside, send(inside, "createVectorImage", controls=controls)).decode()
    assert 'stop-color="#00ff00"' in text
    assert 'fill="#ff0000"' in text
    plain = file(inside, send(inside, "createVectorImage")).decode()
    assert "#00ff00" not in plain


def test_vector_models_and_styles_give_svg_and_raster_operations_never_do(inside: httpx.Client) -> None:
    assert file(inside, send(inside, "createImage", style="vector_illustration")).startswith(b"<svg")
    assert file(inside, send(inside, "createRasterImage", style="vector_illustration")).startswith(b"\x89PNG")


def test_svg_and_png_show_the_same_scene(inside: httpx.Client) -> None:
    resvg = pytest.importorskip("resvg_py")
    text = file(inside, send(inside, "createVectorImage", size="128x128", model="recraftv4")).decode()
    drawn = Image.open(io.BytesIO(bytes(resvg.svg_to_bytes(svg_string=text)))).convert("RGB")
    painted = picture(inside, send(inside, "createImage", size="128x128")).convert("RGB")
    pairs = zip(drawn.tobytes(), painted.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / len(painted.tobytes()) < 6


def test_every_motif_can_be_drawn_at_any_shape() -> None:
    import random

    palette = [(i * 40, 90, 200 - i * 30) for i in range(5)]
    for motif in MOTIFS:
        for width, height in ((1, 1), (7, 300), (300, 7), (64, 64)):
            assert motif(random.Random(1), width, height, palette)
