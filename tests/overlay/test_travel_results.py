"""Results as plain data, as JSON, in pydantic models, made by hand, and with what is known of their call."""

from __future__ import annotations

import base64
import copy
import json
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import httpx
import pydantic
import pytest
from hypothesis import given, settings

from recraft import (
    AsyncRecraft,
    Image,
    ImageResult,
    InputError,
    Listing,
    Model,
    OptimizedColors,
    Recraft,
    Style,
    TimedOut,
    UnexpectedResponse,
    User,
)
from recraft.results import BasicStyle, EnhancedPrompt
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import make_result, no_waits
from recraft_api import models

from .support import BASE, ID, PNG, TOKEN, Wire, answer
from .test_results import ANSWER, IMAGE, JSON, SETS, modelled, read


def replying(answer: Any) -> Wire:
    wire = Wire("sync")
    wire.reply = lambda request: httpx.Response(200, json=answer)
    return wire


MADE_BY_HAND: dict[str, Any] = {
    "result": lambda: ImageResult([Image(url="https://img.test/a"), Image(data=PNG)], 40, datetime.now(UTC)),
    "nothing": ImageResult,
    "test result": lambda: make_result([PNG, "https://img.test/b", Image(b64_json="QUJD")], created=None),
    "image": Image,
    "prompt": lambda: EnhancedPrompt("a fox"),
    "style": lambda: Style(UUID(ID), is_private=True),
    "basic style": lambda: BasicStyle("icon", model_id="recraftv4", id=UUID(ID)),
    "model": lambda: Model("recraftv4"),
    "palette": lambda: OptimizedColors({"#112233": "#ff8800"}, 1),
    "user": lambda: User("u1", credits=10.5),
    "listing": lambda: Listing([Model("a"), Style(UUID(ID))]),
}
READ: dict[str, Any] = {
    "images": lambda: read({**ANSWER, "new": {"a": [1, None]}}),
    "one image": lambda: read({"created": 1, "image": {**IMAGE, "new": 7}}, "images.vectorize", PNG),
    "an item that is no image": lambda: read({"data": [{"new": 1}, IMAGE, {"b64_json": "QUJD"}]}),
    "prompt": lambda: read({"enhanced_prompt": "richer", "credits": 2}, "prompts.enhance"),
    "style": lambda: read({"id": ID, "creation_time": "2026-01-01T00:00:00Z"}, "styles.get", ID),
    "styles": lambda: read({"styles": [{"id": ID, "style": "icon", "new": 1}]}, "styles.list"),
    "basic styles": lambda: read({"styles": [{"style": "icon", "model": "m"}]}, "styles.list_basic"),
    "models": lambda: read({"data": [{"id": "m", "new": [1]}]}, "models.list"),
    "palette": lambda: read({"mapping": [{"from": "#112233", "to": "#000000"}]}, "colors.optimize", ["#112233"], 1),
    "user": lambda: replying({"id": 7, "credits": 5}).call("users.me"),
}


def about(value: Any) -> Any:
    """All of a value that equality leaves out."""
    raws = [item.raw.to_dict() for item in value] if isinstance(value, Listing) else value.raw.to_dict()
    return raws, [getattr(value, name, None) for name in ("request_id", "attempts", "seconds", "headers")]


@pytest.mark.parametrize("make", [*MADE_BY_HAND.values(), *READ.values()], ids=[*MADE_BY_HAND, *READ])
def test_a_result_is_the_same_after_a_round_through_json(make: Any) -> None:
    original = make()
    twin = type(original).from_dict(json.loads(json.dumps(original.to_dict())))
    assert (type(twin), twin, about(twin)) == (type(original), original, about(original))
    assert twin.to_dict() == original.to_dict() == json.loads(original.to_json())


@pytest.mark.parametrize("make", [*MADE_BY_HAND.values(), *READ.values()], ids=[*MADE_BY_HAND, *READ])
def test_a_result_may_be_a_key_whatever_the_generated_model_in_it_is(make: Any) -> None:
    value = make()
    assert {value: 1}[type(value).from_dict(value.to_dict())] == 1


@settings(derandomize=True, deadline=None, max_examples=300)
@given(SETS | JSON)
def test_whatever_an_answer_holds_is_kept_in_plain_data(answer: Any) -> None:
    try:
        original = modelled(answer)
    except UnexpectedResponse:
        return
    twin = ImageResult.from_dict(json.loads(original.to_json()))
    assert json.dumps(twin.to_dict(), sort_keys=True) == json.dumps(original.to_dict(), sort_keys=True)
    assert json.dumps(twin.raw.to_dict(), sort_keys=True) == json.dumps(original.raw.to_dict(), sort_keys=True)
    assert (twin.images, twin.created) == (original.images, original.created) or "NaN" in original.to_json()


