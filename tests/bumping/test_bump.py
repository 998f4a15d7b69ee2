"""One command from the vendor's file to a checked package, or a reason and a checkout as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mutations import MUTATIONS

import overlay_files
import renewal
import specfile
import swap

from .conftest import ROOT, Change, NextFile, contents, run

pytestmark = pytest.mark.checkout


def mutation(name: str) -> Change:
    return next(item for item in MUTATIONS if item.name == name).apply


def recorded(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> list[Any]:
    """What a function is called with first, from now on."""
    calls: list[Any] = []
    function = getattr(owner, name)

    def told(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments[0] if arguments else None)
        return function(*arguments, **options)

    monkeypatch.setattr(owner, name, told)
    return calls


def add_what_an_overlay_action_adds(spec: dict[str, Any]) -> None:
    """The vendor's file says by itself, and differently, what an overlay document says for it."""
    spec["components"]["schemas"]["GenerationRequest"]["properties"]["random_seed"] = {"type": "integer"}


@pytest.mark.slow
def test_the_package_of_an_additive_file_passes_the_type_checkers_and_is_in_the_reference(
    checkout: Path, next_file: NextFile
) -> None:
    assert run(next_file(mutation("request_boolean_in_multipart_body")), checkout).changed
    assert "- `keep_alpha`: `bool`" in (checkout / "docs" / "reference.md").read_text()
    assert "`--keep-alpha, --no-keep-alpha`" in (checkout / "docs" / "command-line.md").read_text()
    capabilities = checkout / "overlay" / "recraft" / "agents" / "capabilities"
    assert "value: '{{keep_alpha}}'" in (capabilities / "images-background.yaml").read_text()


def test_an_additive_file_becomes_a_package_a_changelog_and_a_minor_version(
    checkout: Path, next_file: NextFile, no_tools: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = next_file(mutation("request_boolean_in_multipart_body"))
    started, read = recorded(monkeypatch, subprocess, "Popen"), recorded(monkeypatch, specfile, "load")
    parsed = recorded(monkeypatch, overlay_files, "YAML")

    report = run(new, checkout)

    assert no_tools == ["mypy", "pyright", "pages"]
    programs = [Path(command[0]).name for command in started if command[0] != "git"]
    assert programs == ["ruff", "ruff", Path(sys.executable).name], "and what reads the helpers"
    assert [path.name for path in read] == ["next.yaml", "openapi.yaml"], "each file is read once"
    assert len(parsed) <= len(list((ROOT / "spec" / "overlays").iterdir())), "and each overlay document at most once"
    assert report.verdicts == {"wire": "additive", "users of recraft": "additive", "generated names": "additive"}
    assert (report.previous_version, report.part, report.version) == ("0.1.0", "minor", "0.2.0")
    assert report.changed
    assert (checkout / "spec" / "openapi.yaml").read_bytes() == new.read_bytes()
    assert f'version = "{report.version}"' in (checkout / "pyproject.toml").read_text()
    changelog = (checkout / "CHANGELOG.md").read_text()
    assert f"## {report.version} - 2026-12-04" in changelog
    assert "keep_alpha" in changelog
    provenance = json.loads((checkout / "spec" / "provenance.json").read_text())
    assert provenance["sha256"] == specfile.sha256(new)
    assert provenance["previous_sha256"] == specfile.sha256(specfile.vendored(ROOT / "spec"))
    assert "keep_alpha: bool" in (checkout / "generated" / "recraft_api" / "options.py").read_text()

    before = contents(checkout)
    again = run(new, checkout)

    assert not again.changed, "the same file twice changes nothing"
    assert contents(checkout) == before


@pytest.mark.usefixtures("no_tools")
def test_a_dry_run_says_everything_and_changes_nothing(checkout: Path, next_file: NextFile) -> None:
    before = contents(checkout)

    report = run(next_file(mutation("operation_post_json")), checkout, dry_run=True)

    assert report.verdicts["users of recraft"] == "additive"
    assert report.reach["missing"], "the new operation has no helper, which is said and stops nothing"
    assert "recraft_api.api." in report.changelog
    assert contents(checkout) == before


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (add_what_an_overlay_action_adds, r"already there: random_seed"),
        (mutation("operation_removed"), r"stale|is gone|matches nothing"),
        (mutation("request_not"), "PART=major"),
        (lambda spec: spec.update(openapi="3.3.0"), r"3\.3\.0"),
        (
            lambda spec: spec["paths"].update({"/new": {"get": {"responses": {"204": {"description": ""}}}}}),
            "GET /new has no operationId; name it",
        ),
        (
            lambda spec: spec["components"]["schemas"]["Style"].update({"$ref": "#/components/schemas/Nowhere"}),
            "Nowhere",
        ),
    ],
    ids=[
        "overlay-action-is-stale",
        "helper-lost-its-operation",
        "unclassified",
        "openapi-version",
        "no-operation-id",
        "dangling-ref",
    ],
)
@pytest.mark.usefixtures("no_tools", "no_generation")
def test_a_file_that_cannot_be_taken_leaves_the_checkout_as_it_was(
    checkout: Path, next_file: NextFile, change: Change, reason: str
) -> None:
    before = contents(checkout)

    with pytest.raises(renewal.Stopped, match=f"(?s){reason}"):
        run(next_file(change), checkout)

    assert contents(checkout) == before


