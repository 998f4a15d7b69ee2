"""The README is true: its code runs, and its tables name what there is."""

from __future__ import annotations

import contextlib
import importlib.metadata
import inspect
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import numpy
import pytest
from PIL import Image

import recraft
from recraft import Recraft, RecraftError, RetryPolicy, errors, results, testing
from recraft.sandbox import Sandbox

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")


def sections() -> dict[str, str]:
    """Text of each chapter by its heading; what comes before the first is "Start"."""
    parts = re.split(r"^## (.+)$", README, flags=re.M)
    return {"Start": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def blocks(text: str) -> list[str]:
    """The Python blocks, each behind as many empty lines as there are above it, so that a traceback points into the README."""
    found = []
    for match in re.finditer(r"^```python\n(.*?)^```$", text, re.M | re.S):
        above = README.count("\n", 0, README.index(text) + match.start(1))
        found.append("\n" * above + match[1])
    return found


def table(heading: str, first: str) -> list[list[str]]:
    """Cells of the table in a chapter whose header row begins with `first`."""
    rows = [line for line in sections()[heading].splitlines() if line.startswith("|")]
    start = next(number for number, row in enumerate(rows) if row.startswith(f"| {first} |"))
    found = []
    for row in rows[start + 2 :]:
        if row.startswith("|---"):
            found.pop()  # the header of the next table
            break
        found.append([cell.strip() for cell in row.strip("|").split("|")])
    return found


def code(cell: str) -> str:
    """What a cell has in backticks first."""
    return cell.split("`")[1]


def helpers() -> dict[str, Any]:
    """Every method of every group of a client, by the name users write."""
    found = {}
    with Recraft("token") as client:
        for group, namespace in vars(client).items():
            if not group.startswith("_") and type(namespace).__module__ == f"recraft.{group}":
                for name in dir(namespace):
                    if not name.startswith("_") and callable(getattr(namespace, name)):
                        found[f"{group}.{name}"] = getattr(namespace, name)
    return found


@pytest.fixture
def readers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the files that the examples use, a service to call, and no waiting."""
    monkeypatch.chdir(tmp_path)
    shade = numpy.linspace(0, 255, 96 * 64, dtype="uint8").reshape(64, 96)
    Image.fromarray(numpy.dstack([shade, shade[::-1], shade.max() - shade])).save("photo.jpg")
    Image.fromarray(numpy.where(shade > 128, 255, 0).astype("uint8")).save("mask.png")
    for number, name in enumerate(("second.png", "third.png")):
        Image.new("RGB", (48, 48), (90 * number, 120, 200)).save(name)
    with Sandbox(limits=False) as sandbox, testing.no_waits():
        monkeypatch.setenv("RECRAFT_API_TOKEN", sandbox.token)
        monkeypatch.setenv("RECRAFT_BASE_URL", sandbox.base_url)
        yield tmp_path


@pytest.mark.parametrize("heading", [heading for heading, text in sections().items() if blocks(text)])
def test_the_examples_of_a_chapter_run(
    heading: str, readers_folder: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    namespace: dict[str, Any] = {"__name__": "readme"}
    for block in blocks(sections()[heading]):
        if "def test_" in block:
            run_as_tests(block, readers_folder)
        else:
            exec(compile(block, str(ROOT / "README.md"), "exec"), namespace)


def run_as_tests(block: str, folder: Path) -> None:
    """Run a block of tests as pytest would for a user who has the package installed."""
    (folder / "test_example.py").write_text(block, "utf-8")
    installed = importlib.metadata.entry_points(group="pytest11", name="recraft")
    plugin = [] if installed else ["-p", "recraft.testing"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, "test_example.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout


def test_the_first_examples_leave_pictures(readers_folder: Path) -> None:
    for block in blocks(sections()["Start"]):
        with contextlib.redirect_stdout(None):
            exec(compile(block, "README.md", "exec"), {})
    assert {path.suffix for path in (readers_folder / "pictures").iterdir()} == {".png", ".svg"}


def test_what_a_comment_says_a_message_is_it_is(readers_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (promised,) = re.findall(r"print\(error\) +# (.+)", README)
    exec(compile(blocks(sections()["Options"])[0], "README.md", "exec"), {})
    assert capsys.readouterr().out.strip() == promised


def test_the_operations_table_names_exactly_the_helpers_there_are() -> None:
    named = [code(row[0]).partition("(")[0] for row in table("Operations", "Method")]
    assert sorted(named) == sorted(helpers())


@pytest.mark.parametrize("row", table("Operations", "Method"), ids=lambda row: code(row[0]))
def test_the_operations_table_names_parameters_that_exist(row: list[str]) -> None:
    name, _, arguments = code(row[0]).rstrip(")").partition("(")
    helper = helpers()[name]
    taken = inspect.signature(helper).parameters
    shown = re.findall(r"\w+", arguments)
    required = [key for key, item in taken.items() if item.default is item.empty]
    assert set(required) <= set(shown) <= set(taken)
    options = re.findall(r"`(\w+)`", "" if row[2].startswith("as ") else row[2])
    assert set(options) - {"image"} <= set(taken), f"{name} has no such options"


def test_the_error_table_names_every_error_class() -> None:
    classes = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, RecraftError) and not name.startswith("_")
    }
    assert {code(row[0]) for row in table("Errors", "Class")} == classes
    assert classes <= set(recraft.__all__)


def test_the_error_attributes_named_exist() -> None:
    (line,) = re.findall(r"^Every error has (.+?);", README, re.M | re.S)
    assert set(re.findall(r"`(\w+)`", line)) <= set(vars(RecraftError("text")))
    assert hasattr(RecraftError("text"), "saved")


def test_the_retry_table_has_every_setting_and_its_default() -> None:
    rows = table("Retries, rate limits and what a call may cost", "`RetryPolicy(...)`")
    assert {code(row[0]): float(row[1]) if row[1][0].isdigit() else row[1] for row in rows} == {
        field.name: field.default if isinstance(field.default, float | int) and field.default is not False else str(field.default)
        for field in attrs.fields(RetryPolicy)
    }  # fmt: skip


@pytest.mark.parametrize("row", table("Results, save and fetch", "Value"), ids=lambda row: code(row[0]))
def test_the_results_table_names_attributes_that_exist(row: list[str]) -> None:
    public = [name for name in dir(getattr(results, code(row[0]))) if not name.startswith("_")]
    assert set(re.findall(r"`(\w+)`", row[1])) - {"len"} == set(public) - {"count", "index"}


def test_the_fixtures_table_names_every_fixture() -> None:
    fixtures = {name for name in vars(testing) if name.startswith("recraft_")}
    assert {code(row[0]) for row in table("Sandbox and pytest fixtures", "Fixture")} == fixtures


def test_the_tasks_are_those_that_make_lists() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    listed = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    tasks = dict(line.split(None, 1) for line in listed.splitlines()[1:])
    assert {code(row[0]): row[1] for row in table("Development", "`make`")} == tasks


def test_the_table_of_contents_links_to_every_chapter() -> None:
    links = dict(re.findall(r"\[([^\]]+)\]\(#([^)]+)\)", README))
    chapters = [heading for heading in sections() if heading != "Start"]
    assert list(links) == chapters
    for heading, anchor in links.items():
        assert anchor == re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_files_the_readme_names_exist() -> None:
    named = set(re.findall(r"`((?:overlay|generated|spec|scripts|sandbox)/[\w./-]+\.\w+)`", README))
    assert named
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "overlay" / "recraft" / name).exists(), name


def test_the_changelog_begins_with_the_version_there_is() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    first = re.search(r"^## (\S+) - \d{4}-\d{2}-\d{2}$", CHANGELOG, re.M)
    assert first
    assert first[1] == version
    assert set(re.findall(r"^### (.+)$", CHANGELOG, re.M)) <= {"Added", "Changed", "Deprecated", "Removed", "Breaking"}