def test_an_image_stands_in_plain_data_once() -> None:
    encoded = base64.b64encode(PNG).decode()
    original = read({"data": [{"b64_json": encoded}, IMAGE]})
    text = original.to_json()
    assert (text.count(encoded), text.count(str(IMAGE["url"]))) == (1, 1)
    twin = ImageResult.from_dict(json.loads(text))
    assert twin.raw.data[0] is twin[0].raw, "and in memory once, too"


def test_the_keys_of_a_result_are_those_that_are_documented() -> None:
    told = read(ANSWER).to_dict()
    call = {"request_id", "attempts", "seconds", "headers"}
    assert set(told) == {"type", "images", "credits", "created", "style_id", "raw", *call}
    image = {"type", "url", "b64_json", "image_id", "revised_prompt", "expires_at", "data", "origin", "raw"}
    assert set(told["images"][0]) == image
    assert set(told["raw"]) == {"model", "same", "rest"}
    for kind in (EnhancedPrompt, Style, BasicStyle, Model, OptimizedColors, User):
        value = next(make() for make in MADE_BY_HAND.values() if type(make()) is kind)
        assert next(iter(value.to_dict())) == "type"
        assert set(value.to_dict()) == {"type", *(field.name for field in attrs.fields(kind))}


def test_a_dict_of_another_version_gives_its_fields_all_the_same() -> None:
    told = read(ANSWER).to_dict()
    told["raw"]["model"] = "RenamedSince"
    told["new"] = 1
    assert ImageResult.from_dict(told).images == read(ANSWER).images
    assert ImageResult.from_dict({"type": "ImageResult", "credits": 3}).credits == 3


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"type": "Image"},
        {"type": "ImageResult", "images": 7},
        {"type": "ImageResult", "images": [{"type": "Style"}]},
        {"type": "ImageResult", "created": "yesterday"},
        {"type": "ImageResult", "raw": {"model": "ImageSet"}},
        {"type": "ImageResult", "raw": {"model": "ImageSet", "same": [], "rest": {"data": [7]}}},
        {"type": "ImageResult", "headers": 7},
    ],
)
def test_what_is_no_result_is_refused(data: Any) -> None:
    with pytest.raises(InputError, match=r"from_dict takes|there is no"):
        ImageResult.from_dict(data)
    with pytest.raises(InputError, match="Listing"):
        Listing.from_dict(data)


# pydantic


class Order(pydantic.BaseModel):
    """What somebody would write in a web service."""

    name: str
    result: ImageResult
    others: list[ImageResult | None] = []


def test_a_pydantic_model_holds_a_result_and_gives_it_back() -> None:
    result = read(ANSWER)
    order = Order(name="a", result=result, others=[None, make_result()])
    assert order.result is result
    assert order.model_dump()["result"] == result.to_dict()
    for twin in (
        Order.model_validate_json(order.model_dump_json()),
        Order.model_validate(order.model_dump()),
        order.model_copy(deep=True),
    ):
        assert twin == order
        assert about(twin.result) == about(result)
    assert Order.model_json_schema()["properties"]["result"]["type"] == "object"
    assert Order.model_json_schema(mode="serialization")["properties"]["result"]["type"] == "object"


@pytest.mark.parametrize("make", MADE_BY_HAND.values(), ids=MADE_BY_HAND)
def test_each_result_can_be_what_a_web_service_returns(make: Any) -> None:
    value = make()
    adapter = pydantic.TypeAdapter(type(value))
    assert adapter.validate_json(adapter.dump_json(value)) == value
    assert adapter.json_schema(mode="serialization")["type"] == "object"


def test_pydantic_says_what_is_wrong_with_what_is_no_result() -> None:
    with pytest.raises(pydantic.ValidationError, match="takes a dict of type 'ImageResult'"):
        Order.model_validate({"name": "a", "result": {"type": "Image"}})
    adapter = pydantic.TypeAdapter(TimedOut)
    error = TimedOut("slow", maybe_charged=True)
    assert adapter.validate_json(adapter.dump_json(error)).maybe_charged is True


# By hand


def test_a_result_made_by_hand_has_what_an_answer_would_have_said() -> None:
    made = ImageResult([Image(url="https://img.test/a", image_id=UUID(ID))], 40, datetime.fromtimestamp(5, UTC))
    assert isinstance(made.images, tuple)
    assert made.raw.to_dict() == {
        "created": 5,
        "credits": 40,
        "data": [{"image_id": ID, "url": "https://img.test/a"}],
    }
    assert (made.request_id, made.attempts, made.seconds, dict(made.headers)) == (None, None, None, {})
    assert ImageResult.from_raw(made.raw).images[0].url == "https://img.test/a"
    with pytest.raises(InputError, match="images holds 'a'; expected Images"):
        ImageResult(["a"])  # type: ignore[list-item]


def test_what_a_generated_function_returned_becomes_the_result_that_the_helper_would_give(wire: Wire) -> None:
    from recraft_api.api.images import create_image

    body = models.GenerationRequest(prompt="a fox")
    function = create_image.sync if wire.kind == "sync" else create_image.asyncio
    found = wire.run(lambda client: function(client=client.raw, body=body))
    assert ImageResult.from_raw(found) == wire.call("images.generate", "a fox")


