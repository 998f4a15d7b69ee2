"""OpenAPI Overlay documents: what an action does, and when it is stale."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

import overlays

SPECIFICATION: dict[str, Any] = {
    "info": {"title": "Old", "version": "1"},
    "tags": ["a", "b"],
    "flag": True,
    "count": 1,
    "nothing": None,
    "paths": {
        "/one": {"get": {"operationId": "one", "tags": ["x"], "parameters": [{"name": "p"}, {"name": "q"}]}},
        "/two": {"get": {"operationId": "two"}, "post": {"operationId": "three", "deprecated": True}},
    },
}


def apply(*actions: dict[str, Any], to: dict[str, Any] | None = None) -> tuple[dict[str, Any], list[str]]:
    specification = copy.deepcopy(SPECIFICATION if to is None else to)
    stale = overlays.apply(specification, {"overlay": "1.0.0", "actions": list(actions)}, "x.yaml")
    return specification, stale


def at(node: Any, *steps: Any) -> Any:
    for step in steps:
        node = node[step]
    return node


PARAMETERS = "$.paths['/one'].get.parameters"


@pytest.mark.parametrize(
    ("action", "place", "expected"),
    [
        ({"target": "$.info", "update": {"title": "New"}}, ["info"], {"title": "New", "version": "1"}),
        ({"target": "$.info", "update": {"x": {"y": 1}}}, ["info", "x"], {"y": 1}),
        ({"target": "$", "update": {"servers": [{"url": "u"}]}}, ["servers"], [{"url": "u"}]),
        ({"target": "$", "update": {"info": {"title": "New"}}}, ["info"], {"title": "New", "version": "1"}),
        ({"target": "$.tags", "update": "c"}, ["tags"], ["a", "b", "c"]),
        ({"target": "$.tags", "update": ["c", "d"]}, ["tags"], ["a", "b", "c", "d"]),
        ({"target": "$", "update": {"tags": ["c"]}}, ["tags"], ["a", "b", "c"]),
        ({"target": "$.tags[0]", "update": "z"}, ["tags"], ["z", "b"]),
        ({"target": "$.info.title", "update": "New"}, ["info", "title"], "New"),
        ({"target": "$.flag", "update": False}, ["flag"], False),
        ({"target": "$.flag", "update": 1}, ["flag"], 1),
        ({"target": "$.nothing", "update": 7}, ["nothing"], 7),
        ({"target": "$.count", "update": None}, ["count"], None),
        ({"target": "$.info.title", "remove": True}, ["info"], {"version": "1"}),
        ({"target": "$.tags[*]", "remove": True}, ["tags"], []),
        ({"target": "$.tags[0,1]", "remove": True}, ["tags"], []),
        ({"target": "$.tags[?@ == 'a']", "remove": True}, ["tags"], ["b"]),
        ({"target": f"{PARAMETERS}[?@.name == 'p']", "remove": True}, ["paths", "/one", "get", "parameters"], [{"name": "q"}]),
        (
            {"target": f"{PARAMETERS}[?@.name == 'p']", "update": {"in": "query"}},
            ["paths", "/one", "get", "parameters", 0],
            {"name": "p", "in": "query"},
        ),
        ({"target": PARAMETERS, "update": {"name": "r"}}, ["paths", "/one", "get", "parameters", 2], {"name": "r"}),
        ({"target": "$.paths[*][?!@.tags]", "update": {"tags": ["new"]}}, ["paths", "/two", "post", "tags"], ["new"]),
        ({"target": "$..deprecated", "remove": True}, ["paths", "/two", "post"], {"operationId": "three"}),
        ({"target": "$.paths['/two'].get", "copy": f"{PARAMETERS}[0]"}, ["paths", "/two", "get"], {"operationId": "two", "name": "p"}),
        ({"target": "$.info", "update": {"title": "New"}, "description": "why", "x-source": "A"}, ["info", "title"], "New"),
        ({"target": "$.info", "update": {"title": "New"}, "remove": False}, ["info", "title"], "New"),
    ],
    ids=lambda value: str(value)[:70],
)  # fmt: skip
def test_an_overlay_action_changes_its_target_as_it_says(action: dict[str, Any], place: list[Any], expected: Any) -> None:
    changed, stale = apply(action)
    assert stale == []
    assert at(changed, *place) == expected
    assert type(at(changed, *place)) is type(expected)


def test_an_action_leaves_everything_else_alone() -> None:
    changed, _ = apply({"target": "$.info", "update": {"title": "New"}})
    changed["info"]["title"] = "Old"
    assert changed == SPECIFICATION


def test_an_overlay_action_works_on_what_the_one_before_it_left() -> None:
    changed, stale = apply(
        {"target": "$", "update": {"new": {"list": []}}},
        {"target": "$.new.list", "update": 1},
        {"target": "$.new.list", "update": 2},
        {"target": "$.info", "remove": True},
    )
    assert stale == []
    assert changed["new"] == {"list": [1, 2]}
    assert "info" not in changed


def test_what_an_overlay_adds_is_a_copy() -> None:
    update = {"shared": {"x": [1]}}
    changed, _ = apply({"target": "$.paths[*]", "update": update}, {"target": "$.paths['/one'].shared.x", "update": 2})
    assert changed["paths"]["/one"]["shared"] == {"x": [1, 2]}
    assert changed["paths"]["/two"]["shared"] == {"x": [1]}
    assert update == {"shared": {"x": [1]}}


def test_an_action_that_fills_gives_each_target_what_it_lacks_and_keeps_what_it_has() -> None:
    changed, stale = apply(
        {"target": "$.paths['/two'][*]", "x-fills": True, "update": {"operationId": "new", "deprecated": False}},
        {"target": "$.paths['/two'].get", "x-fills": True, "copy": "$.paths['/one'].get"},
    )
    assert stale == []
    assert changed["paths"]["/two"]["post"] == {"operationId": "three", "deprecated": True}
    assert changed["paths"]["/two"]["get"] == {
        **SPECIFICATION["paths"]["/one"]["get"],
        "operationId": "two",
        "deprecated": False,
    }


def test_an_action_that_finds_nothing_to_fill_is_stale() -> None:
    _, stale = apply({"target": "$.info", "x-fills": True, "update": {"title": "New"}})
    assert len(stale) == 1
    assert "changes nothing" in stale[0]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.paths['/gone']", "update": {"x": 1}}, "matches nothing any more"),
        ({"target": "$.paths['/gone']", "remove": True}, "matches nothing any more"),
        ({"target": "$.paths[*][?@.operationId == 'gone']", "remove": True}, "matches nothing any more"),
        ({"target": "$.info", "update": {"title": "Old"}}, "changes nothing"),
        ({"target": "$.info", "update": {}}, "changes nothing"),
        ({"target": "$.tags", "update": []}, "changes nothing"),
        ({"target": "$.tags", "update": ["a"]}, "changes nothing"),
        ({"target": "$.tags", "update": ["a", "c"]}, "adds what is already there: ['a']"),
        ({"target": "$.info", "update": {"title": "Old", "x": 1}}, "adds what is already there: title"),
        ({"target": "$", "update": {"info": {"version": "1"}, "x": 1}}, "adds what is already there: info.version"),
        ({"target": "$.count", "update": 1}, "changes nothing"),
        ({"target": "$.paths[*].get", "update": {"operationId": "one", "x": 1}}, None),
        ({"target": "$.info", "copy": "$.info"}, "changes nothing"),
    ],
    ids=lambda value: str(value)[:70],
)
def test_an_action_that_no_longer_does_anything_is_stale(action: dict[str, Any], words: str | None) -> None:
    _, stale = apply({"target": "$", "update": {"first": 1}}, action)
    if words is None:
        assert stale == []
    else:
        (sentence,) = stale
        assert sentence.startswith(f"x.yaml: actions[1] on {action['target']} ")
        assert words in sentence


def test_every_stale_overlay_action_is_told() -> None:
    _, stale = apply({"target": "$.a", "remove": True}, {"target": "$.b", "remove": True})
    assert len(stale) == 2


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"target": "$.info"}, "needs one of `update`, `copy` or `remove: true`"),
        ({"target": "$.info", "remove": False}, "needs one of"),
        ({"target": "$[", "remove": True}, "not a valid JSONPath"),
        ({"target": "$.info", "update": "x"}, "the target is a mapping, the update a scalar"),
        ({"target": "$.info.title", "update": {"x": 1}}, "the target is a scalar, the update a mapping"),
        ({"target": "$.info", "update": {"title": {"x": 1}}}, ".title is a scalar in the specification, a mapping"),
        ({"target": "$", "update": {"tags": {"x": 1}}}, ".tags is a list in the specification, a mapping"),
        ({"target": "$", "update": {"info": ["x"]}}, ".info is a mapping in the specification, a list"),
        ({"target": "$.info", "copy": "$.gone"}, "nothing to copy at $.gone"),
        ({"target": "$", "remove": True}, "whole document"),
        ({"target": 7, "remove": True}, "not a valid JSONPath"),
        ({"target": "$.info", "copy": "$["}, "not a valid JSONPath"),
    ],
    ids=lambda value: str(value)[:70],
)
def test_an_action_that_makes_no_sense_is_an_error_that_names_it(action: dict[str, Any], words: str) -> None:
    with pytest.raises(overlays.OverlayError) as caught:
        apply(action)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.yaml: actions[0]")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not an OpenAPI Overlay"),
        ("[]", "not an OpenAPI Overlay"),
        ("overlay: 2.0.0\nactions: [{target: $.a}]", "not an OpenAPI Overlay 1.0 or 1.1"),
        ("overlay: 1.0.0", "`actions` must be a list"),
        ("overlay: 1.0.0\nactions: []", "at least one action"),
        ("overlay: 1.0.0\nactions: {target: $.a}", "`actions` must be a list"),
        ("overlay: 1.0.0\nactions: [{remove: true}]", "actions[0] has no `target`"),
        ("overlay: 1.0.0\nactions: [x]", "actions[0] has no `target`"),
        ("overlay: 1.0.0\nactions: [{target: $.a, delete: true}]", "unknown keys ['delete']"),
        ("overlay: [", "not readable as YAML"),
        ("overlay: 1.0.0\noverlay: 1.0.0", "not readable as YAML"),
    ],
)
def test_a_document_that_is_no_overlay_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(overlays.OverlayError) as caught:
        overlays.load(tmp_path / "x.yaml")
    assert words in str(caught.value)
    assert "x.yaml" in str(caught.value)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_both_versions_of_the_format_are_read(tmp_path: Path, version: str) -> None:
    (tmp_path / "x.yaml").write_text(f"overlay: {version}\nactions: [{{target: $.a, remove: true, x-note: y}}]")
    assert overlays.load(tmp_path / "x.yaml")["actions"] == [{"target": "$.a", "remove": True, "x-note": "y"}]
