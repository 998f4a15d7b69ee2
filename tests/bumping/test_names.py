"""Names in one place: whatever a publisher calls things, the same package comes out, and no code is changed for it."""

from __future__ import annotations

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
import renewal
import specfile

from . import disguises
from .conftest import ROOT, copy_checkout

OVERLAYS = ROOT / "spec" / "overlays"
BY_HELPER = helpers.helpers(ROOT / "overlay" / "recraft")
Document = dict[str, Any]


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


def proposed(document: Document) -> names.Names:
    """What is proposed for a document, by what the checkout has."""
    base = generate.named(specfile.vendored(ROOT / "spec"), OVERLAYS).specification
    full = json.loads((ROOT / "generated" / generate.PACKAGE / "openapi.json").read_text("utf-8"))
    return names.propose(document, base, full, BY_HELPER)


def effective(document: Path, folder: Path) -> generate.Effective:
    """A document with the names that are proposed for it, and our other overlay documents."""
    target = folder / "overlays"
    target.mkdir()
    for path in OVERLAYS.glob("*.yaml"):
        (target / path.name).write_bytes(path.read_bytes())
    (target / "05-names.yaml").write_text(names.render(proposed(specfile.load(document))), "utf-8")
    return generate.applied(document, target)


def same(one: Any, other: Any) -> bool:
    """Whether two documents say the same, in whatever order."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_the_names_of_the_vendored_document_are_those_that_are_proposed_for_it() -> None:
    assert names.render(proposed(ours())) == (OVERLAYS / "05-names.yaml").read_text("utf-8")


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
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
    run = subprocess.run(
        [sys.executable, "scripts/names.py", *map(str, files)], cwd=checkout, capture_output=True, text=True, check=True
    )
    (checkout / "spec" / "overlays" / "05-names.yaml").write_text(run.stdout, "utf-8")
    return checkout, files


@pytest.mark.bumps
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_the_whole_quick_suite_passes_on_it(disguise: Callable[[Path], list[Path]], tmp_path: Path) -> None:
    checkout, files = disguised(disguise, tmp_path)

    report = renewal.bump(files, checkout, renewal.Options(date(2026, 12, 4), tests="quick"))

    assert report.changed
