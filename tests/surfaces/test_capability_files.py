"""Capability files: valid, complete, true of each operation, and served as their OpenAPI files say."""

from __future__ import annotations

import copy
import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate as validate_openapi
from ruamel.yaml import YAML

import agents
from agentfiles import ikanos
from recraft_api.operations import CAPABILITIES, OPERATIONS

FOLDER = resources.files("recraft").joinpath("agents", "capabilities")
SPECIFICATION: dict[str, Any] = json.loads(resources.files("recraft_api").joinpath("openapi.json").read_text("utf-8"))
NAMES = [
    "images-generation",
    "images-vector",
    "images-editing",
    "images-background",
    "images-upscale-vectorize",
    "styles",
    "users",
]


@functools.cache  # which takes long, so not before a test asks
def load(name: str) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(FOLDER.joinpath(name).read_text("utf-8"))
    return document


def exposed(name: str, kind: str) -> dict[str, Any]:
    (found,) = [each for each in load(f"{name}.yaml")["capability"]["exposes"] if each["type"] == kind]
    return dict(found)


def flows(name: str) -> dict[str, Any]:
    (aggregate,) = load(f"{name}.yaml")["capability"]["aggregates"]
    return dict(aggregate["flows"])


def consumed(name: str) -> dict[str, Any]:
    """Every consumed operation by `namespace.operation`, with its resource's path and the address before."""
    return {
        f"{each['namespace']}.{key}": {**operation, "at": each["baseUri"] + resource["path"], "by": each}
        for each in load(f"{name}.yaml")["capability"]["consumes"]
        for resource in each["resources"].values()
        for key, operation in resource["operations"].items()
    }


def test_there_is_a_file_for_each_capability() -> None:
    assert len(CAPABILITIES) == 7
    assert {path.name for path in FOLDER.iterdir()} == {*(f"{name}.yaml" for name in NAMES), "openapi"}


@pytest.mark.checkout
def test_every_operation_is_in_a_capability_file() -> None:
    found = {reference.partition(".")[2] for name in NAMES for reference in consumed(name)}
    assert {ikanos.kebab(identifier) for identifier in OPERATIONS} <= found


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_to_what_is_there_and_every_name_stands_once(name: str) -> None:
    document = load(f"{name}.yaml")["capability"]
    calls, (aggregate,) = consumed(name), document["aggregates"]
    known = {f"{aggregate['namespace']}.{flow}" for flow in aggregate["flows"]}
    assert {flow["call"] for flow in aggregate["flows"].values()} <= set(calls)
    operations = [
        operation
        for resource in exposed(name, "rest")["resources"].values()
        for operation in resource["operations"].values()
    ]
    assert {operation["ref"] for operation in operations} == known
    tools = exposed(name, "mcp")["tools"]
    assert {tool["ref"] for tool in tools.values()} == known - {f"{aggregate['namespace']}.download-image"}
    (skill,) = exposed(name, "skill")["skills"].values()
    for key, tool in skill["tools"].items():
        assert tool["from"] == {"sourceNamespace": exposed(name, "mcp")["namespace"], "action": key}
        assert key in tools
    namespaces = [
        each["namespace"] for each in (*document["consumes"], *document["exposes"], *load(f"{name}.yaml")["binds"])
    ]
    assert len(set(namespaces)) == len(namespaces)


@pytest.mark.parametrize("name", NAMES)
def test_the_token_goes_to_the_api_and_to_no_host_of_images(name: str) -> None:
    assert load(f"{name}.yaml")["binds"][0]["keys"] == {"RECRAFT_API_TOKEN": "RECRAFT_API_TOKEN"}
    for operation in consumed(name).values():
        host = operation["at"].split("/")[2]
        bearer = {"type": "bearer", "token": "{{RECRAFT_API_TOKEN}}"}
        assert operation["by"].get("authentication") == (bearer if host == "external.api.recraft.ai" else None)


@pytest.mark.parametrize("name", NAMES)
def test_adapters_listen_on_this_machine_alone(name: str) -> None:
    assert {each["address"] for each in load(f"{name}.yaml")["capability"]["exposes"]} == {"localhost"}


def test_all_capabilities_can_be_served_at_once() -> None:
    ports = [each["port"] for name in NAMES for each in load(f"{name}.yaml")["capability"]["exposes"]]
    assert len(set(ports)) == 21


@pytest.mark.parametrize("name", NAMES)
def test_semantics_and_hints_are_true_of_the_method(name: str) -> None:
    tools = exposed(name, "mcp")["tools"]
    calls = consumed(name)
    for key, flow in flows(name).items():
        method = calls[flow["call"]]["method"]
        assert flow["semantics"]["safe"] == (method == "GET")
        assert flow["semantics"]["idempotent"] == (method in ("GET", "DELETE"))
        if key in tools:
            hints = tools[key]["hints"]
            assert hints["readOnly"] == flow["semantics"]["safe"]
            assert hints["destructive"] == (method == "DELETE")
            assert hints["idempotent"] == flow["semantics"]["idempotent"]
        assert ("costs API units" in flow["description"]) == (method == "POST")


