"""What the live service adds to the spec: the sandbox follows a document that has it, without a change of its own."""

from __future__ import annotations

import base64
import copy
import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from PIL import Image
from sandbox_support import LARGE, MASK, PHOTO, Clock, client_for, message, send, subject

from recraft.sandbox import Sandbox
from recraft.sandbox.sandbox import shipped_spec

SHIPPED = shipped_spec()
pytestmark = pytest.mark.skipif("/models" not in SHIPPED["paths"], reason="the shipped spec has no live additions")


def answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}}


def live_spec() -> dict[str, Any]:
    """The shipped spec, and an operation that nobody has heard of yet."""
    spec = copy.deepcopy(SHIPPED)
    made_up = {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "enum": ["still", "moving"]},
            "count": {"type": "integer", "minimum": 3},
            "credits": {"type": "integer"},
            "parts": {
                "type": "array",
                "items": {"type": "object", "properties": {"at": {"type": "string", "format": "date-time"}}},
            },
        },
    }
    spec["paths"]["/videos/{video}/frames"] = {
        "post": {
            "operationId": "makeFrames",
            "parameters": [
                {"name": "video", "in": "path", "required": True, "schema": {"type": "integer"}},
                {"name": "rate", "in": "query", "required": True, "schema": {"type": "integer", "maximum": 60}},
            ],
            "responses": answer(made_up),
        }
    }
    return spec


def image_operation(properties: dict[str, Any], image: dict[str, Any]) -> dict[str, Any]:
    """An operation that takes these fields as a form or as JSON and answers images."""
    content = {"schema": {"type": "object", "properties": properties}}
    shape = {"type": "object", "properties": {"created": {}, "credits": {}, **image}}
    bodies = {"multipart/form-data": content, "application/json": content}
    return {"post": {"operationId": "laterTool", "requestBody": {"content": bodies}, "responses": answer(shape)}}


@pytest.fixture
def live(clock: Clock) -> Iterator[httpx.Client]:
    sandbox = Sandbox(spec=live_spec(), answers="live", strict=False, limits=False, clock=clock, balance=100_000)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        yield client


def opened(client: httpx.Client, image: dict[str, str]) -> Image.Image:
    return Image.open(io.BytesIO(client.get(image["url"]).content))


@pytest.mark.parametrize(
    "operation", ["vectorizeImage", "removeBackground", "crispUpscale", "creativeUpscale", "eraseRegion"]
)
def test_single_image_operations_answer_one_object(live: httpx.Client, operation: str) -> None:
    body = send(live, operation).json()
    assert set(body) == {"created", "credits", "image"}
    assert set(body["image"]) == {"image_id", "url"}


def test_operations_with_several_images_still_answer_a_list(live: httpx.Client) -> None:
    assert len(send(live, "inpaintImage", n="2").json()["data"]) == 2


def test_the_enhanced_prompt_comes_under_its_other_name(live: httpx.Client) -> None:
    assert set(send(live, "enhancePrompt").json()) == {"enhanced_prompt", "credits"}


def test_an_image_may_come_as_a_data_url(live: httpx.Client) -> None:
    url = f"data:image/png;base64,{base64.b64encode(PHOTO[1]).decode()}"
    body = live.post("/images/crispUpscale", json={"image_url": url}).json()
    assert opened(live, body["image"]).size == (192, 128)


def test_an_image_may_come_as_the_url_of_an_image_made_here(live: httpx.Client) -> None:
    made = send(live, "createImage", size="40x30").json()["data"][0]["url"]
    body = live.post("/images/crispUpscale", json={"image_url": made}).json()
    assert opened(live, body["image"]).size == (80, 60)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/cat.png",
        "data:image/png;base64,###",
        "data:nothing",
        "file:///etc/passwd",
        "https://sandbox.invalid/images/00000000-0000-4000-8000-000000000000.png?Expires=1&Signature=0",
    ],
)
def test_any_other_url_is_turned_down_by_the_name_of_its_field(live: httpx.Client, url: str) -> None:
    assert message(live.post("/images/vectorize", json={"image_url": url})).startswith("image_url: ")


def test_a_json_body_without_any_image_is_turned_down_even_if_the_spec_allows_it(clock: Clock) -> None:
    spec = live_spec()
    spec["components"]["schemas"]["VectorizeByUrlRequest"]["required"] = []
    sandbox = Sandbox(spec=spec, clock=clock)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        assert message(client.post("/images/vectorize", json={})) == "image: required field is missing"


def test_masks_and_style_images_come_as_urls_too(live: httpx.Client) -> None:
    image = f"data:image/png;base64,{base64.b64encode(PHOTO[1]).decode()}"
    mask = f"data:image/png;base64,{base64.b64encode(MASK[1]).decode()}"
    edited = live.post("/images/inpaint", json={"image_url": image, "mask_url": mask, "prompt": "x"})
    assert opened(live, edited.json()["data"][0]).size == (96, 64)
    style = live.post("/styles", json={"image_urls": [image, image], "style": "icon"})
    assert style.json()["style"] == "icon"


