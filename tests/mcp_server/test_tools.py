"""Tools are the helpers: none is missing, and what they say of themselves is so."""

from __future__ import annotations

import inspect
import json
import random
from collections.abc import Iterable
from importlib import resources
from typing import Any

import jsonschema
import pytest
from mcp import Client
from mcp_types import Tool

from recraft import Recraft
from recraft.agents.mcp.purse import DEARER
from recraft.agents.mcp.schemas import NOT_OFFERED
from recraft.helpers.catalogue import Helper, helpers
from recraft_api.operations import CAPABILITIES

from .server_support import ERAS, World, words

pytestmark = pytest.mark.anyio

SPECIFICATION: dict[str, Any] = json.loads(resources.files("recraft_api").joinpath("openapi.json").read_text("utf-8"))
METHODS = {
    operation["operationId"]: (method, operation)
    for item in SPECIFICATION["paths"].values()
    for method, operation in item.items()
    if isinstance(operation, dict) and "operationId" in operation
}

#: What each tool is called with, and a part of what its answer says.
PHOTO, MASK = {"image": "photo.png"}, {"image": "photo.png", "mask": "mask.png"}
CALLS: dict[str, dict[str, Any]] = {
    "generate": {"prompt": "a red fox", "n": 2, "model": "recraftv4_1"},
    "generate_raster": {"prompt": "a red fox", "size": "16:9"},
    "generate_vector": {"prompt": "a red fox", "colors": ["#ff8800"]},
    "explore": {"prompt": "a red fox"},
    "explore_similar": {"source_image_id": "SOURCE", "similarity": 2},
    "image_to_image": {**PHOTO, "prompt": "at night", "strength": 0.5},
    "inpaint": {**MASK, "prompt": "a hat", "model": "recraftv3"},
    "outpaint": {**PHOTO, "prompt": "a field", "left": 64},
    "replace_background": {**PHOTO, "prompt": "a beach"},
    "generate_background": {**MASK, "prompt": "a beach"},
    "remove_background": PHOTO,
    "erase_region": MASK,
    "vectorize": PHOTO,
    "crisp_upscale": PHOTO,
    "creative_upscale": PHOTO,
    "refine_details": PHOTO,
    "variate": {**PHOTO, "size": "1:1"},
    "colors_optimize": {"colors": ["#ff8800", "#ff8801"], "num_colors_limit": 1},
    "models": {},
    "enhance": {"prompt": "a red fox"},
    "service_status": {},
    "service_ping": {},
    "styles_create": {"style": "digital_illustration", "images": ["photo.png"]},
    "styles_list": {},
    "styles_get": {"style_id": "STYLE"},
    "styles_basic": {},
    "account": {},
    "save_result": {"result": "recraft://results/1"},
    "styles_delete": {"style_id": "STYLE"},
}

#: The tools of the vendor's own server, which is archived, by what does the same here.
VENDORS = {
    "generate_image": "generate",
    "create_style": "styles_create",
    "vectorize_image": "vectorize",
    "image_to_image": "image_to_image",
    "remove_background": "remove_background",
    "replace_background": "replace_background",
    "crisp_upscale": "crisp_upscale",
    "creative_upscale": "creative_upscale",
    "get_user": "account",
}


def name_of(helper: Helper) -> str:
    return "_".join(helper.words).replace("-", "_")


def operation_of(helper: Helper) -> tuple[str, dict[str, Any]]:
    """Method and description of a helper's operation, from the source of the helper and the specification."""
    method = getattr(getattr(Recraft, helper.group), helper.method)
    source = inspect.getsource(method.operation.build)
    return METHODS[
        source.partition('call("')[2].partition('"')[0] or source.partition('call(\n            "')[2].partition('"')[0]
    ]


async def listed(world: World, **settings: Any) -> dict[str, Tool]:
    async with world.client(**settings) as client:
        return {tool.name: tool for tool in (await client.list_tools()).tools}


async def every_tool(client: Client, names: Iterable[str] = CALLS) -> dict[str, str]:
    """Call each tool once, in the order of `CALLS`; what those said that failed."""
    made: dict[str, Any] = {}
    failed = {}
    for name in names:
        arguments = CALLS[name]
        given = {
            key: made.get(str(value), value) if isinstance(value, str) else value for key, value in arguments.items()
        }
        result = await client.call_tool(name, given)  # the client checks what comes against the output schema
        if result.is_error or result.structured_content is None:
            failed[name] = words(result)
            continue
        if name == "explore":
            made["SOURCE"] = result.structured_content["images"][0]["image_id"]
        if name == "styles_create":
            made["STYLE"] = result.structured_content["id"]
    return failed


