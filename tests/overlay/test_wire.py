"""What goes over the wire for every operation, through the helpers and through the generated functions alike."""

from __future__ import annotations

import base64
import importlib
import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import anyio
import httpx
import pytest
import respx
from attrs import field, frozen

import helpers
import recraft
from recraft import InputError
from recraft_api import models
from recraft_api.operations import OPERATIONS
from recraft_api.types import File

from .support import BASE, ID, MASK, PNG, TOKEN, Part, Wire, answer, helper_of, parts_of

# Whatever can be sent is sent here, also what the documentation of the models has something against.
pytestmark = pytest.mark.filterwarnings("ignore::recraft.RecraftWarning")


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
    query: dict[str, str] = field(factory=dict)

    @property
    def address(self) -> str:
        return self.path if self.path.startswith("https:") else BASE + self.path

    def url(self, options: bool = True) -> str:
        """Where it must go, with and without its options."""
        return str(httpx.URL(self.address, params=self.query if options and self.query else None))

    def parts(self) -> list[Part]:
        """The multipart body it must send."""
        listed = [(name, value) for name, value in (self.fields or {}).items()]
        single = [(name, item) for name, value in listed for item in (value if isinstance(value, list) else [value])]
        texts = [Part(name, *_text(value)) for name, value in single]
        return sorted([*texts, *self.files])


def _text(value: Any) -> tuple[bytes, None, str]:
    if isinstance(value, dict | list):
        return json.dumps(value).encode(), None, "application/json"
    return json.dumps(value).encode() if isinstance(value, bool) else str(value).encode(), None, "text/plain"


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
    "text_layout": [{"text": "HI", "bbox": [[0.1, 0.2], [0.8, 0.2], [0.8, 0.9], [0.1, 0.9]]}],
    "random_seed": 7,
    "image_format": "webp",
    "block_nsfw": True,
    "creativity": "eccentric",
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
    "text_layout": [{"text": "HI", "bbox": [[0.1, 0.2], [0.8, 0.2], [0.8, 0.9], [0.1, 0.9]]}],
    "random_seed": 7,
    "image_format": "webp",
    "block_nsfw": True,
    "creativity": "eccentric",
}
#: What the generations take and exploring does not.
ONLY_GENERATED: dict[str, Any] = {
    "calculate_features": True,
    "style_match": "precise",
    "upscale": "upscale4mp",
}
BILLING = {"billing": "subscription"}
COMMON = {"random_seed": 7, "image_format": "png", "block_nsfw": False, "creativity": "simple", "expire": True}
LAYOUT = [{"text": "HI", "bbox": [[0.1, 0.2], [0.8, 0.2], [0.8, 0.9], [0.1, 0.9]]}]
PROMPTED: dict[str, Any] = {
    **COMMON,
    "calculate_features": False,
    "style_match": "flexible",
    "controls": {"colors": [{"rgb": [1, 2, 3], "std": [0.1, 0.2, 0.3], "weight": 0.5}], "no_text": False},
    "text_layout": LAYOUT,
}
EVERY_EDIT_OPTION: dict[str, Any] = {
    **PROMPTED,
    "strength": 0.25,
    "model": "recraftv3",
    "style": "vector_illustration",
    "substyle": "linocut",
    "style_id": ID,
    "n": 3,
    "response_format": "url",
    "negative_prompt": "fog",
}
EDIT_FIELDS = {"prompt": "a hat", **EVERY_EDIT_OPTION}
ONLY_PROMPTED = PROMPTED.keys() - COMMON.keys()
ERASE_OPTIONS = {key: value for key, value in EVERY_EDIT_OPTION.items() if key not in ONLY_PROMPTED}
BACKGROUND_OPTIONS: dict[str, Any] = {
    **PROMPTED,
    "model": "recraftv3",
    "style": "realistic_image",
    "substyle": "hdr",
    "style_id": ID,
    "negative_prompt": "fog",
    "n": 1,
    "response_format": "url",
}
OUTPAINT_OPTIONS: dict[str, Any] = {
    **BACKGROUND_OPTIONS,
    "size": "16:9",
    "zoom_out_percentage": 12.5,
}
EDGES = {"top": 1, "bottom": 2, "left": 0, "right": 4}
# The contract and the live service call the edges differently; both names are sent.
SENT_EDGES = {f"{name}_{edge}": pixels for edge, pixels in EDGES.items() for name in ("outpaint", "expand")}
PROCESS_OPTIONS: dict[str, Any] = {
    "response_format": "b64_json",
    "expire": True,
    "image_format": "png",
    "upscale": "upscale16mp",
}
VECTORIZE_OPTIONS: dict[str, Any] = {
    **PROCESS_OPTIONS,
    "strict_color_palette": [[255, 136, 0], [0, 0, 0]],
    "svg_compression": "on",
    "limit_num_shapes": "on",
    "max_num_shapes": 40,
    "color_reduction": "off",
    "shape_stacking": "cut_out",
    "small_shape_filter": "on",
    "return_gradients": "off",
}
STYLE_OPTIONS: dict[str, Any] = {
    "model": "recraftv3",
    "match": "regular",
    "image_weights": [1, 0.5],
    "prompt": "foxes",
    "palette": {"colors": [{"rgb": [1, 2, 3]}], "background_color": {"rgb": [255, 255, 255]}},
    "private": True,
    "source_styles": [ID],
    "source_style_weights": [0.25],
    "mix_policy": "MaxWeight",
}
VARIATE_OPTIONS: dict[str, Any] = {
    "expire": False,
    "image_format": "webp",
    "response_format": "url",
    "size": "1:1",
    "n": 2,
    "model": "recraftv3",
    "random_seed": 5,
}


