"""What the vendor has changed in two years, as edits of our file: each passes, or stops with a reason that holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import judge
import renewal

from .conftest import Change, NextFile, contents, run

pytestmark = pytest.mark.checkout


def schemas(spec: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = spec["components"]["schemas"]
    return found


def model_and_fields(spec: dict[str, Any]) -> None:
    """A new model, and options of every request that makes images."""
    request = schemas(spec)["GenerationRequest"]["properties"]
    request["model"]["enum"].append("recraftv5")
    request["seamless"] = {"type": "boolean"}
    schemas(spec)["ImageToImageRequest"]["properties"]["seamless"] = {"type": "boolean"}


def operation(spec: dict[str, Any]) -> None:
    """Another tool, on the schemas that there are."""
    spec["paths"]["/images/relight"] = {
        "post": {
            "operationId": "relightImage",
            "requestBody": {
                "required": True,
                "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/FileOnlyRequest"}}},
            },
            "responses": spec["paths"]["/images/crispUpscale"]["post"]["responses"],
        }
    }


def extensions(spec: dict[str, Any]) -> None:
    """Notes for the vendor's own code generator, and values that are on their way out."""
    schemas(spec)["Image"]["properties"]["image_id"]["x-go-name"] = "ImageID"
    schemas(spec)["Style"]["properties"]["id"]["x-go-type-import"] = {"path": "example.invalid/uuid"}
    schemas(spec)["GenerationRequest"]["properties"]["model"]["x-deprecated-enum-values"] = ["recraftv2"]


def claims_a_newer_version(spec: dict[str, Any]) -> None:
    spec["openapi"] = "3.2.0"


def object_in_a_form(spec: dict[str, Any]) -> None:
    """Colours and the like for a tool that takes a file."""
    schemas(spec)["FileOnlyRequest"]["properties"]["controls"] = {"$ref": "#/components/schemas/BrandControls"}


def files_as_options(spec: dict[str, Any]) -> None:
    """More files beside the one that is edited, and a prompt where there was none."""
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    schemas(spec)["FileOnlyRequest"]["properties"] |= {"references": files, "prompt": {"type": "string"}}


def required_answers(spec: dict[str, Any]) -> None:
    """Every member of an answer is required."""
    for name in ("Image", "ImageSet", "Style", "User"):
        schemas(spec)[name]["required"] = list(schemas(spec)[name]["properties"])


PASS: dict[str, Change] = {
    "a model and options": model_and_fields,
    "an operation": operation,
    "extensions": extensions,
    "a newer version is claimed": claims_a_newer_version,
    "an object in a form": object_in_a_form,
    "files as options": files_as_options,
    "answers are required": required_answers,
}


@pytest.mark.slow
def test_changes_that_ask_nothing_of_anyone_pass_together(
    checkout: Path, next_file: NextFile, no_tools: list[str]
) -> None:
    def change(spec: dict[str, Any]) -> None:
        for each in PASS.values():
            each(spec)

    report = run(next_file(change), checkout)

    assert no_tools, "mypy and pyright"
    assert report.verdicts == {"wire": "additive", "users of recraft": "additive", "generated names": "additive"}
    assert (report.part, report.changed, report.python) == ("minor", True, [])
    assert report.reach == {"missing": ["relightImage"], "stale": [], "unreachable": []}
    assert {warning.split(":")[0] for warning in report.warnings} == {
        "the document claims `openapi",
        "answers may lack what the document requires of them",
        "relightImage belongs to no capability, and agents have it in none",
    }
    assert json.loads((checkout / "generated" / "recraft_api" / "openapi.json").read_text())["openapi"] == "3.1.1"
    assert "the value `recraftv2` is now deprecated" in report.changelog
    assert "x-go" not in report.changelog


@pytest.mark.slow
@pytest.mark.parametrize("change", PASS.values(), ids=PASS)
@pytest.mark.usefixtures("no_tools")
def test_a_change_that_asks_nothing_of_anyone_passes(checkout: Path, next_file: NextFile, change: Change) -> None:
    report = run(next_file(change), checkout)
    assert (report.changed, report.reach["unreachable"], report.python) == (True, [], [])
    assert report.part in ("minor", "patch", "none")