@pytest.mark.slow  # every tool once makes every kind of picture
@pytest.mark.parametrize("mode", ERAS)
async def test_every_tool_does_its_work(world: World, mode: str) -> None:
    world.sandbox.balance = 100_000
    async with world.client(mode) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == set(CALLS)
        assert await every_tool(client) == {}


async def test_every_helper_is_a_tool_but_those_that_the_service_calls_deprecated(world: World) -> None:
    current = {name_of(helper) for helper in helpers().values() if not operation_of(helper)[1].get("deprecated")}
    assert set(await listed(world)) == {*current, "save_result"} == set(CALLS)
    assert set(VENDORS.values()) <= current


@pytest.mark.parametrize("capability", CAPABILITIES)
async def test_a_capability_offers_its_operations_and_no_others(world: World, capability: str) -> None:
    wanted = {name_of(each) for each in helpers().values() if capability in operation_of(each)[1]["x-capability"]}
    found = set(await listed(world, capabilities=(capability,)))
    deprecated = {name_of(each) for each in helpers().values() if operation_of(each)[1].get("deprecated")}
    assert found - {"save_result"} == wanted - deprecated


async def test_annotations_are_those_of_the_method(world: World) -> None:
    tools = await listed(world)
    for helper in helpers().values():
        if (tool := tools.get(name_of(helper))) is None:
            continue
        method, _ = operation_of(helper)
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is (method == "get"), tool.name
        assert tool.annotations.destructive_hint is (method == "delete"), tool.name
        assert tool.annotations.idempotent_hint is (method != "post"), tool.name
        assert tool.annotations.open_world_hint is True


async def test_a_tool_takes_the_options_of_its_helper_but_what_no_model_needs(world: World) -> None:
    tools = await listed(world)
    for helper in helpers().values():
        if (tool := tools.get(name_of(helper))) is None:
            continue
        taken = set(inspect.signature(getattr(getattr(Recraft, helper.group), helper.method)).parameters) - {"self"}
        offered = set(tool.input_schema["properties"])
        assert taken - offered <= {*NOT_OFFERED, "extra", "controls"}, tool.name
        assert offered <= taken, tool.name
        assert not offered & set(NOT_OFFERED)


async def test_every_option_that_is_left_out_or_makes_a_call_dearer_is_one_of_a_helper() -> None:
    """Renamed, they would be offered, or taken at too low a price, without a word."""
    methods = [getattr(getattr(Recraft, helper.group), helper.method) for helper in helpers().values()]
    known = {name for method in methods for name in inspect.signature(method).parameters}
    assert {*NOT_OFFERED, *DEARER} <= known


async def test_schemas_are_valid_and_know_values_and_bounds(world: World) -> None:
    tools = await listed(world)
    for tool in tools.values():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.output_schema is not None
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
    options = tools["generate"].input_schema["properties"]
    assert (options["n"]["minimum"], options["n"]["maximum"], options["prompt"]["maxLength"]) == (1, 6, 10_000)
    assert {"recraftv4_1", "recraftv3_vector"} <= set(options["model"]["anyOf"][0]["enum"])
    assert tools["inpaint"].input_schema["required"] == ["image", "mask", "prompt"]
    check = jsonschema.Draft202012Validator(tools["generate"].input_schema)
    assert check.is_valid({"prompt": "a fox", "model": "recraftv9", "colors": ["#ff8800", {"rgb": [1, 2, 3]}]})
    for wrong in ({"prompt": "a", "n": 7}, {"prompt": "a", "size": 3}, {}, {"prompt": "a", "response_format": "url"}):
        assert not check.is_valid(wrong), wrong


async def test_descriptions_say_what_calls_cost_and_how_long_they_take(world: World) -> None:
    tools = await listed(world)
    assert "Costs API units" in (tools["vectorize"].description or "")
    assert "seconds" in (tools["vectorize"].description or "")
    for name in ("account", "models", "styles_list", "styles_delete", "service_ping"):
        assert "Costs nothing" in (tools[name].description or ""), name
    for tool in tools.values():
        assert "result." not in (tool.description or "")
        assert "--" not in (tool.description or "")