def _generation(operation: str, helper: str, path: str) -> Case:
    more = {"expire": True, **({} if operation == "exploreImages" else ONLY_GENERATED)}
    options, body = {**EVERY_GENERATION_OPTION, **more}, {**GENERATION_BODY, **more}
    return Case(operation, helper, "POST", path, ("a fox",), {**options, **BILLING}, body, query=BILLING)


def _masked(operation: str, helper: str, path: str, options: dict[str, Any] = EVERY_EDIT_OPTION) -> Case:
    arguments, fields, files = (PNG, MASK, "a hat"), {"prompt": "a hat", **options}, (IMAGE_PART, MASK_PART)
    return Case(operation, helper, "POST", path, arguments, {**options, **BILLING}, fields, files, BILLING)


def _image_only(
    operation: str, helper: str, path: str, options: dict[str, Any] = PROCESS_OPTIONS, name: str = "image"
) -> Case:
    files = (Part(name, PNG, "image.png", "image/png"),)
    return Case(operation, helper, "POST", path, (PNG,), {**options, **BILLING}, options, files, BILLING)


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
    _masked("eraseRegion", "images.erase_region", "/images/eraseRegion", ERASE_OPTIONS),
    Case(
        "outpaintImage", "images.outpaint", "POST", "/images/outpaint",
        (PNG, "more sea"),
        {**EDGES, **OUTPAINT_OPTIONS}, {"prompt": "more sea", **SENT_EDGES, **OUTPAINT_OPTIONS}, (IMAGE_PART,),
    ),
    Case(
        "replaceBackground", "images.replace_background", "POST", "/images/replaceBackground",
        (PNG, "a beach"), BACKGROUND_OPTIONS, {"prompt": "a beach", **BACKGROUND_OPTIONS}, (IMAGE_PART,),
    ),
    _image_only("removeBackground", "images.remove_background", "/images/removeBackground"),
    _image_only("vectorizeImage", "images.vectorize", "/images/vectorize", VECTORIZE_OPTIONS),
    _image_only("crispUpscale", "images.crisp_upscale", "/images/crispUpscale"),
    _image_only("creativeUpscale", "images.creative_upscale", "/images/creativeUpscale"),
    _image_only("clarityUpscale", "images.clarity_upscale", "/images/clarityUpscale"),
    _image_only("generativeUpscale", "images.generative_upscale", "/images/generativeUpscale"),
    _image_only(
        "refineDetails", "images.refine_details", "/images/refineDetails",
        {"refinement": "subtle", "response_format": "url", "image_format": "png"}, "file",
    ),
    _image_only("variateImage", "images.variate", "/images/variateImage", VARIATE_OPTIONS),
    _image_only(
        "exploreSimilarImages", "images.explore_similar", "/images/explore/similar",
        {"response_format": "b64_json", "expire": True},
    ),
    Case(
        "enhancePrompt", "prompts.enhance", "POST", "/prompts/enhance",
        ("a fox",), {"model": "recraftv4"}, {"prompt": "a fox", "model": "recraftv4"},
    ),
    Case(
        "createStyle", "styles.create", "POST", "/styles",
        ("digital_illustration", [PNG, MASK]), STYLE_OPTIONS, {"style": "digital_illustration", **STYLE_OPTIONS},
        (Part("file", PNG, "images-0.png", "image/png"), Part("file", MASK, "images-1.png", "image/png")),
    ),
    Case("getCurrentUser", "users.me", "GET", "/users/me", (), BILLING, query=BILLING),
    Case("listStyles", "styles.list", "GET", "/styles"),
    Case("getStyle", "styles.get", "GET", f"/styles/{ID}", (ID,)),
    Case("deleteStyle", "styles.delete", "DELETE", f"/styles/{ID}", (UUID(ID),)),
    Case("listBasicStyles", "styles.list_basic", "GET", "/styles/basic"),
    Case("listModels", "models.list", "GET", "/models"),
    Case("getServiceStatus", "service.status", "GET", "https://api.test/status"),
    Case("ping", "service.ping", "GET", "https://api.test/ping"),
    Case(
        "optimizeColors", "colors.optimize", "POST", "/colors/optimize",
        (["#ff8800", {"hex": "#112233", "weight": 0.5}], 1),
        fields={"colors": [{"hex": "#ff8800"}, {"hex": "#112233", "weight": 0.5}], "num_colors_limit": 1},
    ),
]  # fmt: skip


