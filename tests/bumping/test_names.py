"""Names in one place: whatever a publisher calls things, the same package comes out, and no code is changed for it.

All of it is about the document as it is vendored here, so a bump to another one leaves it out (`checkout`).
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import generate
import helpers
import names
import overlays
import renewal
import specdiff
import specfile

from . import disguises
from .conftest import ROOT, copy_checkout

pytestmark = pytest.mark.checkout

OVERLAYS = ROOT / "spec" / "overlays"
BY_HELPER = helpers.helpers(ROOT / "overlay" / "recraft")
Document = dict[str, Any]


#: What tells that the address of a server has grown by what its paths have lost.
MOVES = {"base-path-moved", "operation-path-changed"}


def ours() -> Document:
    return specfile.load(specfile.vendored(ROOT / "spec"))


def as_another_publisher(folder: Path) -> list[Path]:
    """All of it at once, in one file for each tag."""
    document = disguises.prefixed(disguises.promising(disguises.renamed(ours())))
    return disguises.split(disguises.tagged(document), folder)


def without_ids(folder: Path) -> list[Path]:
    (folder / "anonymous.yaml").write_text(json.dumps(disguises.anonymous(ours())), "utf-8")
    return [folder / "anonymous.yaml"]


DISGUISES: dict[str, Callable[[Path], list[Path]]] = {
    "renamed, prefixed, promising, split": as_another_publisher,
    "no ids": without_ids,
}


@functools.cache
def known() -> tuple[Document, Document]:
    """What proposals go by: the vendored document with our names, and what it takes effect as."""
    base = generate.named(generate.read(specfile.vendored(ROOT / "spec")), OVERLAYS).specification
    return base, json.loads((ROOT / "generated" / generate.PACKAGE / "openapi.json").read_text("utf-8"))


def proposed(document: Document) -> names.Names:
    """What is proposed for a document, by what the checkout has."""
    return names.propose(document, *known(), BY_HELPER)


def effective(document: Path, folder: Path) -> generate.Effective:
    """A document with the names that are proposed for it, and our other overlay documents."""
    target = folder / "overlays"
    target.mkdir()
    for path in OVERLAYS.glob("*.yaml"):
        (target / path.name).write_bytes(path.read_bytes())
    (target / "05-names.yaml").write_text(names.render(proposed(specfile.load(document))), "utf-8")
    return generate.applied(generate.read(document), target)


def same(one: Any, other: Any) -> bool:
    """Whether two documents say the same, in whatever order."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_the_names_of_the_vendored_document_are_those_that_are_proposed_for_it() -> None:
    assert names.render(proposed(ours())) == (OVERLAYS / "05-names.yaml").read_text("utf-8")


