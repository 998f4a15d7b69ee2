"""Bumps count from the last release: those before a tag do not add up, and what was released is what is compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mutations import MUTATIONS

import changelog
import releases
import renewal

from .conftest import Change, NextFile, commit, git, run

pytestmark = [pytest.mark.checkout, pytest.mark.usefixtures("no_tools", "no_generation")]


def mutation(*names: str) -> Change:
    chosen = [item.apply for item in MUTATIONS if item.name in names]
    assert len(chosen) == len(names)

    def change(spec: dict[str, Any]) -> None:
        for apply in chosen:
            apply(spec)

    return change


def versions(checkout: Path, next_file: NextFile, *bumps: tuple[str, ...], committed: bool) -> list[str]:
    """The version after each of some bumps, each to a document with more changes."""
    found = []
    for names in bumps:
        found.append(run(next_file(mutation(*names)), checkout).version)
        if committed:
            commit(checkout)
    return found


SLOW = pytest.mark.slow


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "committed"),
    [
        ("v0.1.0", True),
        pytest.param("v0.1.0", False, marks=SLOW),
        pytest.param(None, True, marks=SLOW),
        pytest.param(None, False, marks=SLOW),
    ],
)
def test_bumps_before_the_next_release_do_not_add_up(
    checkout: Path, next_file: NextFile, tag: str | None, committed: bool
) -> None:
    commit(checkout, tag)
    field, bound, docs = "response_field", "request_bound_tightened", "operation_described_anew"
    assert versions(
        checkout, next_file, (docs,), (docs, field), (docs, field, bound), (field, bound), committed=committed
    ) == ["0.1.1", "0.2.0", "1.0.0", "1.0.0"]


def test_the_changelog_has_one_entry_for_all_bumps_since_a_release(checkout: Path, next_file: NextFile) -> None:
    commit(checkout, "v0.1.0")
    run(next_file(mutation("response_field")), checkout)
    commit(checkout)
    run(next_file(mutation("response_field", "request_bound_tightened")), checkout)
    log = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert [line for line in log.splitlines() if line.startswith("## ")][:2] == [
        "## 1.0.0 - 2026-12-04",
        "## 0.1.0 - 2026-11-22",
    ]
    assert log.count("data[].width") == 1
    assert "For the Recraft Images API of 2026-05-22 (sha256 of its document: " in log


def test_after_a_tag_the_next_bump_counts_from_it(checkout: Path, next_file: NextFile) -> None:
    run(next_file(mutation("response_field")), checkout)
    commit(checkout, "v0.2.0")
    assert run(next_file(mutation("response_field", "response_header")), checkout).version == "0.3.0"


def test_what_people_wrote_into_the_changelog_counts(checkout: Path, next_file: NextFile) -> None:
    commit(checkout, "v0.1.0")
    log = checkout / "CHANGELOG.md"
    head, _, rest = changelog.since(log.read_text("utf-8"), "0.1.0")
    log.write_text(f"{head}## Unreleased\n\n### Breaking\n\n- `x` is gone.\n\n{rest}")
    report = run(next_file(mutation("operation_described_anew")), checkout)
    assert (report.version, report.part) == ("1.0.0", "major")
    assert "## Unreleased" not in log.read_text()
    assert "- `x` is gone." in log.read_text()


@SLOW
def test_a_decision_of_a_person_is_asked_for_once(checkout: Path, next_file: NextFile) -> None:
    commit(checkout, "v0.1.0")
    with pytest.raises(renewal.Stopped, match="PART=major"):
        run(next_file(mutation("request_not")), checkout)
    assert run(next_file(mutation("request_not")), checkout, decided="patch").version == "0.1.1"
    commit(checkout)
    assert run(next_file(mutation("request_not", "response_field")), checkout).version == "0.2.0"
    with pytest.raises(renewal.Stopped, match="PART=major"):
        run(next_file(mutation("request_not", "response_field", "discriminator_added")), checkout)


def test_the_released_specification_is_compared_not_the_old_file_with_the_overlay_documents_of_today(
    checkout: Path, next_file: NextFile
) -> None:
    def change(spec: dict[str, Any]) -> None:
        properties = spec["components"]["schemas"]["User"]["properties"]
        properties["name"] = {"type": "string"}  # what an overlay action added
        spec["components"]["schemas"]["Style"]["properties"]["cover"] = {"type": "string"}

    overlay = checkout / "spec" / "overlays" / "20-live-service.yaml"
    text = overlay.read_text()
    action = (
        '  - target: $.components.schemas.User.properties\n    description: "Source S."\n    x-adds: true\n'
        "    update: {name: {type: string}}\n"
    )
    new = (  # for something that only the new document has
        "  - target: $.components.schemas.Style.properties.cover\n    description: A reason.\n"
        "    update: {description: What to show.}\n"
    )
    assert action in text
    overlay.write_text(text.replace(action, new))

    report = run(next_file(change), checkout)

    found = {finding["place"] for finding in report.findings["findings"] if finding["level"] != "docs-only"}
    assert found == {"200.cover", "200.styles[].cover"}
    assert report.verdicts["wire"] == "additive"


def test_only_a_tag_of_three_numbers_is_a_release(checkout: Path, tmp_path: Path) -> None:
    for tag in ("v0.0.9", "v0.1.0-rc1", "vnext", "v0.0.10"):
        git(checkout, "tag", tag)
    found = releases.released(checkout, tmp_path / "released")
    assert (found.name, found.version) == ("v0.0.10", "0.0.10")
    assert found.specification() == json.loads((checkout / releases.PACKAGE / "openapi.json").read_text())


def test_without_git_the_checkout_is_what_callers_have(checkout: Path, tmp_path: Path) -> None:
    import shutil

    shutil.rmtree(checkout / ".git")
    found = releases.released(checkout, tmp_path / "released")
    assert (found.name, found.version, found.tree) == ("the checkout", "0.1.0", checkout)