def _json_body(operation: str) -> list[dict[str, Any]]:
    return [body for kind, body in OPERATIONS[operation]["bodies"].items() if kind == "application/json"]


each_operation = pytest.mark.parametrize("case", CASES, ids=lambda case: case.operation)


def send(wire: Wire, case: Case, action: Any) -> httpx.Request:
    """What `action(client)` sends to the one address that exists: the case's own."""
    with respx.mock() as router:
        route = router.request(case.method, case.address).respond(json=answer(case.path))
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
    assert str(request.url) == case.url()
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
    fields = {key: value for key, value in (case.fields or {}).items() if key not in case.kwargs}
    fields = {key: value for key, value in fields.items() if key not in {*SENT_EDGES, "controls"}}
    fields |= ALWAYS_SENT.get(case.operation, {})
    bare = Case(case.operation, case.helper, case.method, case.path, fields=fields or None, files=case.files)
    assert str(request.url) == case.url(options=False)
    assert body_of(request) == expected_body(bare)


#: The live service requires it, the contract gives it as the default.
ALWAYS_SENT = {"imageToImage": {"strength": 0.5}}


@each_operation
def test_the_generated_function_through_raw_sends_the_same(wire: Wire, case: Case) -> None:
    by_helper = send(wire, case, lambda client: helper_of(client, case.helper)(*case.args, **case.kwargs))
    facts = OPERATIONS[case.operation]
    module = importlib.import_module(f"recraft_api.api.{facts['module']}")

    def call(client: Any) -> Any:
        arguments: dict[str, Any] = {"body": generated_model(case)} if facts["bodies"] else {}
        in_path = [name for name, parameter in facts["parameters"].items() if parameter["in"] == "path"]
        arguments |= dict(zip(in_path, case.args, strict=False)) | case.query
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


def test_the_table_of_cases_has_every_helper() -> None:
    assert {case.operation: f"client.{case.helper}" for case in CASES} == helpers.helpers(Path(recraft.__file__).parent)


WITH_URLS = [
    case
    for case in CASES
    if case.files and any({"image_url", "image_urls"} & set(body["properties"]) for body in _json_body(case.operation))
]


@pytest.mark.parametrize("case", WITH_URLS, ids=lambda case: case.operation)
def test_an_image_on_the_web_is_named_in_json(wire: Wire, case: Case) -> None:
    urls = {id(PNG): "https://img.test/a.png?sig=1", id(MASK): "http://img.test/mask.png"}
    args = [[urls[id(item)] for item in arg] if isinstance(arg, list) else urls.get(id(arg), arg) for arg in case.args]
    request = send(wire, case, lambda client: helper_of(client, case.helper)(*args, **case.kwargs))
    if case.operation == "createStyle":
        named: dict[str, Any] = {"image_urls": list(urls.values())}
    else:
        named = {f"{'mask' if part.name == 'mask' else 'image'}_url": urls[id(part.content)] for part in case.files}
    assert body_of(request) == {**(case.fields or {}), **named}


def test_a_file_beside_an_image_on_the_web_travels_as_a_data_url(wire: Wire) -> None:
    request = wire.request("images.inpaint", "https://img.test/a.png", MASK, "a hat")
    assert json.loads(request.content) == {
        "image_url": "https://img.test/a.png",
        "mask_url": f"data:image/png;base64,{base64.b64encode(MASK).decode()}",
        "prompt": "a hat",
    }


