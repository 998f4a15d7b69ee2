"""Small files that stand for something endless are refused, and quickly: each of these once took minutes or failed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import specfile

ROOT = Path(__file__).resolve().parents[2]
Spec = dict[str, Any]


def ref(name: str) -> Spec:
    return {"$ref": f"#/components/schemas/{name}"}


def doubling(levels: int) -> Spec:
    """Each level refers to the next one twice."""
    found: Spec = {
        f"D{n}": {"type": "object", "properties": {"a": ref(f"D{n + 1}"), "b": ref(f"D{n + 1}")}} for n in range(levels)
    }
    return {**found, f"D{levels}": {"type": "string"}}


def doubling_parts(levels: int) -> Spec:
    found: Spec = {f"D{n}": {"allOf": [ref(f"D{n + 1}"), ref(f"D{n + 1}")]} for n in range(levels)}
    return {**found, f"D{levels}": {"type": "object", "properties": {"a": {"type": "string"}}}}


def all_of_each_other(count: int) -> Spec:
    """The simple ways through n schemas that all refer to each other are n! and more."""
    names = [f"M{n}" for n in range(count)]
    return {name: {"type": "object", "properties": {other: ref(other) for other in names}} for name in names}


def chain(length: int) -> Spec:
    return {**{f"C{n}": ref(f"C{n + 1}") for n in range(length)}, f"C{length}": {"type": "string"}}


def nested(length: int) -> Spec:
    found: Spec = {f"N{n}": {"type": "object", "properties": {"next": ref(f"N{n + 1}")}} for n in range(length)}
    return {**found, f"N{length}": {"type": "string"}}


ENDLESS: dict[str, tuple[Spec, str]] = {
    "doubling properties": (doubling(22), "more than 500,000 values once its $refs are followed"),
    "doubling parts": (doubling_parts(22), "more than 500,000 values once its $refs are followed"),
    "many circles": (all_of_each_other(12), "more than 500,000 values once its $refs are followed"),
    "a chain": (chain(400), "nests deeper than 100 levels once its $refs are followed"),
    "a long chain": (chain(20_000), "nests deeper than 100 levels once its $refs are followed"),
    "a chain of properties": (nested(400), "nests deeper than 100 levels once its $refs are followed"),
}


@pytest.mark.parametrize(("schemas", "reason"), ENDLESS.values(), ids=ENDLESS)
def test_a_document_that_is_endless_once_its_references_are_followed_is_refused(
    vendored: Spec, schemas: Spec, reason: str
) -> None:
    vendored["components"]["schemas"] |= schemas
    vendored["components"]["schemas"]["GenerationRequest"]["properties"]["x"] = ref(next(iter(schemas)))
    with pytest.raises(specfile.SpecError) as caught:
        specfile.validate(vendored)
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("schemas", [doubling(8), doubling_parts(8), all_of_each_other(5), chain(60), nested(20)])
def test_a_document_that_comes_to_an_end_is_taken(vendored: Spec, schemas: Spec) -> None:
    vendored["components"]["schemas"] |= schemas
    assert specfile.validate(vendored) == []


@pytest.mark.parametrize("schemas", [doubling(22), doubling_parts(28), chain(400)])
def test_the_comparison_of_an_endless_file_ends_with_a_reason(vendored: Spec, schemas: Spec, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(json.dumps(vendored))
    vendored["components"]["schemas"] |= schemas
    new.write_text(json.dumps(vendored))
    run = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "diff.py"), str(old), str(new)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,  # it takes under two seconds, and never came to an end
    )
    assert (run.returncode, run.stdout) == (3, "")
    assert run.stderr.startswith("invalid: ")
    assert "Traceback" not in run.stderr


def test_a_pattern_that_backtracks_is_not_tried_on_its_default(vendored: Spec) -> None:
    slow = {"type": "string", "pattern": "^(a+)+$", "default": "a" * 60 + "!"}
    vendored["components"]["schemas"]["User"]["properties"]["slow"] = slow
    vendored["components"]["schemas"]["Style"]["patternProperties"] = {"^(a+)+$": {"type": "string"}}
    vendored["components"]["schemas"]["Style"]["default"] = {"a" * 60 + "!": "x"}
    vendored["openapi"] = "3.1.0"
    assert specfile.validate(vendored) == []


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ({"type": "string", "pattern": "(a"}, "/components/schemas/User/properties/x/pattern: '(a'"),
        ({"patternProperties": {"[": {}}}, "/components/schemas/User/properties/x/patternProperties: '['"),
    ],
)
def test_a_pattern_that_is_none_is_refused(vendored: Spec, schema: Spec, place: str) -> None:
    vendored["openapi"] = "3.1.0"
    vendored["components"]["schemas"]["User"]["properties"]["x"] = schema
    with pytest.raises(specfile.SpecError) as caught:
        specfile.validate(vendored)
    assert f"not valid OpenAPI at {place} is not a regular expression" in str(caught.value)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["\x1b[2Jgone", "one\rtwo", "left\u202eright", "bell\x07", "c1\x9b31m"])
def test_no_text_of_a_document_moves_the_cursor_of_a_terminal(vendored: Spec, name: str, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps(vendored))
    operation = {"operationId": name, "responses": {"200": {"description": "ok"}}}
    vendored["paths"] |= {f"/x/{name}": {"get": operation}}
    vendored["components"]["schemas"]["GenerationRequest"]["properties"]["model"]["enum"].append(name)
    new.write_text(json.dumps(vendored))
    for files in ([str(old), str(new)], [str(new), str(old)], [str(tmp_path / name)]):
        run = subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "diff.py"), *files], capture_output=True, text=True, check=False
        )
        shown = run.stdout + run.stderr
        assert ascii(name)[1:-1] in shown
        assert all(char.isprintable() or char == "\n" for char in shown)


# A version that claims more than the document uses.


@pytest.mark.parametrize(("old_spelling", "read_as"), [(False, "3.1.1"), (True, "3.0.4")])
def test_a_document_that_only_claims_a_newer_version_is_read_as_one_that_is_known(
    vendored: Spec, old_spelling: bool, read_as: str
) -> None:
    vendored["openapi"] = "3.2.0"
    if old_spelling:
        vendored["components"]["schemas"]["User"]["properties"]["email"]["nullable"] = True
    (warning,) = specfile.lower(vendored)
    assert vendored["openapi"] == read_as
    assert "claims `openapi: 3.2.0`" in warning
    assert specfile.validate(vendored) == []


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "2.0", "3.3.0", "4.0.0", 3.2, None])
def test_any_other_version_stays_what_it_is(vendored: Spec, version: object) -> None:
    vendored["openapi"] = version
    assert specfile.lower(vendored) == []
    assert vendored["openapi"] == version


OPERATION: Spec = {"operationId": "ask", "responses": {"200": {"description": "ok"}}}
NEW_IN_3_2 = {
    "a method": lambda s: s["paths"]["/users/me"].update(query=OPERATION),
    "any method": lambda s: s["paths"]["/users/me"].update(additionalOperations={"COPY": OPERATION}),
    "the name of the document": lambda s: s.update({"$self": "https://example.invalid/api"}),
    "the whole query": lambda s: s["paths"]["/users/me"].update(
        parameters=[{"name": "q", "in": "querystring", "content": {"application/json": {"schema": {}}}}]
    ),
    "a stream of items": lambda s: s["paths"]["/users/me"]["get"]["responses"]["200"]["content"].update(
        {"application/jsonl": {"itemSchema": {"type": "object"}}}
    ),
    "a tag inside a tag": lambda s: s.update(tags=[{"name": "a", "parent": "b"}]),
    "a name of a server": lambda s: s["servers"][0].update(name="production"),
    "shared media types": lambda s: s["components"].update(mediaTypes={"Json": {"schema": {}}}),
    "a response in short": lambda s: s["paths"]["/users/me"]["get"]["responses"]["200"].update(summary="ok"),
    "a response without a description": lambda s: s["paths"]["/users/me"]["get"]["responses"]["200"].pop("description"),
    "another flow": lambda s: s["components"]["securitySchemes"].update(
        o={
            "type": "oauth2",
            "flows": {"deviceAuthorization": {"deviceAuthorizationUrl": "a", "tokenUrl": "b", "scopes": {}}},
        }
    ),
    "a default of a discriminator": lambda s: s["components"]["schemas"]["User"].update(
        discriminator={"propertyName": "kind", "defaultMapping": "Style"}
    ),
    "nodes of XML": lambda s: s["components"]["schemas"]["User"].update(xml={"nodeType": "cdata"}),
}


@pytest.mark.parametrize("edit", NEW_IN_3_2.values(), ids=NEW_IN_3_2)
def test_a_document_that_uses_what_is_new_in_3_2_is_refused(vendored: Spec, edit: Any) -> None:
    vendored["openapi"] = "3.2.0"
    edit(vendored)
    specfile.lower(vendored)
    with pytest.raises(specfile.SpecError):
        specfile.validate(vendored)
