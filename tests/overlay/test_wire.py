"""What goes over the wire for every operation, through the helpers and through the generated functions alike."""

from __future__ import annotations

import importlib
import io
import json
from typing import Any
from uuid import UUID

import anyio
import httpx
import pytest
import respx
from attrs import field, frozen

from recraft_api import models
from recraft_api.operations import OPERATIONS
from recraft_api.types import File

from .support import BASE, ID, MASK, PNG, TOKEN, Part, Wire, answer, helper_of, parts_of


@frozen
class Case:
    """A call with every option it has, and what it must look like when it is sent."""

    operation: str
    helper: str
    method: str
    path: str
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(factory=dict)
    fields: dict[str, Any] | None = None
    files: tuple[Part, ...] = ()

    def parts(self) -> list[Part]:
        """The multipart body it must send."""
        texts = [Part(name, _text(value), None, "text/plain") for name, value in (self.fields or {}).items()]
        return sorted([*texts, *self.files])


def _text(value: Any) -> bytes:
    return json.dumps(value).encode() if isinstance(value, bool) else str(value).encode()


IMAGE_PART = Part("image", PNG, "image.png", "image/png")
MASK_PART = Part("mask", MASK, "mask.png", "image/png")

EVERY_GENERATION_OPTION: dict[str, Any] = {
    "model": "recraftv4_1",
    "style": "digital_illustration",
    "substyle": "pixel_art",
    "style_id": UUID(ID),
    "size": (1024, 768),
    "n": 2,
    "response_format": "b64_json",
    "negative_prompt": "text",
    "colors": ["#ff8800", (80, 180, 110), {"rgb": [1, 2, 3], "std": 0.25}],
    "background_color": "#fff",
    "no_text": True,
    "artistic_level": 3,
    "text_layout": [{"text": "HI", "bbox": [0.1, 0.2, 0.8, 0.9]}],
}
GENERATION_BODY: dict[str, Any] = {
    "prompt": "a fox",
    "model": "recraftv4_1",
    "style": "digital_illustration",
    "substyle": "pixel_art",
    "style_id": ID,
    "size": "1024x768",
    "n": 2,
    "response_format": "b64_json",
    "negative_prompt": "text",
    "controls": {
        "colors": [{"rgb": [255, 136, 0]}, {"rgb": [80, 180, 110]}, {"rgb": [1, 2, 3], "std": 0.25}],
        "background_color": {"rgb": [255, 255, 255]},
        "no_text": True,
        "artistic_level": 3,
    },
    "text_layout": [{"text": "HI", "bbox": [0.1, 0.2, 0.8, 0.9]}],
}
EVERY_EDIT_OPTION: dict[str, Any] = {
    "strength": 0.5,
    "model": "recraftv3",
    "style": "vector_illustration",
    "substyle": "linocut",
    "style_id": ID,
    "n": 3,
    "response_format": "url",
    "negative_prompt": "fog",
}
EDIT_FIELDS = {"prompt": "a hat", **EVERY_EDIT_OPTION}
BACKGROUND_OPTIONS: dict[str, Any] = {"model": "recraftv3", "style": "realistic_image", "n": 1, "response_format": "url"}


def _generation(operation: str, helper: str, path: str) -> Case:
    return Case(operation, helper, "POST", path, ("a fox",), EVERY_GENERATION_OPTION, GENERATION_BODY)


def _masked(operation: str, helper: str, path: str) -> Case:
    arguments = (PNG, MASK, "a hat")
    return Case(operation, helper, "POST", path, arguments, EVERY_EDIT_OPTION, EDIT_FIELDS, (IMAGE_PART, MASK_PART))


def _image_only(operation: str, helper: str, path: str) -> Case:
    option = {"response_format": "b64_json"}
    return Case(operation, helper, "POST", path, (PNG,), option, option, (IMAGE_PART,))


