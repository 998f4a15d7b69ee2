"""One schema at a time: what a change means to who writes the value and to who reads it."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from specdiff import Finding, diff, verdict, worst

Schema = dict[str, Any]


def document(request: Any = None, response: Any = None, *, version: str = "3.1.0", **components: Any) -> dict[str, Any]:
    """One operation that takes and answers an object with the property `x`."""

    def content(schema: Any) -> dict[str, Any]:
        return {"application/json": {"schema": {"type": "object", "properties": {"x": schema}}}}

    operation: dict[str, Any] = {"operationId": "run", "responses": {"200": {"description": "ok"}}}
    if request is not None:
        operation["requestBody"] = {"content": content(request)}
    if response is not None:
        operation["responses"]["200"]["content"] = content(response)
    return {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {"/run": {"post": operation}},
        "components": {"schemas": components},
    }


def levels(old: Schema, new: Schema, **options: Any) -> tuple[str, str]:
    """The verdicts with the schemas in a request, and in a response."""
    return (
        verdict(diff(document(request=old, **options), document(request=new, **options))),
        verdict(diff(document(response=old, **options), document(response=new, **options))),
    )


STRING: Schema = {"type": "string"}
OBJECT: Schema = {"type": "object", "properties": {"a": STRING, "b": STRING}, "required": ["a"]}
CAT: Schema = {"type": "object", "properties": {"meow": STRING}}
DOG: Schema = {"type": "object", "properties": {"bark": STRING}}

# (old, new, in a request, in a response)
RULES: dict[str, tuple[Schema, Schema, str, str]] = {
    "integer to number": ({"type": "integer"}, {"type": "number"}, "additive", "breaking"),
    "number to integer": ({"type": "number"}, {"type": "integer"}, "breaking", "additive"),
    "string to integer": (STRING, {"type": "integer"}, "breaking", "breaking"),
    "any to string": ({}, STRING, "breaking", "additive"),
    "string to any": (STRING, {}, "additive", "breaking"),
    "null allowed in a type list": (STRING, {"type": ["string", "null"]}, "additive", "breaking"),
    "null allowed by a union": (STRING, {"oneOf": [STRING, {"type": "null"}]}, "additive", "breaking"),
    "null written in another way": (
        {"type": ["string", "null"]},
        {"anyOf": [STRING, {"type": "null"}]},
        "identical",
        "identical",
    ),
    "null forbidden": ({"type": ["string", "null"]}, STRING, "breaking", "additive"),
    "another type in the list": (STRING, {"type": ["string", "integer"]}, "additive", "breaking"),
    "minimum raised": ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}, "breaking", "additive"),
    "minimum lowered": ({"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 0}, "additive", "breaking"),
    "maximum excluded": (
        {"type": "number", "maximum": 1},
        {"type": "number", "exclusiveMaximum": 1},
        "breaking",
        "additive",
    ),
    "looser beside tighter bound": (
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "exclusiveMinimum": 0, "minimum": -1},
        "identical",
        "identical",
    ),
    "minLength zero": (STRING, {"type": "string", "minLength": 0}, "identical", "identical"),
    "maxLength added": (STRING, {"type": "string", "maxLength": 9}, "breaking", "additive"),
    "minItems added": ({"type": "array"}, {"type": "array", "minItems": 1}, "breaking", "additive"),
    "maxProperties added": ({"type": "object"}, {"type": "object", "maxProperties": 9}, "breaking", "additive"),
    "multipleOf coarser": (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 8},
        "breaking",
        "additive",
    ),
    "multipleOf finer": (
        {"type": "number", "multipleOf": 0.1},
        {"type": "number", "multipleOf": 0.05},
        "additive",
        "breaking",
    ),
    "multipleOf other": (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 3},
        "breaking",
        "breaking",
    ),
    "pattern added": (STRING, {"type": "string", "pattern": "a"}, "breaking", "additive"),
    "pattern changed": ({"type": "string", "pattern": "b"}, {"type": "string", "pattern": "a"}, "breaking", "breaking"),
    "format for checks only added": (STRING, {"type": "string", "format": "email"}, "breaking", "additive"),
    "format with a Python type added": (STRING, {"type": "string", "format": "uuid"}, "breaking", "breaking"),
    "int32 to int64": (
        {"type": "integer", "format": "int32"},
        {"type": "integer", "format": "int64"},
        "additive",
        "breaking",
    ),
    "enum value added": ({"enum": ["a"]}, {"enum": ["a", "b"]}, "additive", "additive"),
    "enum value removed": ({"enum": ["a", "b"]}, {"enum": ["a"]}, "breaking", "additive"),
    "enum introduced": (STRING, {"type": "string", "enum": ["a"]}, "breaking", "additive"),
    "enum dropped": ({"type": "string", "enum": ["a"]}, STRING, "sdk-breaking", "sdk-breaking"),
    "const is an enum of one": ({"const": "a"}, {"enum": ["a"]}, "identical", "identical"),
    "one is not true": ({"enum": [1]}, {"enum": [True]}, "breaking", "breaking"),
    "default": (STRING, {"type": "string", "default": "a"}, "additive", "docs-only"),
    "deprecated": (STRING, {"type": "string", "deprecated": True}, "additive", "additive"),
    "optional property removed": (
        OBJECT,
        {"type": "object", "properties": {"a": STRING}, "required": ["a"]},
        "breaking",
        "sdk-breaking",
    ),
    "required property removed": (OBJECT, {"type": "object", "properties": {"b": STRING}}, "breaking", "breaking"),
    "property renamed": (
        {"type": "object", "properties": {"edge_top": STRING, "edge_left": STRING}},
        {"type": "object", "properties": {"side_left": STRING, "side_top": STRING}},
        "breaking",
        "sdk-breaking",
    ),
    "became required": (OBJECT, {**OBJECT, "required": ["a", "b"]}, "breaking", "additive"),
    "became optional": (OBJECT, {**OBJECT, "required": []}, "additive", "breaking"),
    "unlisted name required": (OBJECT, {**OBJECT, "required": ["a", "c"]}, "breaking", "additive"),
    "closed": (OBJECT, {**OBJECT, "additionalProperties": False}, "breaking", "additive"),
    "opened": ({**OBJECT, "additionalProperties": False}, OBJECT, "additive", "additive"),
    "open said aloud": (OBJECT, {**OBJECT, "additionalProperties": {}}, "identical", "identical"),
    "other values typed": (OBJECT, {**OBJECT, "additionalProperties": STRING}, "breaking", "additive"),
    "read-only": (
        OBJECT,
        {**OBJECT, "properties": {"a": {**STRING, "readOnly": True}, "b": STRING}},
        "breaking",
        "docs-only",
    ),
    "write-only": (
        OBJECT,
        {**OBJECT, "properties": {"a": {**STRING, "writeOnly": True}, "b": STRING}},
        "docs-only",
        "breaking",
    ),
    "items typed": ({"type": "array"}, {"type": "array", "items": STRING}, "breaking", "additive"),
    "alternative added": (
        {"oneOf": [CAT, STRING]},
        {"oneOf": [CAT, STRING, {"type": "integer"}]},
        "additive",
        "breaking",
    ),
    "alternative removed": ({"anyOf": [CAT, STRING]}, {"anyOf": [STRING]}, "breaking", "additive"),
    "alternatives reordered": ({"oneOf": [CAT, DOG, STRING]}, {"oneOf": [STRING, DOG, CAT]}, "identical", "identical"),
    "string or list": (STRING, {"anyOf": [STRING, {"type": "array", "items": STRING}]}, "additive", "breaking"),
    "only a list": (STRING, {"oneOf": [{"type": "array"}, {"type": "object"}]}, "breaking", "breaking"),
    "two alternatives take what was taken": (CAT, {"oneOf": [CAT, {"type": "object"}]}, "breaking", "breaking"),
    "any of two takes what was taken": (CAT, {"anyOf": [CAT, {"type": "object"}]}, "additive", "breaking"),
    "one alternative takes what was taken": (
        OBJECT,
        {"oneOf": [OBJECT, {"type": "object", "properties": {"z": STRING}, "required": ["z"]}]},
        "additive",
        "breaking",
    ),
    "another alternative takes what one took": (
        {"oneOf": [STRING, {"type": "integer"}]},
        {"oneOf": [STRING, {"type": "integer"}, {"type": "number"}]},
        "breaking",
        "breaking",
    ),
    "alternatives that overlapped before": (
        {"oneOf": [{"type": "integer"}, {"type": "number"}]},
        {"oneOf": [{"type": "integer"}, {"type": "number"}, STRING]},
        "additive",
        "breaking",
    ),
    "union beside properties": (OBJECT, {**OBJECT, "oneOf": [CAT, DOG]}, "unclassified", "unclassified"),
    "bound in an allOf part": (
        {"type": "integer"},
        {"allOf": [{"type": "integer"}, {"minimum": 3}]},
        "breaking",
        "additive",
    ),
    "tightest bound of two": (
        {"type": "integer", "minimum": 3},
        {"allOf": [{"type": "integer", "minimum": 1}, {"minimum": 3}]},
        "identical",
        "identical",
    ),
    "one property in two parts": (
        OBJECT,
        {"allOf": [OBJECT, {"properties": {"a": {"maxLength": 5}}}]},
        "breaking",
        "additive",
    ),
    "if": (STRING, {"type": "string", "if": {"maxLength": 1}}, "unclassified", "unclassified"),
    "unknown keyword": (STRING, {"type": "string", "max": 3}, "unclassified", "unclassified"),
    "extension for readers": (STRING, {"type": "string", "x-go-name": "Max"}, "docs-only", "docs-only"),
    "extension that is read": (STRING, {"type": "string", "x-same-as": "y"}, "unclassified", "unclassified"),
    "extension that helpers follow": (STRING, {"type": "string", "x-role": "size"}, "additive", "additive"),
    "value deprecated": ({"enum": ["a"]}, {"enum": ["a"], "x-deprecated-enum-values": ["a"]}, "additive", "additive"),
    "prefixItems": ({"type": "array"}, {"type": "array", "prefixItems": [STRING]}, "unclassified", "unclassified"),
    "description": (STRING, {"type": "string", "description": "d"}, "docs-only", "docs-only"),
    "title of a plain value": (STRING, {"type": "string", "title": "T"}, "docs-only", "docs-only"),
    "title of a class": (CAT, {**CAT, "title": "Cat"}, "sdk-breaking", "sdk-breaking"),
}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (None, ["a"], {"schema-enum-value-deprecated"}),
        (["a"], ["a", "b"], {"schema-enum-value-deprecated"}),
        (["a"], ["b"], {"schema-enum-value-deprecated", "schema-enum-value-undeprecated"}),
        (["a"], None, {"schema-enum-value-undeprecated"}),
    ],
)
def test_values_that_are_deprecated_beside_a_reference_are_additive(
    before: list[str] | None, after: list[str] | None, codes: set[str]
) -> None:
    def beside(values: list[str] | None) -> Schema:
        reference: Schema = {"$ref": "#/components/schemas/Cat"}
        return reference if values is None else {**reference, "x-deprecated-enum-values": values}

    old, new = (document(beside(values), version="3.0.3", Cat={"enum": ["a", "b"]}) for values in (before, after))
    found = diff(old, new)
    assert {finding.code for finding in found} == codes
    assert {finding.level for finding in found} == {"additive"}


@pytest.mark.parametrize(("old", "new", "request_level", "response_level"), RULES.values(), ids=RULES)
def test_each_side_is_judged_in_its_own_direction(
    old: Schema, new: Schema, request_level: str, response_level: str
) -> None:
    assert levels(old, new) == (request_level, response_level)


@pytest.mark.parametrize(("old", "new"), [rule[:2] for rule in RULES.values()], ids=RULES)
def test_a_difference_is_never_identical_in_one_direction_only(old: Schema, new: Schema) -> None:
    assert [level == "identical" for level in levels(old, new)] == [level == "identical" for level in levels(new, old)]


def test_version_3_0_spells_nullable_and_exclusive_bounds_with_booleans() -> None:
    bound = {"type": "number", "minimum": 0}
    assert levels(bound, {**bound, "exclusiveMinimum": True}, version="3.0.3") == ("breaking", "additive")
    assert levels(STRING, {**STRING, "nullable": True}, version="3.0.3") == ("additive", "breaking")
    referenced = {"$ref": "#/components/schemas/Cat"}
    wrapped = {"allOf": [referenced], "nullable": True}
    assert levels(referenced, wrapped, version="3.0.3", Cat=CAT) == ("additive", "breaking")


def test_recursive_schemas_are_compared_once_per_place() -> None:
    def tree(**more: Any) -> Schema:
        node = {"$ref": "#/components/schemas/Tree"}
        return {
            "type": "object",
            "properties": {"name": STRING, "left": node, "all": {"type": "array", "items": node}, **more},
        }

    node = {"$ref": "#/components/schemas/Tree"}
    old, new = document(request=node, Tree=tree()), document(request=node, Tree=tree(size={"type": "integer"}))
    (finding,) = diff(old, new)
    assert (finding.code, finding.place, finding.schema) == ("request-optional-property-added", "body.x.size", "Tree")


def test_a_recursive_schema_may_be_renamed() -> None:
    def node(name: str) -> Schema:
        return {"type": "object", "properties": {"next": {"$ref": f"#/components/schemas/{name}"}}}

    old = document(request={"$ref": "#/components/schemas/Node"}, Node=node("Node"))
    new = document(request={"$ref": "#/components/schemas/Link"}, Link=node("Link"))
    (finding,) = diff(old, new)
    assert (finding.code, finding.level, finding.old, finding.new) == ("schema-renamed", "sdk-breaking", "Node", "Link")


def test_a_schema_replaced_by_a_different_one_is_removed_and_its_fields_are_compared() -> None:
    old = document(response={"$ref": "#/components/schemas/Cat"}, Cat=CAT)
    new = document(response={"$ref": "#/components/schemas/Dog"}, Dog=DOG)
    assert codes(diff(old, new)) == {
        "schema-removed",
        "schema-added",
        "response-property-removed",
        "response-property-added",
    }


def test_a_reference_to_another_existing_schema_renames_the_class_at_that_place() -> None:
    old, new = (
        document(response={"$ref": f"#/components/schemas/{name}"}, Cat=CAT, Tom=CAT) for name in ("Cat", "Tom")
    )
    (finding,) = diff(old, new)
    assert (finding.code, finding.level, finding.place) == ("model-name-changed", "sdk-breaking", "200.x")


@pytest.mark.parametrize(
    ("new", "level"),
    [
        ({"type": "object", "properties": {"meow": STRING, "purr": STRING}}, "additive"),
        ({"type": "object", "properties": {}}, "sdk-breaking"),
        ({**CAT, "description": "d"}, "docs-only"),
    ],
)
def test_a_schema_that_no_operation_uses_still_is_a_class(new: Schema, level: str) -> None:
    assert verdict(diff(document(Cat=CAT), document(Cat=new))) == level


def test_a_renamed_path_parameter_only_renames_an_argument() -> None:
    def spec(name: str) -> dict[str, Any]:
        result = document()
        parameter = {"name": name, "in": "path", "required": True, "schema": STRING}
        operation = {"operationId": "get", "parameters": [parameter], "responses": {"200": {"description": "ok"}}}
        result["paths"] = {f"/styles/{{{name}}}": {"get": operation}}
        return result

    (finding,) = diff(spec("id"), spec("style_id"))
    assert (finding.code, finding.level) == ("path-parameter-renamed", "sdk-breaking")


PARAMETER: Schema = {"name": "q", "in": "query", "schema": {"type": "integer", "maximum": 9}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([], [PARAMETER], {("additive", "optional-parameter-added", "?q")}),
        ([], [{**PARAMETER, "required": True}], {("breaking", "required-parameter-added", "?q")}),
        ([PARAMETER], [], {("breaking", "parameter-removed", "?q")}),
        ([PARAMETER], [{**PARAMETER, "required": True}], {("breaking", "parameter-became-required", "?q")}),
        ([PARAMETER], [{**PARAMETER, "deprecated": True}], {("additive", "parameter-deprecated", "?q")}),
        ([PARAMETER], [{**PARAMETER, "explode": False}], {("breaking", "parameter-serialisation-changed", "?q")}),
        ([PARAMETER], [{**PARAMETER, "style": "form", "explode": True}], set()),
        ([PARAMETER], [{**PARAMETER, "schema": {"type": "integer"}}], {("additive", "request-maximum-relaxed", "?q")}),
        (
            [PARAMETER],
            [{**PARAMETER, "in": "header"}],
            {("breaking", "parameter-removed", "?q"), ("additive", "optional-parameter-added", "header q")},
        ),
        ([PARAMETER, {**PARAMETER, "name": "r"}], [{**PARAMETER, "name": "r"}, PARAMETER], set()),
    ],
)
def test_a_change_of_a_parameter_is_called_what_it_is(
    old: list[Schema], new: list[Schema], expected: set[tuple[str, str, str]]
) -> None:
    before, after = document(), document()
    before["paths"]["/run"]["post"]["parameters"] = old
    after["paths"]["/run"]["post"]["parameters"] = new
    assert {(f.level, f.code, f.place) for f in diff(before, after)} == expected
    # The same parameters written at the path mean the same.
    after["paths"]["/run"]["parameters"] = after["paths"]["/run"]["post"].pop("parameters")
    assert {(f.level, f.code, f.place) for f in diff(before, after)} == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([{"a": []}], [{"a": []}, {"b": []}], "additive"),
        ([{"a": []}, {"b": []}], [{"a": []}], "breaking"),
        ([{"a": []}], [{"a": [], "b": []}], "breaking"),
        ([], [{"a": []}], "breaking"),
        ([{"a": []}], [], "additive"),
        ([{"a": []}], [{}, {"a": []}], "additive"),
        ([{"o": ["read"]}], [{"o": ["read", "write"]}], "breaking"),
        ([{"o": ["read", "write"]}], [{"o": ["read"]}], "additive"),
        ([{"a": []}, {"b": []}], [{"b": []}, {"a": []}], "identical"),
        ([{"a": []}], [{"a": []}, {"a": []}], "identical"),
        ([{"a": [], "b": []}], [{"b": [], "a": []}], "identical"),
    ],
)
def test_a_change_of_the_security_is_called_what_it_is(old: list[Schema], new: list[Schema], expected: str) -> None:
    before, after = document(), document()
    before["security"], after["security"] = old, new
    assert verdict(diff(before, after)) == expected


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda s: s["paths"]["/run"]["post"].update({"internal": True}), "/paths/~1run/post/internal"),
        (lambda s: s.update(webhooks={"done": {"post": {"responses": {}}}}), "/webhooks"),
        (lambda s: s["paths"]["/run"].update({"any": 1}), "/paths/~1run/any"),
        (lambda s: s["components"]["schemas"]["Cat"].update({"$defs": {"A": STRING}}), "/components/schemas/Cat/$defs"),
        (lambda s: s["components"]["schemas"]["Cat"].update({"xml": {"name": "c"}}), "/components/schemas/Cat/xml"),
    ],
)
def test_what_no_rule_judges_is_named_by_its_pointer(edit: Any, expected: str) -> None:
    old, new = document(Cat=CAT), document(Cat=CAT)
    new["components"] = {"schemas": {"Cat": dict(CAT)}}
    edit(new)
    findings = diff(old, new)
    assert verdict(findings) == "unclassified"
    assert expected in {finding.pointer for finding in findings}


def test_a_change_behind_a_keyword_that_no_rule_judges_is_seen_through_the_reference() -> None:
    def spec(limit: int) -> dict[str, Any]:
        return document(
            request={"type": "string", "not": {"$ref": "#/components/schemas/Short"}}, Short={"maxLength": limit}
        )

    assert "unclassified-change" in codes(diff(spec(3), spec(4)))


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["https://a.invalid", "https://b.invalid"], ["https://a.invalid"], {("server-removed", "additive")}),
        (["https://a.invalid"], ["https://a.invalid/"], set()),
        (["https://a.invalid", "https://b.invalid/"], ["https://a.invalid/", "https://b.invalid"], set()),
        (["https://a.invalid"], ["https://b.invalid", "https://a.invalid"], {("server-url-changed", "breaking")}),
    ],
)
def test_only_the_first_server_is_where_requests_go(old: list[str], new: list[str], expected: Any) -> None:
    before, after = document(), document()
    before["servers"], after["servers"] = ([{"url": url} for url in urls] for urls in (old, new))
    assert {(f.code, f.level) for f in diff(before, after)} == expected


def test_the_version_of_a_document_alone_says_so_and_nothing_else() -> None:
    before, after = document(), document()
    after["info"] = {**before["info"], "version": "2"}
    (finding,) = diff(before, after)
    assert (finding.level, finding.text) == ("docs-only", "The version of the document is 2, was 1.")
    after["info"]["title"] = "another"
    assert codes(diff(before, after)) == {"version-changed", "info-changed"}


def test_an_extension_says_which_one_wherever_it_stands() -> None:
    before, after = document(Cat=CAT), document(Cat={**CAT, "x-go-type": {"deep": {"er": 1}}})
    after["paths"]["/run"]["x-any"] = {"a": [1]}
    after["paths"]["/run"]["post"]["x-other"] = 1
    after["info"]["x-logo-size"] = 1
    assert {(f.code, f.pointer) for f in diff(before, after) if f.code != "info-changed"} == {
        ("extension-changed", "/components/schemas/Cat/x-go-type"),
        ("extension-changed", "/paths/~1run/x-any"),
        ("extension-changed", "/paths/~1run/post/x-other"),
    }


def test_a_property_called_like_an_extension_is_a_property() -> None:
    old, new = {"type": "object", "properties": {}}, {"type": "object", "properties": {"x-note": STRING}}
    assert codes(diff(document(request=old), document(request=new))) == {"request-optional-property-added"}


def test_every_fact_of_the_helpers_is_in_the_list_of_extensions_that_are_read() -> None:
    import facts
    from specdiff.comparison import EXTENSIONS

    assert EXTENSIONS.keys() == facts.KEYS | {"x-facts"}


def test_a_schema_that_an_operation_stops_using_is_compared_with_its_namesake() -> None:
    old = document(request={"$ref": "#/components/schemas/Cat"}, Cat=CAT)
    purring = {"type": "object", "properties": {}}
    new = document(request={"$ref": "#/components/schemas/Tom"}, Cat=purring, Tom=CAT)
    found = {(f.code, f.schema) for f in diff(old, new)}
    assert ("schema-property-removed", "Cat") in found


def test_the_most_alike_names_are_one_property_under_two() -> None:
    number = {"type": "integer"}
    old = {f"outpaint_{side}": number for side in ("top", "bottom", "left", "right")}
    new = {f"expand_{side}": number for side in ("right", "left", "bottom", "top")} | {"seed": number}
    findings = diff(
        document(request={"type": "object", "properties": old}), document(request={"type": "object", "properties": new})
    )
    renamed = {(f.old, f.new) for f in findings if f.code == "request-property-renamed"}
    assert renamed == {(f"outpaint_{side}", f"expand_{side}") for side in ("top", "bottom", "left", "right")}
    assert [f.place for f in findings if f.code == "request-optional-property-added"] == ["body.x.seed"]
    assert any(f.text == "Request property `body.x.outpaint_top` was probably renamed `expand_top`." for f in findings)


@pytest.mark.parametrize("new", [{"caption": STRING}, {"style_key": {"type": "integer"}}, {"style_id": STRING}])
def test_another_type_or_another_word_is_no_rename(new: Schema) -> None:
    old = {
        "type": "object",
        "properties": {"style_name": STRING},
        "required": ["style_name"] if "style_id" in new else [],
    }
    found = codes(diff(document(request=old), document(request={"type": "object", "properties": new})))
    assert "request-property-removed" in found
    assert "request-optional-property-added" in found


@pytest.mark.parametrize(
    ("mutation", "wire", "names"),
    [
        ("request_bound_tightened", "breaking", "docs-only"),
        ("server_replaced", "breaking", "docs-only"),
        ("operation_moved", "breaking", "docs-only"),
        ("request_enum_value_removed", "breaking", "breaking"),
        ("operation_removed", "breaking", "breaking"),
        ("request_field_renamed", "breaking", "breaking"),
        ("schema_renamed", "identical", "breaking"),
        ("response_field_removed", "identical", "breaking"),
        ("request_enum_dropped", "identical", "breaking"),
        ("request_field_in_json_body", "additive", "additive"),
        ("operation_described_anew", "docs-only", "docs-only"),
        ("request_not", "unclassified", "unclassified"),
    ],
)
def test_the_wire_and_the_generated_names_are_two_questions(
    vendored: Schema, mutation: str, wire: str, names: str
) -> None:
    from mutations import MUTATIONS

    new = copy.deepcopy(vendored)
    next(item for item in MUTATIONS if item.name == mutation).apply(new)
    findings = diff(vendored, new)
    assert (worst(f.wire for f in findings), worst(f.names for f in findings)) == (wire, names)


def test_an_enum_that_goes_while_its_alias_stays_changes_no_names() -> None:
    kind = {"type": "string", "enum": ["a"]}
    named, plain = {"$ref": "#/components/schemas/Kind"}, {"type": "string"}
    assert levels(named, plain, Kind=kind) == ("additive", "additive")
    old, new = document(request=named, Kind=kind), document(request=plain)
    assert {(f.code, f.level) for f in diff(old, new)} == {
        ("request-enum-dropped", "sdk-breaking"),
        ("schema-removed", "sdk-breaking"),
    }