async def test_all_tools_together_leave_room_in_a_context(world: World) -> None:
    """About four characters are a token."""
    tools = (await listed(world)).values()
    assert sum(len(json.dumps(tool.input_schema)) + len(tool.description or "") for tool in tools) < 100_000


async def test_long_lists_of_values_are_a_resource(world: World) -> None:
    async with world.client() as client:
        found = json.loads((await client.read_resource("recraft://values/style")).contents[0].text)  # type: ignore[union-attr]
        assert {"Photorealism", "Pencil sketch"} <= set(found)
        with pytest.raises(Exception, match="known values"):
            await client.read_resource("recraft://values/nothing")


async def test_prompts_name_the_tools_of_a_capability(world: World) -> None:
    async with world.client(capabilities=("vector",)) as client:
        (prompt,) = (await client.list_prompts()).prompts
        got = await client.get_prompt(prompt.name, {"task": "Draw a logo."})
    text = got.messages[0].content.text  # type: ignore[union-attr]
    assert text.startswith("Draw a logo.")
    assert "- vectorize: " in text
    assert "- generate_vector: " in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"prompt": "a", "sise": "1:1"}, "Did you mean size?"),
        ({"n": 1}, "generate needs prompt."),
        ({"prompt": None}, "generate needs prompt."),
        ({"prompt": "a", "n": 7}, "n is 7; expected a whole number from 1 to 6."),
        ({"prompt": ["a"]}, "prompt is"),
        ({"prompt": "a", "response_format": "b64_json"}, "no parameter 'response_format'"),
        ({"prompt": "a", "extra": {"response_format": "b64_json"}}, "no parameter 'extra'"),
    ],
)
async def test_wrong_arguments_are_errors_that_say_what_to_mend_and_cost_nothing(
    world: World, arguments: dict[str, Any], said: str
) -> None:
    async with world.client() as client:
        result = await client.call_tool("generate", arguments)
    assert result.is_error
    assert said in words(result)
    assert "Nothing was charged." in words(result)
    assert world.calls("createImage") == 0


#: What models give where something else is expected.
ODD: list[Any] = [
    *(None, True, 0, -1, 7, 1.5, float("nan"), float("inf"), 10**400, "", " ", "\0", "\ud800", "x" * 20_000),
    *("photo.png", "mask.png", "recraftv4_1", "1:1", "#ff8800", "https://[", "http://", "file:///", "file:", "data:,"),
    *("recraft://results/1/1", "recraft://results/", "~", "~nobody/x", "../../etc/passwd"),
    *([], {}, [1, 2, 3], [None], ["photo.png"], [[1, 2], [3]], [[[[[]]]]], {"rgb": [1, 2, 3]}, [{"rgb": "x"}]),
    *({"a": {"b": [{}]}}, [{"text": "a", "bbox": [[0, 0], [1, 0], [1, 1], [0, 1]]}], {"__class__": 1}),
]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::recraft.RecraftWarning")
async def test_whatever_a_model_gives_a_tool_is_answered_and_is_no_mistake_of_the_server(world: World) -> None:
    rng, answered = random.Random(7), 0
    async with world.client(budget=float("inf")) as client:
        tools = (await client.list_tools()).tools
        for _ in range(400):
            tool = rng.choice(tools)
            needed = tool.input_schema.get("required", [])
            options = [name for name in tool.input_schema["properties"] if name in needed or rng.random() < 0.25]
            result = await client.call_tool(tool.name, {name: rng.choice(ODD) for name in options})
            assert "A mistake of this server" not in words(result)
            answered += not result.is_error
    assert answered  # some are right


async def test_an_unknown_tool_is_answered_with_those_there_are(world: World) -> None:
    async with world.client(capabilities=("users",)) as client:
        result = await client.call_tool("generate", {"prompt": "a"})
    assert result.is_error
    assert "There are models, service_status, service_ping, account." in words(result)
    assert world.spent == 0


@pytest.mark.filterwarnings("ignore::recraft.RecraftWarning")
async def test_what_the_documentation_says_against_a_call_is_said_to_the_model(world: World) -> None:
    async with world.client() as client:
        result = await client.call_tool("generate", {"prompt": "a", "model": "recraftv4_1", "negative_prompt": "b"})
    assert "Note: " in words(result)
    assert "negative_prompt" in words(result)
