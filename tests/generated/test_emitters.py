"""The option types and the table of operations, emitted from schemas of every odd kind."""

from __future__ import annotations

import typing
from typing import Any

import pytest

import options
import schemas
import table


def document(properties: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """A specification of one operation whose request has these properties."""
    schema = rest.pop(
        "schema", {"type": "object", "properties": properties or {}, "required": rest.pop("required", [])}
    )
    operation = {
        "operationId": "makeThing",
        "tags": ["things"],
        "parameters": rest.pop("parameters", []),
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}}},
    }
    return {
        "servers": [{"url": "https://api.test/v1"}],
        "paths": {"/things": {"post": operation, **rest.pop("path", {})}},
        "components": {"schemas": {"Answer": {"type": "object"}, **rest.pop("components", {})}},
    }


def annotations(specification: dict[str, Any]) -> dict[str, str]:
    """Keyword and annotation, as the emitted table tells them, but for the one that each operation has."""
    entry = emitted(table.emit_operations(specification))["OPERATIONS"]["makeThing"]
    found = {name: entry[0] for name, entry in entry["keywords"].items()}
    assert found.pop("extra") == "Mapping[str, Any]"
    return found


def emitted(source: str) -> dict[str, Any]:
    """The names an emitted module defines."""
    source = source.replace("from .inputs import", "from recraft_api.inputs import")
    namespace: dict[str, Any] = {"__name__": "emitted"}
    exec(compile(source, "emitted.py", "exec"), namespace)
    return namespace


TREE = {
    "type": "object",
    "description": "A tree.",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
    },
}


@pytest.mark.parametrize(
    ("schema", "annotation"),
    [
        ({"type": "string"}, "str"),
        ({"type": "string", "nullable": True}, "str | None"),
        ({"type": ["string", "null"]}, "str | None"),
        ({"type": ["string", "integer"]}, "str | int"),
        ({"type": ["null"]}, "None"),
        ({"type": "integer"}, "int"),
        ({"type": "number"}, "float"),
        ({"type": "boolean"}, "bool"),
        ({"type": "string", "enum": ["a", "b", "b"]}, "Literal['a', 'b'] | str"),
        ({"type": "string", "enum": ["a", None], "nullable": True}, "Literal['a'] | str | None"),
        ({"enum": ["a"]}, "Literal['a'] | str"),
        ({"type": "integer", "enum": [1, 2]}, "Literal[1, 2] | int"),
        ({"type": "string", "format": "uuid"}, "str | UUID"),
        ({"type": "string", "format": "date-time"}, "str | datetime"),
        ({"type": "string", "format": "binary"}, "ImageInput"),
        ({"type": "string", "format": "brand-new"}, "str"),
        ({"type": "array", "items": {"type": "integer"}}, "Sequence[int]"),
        ({"type": "array"}, "Sequence[Any]"),
        ({"type": "array", "items": {"type": "object", "properties": {"x": {"type": "string"}}}}, "Sequence[MakeThingFieldItemDict]"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "number"}}}, "Sequence[Sequence[float]]"),
        ({"type": "object"}, "Mapping[str, Any]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "Mapping[str, Any]"),
        ({"type": "object", "title": "Frame", "properties": {"x": {}}}, "FrameDict"),
        ({"properties": {"x": {"type": "string"}}}, "MakeThingFieldDict"),
        ({"$ref": "#/components/schemas/Tree"}, "TreeDict"),
        ({"allOf": [{"$ref": "#/components/schemas/Tree"}], "nullable": True}, "MakeThingFieldDict | None"),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "string"}]}, "str | int"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "str | None"),
        ({"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Tree"}]}, "str | TreeDict"),
        ({}, "Any"),
        ({"type": "hologram"}, "Any"),
        ({"not": {"type": "string"}}, "Any"),
    ],
    ids=str,
)  # fmt: skip
def test_a_schema_becomes_a_type(schema: dict[str, Any], annotation: str) -> None:
    specification = document({"field": schema}, components={"Tree": TREE})
    found = annotations(specification)["field"]
    assert found.replace("MakeThingFieldItem0Dict", "MakeThingFieldItemDict") == annotation
    names = emitted(options.emit_options(specification))
    assert set(typing.get_type_hints(names["MakeThingOptions"], names)) == {"field", "extra"}


def test_a_recursive_schema_refers_to_itself() -> None:
    names = emitted(
        options.emit_options(document({"field": {"$ref": "#/components/schemas/Tree"}}, components={"Tree": TREE}))
    )
    hints = typing.get_type_hints(names["TreeDict"], names)
    assert hints["children"] == typing.get_type_hints(names["TreeDict"], names)["children"]
    assert names["TreeDict"].__required_keys__ in (frozenset({"name"}), frozenset())
    assert names["TreeDict"].__doc__ == "A tree."


def test_a_recursive_schema_is_left_open_in_the_table() -> None:
    specification = document({"field": {"$ref": "#/components/schemas/Tree"}}, components={"Tree": TREE})
    entry = emitted(table.emit_operations(specification))["OPERATIONS"]["makeThing"]
    schema = entry["bodies"]["application/json"]["properties"]["field"]
    assert schema["properties"]["children"] == {"type": "array", "items": {}}


