"""Overlay documents give things our names: ids, components, paths."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import overlays
import renaming

PET: dict[str, Any] = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Pet"}}}
SPECIFICATION: dict[str, Any] = {
    "openapi": "3.0.3",
    "servers": [{"url": "https://api.example.com/", "description": "Production"}],
    "paths": {
        "/v1/pets": {
            "get": {"responses": {"200": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
            "post": {"operationId": "NewPet", "schema": {"type": "object", "properties": {"name": {"type": "string"}}}},
        },
        "/v1/pets/{id}": {"servers": [{"url": "https://eu.example.com"}], "get": {"operationId": "onePet"}},
        "/v1beta/pets": {"get": {"servers": [{"url": "https://beta.example.com"}]}},
        "/ping": {"get": {"operationId": "ping"}},
    },
    "components": {"schemas": {"Pet": PET, "Dog": {"type": "object", "title": "A dog"}, "Cat": {"type": "string"}}},
}


def apply(*actions: dict[str, Any], moved: renaming.Moved | None = None) -> tuple[dict[str, Any], list[str]]:
    specification = copy.deepcopy(SPECIFICATION)
    document = {"overlay": "1.0.0", "actions": list(actions)}
    stale = overlays.apply(specification, document, "05-names.yaml", moved=moved)
    return specification, list(map(str, stale))


def test_an_id_is_given_whatever_stood_there() -> None:
    named, stale = apply(
        {"target": "$.paths['/v1/pets'].post", "update": {"operationId": "addPet"}},
        {"target": "$.paths['/v1/pets'].get", "update": {"operationId": "listPets"}},
    )
    assert stale == []
    assert [named["paths"]["/v1/pets"][method]["operationId"] for method in ("get", "post")] == ["listPets", "addPet"]


@pytest.mark.parametrize(
    "action",
    [
        {"target": "$.paths['/gone'].get", "update": {"operationId": "gone"}},
        {"target": "$.paths['/ping'].get", "update": {"operationId": "ping"}},
        {"target": "$.paths[*][*].tags", "remove": True},
    ],
)
def test_an_optional_action_may_find_nothing_to_do(action: dict[str, Any]) -> None:
    assert apply({**action, "x-optional": True}) == (SPECIFICATION, [])
    assert len(apply(action)[1]) == 1


def test_an_optional_action_does_not_overwrite_unasked() -> None:
    _, (sentence,) = apply({"target": "$.openapi", "update": "3.1.0", "x-optional": True})
    assert "overwrites its target, which is '3.0.3'" in sentence


def test_an_action_can_be_for_some_paths_by_a_pattern_that_fits_the_whole_of_them() -> None:
    tagged, stale = apply({"target": "$.paths[*][?!@.tags]", "x-path": "/v1/pets(/.*)?", "update": {"tags": ["pets"]}})
    assert stale == []
    assert [path for path, item in tagged["paths"].items() if "tags" in item["get"]] == ["/v1/pets", "/v1/pets/{id}"]

    _, (sentence,) = apply({"target": "$.paths[*].get", "x-path": "/v1", "update": {"tags": ["pets"]}})
    assert "matches nothing" in sentence
    with pytest.raises(overlays.OverlayError, match=r"05-names.yaml: actions\[0\].*`x-path` is '\(', no regular"):
        apply({"target": "$.paths[*].get", "x-path": "(", "update": {"tags": ["pets"]}})


def test_a_titled_schema_is_the_component_of_that_name_for_all_who_refer_to_it() -> None:
    moved = renaming.Moved()
    named, stale = apply({"target": "$.components.schemas.Pet", "update": {"title": "Animal"}}, moved=moved)
    reference = {"$ref": "#/components/schemas/Animal"}
    assert stale == []
    assert list(named["components"]["schemas"]) == ["Animal", "Dog", "Cat"]
    assert named["components"]["schemas"]["Animal"] == {"type": "object", "properties": {"next": reference}}
    assert named["paths"]["/v1/pets"]["get"]["responses"]["200"]["schema"] == reference
    assert moved.pointer("/components/schemas/Pet/properties/next") == "/components/schemas/Animal/properties/next"
    assert moved.pointer("/components/schemas/Pets") == "/components/schemas/Pets"


def test_names_can_change_places() -> None:
    named, _ = apply(
        {"target": "$.components.schemas.Pet", "update": {"title": "Cat"}},
        {"target": "$.components.schemas.Cat", "update": {"title": "Pet"}},
    )
    schemas = named["components"]["schemas"]
    assert (schemas["Pet"], schemas["Cat"]["type"]) == ({"type": "string"}, "object")
    assert schemas["Cat"]["properties"]["next"] == {"$ref": "#/components/schemas/Cat"}


def test_a_schema_is_named_by_where_it_is_used_too() -> None:
    place = "$.paths['/v1/pets'].get.responses['200'].schema"
    named, _ = apply({"target": place, "update": {"title": "Animal"}})
    assert list(named["components"]["schemas"]) == ["Animal", "Dog", "Cat"]
    assert named["paths"]["/v1/pets"]["get"]["responses"]["200"]["schema"] == {"$ref": "#/components/schemas/Animal"}


def test_an_inline_schema_that_is_named_becomes_a_component() -> None:
    moved = renaming.Moved()
    named, _ = apply({"target": "$.paths['/v1/pets'].post.schema", "update": {"title": "NewPet"}}, moved=moved)
    assert named["paths"]["/v1/pets"]["post"]["schema"] == {"$ref": "#/components/schemas/NewPet"}
    assert named["components"]["schemas"]["NewPet"] == SPECIFICATION["paths"]["/v1/pets"]["post"]["schema"]
    assert moved.pointer("/paths/~1v1~1pets/post/schema/type") == "/components/schemas/NewPet/type"


def test_a_title_that_the_publisher_gave_is_overwritten_knowingly() -> None:
    dog = {"target": "$.components.schemas.Dog", "update": {"title": "Hound"}}
    _, (sentence,) = apply(dog)
    assert "overwrites title, which is 'A dog'" in sentence

    named, stale = apply({**dog, "x-was": {"title": "A dog"}})
    assert stale == []
    assert named["components"]["schemas"]["Hound"] == {"type": "object"}


@pytest.mark.parametrize(
    ("titles", "words"),
    [
        ({"$.components.schemas.Pet": "Cat"}, "the schemas Pet and Cat would both be Cat"),
        ({"$.components.schemas['Pet', 'Cat']": "One"}, "the schemas Pet and Cat would both be One"),
        ({"$.paths['/v1/pets'].post.schema": "Pet"}, "post/schema is to be Pet, which is another one"),
        (
            {"$.components.schemas.Pet": "A", "$.paths['/v1/pets'].get.responses['200'].schema": "B"},
            "the schema Pet is given two names, A and B",
        ),
    ],
)
def test_two_schemas_of_one_name_are_an_error_that_names_both(titles: dict[str, str], words: str) -> None:
    with pytest.raises(overlays.OverlayError, match="05-names.yaml: ") as caught:
        apply(*({"target": target, "update": {"title": title}} for target, title in titles.items()))
    assert words in str(caught.value)


STRIP = {"target": "$.paths", "x-strip": "/v1"}


def test_a_prefix_of_the_paths_goes_to_the_servers_and_what_is_beside_it_stays_where_it_was() -> None:
    moved = renaming.Moved()
    stripped, stale = apply(
        STRIP, {"target": "$.paths['/v1/pets'].get", "update": {"operationId": "listPets"}}, moved=moved
    )
    paths = stripped["paths"]
    assert stale == []
    assert list(paths) == ["/pets", "/pets/{id}", "/v1beta/pets", "/ping"]
    assert paths["/pets"]["get"]["operationId"] == "listPets", "its actions speak of the paths of the publisher"
    assert stripped["servers"] == [{"url": "https://api.example.com/v1", "description": "Production"}]
    assert paths["/pets/{id}"]["servers"] == [{"url": "https://eu.example.com/v1"}]
    assert paths["/ping"]["servers"] == SPECIFICATION["servers"]
    assert paths["/v1beta/pets"]["get"]["servers"] == [{"url": "https://beta.example.com"}]
    assert moved.pointer("/paths/~1v1~1pets/get") == "/paths/~1pets/get"
    assert moved.pointer("/paths/~1v1beta~1pets") == "/paths/~1v1beta~1pets"


def test_a_prefix_that_no_path_has_is_stale() -> None:
    changed, (sentence,) = apply({"target": "$.paths", "x-strip": "/v2"})
    assert "strips /v2, and no path begins with it" in sentence
    assert changed == SPECIFICATION


@pytest.mark.parametrize("action", [{"x-strip": "v1"}, {"x-strip": "/v1/"}, {"x-strip": "/v1", "target": "$.servers"}])
def test_a_prefix_that_is_none_is_an_error(action: dict[str, Any]) -> None:
    with pytest.raises(overlays.OverlayError, match="`x-strip` is '.*v1/?'; expected a prefix such as '/v1'"):
        apply({"target": "$.paths", **action})


def test_two_paths_that_would_be_one_are_an_error() -> None:
    specification = copy.deepcopy(SPECIFICATION)
    specification["paths"]["/pets"] = {}
    with pytest.raises(overlays.OverlayError, match=r"05-names.yaml: without /v1, two paths are /pets\."):
        overlays.apply(specification, {"overlay": "1.0.0", "actions": [STRIP]}, "05-names.yaml")
