"""Every document of the checkout is true in what can be looked up: its code runs, its links and file names lead
somewhere.
"""

from __future__ import annotations

import ast
import functools
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
from documents import BLOCKS, NAMES, ROOT, Block, code, prose, table, text
from environments import build, closure, environment
from packaging.utils import canonicalize_name


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_an_example_runs_when_it_is_pasted_alone(
    block: Block, readers_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if block.is_tests:
        monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # there are many here, and they take their time
        run_as_tests(block, readers_folder, sys.executable, "-p", "recraft.testing")
    else:
        exec(compile(block.code, str(ROOT / block.name), "exec"), {"__name__": "__main__"})


def run_as_tests(block: Block, folder: Path, python: str | Path, *plugins: str) -> None:
    """Run a block of tests as pytest would for a user who has the package installed."""
    (folder / "test_example.py").write_text(block.text, "utf-8")
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, "test_example.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout


@functools.cache
def homes() -> Mapping[str, list[str]]:
    """The distributions of each package that can be imported; looking takes a quarter of a second."""
    return importlib.metadata.packages_distributions()


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_an_example_imports_only_what_its_page_says_to_install(block: Block) -> None:
    there = {canonicalize_name(distribution.name) for distribution in closure(block.needs)}
    for node in ast.walk(ast.parse(block.text)):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            top = module.partition(".")[0]
            found = {canonicalize_name(home) for home in homes().get(top, ())}
            known = top in sys.stdlib_module_names or top in ("recraft", "recraft_api")
            assert known or found & there, f"{module}: no `pip install` above names it"
            assert extra_of(module) in (None, *block.needs), (
                f"{module}: no `pip install` above names {extra_of(module)}"
            )


def test_no_example_uses_a_name_that_it_does_not_define(tmp_path: Path) -> None:
    """Also where a run does not come by: behind an `except`, in a branch."""
    for number, block in enumerate(BLOCKS):
        (tmp_path / f"{number}-{Path(block.name).stem}-{block.line}.py").write_text(block.text, "utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select=F821", "--quiet", "."]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def extra_of(module: str) -> str | None:
    """The extra that a module of the package needs."""
    extras = {"recraft.sandbox": "sandbox", "recraft.otel": "otel", "recraft.agents.mcp": "mcp"}
    found = [extra for place, extra in extras.items() if f"{module}.".startswith(f"{place}.")]
    return f"recraft-sdk[{found[0]}]" if found else None


@pytest.mark.slow
@pytest.mark.parametrize(
    "needs", sorted({block.needs for block in BLOCKS}, key=sorted), ids=lambda needs: " ".join(sorted(needs))
)
def test_the_examples_run_where_only_what_their_pages_say_is_installed(
    needs: frozenset[str], readers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    wheel = build("wheel", tmp_path_factory.mktemp("wheel"))
    python = environment(tmp_path_factory.mktemp("environment") / "venv", wheel, needs)
    for block in BLOCKS:
        if block.needs != needs:
            continue
        for made in (readers_folder / "pictures").glob("*"):
            made.unlink()
        if block.is_tests:
            run_as_tests(block, readers_folder, python)
            continue
        command = [str(python), "-c", block.code]
        done = subprocess.run(command, cwd=readers_folder, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{block}: {done.stdout}{done.stderr}"


def test_examples_are_found_in_the_documents_that_have_some() -> None:
    guides = {name for name in NAMES if name.startswith("docs/guides/")}
    assert {"README.md", "CONTRIBUTING.md", *guides} <= {block.name for block in BLOCKS}


def test_every_page_is_in_the_list_of_all_pages() -> None:
    listed = {os.path.normpath(f"docs/{target}") for target in re.findall(r"\]\(([^)#\s]+)\)", text("docs/README.md"))}
    assert listed == set(NAMES) - {"docs/README.md"}


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


def tasks() -> dict[str, str]:
    """What `make` lists."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    listed = subprocess.run(["make"], cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    return dict(line.split(None, 1) for line in listed.splitlines()[1:])


def test_the_tasks_that_contributing_explains_are_those_that_make_lists() -> None:
    assert {code(row[0]): row[1] for row in table("CONTRIBUTING.md", "The loop", "`make`")} == tasks()


def test_the_tasks_that_documents_name_exist() -> None:
    named = {
        task
        for name in NAMES
        for task in re.findall(r"(?:^    |[`;&] ?)make (?:[A-Z]+=\S+ )*([a-z-]+)", text(name), re.M)
    }
    assert {"demo", "live", "bench-limiter"} <= named <= set(tasks())


def test_the_newest_release_in_the_changelog_is_the_version_there_is() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    headings = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.M)
    releases = headings[1:] if headings[0] == "Unreleased" else headings
    assert re.fullmatch(rf"{re.escape(version)} - \d{{4}}-\d{{2}}-\d{{2}}", releases[0])


def test_a_release_in_the_changelog_tells_its_changes_in_known_sections() -> None:
    known = {"Added", "Changed", "Deprecated", "Removed", "Breaking"}
    assert set(re.findall(r"^### (.+)$", text("CHANGELOG.md"), re.M)) <= known