@pytest.mark.usefixtures("no_tools", "no_generation")
def test_a_stale_action_is_named_and_may_go(checkout: Path, next_file: NextFile) -> None:
    with pytest.raises(renewal.Stopped) as stopped:
        run(next_file(add_what_an_overlay_action_adds), checkout)

    assert "20-live-service.yaml: actions[0]" in str(stopped.value)
    assert "can go" in str(stopped.value)


@pytest.mark.slow
@pytest.mark.usefixtures("no_tools")
def test_a_break_for_python_callers_alone_raises_the_first_number(checkout: Path, next_file: NextFile) -> None:
    results = checkout / "overlay" / "recraft" / "results.py"
    results.write_text(results.read_text().replace("def balance_usd", "def balance_in_usd"))

    report = run(next_file(mutation("request_boolean_in_multipart_body")), checkout, dry_run=True)

    assert (report.verdicts["users of recraft"], report.part) == ("additive", "major")
    assert "`recraft.results.User.balance_usd` is gone" in report.python


@pytest.mark.usefixtures("no_tools", "no_generation")
def test_a_failure_while_swapping_puts_everything_back(
    checkout: Path, next_file: NextFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(checkout)
    rename, count = Path.rename, 0

    def fail_half_way(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == 6:
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_half_way)
    with pytest.raises(renewal.Stopped, match="disk full"):
        run(next_file(mutation("response_field")), checkout)

    monkeypatch.undo()
    assert contents(checkout) == before


@pytest.mark.parametrize("several", [True, False])
def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(several: bool, tmp_path: Path) -> None:
    parts = {"spec/openapi/a.yaml": "a", "spec/openapi/b.yaml": "b"}
    there, new = ({"spec/openapi.yaml": "one"}, parts) if several else (parts, {"spec/openapi.yaml": "one"})
    others = {name: name for name in swap.CHANGED if name not in swap.VENDORED}
    for side, files in (("root", there), ("copy", new)):
        for name, text in (files | others).items():
            (tmp_path / side / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / side / name).write_text(text)

    swap.swap(tmp_path / "copy", tmp_path / "root")

    assert contents(tmp_path / "root") == contents(tmp_path / "copy")


@pytest.mark.usefixtures("no_tools", "no_generation")
def test_a_description_alone_raises_the_last_number(checkout: Path, next_file: NextFile) -> None:
    report = run(next_file(mutation("operation_described_anew")), checkout)

    assert (report.verdicts["users of recraft"], report.part) == ("docs-only", "patch")
