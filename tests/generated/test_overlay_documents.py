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
    return specification, list(map(str, stale))


def at(node: Any, *steps: Any) -> Any:
    for step in steps:
        node = node[step]
    return node


PARAMETERS = "$.paths['/one'].get.parameters"


@pytest.mark.parametrize(
    ("action", "place", "expected"),
    [
        ({"target": "$.info", "update": {"title": "New"}, "x-was": {"title": "Old"}}, ["info"], {"title": "New", "version": "1"}),
        ({"target": "$.info", "update": {"x": {"y": 1}}}, ["info", "x"], {"y": 1}),
        ({"target": "$", "update": {"servers": [{"url": "u"}]}}, ["servers"], [{"url": "u"}]),
        ({"target": "$", "update": {"info": {"title": "New"}}, "x-was": {"info": {"title": "Old"}}}, ["info"], {"title": "New", "version": "1"}),
        ({"target": "$.tags", "update": "c"}, ["tags"], ["a", "b", "c"]),
        ({"target": "$.tags", "update": ["c", "d"]}, ["tags"], ["a", "b", "c", "d"]),
        ({"target": "$", "update": {"tags": ["c"]}}, ["tags"], ["a", "b", "c"]),
        ({"target": "$.tags[0]", "update": "z", "x-was": "a"}, ["tags"], ["z", "b"]),
        ({"target": "$.info.title", "update": "New", "x-was": "Old"}, ["info", "title"], "New"),
        ({"target": "$.flag", "update": False, "x-was": True}, ["flag"], False),
        ({"target": "$.flag", "update": 1, "x-was": True}, ["flag"], 1),
        ({"target": "$.nothing", "update": 7, "x-was": None}, ["nothing"], 7),
        ({"target": "$.count", "update": None, "x-was": 1}, ["count"], None),
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
        ({"target": "$.info", "update": {"summary": "New"}, "description": "why", "x-source": "A"}, ["info", "summary"], "New"),
        ({"target": "$.info", "update": {"summary": "New"}, "remove": False}, ["info", "summary"], "New"),
        ({"target": "$.paths[*].get", "update": {"description": "New"}}, ["paths", "/one", "get", "description"], "New"),
        ({"target": "$.info.version", "x-was": "1", "remove": True}, ["info"], {"title": "Old"}),
    ],
    ids=lambda value: str(value)[:70],
)  # fmt: skip
def test_an_overlay_action_changes_its_target_as_it_says(
    action: dict[str, Any], place: list[Any], expected: Any
) -> None:
    changed, stale = apply(action)
    assert stale == []
    assert at(changed, *place) == expected
    assert type(at(changed, *place)) is type(expected)


def test_an_action_leaves_everything_else_alone() -> None:
    changed, _ = apply({"target": "$.info", "update": {"title": "New"}, "x-was": {"title": "Old"}})
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
        ({"target": "$.paths[*].get", "update": {"deprecated": True, "x": 1}}, None),
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
        ({"target": "$[", "remove": True}, "'$[' is not a valid JSONPath"),
        ({"target": "$.info", "update": "x"}, "the target is a mapping, the update a scalar"),
        ({"target": "$.info.title", "update": {"x": 1}}, "the target is a scalar, the update a mapping"),
        ({"target": "$.info", "update": {"title": {"x": 1}}}, ".title is a scalar in the specification, a mapping"),
        ({"target": "$", "update": {"tags": {"x": 1}}}, ".tags is a list in the specification, a mapping"),
        ({"target": "$", "update": {"info": ["x"]}}, ".info is a mapping in the specification, a list"),
        ({"target": "$.info", "copy": "$.gone"}, "nothing to copy at $.gone"),
        ({"target": "$", "remove": True}, "whole document"),
        ({"target": "$.info", "copy": "$["}, "'$[' is not a valid JSONPath"),
    ],
    ids=lambda value: str(value)[:70],
)
def test_an_action_that_makes_no_sense_is_an_error_that_names_it(action: dict[str, Any], words: str) -> None:
    with pytest.raises(overlays.OverlayError) as caught:
        apply(action)
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.yaml: actions[0]")


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({"update": {"version": "2"}}, "overwrites version, which is '1'. If that is meant, say in `x-was`"),
        ({"update": {"version": "2"}, "x-was": {"version": "0"}}, "version, which is '1', and expects to find '0'"),
        ({"update": {"version": "2"}, "x-was": {"version": 1}}, "which is '1', and expects to find 1"),
        ({"update": {"version": "2"}, "x-was": {"version": "1", "title": "Old"}}, "expects to overwrite title"),
        ({"update": {"version": "1"}, "x-was": {"version": "0"}}, "expects to overwrite version, which is not there"),
        ({"remove": True, "x-was": {"title": "Odd"}}, "removes {'title': 'Old', 'version': '1'}, and expects to find"),
    ],
)
def test_an_action_that_would_hide_another_change_of_the_vendor_is_stale(action: dict[str, Any], words: str) -> None:
    changed, (sentence,) = apply({"target": "$.info", **action})
    assert words in sentence
    assert changed == SPECIFICATION, "nothing is hidden on the way"


@pytest.mark.parametrize("first", [True, 1])
def test_what_an_action_expects_tells_true_from_one(first: object) -> None:
    _, stale = apply({"target": "$.flag", "update": False, "x-was": first})
    assert bool(stale) == (first is not True)


