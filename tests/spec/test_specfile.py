"""Files the pipeline must read as they are meant, and files it must refuse with a reason."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import specfile
from specfile import SpecError, load, sha256, validate

Spec = dict[str, Any]


def write(folder: Path, content: str | bytes, name: str = "openapi.yaml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bomb(levels: int = 10) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


# what it is: (content, a part of the reason)
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "empty"),
    "only a comment": ("# nothing\n", "empty"),
    "a list": ("- a\n- b\n", "a list, expected a mapping"),
    "a word": ("hello\n", "expected a mapping"),
    "two documents": ("a: 1\n---\nb: 2\n", "found another document"),
    "not YAML": ("a: [1, 2\nb: }", "not valid YAML (line 2"),
    "a tab for indentation": ("a:\n\tb: 1\n", "not valid YAML"),
    "a control character": ("a: \x01\n", "not valid YAML"),
    "too large": (b"a: " + b"x" * specfile.MAX_BYTES, "larger than 5 MiB"),
    "a YAML bomb": (bomb(), "500,000 values once its YAML aliases are written out"),
    "an alias of itself": ("a: &a\n  b: *a\n", "contains itself"),
    "depth": ("[" * 500 + "]" * 500, "nests deeper than 100"),
    "extreme depth": ("a: " + "[" * 50_000, "nests deeper than 100"),
    "depth in JSON": ('{"a":' * 500 + "1" + "}" * 500, "nests deeper than 100"),
    "extreme depth in JSON": ('{"a":' * 200_000, "nests deeper than 100"),
    "a duplicate key": (
        "paths:\n  /a:\n    get: 1\n    get: 2\n",
        "'get' appears twice in /paths/~1a (line 4, column 5)",
    ),
    "keys equal as text": ("200: a\n'200': b\n", "'200' appears twice"),
    "a duplicate key in JSON": ('{"a": {"b": 1, "b": 2}}', "'b' appears twice"),
    "UTF-16": ("openapi: 3.0.3\n".encode("utf-16"), "not UTF-8 (byte 0)"),
    "Latin-1": ("title: Gr\xfc\xdfe\n".encode("latin-1"), "not UTF-8 (byte 9)"),
    "a Python object": ("a: !!python/object/apply:os.getcwd []\n", "YAML tag"),
    "a custom tag": ("a: !include other.yaml\n", "/a (line 1, column 4) has the YAML tag"),
    "a set": ("a: !!binary aGk=\n", "YAML tag"),
    "a merge key": ("a: &a {b: 1}\nc:\n  <<: *a\n", "no plain text in /c (line 3"),
    "a list as a key": ("? [a, b]\n: 1\n", "no plain text"),
    "infinity": ("a: .inf\n", "/a (line 1, column 4): '.inf' is not a JSON number"),
    "not a number in JSON": ('{"a": NaN}', "NaN is not a JSON number"),
    "an endless number": ("a: " + "9" * 10_000, "is not a JSON number"),
    "an endless number in JSON": ('{"a": ' + "9" * 10_000 + "}", "not a usable number"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(SpecError) as caught:
        load(write(tmp_path, content))
    assert reason in str(caught.value)
    assert len(str(caught.value)) < 500


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, reason in {tmp_path: "holds no .yaml", tmp_path / "missing.yaml": "cannot be read"}.items():
        with pytest.raises(SpecError, match=reason):
            load(path)


def test_scalars_are_read_as_json_would_have_them(tmp_path: Path) -> None:
    text = """
version: 2026-05-22
time: 2026-05-22T10:00:00Z
answer: yes
switch: off
truth: true
none: null
tilde: ~
blank:
number: 1.5
integer: 12
octal: 0o17
padded: 007
hex: 0x1F
responses:
  200: ok
  null: nothing