@pytest.mark.parametrize("name", ["generate", "generate_raster", "generate_vector"])
def test_style_references_travel_as_files_in_a_form(wire: Wire, name: str) -> None:
    request = wire.request(f"images.{name}", "a fox", style_references=[PNG, MASK], n=2, no_text=True)
    assert sorted(parts_of(request)) == sorted(
        [
            Part("prompt", b"a fox", None, "text/plain"),
            Part("n", b"2", None, "text/plain"),
            Part("controls", b'{"no_text": true}', None, "application/json"),
            Part("style_references", PNG, "style-references-0.png", "image/png"),
            Part("style_references", MASK, "style-references-1.png", "image/png"),
        ]
    )


@pytest.mark.parametrize("name", ["generate", "generate_raster", "generate_vector"])
def test_style_references_on_the_web_are_named_in_json(wire: Wire, name: str) -> None:
    urls = ["https://img.test/a.png?sig=1", "https://img.test/b.png"]
    request = wire.request(f"images.{name}", "a fox", style_references=urls)
    assert json.loads(request.content) == {"prompt": "a fox", "style_reference_urls": urls}


@pytest.mark.parametrize("count", [0, 11])
def test_a_style_takes_one_to_ten_references(wire: Wire, count: int) -> None:
    for call in (
        lambda: wire.call("images.generate", "a fox", style_references=[PNG] * count),
        lambda: wire.call("images.generate", "a fox", style_references=["https://img.test/a.png"] * count or []),
        lambda: wire.call("styles.create", "any", [PNG] * count),
    ):
        with pytest.raises(InputError, match="1 to 10"):
            call()
    assert wire.requests == []


def test_a_style_can_be_mixed_of_others_without_an_image(wire: Wire) -> None:
    style = wire.call("styles.create", images=[PNG])
    request = wire.request("styles.create", source_styles=[style, ID], palette={"colors": ["#010203"]})
    assert json.loads(request.content) == {"source_styles": [ID, ID], "palette": {"colors": [{"rgb": [1, 2, 3]}]}}
    with pytest.raises(InputError, match="images"):
        wire.call("styles.create", "any")


@pytest.mark.parametrize("style", ["realistic_image", "Photorealism", "80's", "A style of next year"])
def test_a_style_goes_out_by_whatever_name(wire: Wire, style: str) -> None:
    assert json.loads(wire.request("images.generate", "a fox", style=style).content)["style"] == style
    parts = {part.name: part.content for part in parts_of(wire.request("images.inpaint", PNG, MASK, "a", style=style))}
    assert parts["style"] == style.encode()


def test_similar_images_can_be_asked_for_by_id(wire: Wire) -> None:
    request = wire.request("images.explore_similar", source_image_id=UUID(ID), similarity=3)
    assert json.loads(request.content) == {"source_image_id": ID, "similarity": 3}


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"image": PNG, "source_image_id": ID, "similarity": 3},
        {"source_image_id": ID},
        {"image": PNG, "similarity": 3},
    ],
    ids=["nothing", "both", "id alone", "image with similarity"],
)
def test_half_of_one_way_and_half_of_the_other_is_refused(wire: Wire, arguments: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        wire.call("images.explore_similar", **arguments)
    assert wire.requests == []


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


def test_a_form_made_by_generated_code_spells_what_the_document_does_not_know_as_a_form_does(wire: Wire) -> None:
    body = models.FileOnlyRequest(image=File(io.BytesIO(PNG), "a.png", "image/png"))
    body.additional_properties = {
        "flag": True,
        "nothing": None,
        "count": 3,
        "name": "café",
        "nested": {"a": [1, True]},
        "tags": ["x", False, {"b": 1}],
        "more": File(io.BytesIO(MASK), "m.png", "image/png"),
    }
    module = importlib.import_module("recraft_api.api.images.remove_background")

    def call(client: Any) -> Any:
        return (module.sync if wire.kind == "sync" else module.asyncio)(client=client.raw, body=body)

    case = next(case for case in CASES if case.operation == "removeBackground")
    assert parts_of(send(wire, case, call)) == [
        Part("image", PNG, "a.png", "image/png"),
        Part("flag", b"true", None, "text/plain"),
        Part("nothing", b"null", None, "text/plain"),
        Part("count", b"3", None, "text/plain"),
        Part("name", "café".encode(), None, "text/plain"),
        Part("nested", b'{"a": [1, true]}', None, "application/json"),
        Part("tags", b"x", None, "text/plain"),
        Part("tags", b"false", None, "text/plain"),
        Part("tags", b'{"b": 1}', None, "application/json"),
        Part("more", MASK, "m.png", "image/png"),
    ]