@pytest.mark.usefixtures("no_tools", "no_generation")
def test_a_field_that_an_overlay_action_would_hide_stops_the_bump(checkout: Path, next_file: NextFile) -> None:
    """The vendor gives vectorize a schema of its own; our action would put another one in its place."""

    def change(spec: dict[str, Any]) -> None:
        schemas(spec)["TraceRequest"] = {
            "type": "object",
            "required": ["image"],
            "properties": {"image": {"type": "string", "format": "binary"}, "smoothness": {"type": "number"}},
        }
        body = spec["paths"]["/images/vectorize"]["post"]["requestBody"]["content"]["multipart/form-data"]
        body["schema"] = {"$ref": "#/components/schemas/TraceRequest"}

    before = contents(checkout)
    with pytest.raises(renewal.Stopped) as stopped:
        run(next_file(change), checkout)

    (reason,) = stopped.value.reasons
    assert "'/images/vectorize'" in reason
    assert "overwrites $ref, which is '#/components/schemas/TraceRequest', and expects to find" in reason
    assert "Made so by: " in reason
    assert "TraceRequest" in reason.partition("Made so by: ")[2]
    assert contents(checkout) == before


@pytest.mark.usefixtures("no_tools", "no_generation")
def test_all_that_stops_a_bump_is_in_one_list_and_a_removal_is_told_beside_stale_actions(
    checkout: Path, next_file: NextFile
) -> None:
    said: list[str] = []

    def change(spec: dict[str, Any]) -> None:
        schemas(spec)["GenerationRequest"]["properties"]["random_seed"] = {"type": "integer"}
        schemas(spec)["GenerationRequest"]["properties"]["prompt"]["not"] = {"enum": [""]}
        del spec["paths"]["/images/vectorize"]

    with pytest.raises(renewal.Stopped) as stopped:
        run(next_file(change), checkout, say=said.append)

    causes = [
        "`body.random_seed` was added",
        "POST /images/vectorize was removed",
        "POST /images/vectorize was removed",
    ]
    assert [reason.partition("Made so by: ")[2] for reason in stopped.value.reasons[:-1]] == [
        f"{'Request property ' if 'body' in cause else ''}{cause}." for cause in causes
    ]
    assert "PART=major" in stopped.value.reasons[-1]
    assert str(checkout) not in str(stopped.value)
    report = next(text for text in said if "wire: " in text)
    assert "wire: breaking; users of recraft: breaking" in report
    assert "POST /images/vectorize was removed.  [operation-removed]" in report
    assert "block_nsfw" not in report, "what the rest of a stale action says holds all the same"


@pytest.mark.usefixtures("no_tools")
def test_overlay_documents_that_no_longer_fit_still_leave_a_report(checkout: Path, next_file: NextFile) -> None:
    def change(spec: dict[str, Any]) -> None:
        schemas(spec)["Picture"] = schemas(spec).pop("Image")
        schemas(spec)["ImageSet"]["properties"]["data"]["items"] = {"$ref": "#/components/schemas/Picture"}

    said: list[str] = []
    with pytest.raises(renewal.Stopped) as stopped:
        run(next_file(change), checkout, say=said.append)

    assert "schema renamed Image -> Picture" in "\n".join(said)
    assert all("schema renamed Image -> Picture" in reason for reason in stopped.value.reasons[:2])
    assert "the overlay documents do not fit: " in stopped.value.reasons[-1]