@pytest.mark.parametrize("given", [None, {}, "x", object(), make_result()])
def test_only_a_generated_model_is_taken_for_one(given: Any) -> None:
    with pytest.raises(InputError, match="from_raw takes what a generated function returned, not a"):
        ImageResult.from_raw(given)


def test_a_response_with_details_is_no_model_and_the_error_says_what_to_pass(wire: Wire) -> None:
    from recraft_api.api.images import create_image

    body = models.GenerationRequest(prompt="a fox")
    function = create_image.sync_detailed if wire.kind == "sync" else create_image.asyncio_detailed
    found = wire.run(lambda client: function(client=client.raw, body=body))
    with pytest.raises(InputError, match="pass its `parsed`"):
        ImageResult.from_raw(found)
    with pytest.raises(UnexpectedResponse, match="no images"):
        ImageResult.from_raw(models.ImageSet())


def test_results_made_without_a_call_are_saved_like_any_other(wire: Wire, tmp_path: Path) -> None:
    paths = wire.run(lambda client: client.save(make_result(2), tmp_path / "made"))
    assert [path.read_bytes() for path in paths] == [image.data for image in make_result(2)]
    assert len({path.read_bytes() for path in paths}) == 2
    raw = models.ImageSet.from_dict({"data": [{"b64_json": base64.b64encode(PNG).decode()}]})
    paths = wire.run(lambda client: client.save(ImageResult.from_raw(raw), tmp_path / "raw"))
    assert [path.read_bytes() for path in paths] == [PNG]
    assert make_result(2) == make_result(2)
    assert make_result(credits=None, seconds=9.0).seconds == 9.0


# What is known of the call


def told(wire: Wire) -> None:
    """Let the service answer with headers, cookies among them."""
    headers = [("X-Request-Id", "r-7"), ("Set-Cookie", "a=1"), ("X-New", "1"), ("X-New", "2"), ("set-cookie", "b=2")]
    wire.reply = lambda request: httpx.Response(200, json=answer(request.url.path), headers=headers)


CALLS = [
    ("images.generate", "a"),
    ("prompts.enhance", "a"),
    ("styles.get", ID),
    ("styles.list",),
    ("styles.list_basic",),
    ("models.list",),
    ("colors.optimize", ["#fff"], 1),
    ("users.me",),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call[0])
def test_every_result_says_which_call_it_came_from(wire: Wire, call: Any) -> None:
    told(wire)
    found = wire.call(*call)
    assert (found.request_id, found.attempts) == ("r-7", 1)
    assert found.seconds > 0
    assert found.headers["X-NEW"] == "1, 2"
    assert "set-cookie" not in found.headers
    assert "a=1" not in found.to_json()
    for twin in (copy.deepcopy(found), *(pickle.loads(pickle.dumps(found, protocol)) for protocol in range(6))):
        assert (type(twin), twin, about(twin)) == (type(found), found, about(found))
        assert "set-cookie" not in twin.headers
    for name in ("request_id", "attempts", "seconds", "headers"):
        with pytest.raises(AttributeError):
            setattr(found, name, None)
        with pytest.raises(AttributeError):
            delattr(found, name)
    with pytest.raises(TypeError):
        found.headers["x-new"] = "3"


def test_the_call_a_result_came_from_counts_neither_for_equality_nor_for_the_hash(wire: Wire) -> None:
    plain = wire.call("images.generate", "a")
    told(wire)
    other = wire.call("images.generate", "a")
    assert other.request_id != plain.request_id
    assert other == plain
    assert hash(other) == hash(plain)
    assert repr(other) == repr(plain)


def test_attempts_and_seconds_count_what_went_before_the_answer() -> None:
    faults = FaultPlan([Fault("status", status=503, times=2)])
    with Sandbox(limits=False, faults=faults) as sandbox, no_waits():
        with Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            found = client.images.generate("a fox")
    assert found.attempts == 3
    assert found.seconds is not None
    assert found.seconds > 0
    assert found.headers["content-type"].startswith("application/json")


def test_headers_show_no_values() -> None:
    wire = Wire("sync")
    told(wire)
    headers = wire.call("images.generate", "a").headers
    assert "r-7" not in repr(headers)
    assert "x-request-id" in repr(headers)
    assert set(headers) == {"x-request-id", "x-new", "content-length", "content-type"}


@pytest.mark.anyio
async def test_an_empty_listing_knows_its_call_too() -> None:
    def empty(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"styles": []}, headers={"x-request-id": "r-8"})

    async with AsyncRecraft(TOKEN, base_url=BASE, limiter=None, transport=httpx.MockTransport(empty)) as client:
        found = await client.styles.list()
    assert (found, found.request_id) == ((), "r-8")