def test_erasing_needs_no_prompt(live: httpx.Client) -> None:
    assert live.post("/images/eraseRegion", files={"image": PHOTO, "mask": MASK}).status_code == 200


def test_expand_and_outpaint_do_the_same(live: httpx.Client) -> None:
    for word in ("expand", "outpaint"):
        data = {"prompt": "x", f"{word}_left": "10", f"{word}_top": "4"}
        body = live.post("/images/outpaint", files={"image": PHOTO}, data=data).json()
        grown = opened(live, body["data"][0])
        assert grown.size == (106, 68)
        assert grown.crop((10, 4, 106, 68)).tobytes() == subject().tobytes()


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"size": "200x100"}, (200, 100)),
        ({"size": "1:1"}, (96, 96)),
        ({"zoom_out_percentage": "50"}, (144, 96)),
        ({"expand_left": "4", "zoom_out_percentage": "100"}, (200, 128)),
    ],
)
def test_outpaint_takes_a_size_or_a_zoom(live: httpx.Client, fields: dict[str, str], size: tuple[int, int]) -> None:
    body = live.post("/images/outpaint", files={"image": PHOTO}, data={"prompt": "x", **fields}).json()
    assert opened(live, body["data"][0]).size == size


def test_variations_take_size_and_number(live: httpx.Client) -> None:
    body = live.post("/images/variateImage", files={"image": PHOTO}, data={"size": "50x80", "n": "3"}).json()
    variations = [opened(live, image) for image in body["data"]]
    assert [image.size for image in variations] == [(50, 80)] * 3
    assert len({image.tobytes() for image in variations}) == 3


def test_a_random_seed_decides_the_picture(live: httpx.Client) -> None:
    def drawn(seed: int) -> bytes:
        body = send(live, "createImage", size="32x32", random_seed=seed).json()
        return live.get(body["data"][0]["url"]).content

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_similar_pictures_start_from_one_made_here_and_similarity_counts(live: httpx.Client) -> None:
    from sandbox_support import file
    from test_sandbox_edits import mean_difference

    made = send(live, "createImage", size="64x64")
    source, before = made.json()["data"][0]["image_id"], Image.open(io.BytesIO(file(live, made)))

    def distance(similarity: int) -> float:
        fields = {"source_image_id": source, "similarity": similarity}
        body = live.post("/images/explore/similar", json=fields).json()
        mirrored = opened(live, body["data"][0]).transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        return mean_difference(mirrored, before)

    assert distance(100) != distance(0)
    unknown = {"source_image_id": "00000000-0000-4000-8000-000000000000", "similarity": 5}
    assert "source_image_id" in message(live.post("/images/explore/similar", json=unknown))


def test_styles_can_be_listed_read_and_deleted(live: httpx.Client) -> None:
    made = send(live, "createStyle").json()
    assert made.keys() >= {"id", "credits", "style", "substyle", "creation_time", "is_private"}
    assert [style["id"] for style in live.get("/styles").json()["styles"]] == [made["id"]]
    assert live.get(f"/styles/{made['id']}").json()["id"] == made["id"]
    assert live.delete(f"/styles/{made['id']}").status_code in {200, 204}
    assert live.get("/styles").json()["styles"] == []
    assert message(live.get(f"/styles/{made['id']}"), 404)
    assert message(live.get("/styles/nonsense")).startswith("style_id: ")


def test_models_and_basic_styles_are_listed(live: httpx.Client) -> None:
    assert "vector_illustration" in [style["style"] for style in live.get("/styles/basic").json()["styles"]]
    assert "recraftv3" in [model["id"] for model in live.get("/models").json()["data"]]


def test_lists_follow_another_shape_when_the_spec_gives_one(clock: Clock) -> None:
    spec = live_spec()
    spec["paths"]["/styles/basic"]["get"]["responses"] = answer({"type": "array", "items": {"type": "string"}})
    sandbox = Sandbox(spec=spec, clock=clock)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        assert "vector_illustration" in client.get("/styles/basic").json()


def test_a_plain_path_wins_over_one_with_a_parameter(live: httpx.Client) -> None:
    assert message(live.delete("/styles/basic"), 405)


def test_colours_are_mapped_to_the_heaviest_ones(live: httpx.Client) -> None:
    weights = {"#ff0000": 5, "#ee1111": 1, "#0000ff": 4, "#1111ee": 1}
    colors = [{"hex": color, "weight": weight} for color, weight in weights.items()]
    body = live.post("/colors/optimize", json={"colors": colors, "num_colors_limit": 2}).json()
    assert {each["from"]: each["to"] for each in body["mapping"]} == {
        "#ff0000": "#ff0000",
        "#ee1111": "#ff0000",
        "#0000ff": "#0000ff",
        "#1111ee": "#0000ff",
    }
    wrong = live.post("/colors/optimize", json={"colors": [{"hex": "nothing"}], "num_colors_limit": 2})
    assert message(wrong).startswith("colors: ")


