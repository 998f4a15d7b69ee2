"""Every document of the checkout is true in what can be looked up: its code runs, its links and file names lead
somewhere.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from documents import NAMES, ROOT, blocks, code, prose, sections, table, text

CHAPTERS = [(name, heading) for name in NAMES for heading in sections(name) if blocks(name, heading)]


@pytest.mark.parametrize(("name", "heading"), CHAPTERS)
def test_the_examples_of_a_chapter_run(name: str, heading: str, readers_folder: Path) -> None:
    namespace: dict[str, Any] = {"__name__": "readme"}
    for block in blocks(name, heading):
        if "def test_" in block:
            run_as_tests(block, readers_folder)
        else:
            exec(compile(block, str(ROOT / name), "exec"), namespace)


def run_as_tests(block: str, folder: Path) -> None:
    """Run a block of tests as pytest would for a user who has the package installed."""
    (folder / "test_example.py").write_text(block, "utf-8")
    installed = importlib.metadata.entry_points(group="pytest11", name="recraft")
    plugins = ["-p", "no:cacheprovider", "-p", "no:schemathesis", *([] if installed else ["-p", "recraft.testing"])]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, "test_example.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout


def test_examples_are_found_in_the_documents_that_have_some() -> None:
    assert {"README.md", "CONTRIBUTING.md"} <= {name for name, _ in CHAPTERS}


@pytest.mark.parametrize("name", NAMES)
def test_the_links_of_a_document_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(name)):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        place = (ROOT / name).parent / file if file else ROOT / name
        assert place.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", place.read_text("utf-8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, target


@pytest.mark.parametrize("name", NAMES)
def test_the_files_a_document_names_exist(name: str) -> None:
    for file in re.findall(r"`((?:overlay|generated|spec|scripts|tests|docs)/[\w./*-]+)`", text(name)):
        assert list(ROOT.glob(file)), file


@pytest.mark.parametrize("name", [name for name in NAMES if name != "CHANGELOG.md"])  # a bump writes a change per line
def test_the_prose_of_a_document_keeps_to_120_characters(name: str) -> None:
    assert [line for line in prose(name) if len(line) > 120] == []


def test_the_tasks_that_contributing_explains_are_those_that_make_lists() -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    listed = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    tasks = dict(line.split(None, 1) for line in listed.splitlines()[1:])
    assert {code(row[0]): row[1] for row in table("CONTRIBUTING.md", "The loop", "`make`")} == tasks


def test_the_newest_release_in_the_changelog_is_the_version_there_is() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.M)
    releases = headings[1:] if headings[0] == "Unreleased" else headings
    assert re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d{{2}}-\d{{2}}", releases[0])


def test_a_release_in_the_changelog_tells_its_changes_in_known_sections() -> None:
    known = {"Added", "Changed", "Deprecated", "Removed", "Breaking"}
    assert set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.M)) <= known