@pytest.mark.parametrize("key", ["class", "from", "not-a-name", "1st", "with space", "None"])
def test_a_property_that_is_no_python_name_is_kept(key: str) -> None:
    schema = {"type": "object", "title": "Odd", "required": [key], "properties": {key: {"type": "string"}, "other": {}}}
    names = emitted(options.emit_options(document({"field": schema})))
    assert set(names["OddDict"].__annotations__) == {key, "other"}


@pytest.mark.parametrize(
    "text", ['say """hello"""', "back\\slash", 'ends in a "quote"', "line\nbreak", "\\N{BULLET}", "tab\there"]
)
def test_any_description_can_be_written_down(text: str) -> None:
    specification = document(
        {
            "field": {
                "type": "object",
                "title": "Told",
                "description": text,
                "properties": {"x": {"type": "string", "description": text}},
            }
        }
    )
    names = emitted(options.emit_options(specification))
    assert names["ToldDict"].__doc__
    assert emitted(table.emit_operations(specification))["OPERATIONS"]


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 6}, "From 1 to 6."),
        ({"type": "integer", "minimum": 1}, "At least 1."),
        ({"type": "string", "maxLength": 9, "description": "A name"}, "A name. At most 9 characters."),
        ({"type": "array", "minItems": 1, "maxItems": 5, "description": "Files!"}, "Files! From 1 to 5 items."),
        ({"type": "string"}, ""),
    ],
)
def test_the_bounds_are_told_in_words(schema: dict[str, Any], words: str) -> None:
    entry = emitted(table.emit_operations(document({"field": schema})))["OPERATIONS"]["makeThing"]
    assert entry["keywords"]["field"][1] == words


def test_what_a_helper_takes_as_an_argument_is_no_option_and_what_is_required_says_so() -> None:
    named = {"x-argument": "other"}
    properties = {"prompt": named, "image": named, "kept": {"type": "string"}, "must": {"type": "integer"}}
    specification = document(properties, required=["must", "prompt"])
    entry = emitted(table.emit_operations(specification))["OPERATIONS"]["makeThing"]
    assert {name: required for name, (_, _, required) in entry["keywords"].items()} == {
        "kept": False,
        "must": True,
        "extra": False,
    }
    names = emitted(options.emit_options(specification))
    assert "Required[int]" in str(names["MakeThingOptions"].__annotations__["must"])


def test_the_members_of_a_spread_object_are_options_too_and_a_property_of_their_name_comes_first() -> None:
    controls = {
        "type": "object",
        "x-spread": True,
        "properties": {"glow": {"type": "boolean"}, "style": {"type": "integer"}},
    }
    found = annotations(document({"controls": controls, "style": {"type": "string"}}))
    assert found == {"controls": "MakeThingControlsDict", "glow": "bool", "style": "str"}


def test_query_parameters_are_options_under_a_python_name() -> None:
    parameters = [
        {"name": "page-size", "in": "query", "schema": {"type": "integer"}},
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "must", "in": "query", "required": True, "schema": {"type": "string"}},
    ]
    assert annotations(document(parameters=parameters)) == {"page_size": "int", "must": "str"}
    entry = emitted(table.emit_operations(document(parameters=parameters)))["OPERATIONS"]["makeThing"]["parameters"]
    assert (entry["page_size"]["name"], entry["page_size"]["in"], entry["id"]["required"]) == (
        "page-size",
        "query",
        True,
    )


def test_the_parameters_of_a_path_belong_to_each_of_its_operations() -> None:
    shared = {"parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}]}
    assert annotations(document(path=shared)) == {"page": "int"}


def test_all_of_is_one_schema() -> None:
    schema = {
        "allOf": [
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
            {"allOf": [{"properties": {"b": {"type": "integer"}}, "required": ["b"]}]},
            {"$ref": "#/components/schemas/Tree"},
        ]
    }
    flat = schemas.flatten(document(components={"Tree": TREE}), schema)
    assert set(flat["properties"]) == {"a", "b", "name", "children"}
    assert flat["required"] == ["a", "b", "name"]


def test_references_that_go_in_a_circle_end() -> None:
    specification = document(
        components={"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}
    )
    for read in (schemas.resolve, schemas.flatten):
        assert isinstance(read(specification, {"$ref": "#/components/schemas/A"}), dict)
    looped = document(components={"C": {"allOf": [{"$ref": "#/components/schemas/C"}, {"type": "object"}]}})
    assert schemas.flatten(looped, {"$ref": "#/components/schemas/C"}) == {"type": "object"}


def test_a_reference_may_hold_escaped_characters() -> None:
    specification = {"components": {"a/b~c": {"type": "string"}}}
    assert schemas.resolve(specification, {"$ref": "#/components/a~1b~0c"}) == {"type": "string"}


def test_an_operation_without_body_and_answer_is_in_the_table() -> None:
    specification = {"paths": {"/x": {"delete": {"operationId": "dropIt", "responses": {"204": {}}}}}}
    facts = emitted(table.emit_operations(specification))["OPERATIONS"]["dropIt"]
    assert (facts["method"], facts["bodies"], facts["answer"], facts["module"]) == (
        "DELETE",
        {},
        None,
        "default.drop_it",
    )