CASES = [
    _generation("createImage", "images.generate", "/images/generations"),
    _generation("createRasterImage", "images.generate_raster", "/images/generations/raster"),
    _generation("createVectorImage", "images.generate_vector", "/images/generations/vector"),
    _generation("exploreImages", "images.explore", "/images/explore"),
    Case(
        "imageToImage", "images.image_to_image", "POST", "/images/imageToImage",
        (PNG, "a hat"), EVERY_EDIT_OPTION, EDIT_FIELDS, (IMAGE_PART,),
    ),
    _masked("inpaintImage", "images.inpaint", "/images/inpaint"),
    _masked("generateBackground", "images.generate_background", "/images/generateBackground"),
    _masked("eraseRegion", "images.erase_region", "/images/eraseRegion"),
    Case(
        "outpaintImage", "images.outpaint", "POST", "/images/outpaint",
        (PNG, "more sea"),
        {"top": 1, "bottom": 2, "left": 0, "right": 4, "model": "recraftv3", "style": "realistic_image"},
        {
            "prompt": "more sea", "outpaint_top": 1, "outpaint_bottom": 2, "outpaint_left": 0, "outpaint_right": 4,
            "model": "recraftv3", "style": "realistic_image",
        },
        (IMAGE_PART,),
    ),
    Case(
        "replaceBackground", "images.replace_background", "POST", "/images/replaceBackground",
        (PNG, "a beach"), BACKGROUND_OPTIONS, {"prompt": "a beach", **BACKGROUND_OPTIONS}, (IMAGE_PART,),
    ),
    _image_only("removeBackground", "images.remove_background", "/images/removeBackground"),
    _image_only("vectorizeImage", "images.vectorize", "/images/vectorize"),
    _image_only("crispUpscale", "images.crisp_upscale", "/images/crispUpscale"),
    _image_only("creativeUpscale", "images.creative_upscale", "/images/creativeUpscale"),
    _image_only("variateImage", "images.variate", "/images/variateImage"),
    _image_only("exploreSimilarImages", "images.explore_similar", "/images/explore/similar"),
    Case(
        "enhancePrompt", "prompts.enhance", "POST", "/prompts/enhance",
        ("a fox",), {"model": "recraftv4"}, {"prompt": "a fox", "model": "recraftv4"},
    ),
    Case(
        "createStyle", "styles.create", "POST", "/styles",
        ("digital_illustration", [PNG, MASK]), {}, {"style": "digital_illustration"},
        (Part("file", PNG, "file-0.png", "image/png"), Part("file", MASK, "file-1.png", "image/png")),
    ),
    Case("getCurrentUser", "users.me", "GET", "/users/me"),
]  # fmt: skip

each_operation = pytest.mark.parametrize("case", CASES, ids=lambda case: case.operation)


def send(wire: Wire, case: Case, action: Any) -> httpx.Request:
    """What `action(client)` sends to the one address that exists: the case's own."""
    with respx.mock(base_url=BASE) as router:
        route = router.request(case.method, case.path).respond(json=answer(case.path))
        sync, asynchronous = httpx.MockTransport(router.handler), httpx.MockTransport(router.async_handler)
        wire.run(action, transport=sync if wire.kind == "sync" else asynchronous)
        assert route.call_count == 1
        request: httpx.Request = route.calls.last.request
    return request


def body_of(request: httpx.Request) -> Any:
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return sorted(parts_of(request))
    return json.loads(request.content) if request.content else None


def expected_body(case: Case) -> Any:
    return case.parts() if case.files else case.fields


@each_operation
def test_a_helper_sends_every_option_as_the_contract_writes_it(wire: Wire, case: Case) -> None:
    request = send(wire, case, lambda client: helper_of(client, case.helper)(*case.args, **case.kwargs))
    assert str(request.url) == BASE + case.path
    assert body_of(request) == expected_body(case)


@each_operation
def test_a_helper_sends_the_headers_of_the_contract(wire: Wire, case: Case) -> None:
    request = send(wire, case, lambda client: helper_of(client, case.helper)(*case.args, **case.kwargs))
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["accept"] == "application/json"
    assert request.headers["user-agent"].startswith("recraft-sdk/")
    assert "cookie" not in request.headers
    kind = request.headers.get("content-type", "").partition(";")[0]
    assert kind == ("multipart/form-data" if case.files else "application/json" if case.fields else "")
    if request.content:
        assert request.headers["content-length"] == str(len(request.content))


@each_operation
def test_a_helper_sends_nothing_that_the_caller_did_not_set(wire: Wire, case: Case) -> None:
    request = send(wire, case, lambda client: helper_of(client, case.helper)(*case.args))
    set_by_position = {"prompt", "style"} & (case.fields or {}).keys() if case.args else set()
    kept = {key: value for key, value in (case.fields or {}).items() if key in set_by_position}
    kept = {key: value for key, value in kept.items() if value in case.args}
    bare = Case(case.operation, case.helper, case.method, case.path, fields=kept or None, files=case.files)
    assert body_of(request) == expected_body(bare)