def test_an_operation_nobody_has_heard_of_answers_as_its_schema_says(live: httpx.Client) -> None:
    body = live.post("/videos/7/frames?rate=5").json()
    assert body["kind"] == "still"
    assert body["count"] >= 3
    assert body["credits"] == 10
    assert body["parts"][0]["at"].startswith("2027-")


IMAGE: dict[str, Any] = {"properties": {"image_id": {"type": "string"}, "url": {"type": "string"}}}


def test_a_documented_tool_works_as_soon_as_the_spec_has_it(clock: Clock) -> None:
    spec = live_spec()
    file_field = {"file": {"type": "string", "format": "binary"}}
    spec["paths"]["/images/refineDetails"] = image_operation(file_field, {"image": IMAGE})
    sandbox = Sandbox(spec=spec, answers="live", clock=clock)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        body = client.post("/images/refineDetails", files={"file": LARGE}).json()
        assert body["credits"] == 210
        assert opened(client, body["image"]).size == (2560, 1664)
        assert message(client.post("/images/refineDetails", files={"file": PHOTO})).startswith("file: 96x64")


@pytest.mark.parametrize("several", [True, False])
def test_an_image_tool_nobody_has_heard_of_answers_its_image_or_draws_its_prompt(clock: Clock, several: bool) -> None:
    spec = live_spec()
    fields = {"image": {"type": "string", "format": "binary"}, "prompt": {"type": "string"}}
    shape = {"data": {"type": "array", "items": IMAGE}} if several else {"image": IMAGE}
    spec["paths"]["/images/later"] = image_operation(fields, shape)
    sandbox = Sandbox(spec=spec, answers="live", clock=clock)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        edited = client.post("/images/later", files={"image": LARGE}).json()
        drawn = client.post("/images/later", json={"prompt": "a fox"}).json()
        again, fox = ((body["data"][0] if several else body["image"]) for body in (edited, drawn))
        assert opened(client, again).convert("RGB").tobytes() == Image.open(io.BytesIO(LARGE[1])).tobytes()
        assert opened(client, fox).size in {
            (1024, 1024),
            (1216, 896),
            (896, 1216),
            (1280, 832),
            (832, 1280),
            (1344, 768),
        }
        assert edited["credits"] == 35


@pytest.mark.parametrize(
    ("target", "named"),
    [("/videos/x/frames?rate=5", "video"), ("/videos/7/frames", "rate"), ("/videos/7/frames?rate=99", "rate")],
)
def test_parameters_of_path_and_query_are_checked(live: httpx.Client, target: str, named: str) -> None:
    assert message(live.post(target)).startswith(f"{named}: ")


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, "sandbox"),
        ({"type": "string", "minLength": 9}, "sandboxxx"),
        ({"type": "string", "maxLength": 3}, "san"),
        ({"type": ["null", "string"]}, None),
        ({"type": "integer", "maximum": -5}, -5),
        ({"type": "number", "exclusiveMinimum": 4}, 5),
        ({"type": "boolean"}, True),
        ({"enum": ["a", "b"]}, "a"),
        ({"example": {"x": 1}}, {"x": 1}),
        ({"oneOf": [{"type": "integer"}, {}]}, 1),
        ({"items": {"type": "integer"}, "minItems": 2}, [1, 1]),
        ({"properties": {"known": {"type": "string"}}}, {"known": 7}),
        ({}, None),
    ],
)
def test_an_answer_can_be_made_from_any_schema(schema: dict[str, Any], value: Any) -> None:
    from recraft.sandbox.synthesis import synthesize

    assert synthesize(schema, {"known": 7}) == value


def test_merged_schemas_keep_the_tighter_bound() -> None:
    from recraft.sandbox.schema import flatten

    parts = [
        {"minimum": 1, "maximum": 9, "enum": [1, 2, 3], "required": ["a"], "properties": {"x": {"type": "string"}}},
        {"minimum": 3, "maximum": 20, "enum": [2, 3], "required": ["b"], "properties": {"x": {"maxLength": 2}}},
    ]
    assert flatten({}, {"allOf": parts}) == {
        "minimum": 3,
        "maximum": 9,
        "enum": [2, 3],
        "required": ["a", "b"],
        "properties": {"x": {"type": "string", "maxLength": 2}},
    }
    assert flatten({}, {"minimum": 1, "exclusiveMinimum": True}) == {"exclusiveMinimum": 1}
    assert flatten({}, {"enum": ["a"], "nullable": True}) == {"enum": ["a", None]}
    assert flatten({}, {"properties": {"x": False}}) == {"properties": {"x": {"not": {}}}}
    with pytest.raises(KeyError):
        flatten({}, {"$ref": "elsewhere.yaml#/x"})


def test_schemas_that_contain_themselves_and_nullable_fields_are_understood() -> None:
    from recraft.sandbox.schema import flatten

    tree = {"type": "object", "properties": {"next": {"$ref": "#/tree"}, "name": {"type": "string", "nullable": True}}}
    flat = flatten({"tree": tree}, {"$ref": "#/tree"})
    assert flat["properties"]["next"] == {}
    assert flat["properties"]["name"]["type"] == ["string", "null"]