@pytest.mark.parametrize("change", [lambda document: document, disguises.renamed, disguises.prefixed])
def test_names_change_nothing_on_the_wire(change: Callable[[Document], Document], tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(json.dumps(change(ours())), "utf-8")
    overlay = tmp_path / "overlays" / "05-names.yaml"
    overlay.parent.mkdir()
    overlay.write_text(names.render(proposed(specfile.load(path))), "utf-8")

    found = specdiff.diff(specfile.load(path), generate.named(generate.read(path), overlay.parent).specification)

    on_the_wire = [finding for finding in found if finding.method_path]
    assert {finding.code for finding in on_the_wire if finding.level not in ("docs-only", "sdk-breaking")} <= MOVES


@pytest.mark.parametrize(
    "disguise", [as_another_publisher, pytest.param(without_ids, marks=pytest.mark.slow)], ids=DISGUISES
)
def test_a_document_that_calls_everything_otherwise_takes_effect_as_ours_does(
    disguise: Callable[[Path], list[Path]], tmp_path: Path
) -> None:
    document = specfile.gathered(disguise(tmp_path), tmp_path)

    found = effective(document, tmp_path)

    expected = generate.effective(specfile.vendored(ROOT / "spec"), OVERLAYS)[0]
    assert found.stale == []
    assert found.specification["info"].pop("title").startswith(expected["info"].pop("title"))
    assert same(found.specification, expected)


def disguised(disguise: Callable[[Path], list[Path]], folder: Path) -> tuple[Path, list[Path]]:
    """A checkout with the names of another document, and that document."""
    checkout = copy_checkout(folder / "checkout")
    (folder / "published").mkdir()
    files = disguise(folder / "published")
    command = [sys.executable, "scripts/names.py", *map(str, files), "--write"]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    return checkout, files


@pytest.mark.slow
@pytest.mark.usefixtures("no_tools")
def test_a_bump_to_it_is_no_change_for_anybody_and_keeps_each_file(tmp_path: Path) -> None:
    checkout, files = disguised(as_another_publisher, tmp_path)
    command = [sys.executable, "scripts/names.py", *map(str, files)]
    again = subprocess.run(command, cwd=checkout, check=False, capture_output=True, text=True)
    assert (again.returncode, "is not that of the vendored document" in again.stderr) == (3, True)

    report = renewal.bump(files, checkout, renewal.Options(date(2026, 12, 4), tests="none"))

    assert (report.changed, report.part, report.python) == (True, "patch", [])
    assert report.reach == {"missing": [], "stale": [], "unreachable": []}
    assert report.verdicts == {"wire": "docs-only", "users of recraft": "docs-only", "generated names": "docs-only"}
    vendored = {path.name: path.read_bytes() for path in (checkout / "spec" / "openapi").iterdir()}
    assert vendored == {path.name: path.read_bytes() for path in files}
    assert not (checkout / "spec" / "openapi.yaml").exists()
    provenance = json.loads((checkout / "spec" / "provenance.json").read_text("utf-8"))
    digests = [{"name": path.name, "sha256": specfile.sha256(path)} for path in files]
    assert (provenance["files"], provenance["sha256"]) == (digests, report.sha256)
    command = [sys.executable, "scripts/generate.py", "--check"]
    assert subprocess.run(command, cwd=checkout, check=False, capture_output=True).returncode == 0


@pytest.mark.bumps
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_the_whole_quick_suite_passes_on_it(disguise: Callable[[Path], list[Path]], tmp_path: Path) -> None:
    checkout, files = disguised(disguise, tmp_path)

    report = renewal.bump(files, checkout, renewal.Options(date(2026, 12, 4), tests="quick"))

    assert report.changed


def document(*routes: str, **schemas: Any) -> Document:
    """A document with an operation for each route, `POST /images/vectorize=traceImage`."""
    paths: Document = {}
    for route in routes:
        place, _, name = route.partition("=")
        method, path = place.split(maxsplit=1)
        answer: Document = {"responses": {"200": {"description": ""}}}
        paths.setdefault(path, {})[method.lower()] = answer | ({"operationId": name} if name else {})
    info = {"title": "Other", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": {"schemas": schemas}}


def test_what_is_new_keeps_its_own_id_where_it_has_one_that_is_free() -> None:
    found = proposed(
        document(
            "POST /v2/images/generations=make",
            "GET /v2/videos/{video_id}/frames",
            "POST /v2/videos=makeVideo",
            "PUT /v2/videos=createImage",
            "PATCH /v2/videos=create_image",
            "DELETE /v2/videos",
        )
    )
    assert found.prefix == "/v2"
    assert found.operations == {
        ("post", "/v2/images/generations"): "createImage",
        ("get", "/v2/videos/{video_id}/frames"): "getVideosByVideoIdFrames",
        ("put", "/v2/videos"): "putVideos",
        ("patch", "/v2/videos"): "patchVideos",
        ("delete", "/v2/videos"): "deleteVideos",
    }


def test_a_helper_whose_operation_is_not_there_is_named_with_the_nearest_path() -> None:
    other = disguises.prefixed(ours())
    other["paths"]["/v1/images/vectorise"] = other["paths"].pop("/v1/images/vectorize")

    found = proposed(other)

    assert found.missing == [
        "client.images.vectorize needs vectorizeImage, POST /images/vectorize, and the document has no such operation; "
        "the nearest is POST /images/vectorise"
    ]
    assert f"# Not there: {found.missing[0]}." in names.render(found)


def test_what_only_overlay_documents_add_is_no_helper_without_operation() -> None:
    assert proposed(ours()).missing == []
    assert len(proposed(document("GET /nothing")).missing) == len(ours_named())


def ours_named() -> list[str]:
    return [operation["operationId"] for _, _, operation in specfile.operations(ours())]


def test_the_script_says_what_is_missing_and_prints_what_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = ours()
    del other["paths"]["/users/me"]
    (tmp_path / "other.yaml").write_text(json.dumps(other), "utf-8")

    assert names.main([str(tmp_path / "other.yaml")]) == 1
    found = capsys.readouterr()
    assert found.err.startswith("client.users.me needs getCurrentUser, GET /users/me")
    assert "operationId: vectorizeImage" in found.out

    assert names.main([str(tmp_path / "gone.yaml")]) == 3
    assert "invalid: " in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["it's", 'say "so"', "a#b: c", "back\\slash", "üñ", "\x1b[31m", "{{jinja}}", "a\nb", "$..[?@]"]
)
def test_whatever_stands_in_a_path_or_a_schema_is_addressed_and_stays_one_line(name: str, tmp_path: Path) -> None:
    paths = [f"POST /images/{name.replace(' ', '')}"] if "\n" not in name else []
    other = document("POST /images/generations", *paths)
    other["paths"] = {path.replace("\\n", "\n"): item for path, item in other["paths"].items()}
    other["components"]["schemas"] = {name: {"type": "object", "title": name}}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    other["paths"]["/images/generations"]["post"]["requestBody"] = {"content": content}

    found = proposed(other)
    text = names.render(found)

    (tmp_path / "05-names.yaml").write_text(text, "utf-8")
    overlay = overlays.load(tmp_path / "05-names.yaml")
    assert overlays.apply(other, overlay, "05-names.yaml") == []
    assert list(other["components"]["schemas"]) == ["GenerationRequest"]
    assert all(operation["operationId"] for _, _, operation in specfile.operations(other))
    assert text.isprintable() or all(line.isprintable() for line in text.splitlines())


def test_of_several_schemas_for_one_of_ours_the_one_that_is_used_most_has_its_name() -> None:
    other = ours()
    schemas = other["components"]["schemas"]
    schemas["Odd"] = schemas["FileOnlyRequest"]
    schemas["Even"] = schemas.pop("FileOnlyRequest")
    for _, path, operation in specfile.operations(other):
        text = json.dumps(operation)
        kind = "Odd" if path == "/images/vectorize" else "Even"
        other["paths"][path]["post" if "post" in other["paths"][path] else "get"] = json.loads(
            text.replace("schemas/FileOnlyRequest", f"schemas/{kind}")
        )
    assert {place[2]: name for place, name in proposed(other).schemas.items() if len(place) == 3} == {
        "Even": "FileOnlyRequest",
        "Odd": "VectorizeRequest",  # as an overlay document calls it
    }


def test_a_name_that_another_schema_keeps_is_not_given() -> None:
    other = ours()
    schemas = other["components"]["schemas"]
    schemas["Answer"] = schemas["User"]
    schemas["User"] = {"type": "object", "description": "Of something else."}
    answer = other["paths"]["/users/me"]["get"]["responses"]["200"]["content"]["application/json"]
    answer["schema"] = {"$ref": "#/components/schemas/Answer"}
    other["paths"]["/other"] = {"get": {"responses": {"200": {"description": "", "content": {}}}}}

    assert "User" not in proposed(other).schemas.values()
