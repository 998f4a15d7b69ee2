"""Reports: a line for each cause, counts first, where it stands, and what to do about it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mutations import MUTATIONS
from test_rules import RULES, document

import specdiff
import specfile
from specdiff.advice import ADVICE, OTHERWISE, advice

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "scripts" / "specdiff" / "report.schema.json").read_text("utf-8"))
Spec = dict[str, Any]


def changed(vendored: Spec, *names: str) -> tuple[list[specdiff.Finding], Spec]:
    new = copy.deepcopy(vendored)
    for name in names:
        next(item for item in MUTATIONS if item.name == name).apply(new)
    return specdiff.diff(vendored, new), new


def text(findings: list[specdiff.Finding]) -> str:
    return specdiff.render_text(findings, specdiff.verdicts(findings))


def test_the_verdicts_and_the_counts_come_first(vendored: Spec) -> None:
    findings, _ = changed(
        vendored, "request_bound_tightened", "response_field", "operation_get", "schema_title_added", "example_added"
    )
    assert text(findings).splitlines()[:2] == [
        "wire: breaking; generated names: breaking",
        "1 breaking, 1 generated names, 2 added, 2 documentation, 17 operations touched",
    ]


def test_all_new_values_of_a_list_are_one_line(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    new["components"]["schemas"]["GenerationRequest"]["properties"]["model"]["enum"] += ["a", "b", "c"]
    (group,) = specdiff.grouped(specdiff.diff(vendored, new))
    assert group.text == "Request `body.model` takes the new values `a`, `b`, `c`."
    assert len(group.operations) == 4
    new["components"]["schemas"]["GenerationRequest"]["properties"]["model"]["x-deprecated-enum-values"] = ["a", "b"]
    texts = [group.text for group in specdiff.grouped(specdiff.diff(vendored, new))]
    assert "Request `body.model`: the values `a`, `b` are now deprecated." in texts


def test_a_media_type_that_every_operation_gets_is_one_line(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    for item in new["paths"].values():
        content = item.get("post", {}).get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            content["application/x-ndjson"] = {"schema": {"$ref": "#/components/schemas/FileOnlyRequest"}}
    (group,) = specdiff.grouped(specdiff.diff(vendored, new))
    assert len(group.operations) == 13
    assert group.text == "The request media type application/x-ndjson of 13 operations was added."


def test_an_extension_in_many_places_is_one_line(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    for name in ("Image", "Style"):
        for schema in new["components"]["schemas"][name]["properties"].values():
            schema["x-go-name"] = "X"
    (group,) = specdiff.grouped(specdiff.diff(vendored, new))
    assert group.text == "The extension x-go-name changed in 6 places; nothing reads it."


def test_schemas_that_change_alike_are_one_line(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    for name in ("GenerationRequest", "OutpaintRequest"):
        new["components"]["schemas"][name]["properties"]["seed"] = {"type": "integer"}
    (group,) = specdiff.grouped(specdiff.diff(vendored, new))
    assert (group.schemas, len(group.operations)) == (("GenerationRequest", "OutpaintRequest"), 5)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_every_report_has_the_form_that_its_schema_describes(vendored: Spec, mutation: Any) -> None:
    findings, _ = changed(vendored, mutation.name)
    report = specdiff.to_json(findings, specdiff.verdicts(findings), lambda finding: 7)
    jsonschema.validate(report, SCHEMA)
    assert report["version"] == specdiff.VERSION


def test_every_break_says_what_users_and_what_maintainers_do(vendored: Spec) -> None:
    findings = [finding for mutation in MUTATIONS for finding in changed(vendored, mutation.name)[0]]
    for old, new, *_ in RULES.values():
        for side in ("request", "response"):
            findings += specdiff.diff(document(**{side: old}), document(**{side: new}))
            findings += specdiff.diff(document(**{side: new}), document(**{side: old}))
    used, lacking = set(), set()
    for finding in findings:
        told = advice(finding)
        assert (told is not None) == (finding.level in ("breaking", "sdk-breaking", "unclassified"))
        if told:
            used.add(told[1])
            lacking |= {finding.code} if told == OTHERWISE else set()
            assert all("{" not in sentence and sentence.endswith(".") for sentence in told)
    assert lacking == set()
    assert used == {maintainers for _, _, maintainers in ADVICE}, "no advice is for nothing"


def test_markdown_has_a_table_of_verdicts_and_a_list_of_causes(vendored: Spec) -> None:
    findings, _ = changed(vendored, "request_field_renamed", "response_field")
    lines = specdiff.render_markdown(findings, specdiff.verdicts(findings)).splitlines()
    assert lines[:4] == ["| for | verdict |", "|---|---|", "| wire | breaking |", "| generated names | breaking |"]
    assert "### Breaking" in lines
    assert "- Request property `body.outpaint_top` was probably renamed `expand_top`." in lines
    assert "  - users: Write `expand_top` instead of `outpaint_top`." in lines


YAML = """\
openapi: 3.0.3
paths:
  /a~b:
    get:
      tags: [x,
        y]
# a remark
info:
  title: t
"""


def test_each_place_of_a_document_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(YAML)
    lines = specfile.lines(path)
    assert {at: lines[at] for at in ("/openapi", "/paths/~1a~0b", "/paths/~1a~0b/get/tags/1", "/info/title")} == {
        "/openapi": 1,
        "/paths/~1a~0b": 3,
        "/paths/~1a~0b/get/tags/1": 6,
        "/info/title": 9,
    }


def test_a_file_of_one_line_is_counted_as_it_is_printed(tmp_path: Path) -> None:
    path, written = tmp_path / "a.json", {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}}
    path.write_text(json.dumps(written))
    printed = subprocess.run(
        [sys.executable, "-m", "json.tool", str(path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for at, word in (("/openapi", '"openapi"'), ("/info/version", '"version"')):
        assert word in printed[specfile.lines(path)[at] - 1]


@pytest.mark.parametrize(
    ("mutation", "code"),
    [
        ("enum_and_required_reordered", 0),
        ("operation_described_anew", 0),
        ("schema_renamed", 0),
        ("response_field", 1),
        ("request_bound_tightened", 2),
        ("request_not", 4),
    ],
)
def test_comparing_two_files_exits_by_what_happens_on_the_wire(
    vendored: Spec, tmp_path: Path, mutation: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    import diff

    findings, new = changed(vendored, mutation)
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, content in zip(paths, (vendored, new), strict=True):
        path.write_text(json.dumps(content, indent=1))
    assert diff.main([*map(str, paths)]) == code
    shown = capsys.readouterr().out
    assert f"generated names: {specdiff.verdicts(findings)['generated names']}" in shown
    assert ("line " in shown) == (mutation not in ("enum_and_required_reordered",))
    assert diff.main([*map(str, paths), "--json"]) == code
    jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)
    paths[1].write_text("{}")
    assert diff.main([*map(str, paths), "--json"]) == diff.INVALID
    assert "invalid" in json.loads(capsys.readouterr().out)
