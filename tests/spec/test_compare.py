"""What another description of the service has and ours lacks, found by structure."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from effective import EFFECTIVE as OURS

import compare

NAMED = {"type": "object", "properties": {"deep": {"type": "string", "enum": ["a", "b"]}}}


def lacks(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """What a changed copy of our own document is said to have beside ours, without the operations' names."""
    theirs = copy.deepcopy(OURS)
    change(theirs)
    return [str(lack) for lack in compare.compare(OURS, theirs)]


def post(specification: dict[str, Any], path: str) -> Any:
    return specification["paths"].setdefault(path, {}).setdefault("post", {"responses": {}})


def properties(specification: dict[str, Any], schema: str) -> Any:
    return specification["components"]["schemas"][schema]["properties"]


def test_nothing_is_lacking_in_the_same_document() -> None:
    assert lacks(lambda spec: None) == []


def test_other_names_and_another_place_of_the_version_make_no_difference() -> None:
    def change(spec: dict[str, Any]) -> None:
        text = (
            json.dumps(spec)
            .replace("{style_id}", "{id}")
            .replace('"name": "style_id", "in": "path"', '"name": "id", "in": "path"')
        )
        spec.clear()
        spec |= json.loads(text)
        spec["servers"] = [{"url": "https://api.invalid"}]
        spec["paths"] = {f"/v2{path}": item for path, item in spec["paths"].items()}
        for item in spec["paths"].values():
            for operation in item.values():
                operation["operationId"] = operation["operationId"].upper()

    assert lacks(change) == []


@pytest.mark.parametrize(
    ("schemas", "added", "told"),
    [
        (["OutpaintRequest"], {"seed": {"type": "integer"}}, "request (multipart/form-data) seed"),
        (["OutpaintRequest", "OutpaintByUrlRequest"], {"named": NAMED}, "request named"),
        (["OutpaintRequest"], {"style": {"enum": ["x"]}}, "request (multipart/form-data) values of style: x"),
        (["User"], {"named": NAMED}, "answer named"),
        (["User"], {"id": {"oneOf": [{"type": "string"}, NAMED]}}, "answer id.deep: a, b"),
        (["User"], {"credits": {"type": "array", "items": NAMED}}, "answer credits[]"),
    ],
    ids=["request", "every body", "values", "answer", "inside a union", "items"],
)
def test_what_is_added_to_a_schema_is_told_where_it_stands(
    schemas: list[str], added: dict[str, Any], told: str
) -> None:
    assert lacks(lambda spec: [properties(spec, name).update(added) for name in schemas]) == [told]


def test_what_several_operations_share_is_told_of_each() -> None:
    told = lacks(lambda spec: properties(spec, "GenerationRequest")["model"]["enum"].append("recraftv9"))
    assert told == ["request (application/json) values of model: recraftv9"] * 3


def test_an_operation_a_parameter_and_a_media_type_are_told() -> None:
    def change(spec: dict[str, Any]) -> None:
        post(spec, "/images/retouch")
        page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
        spec["paths"]["/users/me"]["get"]["parameters"] = [page]
        post(spec, "/prompts/enhance")["requestBody"]["content"]["text/plain"] = {"schema": {"type": "string"}}

    assert sorted(lacks(change)) == ["media type text/plain", "operation", "parameter page"]


def test_what_only_we_have_is_not_told() -> None:
    def change(spec: dict[str, Any]) -> None:
        del spec["paths"]["/models"]
        del properties(spec, "GenerationRequest")["style"]
        del properties(spec, "Image")["url"]

    assert lacks(change) == []


def test_a_schema_that_holds_itself_ends() -> None:
    def change(spec: dict[str, Any]) -> None:
        spec["components"]["schemas"]["Tree"] = {
            "properties": {"kids": {"items": {"$ref": "#/components/schemas/Tree"}}}
        }
        properties(spec, "User")["tree"] = {"$ref": "#/components/schemas/Tree"}

    assert lacks(change) == ["answer tree"]


def test_the_command_tells_each_operation_once_and_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = copy.deepcopy(OURS)
    post(theirs, "/images/retouch")["operationId"] = "retouch"
    properties(theirs, "User").update(age={"type": "string"}, plan={"type": "string"})
    (tmp_path / "other.yaml").write_text(json.dumps(theirs), "utf-8")

    assert compare.main([str(tmp_path / "other.yaml")]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "GET /users/me (getCurrentUser)",
        "  answer age",
        "  answer plan",
        "POST /images/retouch (retouch): no such operation",
        "1 operations and 2 other things are in that document and not in ours.",
    ]


def test_a_file_that_is_no_specification_is_an_error_that_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert compare.main([str(tmp_path / "gone.yaml")]) == 1
    assert "gone.yaml" in capsys.readouterr().err