@pytest.mark.usefixtures("no_generation")
def test_a_copy_that_is_kept_says_how_to_go_on_there(
    checkout: Path, next_file: NextFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bump
    import tools

    def fails(copy: Path, commands: list[list[str]], on_line: Any = None) -> list[tools.Outcome]:
        return [tools.Outcome(tuple(command), 1, "overlay/a.py:1: wrong") for command in commands]

    monkeypatch.setattr(tools, "run", fails)
    with pytest.raises(renewal.Stopped) as stopped:
        run(next_file(model_and_fields), checkout, keep=True)

    assert len(stopped.value.reasons) == 2, "mypy and pyright"
    assert stopped.value.copy is not None
    try:
        text = bump.how_to_go_on(stopped.value)
        assert f"cd {stopped.value.copy}" in text
        assert "-m mypy overlay generated/recraft_api\n" in text
        assert "recraftv5" in (stopped.value.copy / "generated" / "recraft_api" / "openapi.json").read_text()
    finally:
        import shutil

        shutil.rmtree(stopped.value.copy.parent)


@pytest.mark.slow
@pytest.mark.usefixtures("no_generation")
def test_tests_that_fail_are_run_once_more_alone_and_named_when_they_are_flaky(
    checkout: Path, next_file: NextFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tools

    asked: list[list[str]] = []
    outputs = {"all": "FAILED t.py::test_a - x\nFAILED t.py::test_b - x", "alone": "FAILED t.py::test_b - x"}

    def fake(copy: Path, commands: list[list[str]], on_line: Any = None) -> list[tools.Outcome]:
        if commands[0][0] != "pytest":
            return [tools.Outcome(tuple(command), 0, "") for command in commands]
        asked.append(commands[0])
        output = outputs["alone" if "0" in commands[0] else "all"]
        return [tools.Outcome(tuple(commands[0]), int(bool(output)), output)]

    monkeypatch.setattr(tools, "run", fake)
    with pytest.raises(renewal.Stopped, match="test_b"):
        run(next_file(model_and_fields), checkout, tests="quick")
    assert asked[0][asked[0].index("-m") + 1] == "not checkout and not bumps and not slow"
    assert asked[1][-2:] == ["t.py::test_a", "t.py::test_b"]

    outputs["alone"] = ""
    report = run(next_file(model_and_fields), checkout, tests="all", dry_run=True)
    assert [warning for warning in report.warnings if "flaky" in warning] == [
        "flaky: t.py::test_a failed among the others and passed alone",
        "flaky: t.py::test_b failed among the others and passed alone",
    ]
    assert asked[2][asked[2].index("-m") + 1] == "not checkout and not bumps"


@pytest.mark.parametrize(
    ("edit", "level"),
    [
        (lambda spec: spec["paths"].update({"/images/upscale": spec["paths"].pop("/images/crispUpscale")}), "additive"),
        (lambda spec: spec["servers"][0].update(url="https://other.invalid/v1"), "additive"),
        (lambda spec: spec["paths"].pop("/images/crispUpscale"), "breaking"),
        (lambda spec: schemas(spec)["GenerationRequest"]["properties"]["n"].update(maximum=4), "breaking"),
        (lambda spec: schemas(spec)["Image"]["properties"].pop("url"), "additive"),
        (lambda spec: schemas(spec)["User"].update(title="Account"), "additive"),
    ],
    ids=[
        "path moved",
        "server moved",
        "operation gone",
        "bound tighter",
        "optional answer member gone",
        "class renamed",
    ],
)
def test_users_of_the_package_are_spared_what_helpers_hide(next_file: NextFile, edit: Change, level: str) -> None:
    import generate
    import helpers
    import specdiff
    import specfile
    from audience import Audience

    before = specfile.load(specfile.vendored(generate.ROOT / "spec"))
    after = specfile.load(next_file(edit))
    found = Audience(helpers.helpers(generate.ROOT / "overlay" / "recraft"), judge.tags(before), before, after)
    assert specdiff.worst(map(found.level, specdiff.diff(before, after))) == level


def test_an_argument_that_helpers_keep_under_its_name_is_no_break_for_their_users(next_file: NextFile) -> None:
    import copy

    import generate
    import specdiff
    from audience import Audience

    before = generate.effective(
        generate.specfile.vendored(generate.ROOT / "spec"), generate.ROOT / "spec" / "overlays"
    )[0]
    after = copy.deepcopy(before)
    for name in ("OutpaintRequest", "OutpaintByUrlRequest"):
        properties = after["components"]["schemas"][name]["properties"]
        properties["grow_top"] = properties.pop("outpaint_top")
    audience = Audience({"outpaintImage": "client.images.outpaint"}, {}, before, after)
    findings = [f for f in specdiff.diff(before, after) if f.level == "breaking"]
    assert {f.code for f in findings} == {"request-property-renamed"}
    assert {audience.level(f) for f in findings} == {"additive"}
    for name in ("OutpaintRequest", "OutpaintByUrlRequest"):
        del after["components"]["schemas"][name]["properties"]["grow_top"]["x-argument"]
    assert "breaking" in {audience.level(f) for f in specdiff.diff(before, after)}
