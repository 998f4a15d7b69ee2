"""What the workflows may do, and what they run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from .conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FILES = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(path.read_text("utf-8"))
    return document


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in read(path)["jobs"].values() for step in job["steps"]]


@FILES
def test_a_workflow_has_no_permission_that_a_job_does_not_name(path: Path) -> None:
    assert read(path)["permissions"] == {}
    assert all("permissions" in job for job in read(path)["jobs"].values())


@FILES
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(path: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", path.read_text("utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


@FILES
def test_a_step_that_runs_something_is_one_line_and_runs_a_file_that_is_there(path: Path) -> None:
    for command in (step["run"] for step in steps(path) if "run" in step):
        assert "\n" not in command.strip()
        assert "${{" not in command, "an expression in a command is text that somebody else may choose"
        program, *arguments = shlex.split(command)
        script = arguments[0] if program.endswith(("python", "python3")) else program
        assert script == "make" or (ROOT / script).is_file(), command


def test_only_a_job_of_its_own_that_runs_nothing_of_ours_can_publish() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    able = {name for name, job in jobs.items() if "id-token" in job["permissions"]}
    assert able == {"publish"}
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    assert not any("run" in step for step in jobs["publish"]["steps"])
    assert not any("checkout" in step.get("uses", "") for step in jobs["publish"]["steps"])


def test_what_was_fetched_is_run_only_where_there_is_nothing_to_steal() -> None:
    look = read(ROOT / ".github" / "workflows" / "watch.yml")["jobs"]["look"]
    assert look["permissions"] == {"contents": "read"}
    checkout = look["steps"][0]
    assert checkout["with"]["persist-credentials"] is False
    assert not any("secrets" in str(step) or "token" in str(step.get("env", "")) for step in look["steps"])


def test_the_versions_that_are_tested_are_those_the_package_claims() -> None:
    tested = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert tested == ["3.11", "3.12", "3.13"]
