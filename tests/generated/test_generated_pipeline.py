"""From specification to package: the same every time, drift is noticed, and a new field needs no hand edit."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import agents
import generate
import generator
import judge
from schemas import operations

ROOT = Path(generate.__file__).resolve().parent.parent
SPEC = generate.specfile.vendored(ROOT / "spec")


def effective(names: list[str] | None = None) -> dict[str, Any]:
    document, _ = generate.effective(SPEC, ROOT / "spec" / "overlays", names)
    return document


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, generated anew."""
    target = tmp_path_factory.mktemp("fresh") / "recraft_api"
    generate.generate(effective(), ROOT / "spec", target)
    return target


@pytest.mark.slow
def test_generating_twice_gives_the_same_bytes(fresh: Path, tmp_path: Path) -> None:
    generate.generate(effective(), ROOT / "spec", tmp_path / "recraft_api")
    assert list(generate.differences(fresh, tmp_path / "recraft_api")) == []


def test_what_is_checked_in_is_what_is_generated(fresh: Path) -> None:
    assert "".join(generate.differences(fresh, ROOT / "generated" / "recraft_api")) == ""


def test_the_specification_is_vendored_byte_for_byte() -> None:
    record = json.loads((ROOT / "spec" / "provenance.json").read_text("utf-8"))
    files = record.get("files") or [{"name": SPEC.name, "sha256": record["sha256"]}]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in generate.specfile.files(SPEC)}
    assert found == {file["name"]: file["sha256"] for file in files}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (
            lambda root: (root / "client.py").write_text((root / "client.py").read_text() + "\n# by hand\n"),
            "-# by hand",
        ),
        (lambda root: (root / "models" / "stray.py").touch(), "stray file: recraft_api/models/stray.py"),
        (lambda root: (root / "options.py").unlink(), "missing file: recraft_api/options.py"),
        (lambda root: (root / "openapi.json").write_bytes(b"{}"), "openapi.json (as it is)"),
    ],
    ids=["a hand edit", "a stray file", "a missing file", "another specification"],
)
def test_the_check_for_drift_fails_with_a_readable_difference(
    edit: Any, words: str, tmp_path: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(fresh, tmp_path / "recraft_api")
    monkeypatch.setattr(generate, "generate", lambda specification, spec, target: shutil.copytree(fresh, target))
    assert check(tmp_path)[0] == 0
    edit(tmp_path / "recraft_api")
    code, output = check(tmp_path)
    assert code == 1
    assert words in output
    assert "make generate" in output


def check(folder: Path) -> tuple[int, str]:
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = generate.main(["--check", "--output", str(folder)])
    return code, output.getvalue()


def test_what_agents_read_follows_the_package_that_is_checked_in_and_no_other(
    tmp_path: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(generate, "generate", lambda specification, spec, target: shutil.copytree(fresh, target))
    monkeypatch.setattr(agents, "main", lambda arguments: told.append(arguments) or 7)
    assert generate.main(["--check"]) == 7, "drift there is drift"
    assert generate.main(["--output", str(tmp_path)]) == 0
    assert told == [["--check"]]


def test_whatever_the_generator_complains_of_stops_it(tmp_path: Path) -> None:
    document = effective()
    document["paths"]["/models"]["get"]["parameters"] = [
        {"name": "nowhere", "in": "path", "required": True, "schema": {"type": "string"}}
    ]
    with pytest.raises(generate.GenerateError, match=r"(?s)openapi-python-client failed:.*/models"):
        generate.generate(document, ROOT / "spec", tmp_path / "recraft_api")
    assert not (tmp_path / "recraft_api").exists()


def test_a_package_that_is_no_python_stops_it(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("def")
    with pytest.raises(generate.GenerateError, match=r"(?s)ruff \w+ failed:.*broken\.py"):
        generator.tidy(tmp_path)


def test_caches_in_the_generated_package_are_not_drift(tmp_path: Path, fresh: Path) -> None:
    shutil.copytree(fresh, tmp_path / "recraft_api")
    (tmp_path / "recraft_api" / "__pycache__").mkdir()
    (tmp_path / "recraft_api" / "__pycache__" / "client.pyc").touch()
    assert list(generate.differences(fresh, tmp_path / "recraft_api")) == []


def test_hygiene_alone_lets_callers_send_and_receive_what_the_vendored_file_says() -> None:
    def wire(document: dict[str, Any]) -> dict[str, Any]:
        """Every operation with its request, without titles, tags and defaults."""

        def bare(node: Any) -> Any:
            if isinstance(node, dict):
                return {key: bare(value) for key, value in node.items() if key not in ("title", "default", "tags")}
            return [bare(item) for item in node] if isinstance(node, list) else node

        schemas = {
            name: bare(schema) for name, schema in document["components"]["schemas"].items() if name != "ApiError"
        }
        calls = {
            f"{method} {path}": (bare(item.get("requestBody")), bare(item["responses"].get("200")))
            for method, path, item in operations(document)
        }
        return {"schemas": schemas, "calls": calls}

    assert wire(effective(["hygiene"])) == wire(
        generate.named(generate.read(SPEC), ROOT / "spec" / "overlays").specification
    )


def test_an_overlay_document_that_is_not_there_is_named() -> None:
    with pytest.raises(generate.GenerateError, match="no overlay document called nothing; there are: names, hygiene"):
        effective(["nothing"])


def test_a_stale_action_stops_the_pipeline_and_is_named(tmp_path: Path) -> None:
    head = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
    (tmp_path / "10-old.yaml").write_text(f"{head}  - target: $.paths['/gone']\n    remove: true\n")
    with pytest.raises(generate.GenerateError, match=r"10-old\.yaml: actions\[0\] on .*'/gone'.* matches nothing"):
        generate.effective(SPEC, tmp_path)


def test_an_edit_of_a_template_that_no_longer_fits_is_named(tmp_path: Path) -> None:
    edit = {"file": "types.py.jinja", "find": "class Gone:", "replace": ""}
    with pytest.raises(generate.GenerateError, match=r"types\.py\.jinja: found 0 times instead of 1: 'class Gone:'"):
        generator.write_templates([edit], tmp_path)


def test_a_generator_that_names_a_model_otherwise_is_noticed(fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(fresh, tmp_path / "recraft_api")
    text = (fresh / "operations.py").read_text("utf-8")
    (tmp_path / "recraft_api" / "operations.py").write_text(
        text.replace("'GenerationRequest'", "'Other'").replace('"GenerationRequest"', '"Other"')
    )
    with pytest.raises(generate.GenerateError, match="does not use the model Other"):
        generate.check_models(tmp_path / "recraft_api")


def test_replacing_keeps_the_old_package_when_the_copy_fails(
    fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "recraft_api").mkdir()
    (tmp_path / "recraft_api" / "old.py").touch()

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", full)
    with pytest.raises(OSError, match="No space"):
        generate.replace(fresh, tmp_path / "recraft_api")
    assert [path.name for path in (tmp_path / "recraft_api").iterdir()] == ["old.py"]


# A later specification.


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], Any]]:
    """A specification with fields of every kind that were not there before, and the package made of it."""
    document = effective()
    fields = {
        "glow": {"type": "boolean"},
        "halo": {"type": "number"},
        "points": {"type": "array", "items": {"type": "integer"}},
        "more": {"type": "object", "properties": {"class": {"type": "string", "nullable": True}}},
        "either": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
        "free": {"type": "object"},
        "choice": {"type": "string", "enum": ["1a", "2b"]},
        "when": {"type": "string", "format": "date-time"},
    }
    document["components"]["schemas"]["GenerationRequest"]["properties"] |= fields
    document["components"]["schemas"]["FileOnlyRequest"]["properties"] |= {
        "glow": {"type": "boolean"},
        "halo": {"type": "number"},
    }
    document["paths"]["/models"]["get"]["parameters"] = [
        {"name": "page-size", "in": "query", "schema": {"type": "integer", "minimum": 1}}
    ]
    # An answer by status: what is made, and what is only taken in.
    made = document["paths"]["/prompts/enhance"]["post"]["responses"]
    made["202"] = {"description": "Taken in"}
    folder = tmp_path_factory.mktemp("later")
    generate.generate(document, ROOT / "spec", folder / "recraft_api")
    kept = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "recraft_api"}
    sys.path.insert(0, str(folder))
    try:
        yield document, importlib.import_module("recraft_api.models")
    finally:
        sys.path.remove(str(folder))
        for name in [name for name in sys.modules if name.partition(".")[0] == "recraft_api"]:
            del sys.modules[name]
        sys.modules.update(kept)


