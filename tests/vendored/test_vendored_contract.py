"""The vendored document, operation by operation: what it lets a caller send is sent, and what it says comes back is
read.

Nothing here knows of what the live service adds, so all of it must pass with that and without.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from recraft import EnhancedPrompt, ImageResult, Recraft, Style, User

# Whatever can be sent is sent here, also what the documentation of the models has something against.
pytestmark = pytest.mark.filterwarnings("ignore::recraft.RecraftWarning")

PNG = bytes.fromhex("89504e470d0a1a0a") + b"picture"
ID = "123e4567-e89b-12d3-a456-426614174000"
IMAGES = {
    "created": 1700000000,
    "credits": 40,
    "data": [
        {"image_id": ID, "url": "https://images.invalid/a.png", "revised_prompt": "a fox"},
        {"b64_json": "iVBORw0KGgo="},
    ],
}
GENERATION: dict[str, Any] = {
    "model": "recraftv4_1",
    "style": "digital_illustration",
    "substyle": "pixel_art",
    "style_id": ID,
    "size": "16:9",
    "n": 2,
    "response_format": "b64_json",
    "negative_prompt": "dogs",
    "controls": {
        "colors": [{"rgb": [255, 136, 0], "std": 0.5}],
        "background_color": {"rgb": [0, 0, 0]},
        "no_text": True,
        "artistic_level": 5,
    },
    "text_layout": [{"text": "fox", "bbox": [0.1, 0.2]}],
}
EDIT: dict[str, Any] = {
    "strength": 0.25,
    "model": "recraftv3",
    "style": "realistic_image",
    "substyle": "hdr",
    "style_id": ID,
    "n": 3,
    "response_format": "url",
    "negative_prompt": "dogs",
}
FORMAT = {"response_format": "b64_json"}
BACKGROUND = {"model": "recraftv3", "style": "icon", "n": 2, "response_format": "url"}
EDGES = {"outpaint_top": 1, "outpaint_bottom": 2, "outpaint_left": 3, "outpaint_right": 4}

Row = tuple[str, Callable[[Recraft], Any], dict[str, Any]]

#: Path, call, and what must go out: values as JSON, or as the text of form fields; PNG stands for the file itself.
ROWS: dict[str, Row] = {
    "createImage": (
        "/images/generations",
        lambda c: c.images.generate("fox", **GENERATION),
        {"prompt": "fox", **GENERATION},
    ),
    "createRasterImage": (
        "/images/generations/raster",
        lambda c: c.images.generate_raster("fox", **GENERATION),
        {"prompt": "fox", **GENERATION},
    ),
    "createVectorImage": (
        "/images/generations/vector",
        lambda c: c.images.generate_vector("fox", **GENERATION),
        {"prompt": "fox", **GENERATION},
    ),
    "exploreImages": (
        "/images/explore",
        lambda c: c.images.explore("fox", **GENERATION),
        {"prompt": "fox", **GENERATION},
    ),
    "imageToImage": (
        "/images/imageToImage",
        lambda c: c.images.image_to_image(PNG, "fox", **EDIT),
        {"image": PNG, "prompt": "fox", **EDIT},
    ),
    "inpaintImage": (
        "/images/inpaint",
        lambda c: c.images.inpaint(PNG, PNG, "fox", **EDIT),
        {"image": PNG, "mask": PNG, "prompt": "fox", **EDIT},
    ),
    "generateBackground": (
        "/images/generateBackground",
        lambda c: c.images.generate_background(PNG, PNG, "fox", **EDIT),
        {"image": PNG, "mask": PNG, "prompt": "fox", **EDIT},
    ),
    "eraseRegion": (
        "/images/eraseRegion",
        lambda c: c.images.erase_region(PNG, PNG, "fox", **EDIT),
        {"image": PNG, "mask": PNG, "prompt": "fox", **EDIT},
    ),
    "outpaintImage": (
        "/images/outpaint",
        lambda c: c.images.outpaint(PNG, "fox", top=1, bottom=2, left=3, right=4, model="recraftv3", style="icon"),
        {"image": PNG, "prompt": "fox", **EDGES, "model": "recraftv3", "style": "icon"},
    ),
    "replaceBackground": (
        "/images/replaceBackground",
        lambda c: c.images.replace_background(PNG, "fox", **BACKGROUND),
        {"image": PNG, "prompt": "fox", **BACKGROUND},
    ),
    "vectorizeImage": ("/images/vectorize", lambda c: c.images.vectorize(PNG, **FORMAT), {"image": PNG, **FORMAT}),
    "removeBackground": (
        "/images/removeBackground",
        lambda c: c.images.remove_background(PNG, **FORMAT),
        {"image": PNG, **FORMAT},
    ),
    "crispUpscale": ("/images/crispUpscale", lambda c: c.images.crisp_upscale(PNG, **FORMAT), {"image": PNG, **FORMAT}),
    "creativeUpscale": (
        "/images/creativeUpscale",
        lambda c: c.images.creative_upscale(PNG, **FORMAT),
        {"image": PNG, **FORMAT},
    ),
    "variateImage": ("/images/variateImage", lambda c: c.images.variate(PNG, **FORMAT), {"image": PNG, **FORMAT}),
    "exploreSimilarImages": (
        "/images/explore/similar",
        lambda c: c.images.explore_similar(PNG, **FORMAT),
        {"image": PNG, **FORMAT},
    ),
    "enhancePrompt": (
        "/prompts/enhance",
        lambda c: c.prompts.enhance("fox", model="recraftv3"),
        {"prompt": "fox", "model": "recraftv3"},
    ),
    "createStyle": (
        "/styles",
        lambda c: c.styles.create("digital_illustration", [PNG, PNG, PNG]),
        {"style": "digital_illustration", "file": [PNG, PNG, PNG]},
    ),
    "getCurrentUser": ("/users/me", lambda c: c.users.me(), {}),
}

#: What is sent beside what the caller set where the live service is known: another name for it, or what it asks for.
BESIDE = {"outpaintImage": {"expand_top", "expand_bottom", "expand_left", "expand_right"}}

ANSWERS: dict[str, Any] = {
    "enhancePrompt": {"prompt": "a red fox at dawn"},
    "createStyle": {"id": ID, "credits": 40},
    "getCurrentUser": {"id": "user-1", "email": "someone@example.invalid", "credits": 960},
}


def call(operation: str) -> tuple[httpx.Request, Any]:
    """What the helper sends, and what it makes of the answer the document describes."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        request.read()
        sent.append(request)
        return httpx.Response(200, json=ANSWERS.get(operation, IMAGES))

    with Recraft("token", limiter=None, transport=httpx.MockTransport(answer)) as client:
        result = ROWS[operation][1](client)
    return sent[0], result


