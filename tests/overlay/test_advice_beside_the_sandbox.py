"""Two tables of the same documentation: what the client warns of and what the sandbox refuses are compared by calls.

They share nothing, so a slip in one of them shows. Left out is what no page says: which model a custom style means
where none is named, which an edit means with a curated style alone, and whether vector models take pixels.
"""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from recraft import InvalidRequestError, Recraft, RecraftWarning
from recraft.sandbox import Sandbox
from recraft_api.operations import MODELS, OPERATIONS

from .support import picture

IMAGE, MASK = picture(size=(256, 256)), picture(mode="1", size=(256, 256))
GENERATIONS = ["generate", "generate_raster", "generate_vector", "explore"]
EDITS: dict[str, tuple[list[Any], dict[str, Any]]] = {
    "image_to_image": ([IMAGE], {}),
    "inpaint": ([IMAGE, MASK], {}),
    "outpaint": ([IMAGE], {"top": 64}),
    "replace_background": ([IMAGE], {}),
    "generate_background": ([IMAGE, MASK], {}),
}
LAYOUT = [{"text": "A", "bbox": [[0, 0], [1, 0], [1, 1], [0, 1]]}]
OPTIONS: dict[str, list[Any]] = {
    "style": ["any"],
    "substyle": ["grain"],
    "style_id": ["fitting"],
    "negative_prompt": ["rain"],
    "text_layout": [LAYOUT],
    "controls": [{"no_text": True}, {"no_text": False}, {"artistic_level": 0}, {"colors": [{"rgb": [1, 2, 3]}]}],
    "size": ["1:1", "16:9", "1024x1024", "2048x2048", "1365x1024", "1344x768", "2688x1536", "1234x567"],
    "prompt": ["a fox", "a" * 1000, "a" * 1001, "a" * 10_000],
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(answers="live", limits=False, balance=10**9) as started:
        yield started


@pytest.fixture(scope="module")
def styles(sandbox: Sandbox) -> dict[tuple[str, bool], str]:
    """A custom style for each generation of models, raster (False) and vector (True)."""
    made = {}
    for age in ("recraftv4", "recraftv3", "recraftv2"):
        for vector in (False, True):
            model = age + "_vector" * vector
            base = "vector_illustration" if vector else "any" if age == "recraftv4" else "realistic_image"
            answer = httpx.post(
                f"{sandbox.base_url}/styles",
                headers={"authorization": f"Bearer {sandbox.token}"},
                data={"style": base, "model": model},
                files={"file": ("a.png", IMAGE)},
            )
            made[age, vector] = answer.raise_for_status().json()["id"]
    return made


def call_at_random(seed: int, styles: dict[tuple[str, bool], str]) -> tuple[str, list[Any], dict[str, Any]]:
    """A helper with its arguments."""
    dice = random.Random(seed)
    helper = dice.choice(
        [*["generate"] * 12, *GENERATIONS * 2, *EDITS, "variate"]
    )  # most of it by what every model does
    named = dice.random() < 0.8 or helper == "variate"
    kin = dice.choice([*MODELS["family"].values()] + [*dict.fromkeys(MODELS["family"].values())] * 8 + ["unknown"] * 3)
    model = dice.choice([name for name, family in MODELS["family"].items() if family == kin] or ["recraftv9"])
    model = model if named else ""
    vector = "_vector" in model or (not model and helper == "generate_vector")
    chosen = {
        name: dice.choice(OPTIONS[name]) for name in dice.sample(list(OPTIONS), dice.choice([0, 1, 1, 1, 1, 2, 3]))
    }
    if helper == "variate":
        chosen = {"size": chosen.get("size", "1:1")}
    if not model or model == "recraftv9":
        chosen.pop("style_id", None)
    if not model and helper in EDITS:
        chosen.pop("style", None)
    if vector and "x" in chosen.get("size", ""):
        chosen["size"] = "3:2"
    if "style" in chosen:
        chosen["style"] = "vector_illustration" if vector else "realistic_image"
    if "style_id" in chosen:
        chosen["style_id"] = styles[model[:9], vector]
    images, more = EDITS.get(helper, ([IMAGE] if helper == "variate" else [], {}))
    if helper == "outpaint" and "size" in chosen:
        more = {}
    prompt = [] if helper == "variate" else [chosen.pop("prompt", "a fox")]
    takes = OPERATIONS[OPERATION[helper]]["keywords"]
    known = {name: value for name, value in chosen.items() if name in takes}
    return helper, [*images, *prompt], {**more, **({"model": model} if model else {}), **known}


OPERATION = {
    "generate": "createImage",
    "generate_raster": "createRasterImage",
    "generate_vector": "createVectorImage",
    "explore": "exploreImages",
    "image_to_image": "imageToImage",
    "inpaint": "inpaintImage",
    "outpaint": "outpaintImage",
    "replace_background": "replaceBackground",
    "generate_background": "generateBackground",
    "variate": "variateImage",
}


@pytest.mark.parametrize("block", range(8))
def test_the_client_warns_of_exactly_what_the_sandbox_refuses(
    sandbox: Sandbox, styles: dict[tuple[str, bool], str], block: int
) -> None:
    seen = {True: 0, False: 0}
    with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None, retry=None) as client:
        for seed in range(100 * block, 100 * block + 100):
            helper, images, options = call_at_random(seed, styles)
            refusal = ""
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always", RecraftWarning)
                try:
                    getattr(client.images, helper)(*images, **options)
                except InvalidRequestError as error:
                    refusal = str(error)
            said = [str(each.message) for each in caught]
            words = [len(image) if isinstance(image, bytes) else image[:20] for image in images]
            assert bool(said) == bool(refusal), (seed, helper, words, json.dumps(options), said, refusal)
            seen[bool(said)] += 1
    assert min(seen.values()) > 15
