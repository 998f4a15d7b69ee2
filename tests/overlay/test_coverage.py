"""Everything the effective specification lets a caller send can be sent through the overlay package, and its absence is
noticed.
"""

from __future__ import annotations

import copy
import json
from importlib import resources
from typing import Any

import pytest

import reach
from recraft._core.binding import operation
from recraft._core.call import Call
from recraft.api.images import Images


def specification() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(resources.files("recraft_api").joinpath("openapi.json").read_text("utf-8"))
    return document


def only(*paths: str) -> dict[str, Any]:
    """The specification with the operations of these paths alone: looking at all of them takes a while."""
    document = specification()
    document["paths"] = {path: document["paths"][path] for path in paths}
    return document


@pytest.mark.checkout
def test_every_operation_has_a_helper() -> None:
    assert reach.missing_helpers(specification()) == []


def test_every_helper_has_an_operation() -> None:
    assert reach.stale_helpers(specification()) == []


def test_every_request_property_can_be_sent_through_a_helper() -> None:
    assert reach.unreachable(specification()) == []


def test_an_operation_without_a_helper_is_named() -> None:
    document = specification()
    document["paths"]["/images/animate"] = {"post": {"operationId": "animateImage", "responses": {}}}
    assert "animateImage" in reach.missing_helpers(document)


def test_a_helper_without_an_operation_is_named() -> None:
    document = specification()
    del document["paths"]["/images/crispUpscale"]
    assert reach.stale_helpers(document) == ["client.images.crisp_upscale (crispUpscale)"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {},
        {"type": "hologram"},
        {"type": ["integer", "null"]},
        {"not": {"type": "string"}},
        {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Color"}]},
        {"type": "array"},
        {"type": "object", "additionalProperties": {"type": "integer"}},
        {"$ref": "#/components/schemas/Tree"},
    ],
    ids=json.dumps,
)
def test_a_property_that_no_helper_knows_is_named_whatever_its_kind(schema: dict[str, Any]) -> None:
    document = only("/images/vectorize", "/images/generations")
    document["components"]["schemas"]["Tree"] = {
        "type": "object",
        "properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    document["components"]["schemas"]["VectorizeRequest"] = {"type": "object", "properties": {"brand_new": schema}}
    document["components"]["schemas"]["BrandControls"]["properties"]["brand_new"] = schema
    found = reach.unreachable(document)
    assert "vectorizeImage: brand_new (multipart/form-data)" in found
    assert "createImage: controls.brand_new (application/json)" in found
    assert not any("brand_new" not in name for name in found)


@pytest.mark.parametrize("place", ["query", "header", "cookie"])
def test_a_parameter_that_no_helper_knows_is_named(place: str) -> None:
    document = only("/models", "/users/me")
    document["paths"]["/models"]["get"]["parameters"] = [{"name": "page", "in": place, "schema": {"type": "integer"}}]
    assert reach.unreachable(document) == [f"listModels: page ({place} parameter)"]


def test_what_only_a_media_type_has_that_no_helper_sends_is_named() -> None:
    document = only("/prompts/enhance")
    content = document["paths"]["/prompts/enhance"]["post"]["requestBody"]["content"]
    form = {"schema": copy.deepcopy(document["components"]["schemas"]["EnhancePromptRequest"])}
    content["application/x-www-form-urlencoded"] = form
    assert reach.unreachable(document) == [], "what JSON holds as well is sent as JSON"
    form["schema"]["properties"]["brand_new"] = {"type": "string"}
    assert reach.unreachable(document) == ["enhancePrompt: brand_new (application/x-www-form-urlencoded)"]


@pytest.mark.parametrize("name", ["n", "random_seed", "mask_url", "style_id"])
def test_a_helper_that_forgets_a_property_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    build = Images.__dict__["inpaint"].operation.build

    def forgetful(*args: Any, **kwargs: Any) -> Call[Any]:
        call: Call[Any] = build(*args, **{key: value for key, value in kwargs.items() if key != name})
        if name == "mask_url" and "mask_url" in dir(call.arguments["body"]):
            raise ValueError("takes no URLs")
        return call

    forgetful.__signature__ = __import__("inspect").signature(build)  # type: ignore[attr-defined]

    class Broken:
        inpaint: operation[Any, Any] = operation(forgetful)

    monkeypatch.setattr(Images, "inpaint", vars(Broken)["inpaint"])
    assert f"inpaintImage: {name} (application/json)" in reach.unreachable(only("/images/inpaint"))


@pytest.mark.checkout
def test_the_command_gives_data_and_says_nothing_when_all_is_well(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = reach.unreachable(specification())
    monkeypatch.setattr(reach, "unreachable", lambda openapi: found)  # looked at once, for both ways to say it
    assert reach.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"missing": [], "stale": [], "unreachable": []}
    assert reach.main([]) == 0
    assert capsys.readouterr().out == ""


def test_the_command_fails_naming_what_is_out_of_reach(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "unreachable", lambda openapi: ["createImage: glow (application/json)"])
    monkeypatch.setattr(reach, "missing_helpers", lambda openapi: [])
    assert reach.main([]) == 1
    assert capsys.readouterr().out == "unreachable: createImage: glow (application/json)\n"
