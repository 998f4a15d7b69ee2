"""The sandbox checks values against schemas as a JSON Schema library does, in all that OpenAPI can say."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from recraft.sandbox.findings import findings
from recraft.sandbox.schema import flatten

ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers(-3, 9) | some.sampled_from([0.5, 1.0, 2.5, "", "ab", "abc", "b"]),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.sampled_from("pqr"), inner, max_size=3),
    max_leaves=8,
)
SMALL = some.integers(0, 4)
TYPES = some.sampled_from(["string", "boolean", "number", "integer", "array", "object", "null"])
PLAIN: dict[str, some.SearchStrategy[Any]] = {
    "type": TYPES | some.lists(TYPES, min_size=1, max_size=2, unique=True),
    "enum": some.lists(ANYTHING, min_size=1, max_size=3),
    "const": ANYTHING,
    "minimum": SMALL,
    "maximum": SMALL,
    "exclusiveMinimum": SMALL,
    "exclusiveMaximum": SMALL,
    "multipleOf": some.sampled_from([1, 2, 3, 0.5]),
    "minLength": SMALL,
    "maxLength": SMALL,
    "pattern": some.sampled_from(["a", "^b", "c$"]),
    "minItems": SMALL,
    "maxItems": SMALL,
    "uniqueItems": some.booleans(),
    "minProperties": SMALL,
    "maxProperties": SMALL,
    "required": some.lists(some.sampled_from("pqr"), unique=True),
}


def larger(inner: some.SearchStrategy[Any]) -> some.SearchStrategy[dict[str, Any]]:
    several = some.lists(inner, min_size=1, max_size=3)
    nested: dict[str, some.SearchStrategy[Any]] = {
        "properties": some.dictionaries(some.sampled_from("pqr"), inner, max_size=3),
        "additionalProperties": inner | some.booleans(),
        "items": inner,
        "prefixItems": several,
        "anyOf": several,
        "oneOf": several,
        "not": inner,
    }
    return some.fixed_dictionaries({}, optional={**nested, "type": TYPES, "required": PLAIN["required"]})


def words(count: int) -> some.SearchStrategy[dict[str, Any]]:
    chosen = some.lists(some.sampled_from(sorted(PLAIN)), min_size=0, max_size=count, unique=True)
    return chosen.flatmap(lambda names: some.fixed_dictionaries({name: PLAIN[name] for name in names}))


SCHEMAS = some.recursive(words(3), larger, max_leaves=6)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(SCHEMAS, some.lists(ANYTHING, min_size=3, max_size=3))
def test_a_value_is_taken_when_a_json_schema_library_takes_it(schema: dict[str, Any], values: list[Any]) -> None:
    judge = jsonschema.Draft202012Validator(schema)
    for value in values:
        found = list(findings(flatten({}, schema), value))
        assert (not found) == judge.is_valid(value), [each.message for each in found]


LIKE = [None, False, True, 0, 1, 1.0, 1.5, "", "1", [], [1, 1.0], [1, True], [[1], [True]], {}, {"p": 1}, {"p": True}]


@pytest.mark.parametrize(
    "schema",
    [
        *({"const": value} for value in LIKE),
        *({"type": name} for name in ("string", "boolean", "number", "integer", "array", "object", "null")),
        {"uniqueItems": True},
        {"minimum": 1},
        {"multipleOf": 1},
        {"minLength": 1},
        {"required": ["p"]},
    ],
    ids=str,
)
def test_values_that_look_alike_are_told_apart_as_json_does(schema: dict[str, Any]) -> None:
    judge = jsonschema.Draft202012Validator(schema)
    taken = [not list(findings(flatten({}, schema), value)) for value in LIKE]
    assert taken == [judge.is_valid(value) for value in LIKE]


@pytest.mark.parametrize(
    ("schema", "value", "path", "message"),
    [
        ({"type": "integer"}, "2", (), '"2" is not of type "integer"'),
        ({"enum": ["url", "b64_json"]}, "gif", (), '"gif" is not one of "url", "b64_json"'),
        ({"maximum": 6}, 7, (), "7 is greater than the maximum of 6"),
        (
            {"properties": {"a": {"items": {"minimum": 0}}}},
            {"a": [1, -1]},
            ("a", 1),
            "-1 is less than the minimum of 0",
        ),
        ({"required": ["prompt"]}, {}, ("prompt",), "required field is missing"),
        ({"maxLength": 2}, "abc", (), '"abc" is too long: it has 3, at most 2 are taken'),
        ({"minItems": 1}, [], (), "[] is too short: it has 0, at least 1 are taken"),
        ({"format": "uuid"}, "x", (), '"x" is not a uuid'),
        ({"multipleOf": 3}, float("inf"), (), "inf is not a multiple of 3"),
        ({"multipleOf": 0.1}, 0.3, (), None),
        ({"unheard-of": True}, 1, (), None),
    ],
)
def test_what_is_wrong_is_said_with_the_value_and_what_is_taken(
    schema: dict[str, Any], value: Any, path: tuple[str | int, ...], message: str | None
) -> None:
    found = [(each.path, each.message) for each in findings(schema, value)]
    assert found == ([] if message is None else [(path, message)])