@each_operation
def test_the_generated_function_through_raw_sends_the_same(wire: Wire, case: Case) -> None:
    by_helper = send(wire, case, lambda client: helper_of(client, case.helper)(*case.args, **case.kwargs))
    facts = OPERATIONS[case.operation]
    module = importlib.import_module(f"recraft_api.api.{facts['module']}")

    def call(client: Any) -> Any:
        arguments = {"body": generated_model(case)} if facts["bodies"] else {}
        return (module.sync if wire.kind == "sync" else module.asyncio)(client=client.raw, **arguments)

    by_raw = send(wire, case, call)
    assert (by_raw.method, by_raw.url, body_of(by_raw)) == (by_helper.method, by_helper.url, body_of(by_helper))
    ours = {"authorization", "accept", "user-agent", "content-length"}
    assert {name: by_raw.headers.get(name) for name in ours} == {name: by_helper.headers.get(name) for name in ours}


def generated_model(case: Case) -> Any:
    """The request model of the generated package, as somebody would fill it who does without the helpers."""
    body = next(iter(OPERATIONS[case.operation]["bodies"].values()))
    lists = {key for key, schema in body["properties"].items() if schema.get("type") == "array"}
    empty = {part.name: [] if part.name in lists else b"" for part in case.files}
    model = getattr(models, body["model"]).from_dict({**(case.fields or {}), **empty})
    for part in case.files:
        file = File(io.BytesIO(part.content), part.filename, part.content_type)
        if part.name in lists:
            getattr(model, part.name).append(file)
        else:
            setattr(model, part.name, file)
    return model


def test_every_operation_of_the_contract_is_in_the_table() -> None:
    vendored = {name for name, facts in OPERATIONS.items() if (facts["method"], facts["path"]) in VENDORED}
    assert {case.operation for case in CASES} == vendored
    assert len(CASES) == 19


VENDORED = {(case.method, case.path) for case in CASES}


def test_each_multipart_request_has_a_boundary_of_its_own(wire: Wire) -> None:
    boundaries = {wire.request("images.vectorize", PNG).headers["content-type"] for _ in range(3)}
    assert len(boundaries) == 3
    assert all("+++" not in boundary for boundary in boundaries)


def test_a_style_object_and_its_id_are_the_same_on_the_wire(wire: Wire) -> None:
    style = wire.call("styles.create", "digital_illustration", [PNG])
    for given in (style, UUID(ID), ID, ID.upper()):
        request = wire.request("images.generate", "a fox", style_id=given)
        assert json.loads(request.content) == {"prompt": "a fox", "style_id": ID}


def test_plain_keywords_join_the_controls_that_were_given(wire: Wire) -> None:
    controls = {"no_text": True, "artistic_level": 1}
    request = wire.request("images.generate", "a fox", controls=controls, artistic_level=4)
    assert json.loads(request.content)["controls"] == {"no_text": True, "artistic_level": 4}
    assert controls == {"no_text": True, "artistic_level": 1}, "the caller's own dict was changed"


def test_false_and_zero_are_values_and_none_is_not(wire: Wire) -> None:
    request = wire.request("images.generate", "a fox", no_text=False, artistic_level=0, model=None, n=None)
    assert json.loads(request.content) == {"prompt": "a fox", "controls": {"no_text": False, "artistic_level": 0}}


def test_text_goes_out_as_utf_8(wire: Wire) -> None:
    prompt = 'a fox, "quoted", zażółć 🦊\r\nsecond line'
    assert json.loads(wire.request("images.generate", prompt).content)["prompt"] == prompt
    parts = {part.name: part.content for part in parts_of(wire.request("images.image_to_image", PNG, prompt))}
    assert parts["prompt"] == prompt.encode()


def test_an_operation_the_contract_does_not_have_goes_through_raw_all_the_same() -> None:
    """A client of a newer service: the generated package is what it is, the wire is not limited to it."""
    seen: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"styles": []})

    async def main() -> None:
        async with Wire("async").client(transport=httpx.MockTransport(handle)) as client:
            response = await client.raw.get_async_httpx_client().request("get", "/brand-new", params={"page": 2})
            assert response.json() == {"styles": []}

    anyio.run(main)
    assert str(seen[0].url) == f"{BASE}/brand-new?page=2"
    assert seen[0].headers["authorization"] == f"Bearer {TOKEN}"