def rendered(template: str, values: dict[str, Any]) -> Any:
    """What the engine makes of a body: sections for what was given, values as they are, lists as JSON."""

    def text(name: str) -> str:
        value = values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    section = re.compile(r"\{\{#(\w+)\}\}(.*?)\{\{/\1\}\}", re.S)
    kept = section.sub(lambda found: found[2] if found[1] in values else "", template)
    return json.loads(re.sub(r"\{\{(\w+)\}\}", lambda found: text(found[1]), kept))


def test_a_body_holds_what_was_given_with_its_type_and_nothing_else() -> None:
    body = consumed("images-generation")["recraft.create-image"]["body"]
    assert rendered(body, {"prompt": "a fox"}) == {"prompt": "a fox"}
    given = {"prompt": "a fox", "n": 2, "model": "recraftv3", "controls": '{"no_text": true}', "random_seed": 0}
    assert rendered(body, given) == {**given, "controls": {"no_text": True}}
    body = consumed("images-editing")["recraft.inpaint-image"]["body"]
    given = {"image_url": "https://a.example/1", "mask_url": "https://a.example/2", "prompt": "a hat"}
    assert rendered(body, given) == given


@pytest.mark.parametrize("name", NAMES)
def test_every_body_is_json_with_all_options_and_with_none(name: str) -> None:
    example = {"string": "x", "number": 1.5, "integer": 1, "boolean": True, "array": ["x"]}
    for flow in flows(name).values():
        operation, inputs = consumed(name)[flow["call"]], flow.get("inputParameters", {})
        if "body" in operation:
            texts = {key for key, item in inputs.items() if item["description"].endswith("As JSON text.")}
            every = {key: "{}" if key in texts else example[item["type"]] for key, item in inputs.items()}
            needed = {key: value for key, value in every.items() if inputs[key]["required"]}
            in_body = {key for key in every if operation["inputParameters"][key]["in"] == "body"}
            assert set(rendered(operation["body"], every)) == in_body
            assert set(rendered(operation["body"], needed)) == in_body & needed.keys()


def test_a_form_names_its_files() -> None:
    form = consumed("images-editing")["recraft.inpaint-image-form"]["body"]
    assert form["type"] == "multipartForm"
    files = [part["name"] for part in form["data"] if "filename" in part]
    assert sorted(files) == ["image", "mask"]


def test_no_flow_lets_images_come_inside_the_answer() -> None:
    assert [name for name in NAMES if "response_format" in json.dumps(flows(name))] == []


def test_the_bytes_of_an_image_are_declared_binary_and_are_no_tool() -> None:
    for name in NAMES[:5]:
        assert consumed(name)["recraft-images.download-image"]["outputRawFormat"] == "binary"
        served = exposed(name, "rest")["resources"]["image"]["operations"]["download-image"]
        assert served["responseBinary"]["mediaType"] == "image/webp"
        assert "download-image" not in exposed(name, "mcp")["tools"]


@pytest.mark.parametrize("name", NAMES)
def test_an_openapi_file_says_what_the_rest_adapter_serves(name: str) -> None:
    document = load(f"openapi/{name}.yaml")
    validate_openapi(document)
    adapter = exposed(name, "rest")
    assert document["servers"] == [{"url": f"http://localhost:{adapter['port']}"}]
    served = {
        (resource["path"].replace("{{", "{").replace("}}", "}"), operation["method"].lower(), key): operation
        for resource in adapter["resources"].values()
        for key, operation in resource["operations"].items()
    }
    described = {
        (path, method, operation["operationId"]): operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    assert served.keys() == described.keys()
    for key, operation in served.items():
        schema = described[key].get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
        names = {item["name"] for item in described[key].get("parameters", [])} | set(schema.get("properties", {}))
        assert names == set(operation.get("inputParameters", {}))


@pytest.mark.slow
def test_a_new_operation_and_a_new_field_are_in_the_files_with_no_edit() -> None:
    specification = copy.deepcopy(SPECIFICATION)
    schema = {"type": "object", "properties": {"speed": {"type": "integer", "minimum": 1}}, "required": ["speed"]}
    specification["paths"]["/images/animate"] = {
        "post": {
            "operationId": "animateImage",
            "x-capability": ["editing"],
            "tags": ["images"],
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"200": {"description": "ok"}},
        }
    }
    document = ikanos.files(specification)["images-editing"]
    json.dumps(document)  # plain data
    flow = document["capability"]["aggregates"][0]["flows"]["animate-image"]
    assert flow["inputParameters"]["speed"] == {
        "type": "integer",
        "description": "Speed. At least 1.",
        "required": True,
    }


@pytest.mark.parametrize(("version", "code"), [("1.0.0-beta5", 0), ("2.0.0", 1)])
def test_capability_files_are_held_against_a_schema_that_is_given(
    version: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps({"properties": {"ikanos": {"const": version}}, "required": ["ikanos"]}), "utf-8")
    assert agents.main(["--schema", str(schema)]) == code
    faults = capsys.readouterr().out.splitlines()
    assert [fault.partition(":")[0] for fault in faults] == ([f"{name}.yaml" for name in sorted(NAMES)] if code else [])


@pytest.mark.checkout
@pytest.mark.slow
def test_what_agents_read_is_what_the_specification_and_the_helpers_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert agents.main(["--check"]) == 0, capsys.readouterr().out