HEAD = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not an OpenAPI Overlay"),
        ("[]", "not an OpenAPI Overlay"),
        ("just a text", "not an OpenAPI Overlay"),
        ("overlay: 2.0.0\nactions: [{target: $.a}]", "not an OpenAPI Overlay 1.0 or 1.1"),
        ("overlay: 2\nactions: [{target: $.a}]", "not an OpenAPI Overlay 1.0 or 1.1"),
        ("overlay: '1.1'\nactions: [{target: $.a}]", "not an OpenAPI Overlay 1.0 or 1.1"),
        ("overlay: 1.1.0-rc1\nactions: [{target: $.a}]", "not an OpenAPI Overlay 1.0 or 1.1"),
        ("overlay: 1.0.0\nactions: [{target: $.a}]", "`info` is None"),
        ("overlay: 1.0.0\ninfo: a title\nactions: [{target: $.a}]", "`info` is 'a title'"),
        ("overlay: 1.0.0\ninfo: {version: '1'}\nactions: [{target: $.a}]", "`info` has no `title`"),
        ("overlay: 1.0.0\ninfo: {title: t}\nactions: [{target: $.a}]", "`info` has no `version`"),
        ("overlay: 1.0.0\ninfo: {title: 7, version: '1'}", "`info`: `title` is 7; expected a text"),
        ("overlay: 1.0.0\ninfo: {title: t, version: 1.0}", "`info`: `version` is 1.0; expected a text"),
        ("overlay: 1.0.0\ninfo: {title: t, version: '1', description: d}", "unknown members ['description']"),
        ("overlay: 1.1.0\ninfo: {title: t, version: '1', description: [d]}", "`description` is ['d']; expected a text"),
        (f"{HEAD}extends: [a.yaml]\nactions: [{{target: $.a}}]", "`extends` is ['a.yaml']; expected a text"),
        (f"{HEAD}actors: []\nactions: [{{target: $.a}}]", "unknown members ['actors']"),
        (HEAD, "`actions` must be a list"),
        (f"{HEAD}actions: []", "at least one action"),
        (f"{HEAD}actions: {{target: $.a}}", "`actions` is {'target': '$.a'}; expected a list"),
        (f"{HEAD}actions: [{{remove: true}}]", "actions[0] has no `target`"),
        (f"{HEAD}actions: [x]", "actions[0] is 'x'; expected a mapping"),
        (f"{HEAD}actions: [{{target: $.a, delete: true}}]", "unknown members ['delete']"),
        (f"{HEAD}actions: [{{target: 7, remove: true}}]", "`target` is 7; expected a text"),
        (f"{HEAD}actions: [{{target: paths.a, remove: true}}]", "`target` is 'paths.a', no JSONPath"),
        (f"{HEAD}actions: [{{target: $.a, copy: b}}]", "`copy` is 'b', no JSONPath"),
        (f"{HEAD}actions: [{{target: $.a, copy: 3}}]", "`copy` is 3; expected a text"),
        (f"{HEAD}actions: [{{target: $.a, remove: 'yes'}}]", "`remove` is 'yes'; expected true or false"),
        (f"{HEAD}actions: [{{target: $.a, remove: 1}}]", "`remove` is 1; expected true or false"),
        (f"{HEAD}actions: [{{target: $.a, description: {{}}}}]", "`description` is {}; expected a text"),
        (f"{HEAD}actions: [{{target: $.a, x-optional: 'no'}}]", "`x-optional` is 'no'; expected true or false"),
        (f"{HEAD}actions: [{{target: $.a, x-path: [/a]}}]", "`x-path` is ['/a']; expected a text"),
        (f"{HEAD.replace('1.1', '1.0')}actions: [{{target: $.a, copy: $.b}}]", "write `overlay: 1.1.0`"),
        (f"{HEAD}actions: [{{target: $.a, update: 1}}, {{update: 1, target: $.a}}]", "actions[1] says the same"),
        ("overlay: [", "not readable as YAML"),
        ("overlay: 1.0.0\noverlay: 1.0.0", "not readable as YAML"),
    ],
)
def test_a_document_that_is_no_overlay_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(overlays.OverlayError) as caught:
        overlays.load(tmp_path / "x.yaml")
    assert words in str(caught.value)
    assert str(caught.value).startswith("x.yaml: ")


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD.replace('1.1', '1.0')}actions: [{{target: $.a, remove: true, x-note: y}}]",
        f"{HEAD}x-more: {{}}\nextends: ../a.yaml\nactions: [{{target: $.a, copy: $.b, remove: false}}]",
        "overlay: 1.1.2\ninfo: {title: t, version: v, description: d, x-more: 1}\nactions: [{target: $}]",
        f"{HEAD}actions: [{{target: $.a, update: 1}}, {{target: $.a, update: true}}, {{target: $.a, update: null}}]",
        f"{HEAD}actions: [{{target: '$.a[?@.b]', update: [], remove: true}}]",
    ],
)
def test_whatever_the_format_allows_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    assert overlays.load(tmp_path / "x.yaml")["actions"][0]["target"].startswith("$")


def test_applying_a_document_changes_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(
        f"{HEAD}actions: [{{target: $, update: {{info: {{x: {{y: [1]}}}}, tags: [{{z: 1}}]}}}}, {{target: $.info.x, "
        "update: {y: [2], w: 3}}, {target: '$.tags[?@.z]', update: {y: 4}}, {target: $.info.x.y, update: 5}]"
    )
    specification = copy.deepcopy(SPECIFICATION)
    assert overlays.apply(specification, overlays.load(tmp_path / "x.yaml"), "x.yaml") == [], "a first time"
    again = copy.deepcopy(SPECIFICATION)
    assert overlays.apply(again, overlays.load(tmp_path / "x.yaml"), "x.yaml") == [], "and once more"
    assert again == specification
    assert again["tags"][2] == {"z": 1, "y": 4}
    assert again["info"]["x"] == {"y": [1, 2, 5], "w": 3}