@pytest.mark.checkout
def test_a_new_field_of_any_kind_is_a_keyword_without_a_hand_edit(later: tuple[dict[str, Any], Any]) -> None:
    found = judge.reach(Path(later[1].__file__).parent.parent.parent, ROOT)
    assert (found.missing, found.stale, found.unreachable) == ([], [], [])


@pytest.mark.checkout
@pytest.mark.slow
def test_a_helper_whose_operation_is_gone_is_named_before_anything_is_generated() -> None:
    document = effective()
    del document["paths"]["/images/crispUpscale"]
    assert judge.reach_of(document, ROOT).stale == ["client.images.crisp_upscale (crispUpscale)"]


def test_several_documented_successes_are_told_apart(later: tuple[dict[str, Any], Any]) -> None:
    package = Path(later[1].__file__).parent.parent
    made = (package / "api" / "prompts" / "enhance_prompt.py").read_text("utf-8")
    assert "if response.status_code == 200:" in made
    assert "if response.status_code == 202:" in made
    assert "is_success" not in made
    assert "if response.is_success:" in (package / "api" / "images" / "create_image.py").read_text("utf-8")


def test_an_operation_whose_requests_do_not_tell_it_is_noticed(fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(fresh, tmp_path / "recraft_api")
    module = tmp_path / "recraft_api" / "api" / "images" / "vectorize_image.py"
    module.write_text(module.read_text("utf-8").replace('"vectorizeImage"', '"another"'), "utf-8")
    with pytest.raises(generate.GenerateError, match=r"vectorizeImage: api/images/vectorize_image\.py does not tell"):
        generate.check_models(tmp_path / "recraft_api")


def test_booleans_in_multipart_are_lower_case(later: tuple[dict[str, Any], Any]) -> None:
    request = later[1].FileOnlyRequest.from_dict({"image": b"", "glow": True, "halo": 1.5})
    parts = {name: part[1] for name, part in request.to_multipart() if name != "image"}
    assert parts == {"glow": b"true", "halo": b"1.5"}
    assert b"True" not in httpx.Request("POST", "http://t", files=request.to_multipart()).read()


def test_a_keyword_of_python_may_name_a_property(later: tuple[dict[str, Any], Any]) -> None:
    request = later[1].GenerationRequest.from_dict({"prompt": "a", "more": {"class": None}, "either": 7})
    assert request.to_dict() == {"prompt": "a", "more": {"class": None}, "either": 7}