"""
    assert load(write(tmp_path, text)) == {
        "version": "2026-05-22",
        "time": "2026-05-22T10:00:00Z",
        "answer": "yes",
        "switch": "off",
        "truth": True,
        "none": None,
        "tilde": None,
        "blank": None,
        "number": 1.5,
        "integer": 12,
        "octal": 15,
        "padded": 7,
        "hex": 31,
        "responses": {"200": "ok", "null": "nothing"},
    }


def test_an_alias_is_a_value_of_its_own(tmp_path: Path) -> None:
    spec = load(write(tmp_path, "a: &a {b: [1]}\nc: *a\n"))
    spec["a"]["b"].append(2)
    assert spec["c"] == {"b": [1]}


def test_json_and_yaml_read_the_same(tmp_path: Path, vendored: Spec) -> None:
    assert load(write(tmp_path, json.dumps(vendored), "openapi.json")) == vendored
    assert load(write(tmp_path, "\ufeff" + json.dumps(vendored))) == vendored
    assert load(write(tmp_path, "{a: 1, b: [c]}")) == {"a": 1, "b": ["c"]}


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    assert sha256(write(tmp_path, b"a: 1\r\n")) == hashlib.sha256(b"a: 1\r\n").hexdigest()


def test_the_vendored_document_is_valid_without_warnings(vendored: Spec) -> None:
    before = copy.deepcopy(vendored)
    assert validate(vendored) == []
    assert vendored == before


def schemas(spec: Spec) -> Spec:
    result: Spec = spec["components"]["schemas"]
    return result


def me(spec: Spec) -> Spec:
    result: Spec = spec["paths"]["/users/me"]["get"]
    return result


def ref(target: str) -> Spec:
    return {"$ref": target}


# what is wrong: (edit, a part of the reason)
INVALID: dict[str, tuple[Callable[[Spec], Any], str]] = {
    "version 3.2": (lambda s: s.update(openapi="3.2.0"), "`openapi: 3.2.0` is not a version the generator takes"),
    "version 2": (lambda s: s.update(openapi="2.0"), "expected 3.0.x or 3.1.x"),
    "version as a number": (lambda s: s.update(openapi=3.1), "`openapi: 3.1` is not a version"),
    "no version": (lambda s: s.pop("openapi"), "`openapi: None`"),
    "a dangling $ref": (
        lambda s: schemas(s)["Color"]["properties"].update(x=ref("#/components/schemas/Nope")),
        "/components/schemas/Color/properties/x: the $ref '#/components/schemas/Nope' points at nothing",
    ),
    "a $ref to a file": (lambda s: schemas(s).update(X=ref("other.yaml#/X")), "leaves the document"),
    "a $ref to the network": (lambda s: schemas(s).update(X=ref("https://example.com/x.json")), "leaves the document"),
    "a $ref to itself": (lambda s: schemas(s).update(X=ref("#/components/schemas/X")), "leads back to itself"),
    "two $refs in a circle": (
        lambda s: schemas(s).update(X=ref("#/components/schemas/Y"), Y=ref("#/components/schemas/X")),
        "leads back to itself",
    ),
    "an allOf of itself": (
        lambda s: schemas(s)["Color"].update(allOf=[ref("#/components/schemas/Color")]),
        "contains itself",
    ),
    "a discriminator to nowhere": (
        lambda s: schemas(s)["Color"].update(
            discriminator={"propertyName": "k", "mapping": {"a": "#/components/schemas/N"}}
        ),
        "points at nothing",
    ),
    "no operationId": (lambda s: me(s).pop("operationId"), "GET /users/me has no operationId"),
    "a duplicate operationId": (
        lambda s: me(s).update(operationId="createImage"),
        "'createImage' is used by POST /images/generations and GET /users/me",
    ),
    "operationIds for one module": (
        lambda s: me(s).update(operationId="create_image"),
        "operationIds createImage and create_image would both be the module default.create_image",
    ),
    "schemas for one class": (
        lambda s: schemas(s).update(image_set={"type": "object"}),
        "schemas ImageSet and image_set",
    ),
    "schemas for one module": (lambda s: schemas(s).update(IMAGESet={"type": "object"}), "the model module image_set"),
    "a title for another's class": (lambda s: schemas(s)["User"].update(title="Style"), "schemas Style and User"),
    "properties for one attribute": (
        lambda s: schemas(s)["Image"]["properties"].update(imageId={"type": "string"}),
        "properties in /components/schemas/Image imageId and image_id would both be the attribute image_id",
    ),
    "properties for one attribute through allOf": (
        lambda s: schemas(s)["MaskedEditRequest"]["allOf"][1]["properties"].update(styleId={"type": "string"}),
        "properties in /components/schemas/MaskedEditRequest styleId and style_id",
    ),
    "an undeclared path parameter": (
        lambda s: s["paths"].update(
            {"/x/{y}": {"get": {"operationId": "x", "responses": {"200": {"description": ""}}}}}
        ),
        "Path parameter 'y'",
    ),
    "no title": (lambda s: s["info"].pop("title"), "not valid OpenAPI at /info"),
    "an unknown type": (lambda s: schemas(s)["Color"].update(type="colour"), "not valid OpenAPI"),
    "a name required twice": (lambda s: schemas(s)["Color"].update(required=["rgb", "rgb"]), "not valid OpenAPI"),
    "a default of another type": (
        lambda s: schemas(s)["GenerationRequest"]["properties"]["n"].update(default="x"),
        "not valid OpenAPI",
    ),
    "paths that are a list": (lambda s: s.update(paths=[1]), "not valid OpenAPI"),
    "components that are text": (lambda s: s.update(components="none"), "the $ref"),
}


@pytest.mark.parametrize(("edit", "reason"), INVALID.values(), ids=INVALID)
def test_an_unusable_document_is_refused_with_place_and_reason(
    vendored: Spec, edit: Callable[[Spec], Any], reason: str
) -> None:
    edit(vendored)
    with pytest.raises(SpecError) as caught:
        validate(vendored)
    assert reason in str(caught.value)


def test_all_problems_are_listed_at_once(vendored: Spec) -> None:
    vendored["openapi"] = "3.2.0"
    del me(vendored)["operationId"]
    schemas(vendored)["X"] = ref("#/components/schemas/Nope")
    schemas(vendored)["image_set"] = {"type": "object"}
    with pytest.raises(SpecError) as caught:
        validate(vendored)
    assert len(caught.value.problems) == 4
    assert str(caught.value).startswith("4 problems:\n  - ")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_duplicate_enum_values_are_a_warning(vendored: Spec, version: str) -> None:
    vendored["openapi"] = version
    schemas(vendored)["Color"]["properties"]["std"] = {"type": "string", "enum": ["a", "b", "a"]}
    assert validate(vendored) == [
        '/components/schemas/Color/properties/std/enum repeats "a"; the repetition is ignored'
    ]


def test_an_example_is_not_read_as_description(vendored: Spec) -> None:
    vendored["components"]["schemas"]["User"]["example"] = {"$ref": "#/nowhere", "enum": [1, 1]}
    assert validate(vendored) == []


def test_nothing_outside_the_document_is_ever_followed(vendored: Spec) -> None:
    # The validator resolves references in defaults too, so not even those may name a file or a host.
    vendored["components"]["schemas"]["User"]["default"] = {"$ref": "file:///etc/hostname"}
    with pytest.raises(SpecError, match="leaves the document"):
        validate(vendored)


def test_properties_named_like_keywords_are_read_as_properties(vendored: Spec) -> None:
    schemas(vendored)["User"]["properties"] |= {"enum": {"type": "string"}, "default": ref("#/components/schemas/Nope")}
    with pytest.raises(SpecError, match="/components/schemas/User/properties/default"):
        validate(vendored)


def test_two_names_may_share_an_identifier_in_different_places(vendored: Spec) -> None:
    me(vendored)["tags"] = ["Users"]
    me(vendored)["operationId"] = "create_image"
    schemas(vendored)["style_id"] = {"type": "string"}
    assert validate(vendored) == []


@pytest.mark.slow
def test_a_default_is_held_against_the_grammar_of_iris_which_nothing_else_compiles(vendored: Spec) -> None:
    code = """
import json, sys
import specfile
spec = json.load(sys.stdin)
specfile.validate(spec)
print("lark" in sys.modules)
properties = spec["components"]["schemas"]["GenerationRequest"]["properties"]
properties["home"] = {"type": "string", "format": "iri", "default": "https://example.com/%C3%BC"}
specfile.validate(spec)
properties["home"]["default"] = "no IRI"
specfile.validate(spec)
"""
    scripts = str(Path(specfile.__file__).parent.parent)
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": scripts},
        input=json.dumps(vendored),
        capture_output=True,
        text=True,
    )
    assert run.stdout == "False\n"
    assert "'no IRI' is not a 'iri'" in run.stderr