def form(request: httpx.Request) -> dict[str, Any]:
    """The fields of a multipart body: text, bytes for a file, a list where a field is repeated."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    fields: dict[str, list[Any]] = {}
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
        name = head.decode().partition('name="')[2].partition('"')[0]
        fields.setdefault(name, []).append(content if b"filename=" in head else content.decode())
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


@pytest.mark.parametrize("operation", ROWS)
def test_everything_the_document_lets_a_caller_set_is_sent_under_its_name(operation: str) -> None:
    request, _ = call(operation)
    path, _, expected = ROWS[operation]

    assert request.method == ("GET" if operation == "getCurrentUser" else "POST")
    assert request.url.path == f"/v1{path}"
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        sent: dict[str, Any] = {
            key: value for key, value in form(request).items() if key not in BESIDE.get(operation, ())
        }
        assert sent == {
            key: value if isinstance(value, bytes | list) else str(value) for key, value in expected.items()
        }
    else:
        assert (json.loads(request.content) if request.content else {}) == expected


@pytest.mark.parametrize("operation", ROWS)
def test_the_answer_the_document_describes_is_read(operation: str) -> None:
    _, result = call(operation)

    match result:
        case EnhancedPrompt():
            assert str(result) == "a red fox at dawn"
        case Style():
            assert (str(result.id), result.credits, result.cost_usd) == (ID, 40, 0.04)
        case User():
            assert (result.id, result.email, result.credits, result.balance_usd) == (
                "user-1",
                "someone@example.invalid",
                960,
                0.96,
            )
        case ImageResult():
            assert (result.credits, len(result), str(result[0].image_id), result[0].revised_prompt) == (
                40,
                2,
                ID,
                "a fox",
            )
            assert result[1].b64_json == "iVBORw0KGgo="
        case _:
            pytest.fail(f"{operation} gave {result!r}")


def test_every_operation_of_the_document_has_a_row() -> None:
    from recraft_api.operations import OPERATIONS

    assert ROWS.keys() <= OPERATIONS.keys()
    assert len(ROWS) == 19
