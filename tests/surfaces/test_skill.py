"""The Agent Skill: valid, installed by a command, and its scripts and commands run against the sandbox."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from skills_ref.validator import validate

from agentfiles import skill as references
from recraft.cli.catalogue import OWN
from recraft.cli.entry import run as command_line
from recraft.cli.exits import Exit
from recraft.helpers.catalogue import helpers
from recraft.sandbox import Fault, FaultPlan, Sandbox
from recraft.testing import make_result

SKILL = Path(str(resources.files("recraft").joinpath("agents", "skill", "recraft")))
PAGES = sorted(SKILL.rglob("*.md"))

Run = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.usefixtures("quiet_log")


def command(*words: str) -> int:
    """The exit code of a command line."""
    return command_line(list(words))


@pytest.fixture
def run(recraft_sandbox: Sandbox, tmp_path: Path) -> Run:
    """Runs a script of the skill in a folder of its own, with the sandbox as the service."""
    return runner(recraft_sandbox, tmp_path)


def runner(sandbox: Sandbox, folder: Path) -> Run:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "XDG_CONFIG_HOME": str(folder / "config")}
    environment |= {"RECRAFT_API_TOKEN": sandbox.token, "RECRAFT_BASE_URL": sandbox.base_url}

    def run(script: str, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, str(SKILL / "scripts" / script), *words]
        return subprocess.run(
            line, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    return run


def test_the_skill_is_valid_by_the_reference_validator() -> None:
    assert validate(SKILL) == []


def test_the_skill_is_short_and_what_it_refers_to_is_there() -> None:
    text = (SKILL / "SKILL.md").read_text("utf-8")
    assert len(text.splitlines()) < 500
    linked = set(re.findall(r"\]\(([^)]+)\)", text))
    assert linked == {f"references/{path.name}" for path in (SKILL / "references").iterdir()}
    assert set(re.findall(r"scripts/(\w+\.py)", text)) == {path.name for path in (SKILL / "scripts").glob("*.py")}


def named(page: Path) -> list[tuple[tuple[str, ...], str]]:
    """Every command line of a page: the words of its command, empty where there is no such command, and all of it."""
    known = {*helpers(), *(tuple(name.split()) for name in OWN)}
    found = []
    for line in re.findall(r"(?:^|`|-- )recraft ([a-z][^`\n]*)", page.read_text("utf-8"), re.M):
        words = shlex.split(line.partition("#")[0])
        found.append((next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in known), ()), line))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_the_skill_names_exists(page: Path) -> None:
    assert [line for words, line in named(page) if not words] == []
    assert named(page)


@pytest.mark.slow
def test_every_option_that_the_skill_names_is_one_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    used: dict[tuple[str, ...], set[str]] = {}
    for page in PAGES:
        for words, line in named(page):
            used.setdefault(words, set()).update(re.findall(r"--[a-z-]+", line))
    for words, options in used.items():
        if options:
            assert command(*words, "--help") == 0
            assert options <= set(re.findall(r"--[a-z-]+", capsys.readouterr().out)), words


def test_every_command_that_makes_something_is_in_the_references() -> None:
    text = (SKILL / "references" / "commands.md").read_text("utf-8")
    for words in helpers():
        assert f"| `recraft {' '.join(words)}` |" in text


def test_the_exit_codes_in_the_skill_are_those_of_the_command() -> None:
    text = (SKILL / "SKILL.md").read_text("utf-8")
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)}
    assert codes == {int(code) for code in Exit} - {Exit.OK, Exit.BUG, Exit.INTERRUPTED}
    money = (SKILL / "references" / "money.md").read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", money, re.M)} == {int(code) for code in Exit}


def test_the_references_say_so_where_the_specification_has_no_table_of_models() -> None:
    bare = {"x-capabilities": {}, "paths": {}}
    assert "`recraft models` lists them" in references.files(bare, {})["models.md"]


def test_the_manifest_in_the_skill_is_one(tmp_path: Path) -> None:
    text = (SKILL / "references" / "batches.md").read_text("utf-8")
    lines = re.search(r"```json\n(.*?)```", text, re.S)
    assert lines is not None
    (tmp_path / "prompts.jsonl").write_text(lines[1])
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "fox.png").write_bytes(make_result()[0].data or b"")
    assert command("--sandbox", "batch", "estimate", str(tmp_path / "prompts.jsonl")) == 0


def test_install_puts_the_whole_skill_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("skill", "install", str(tmp_path / "skills")) == 0
    there = tmp_path / "skills" / "recraft"
    assert str(there) in capsys.readouterr().out
    assert validate(there) == []
    files = {path.relative_to(SKILL) for path in SKILL.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {path.relative_to(there) for path in there.rglob("*") if path.is_file()} == files
    assert [path.name for path in there.parent.iterdir()] == ["recraft"]


def test_install_takes_the_folder_that_most_agents_look_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert command("skill", "install") == 0
    assert (tmp_path / ".agents" / "skills" / "recraft" / "SKILL.md").exists()


def test_install_replaces_nothing_unless_it_is_told_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "recraft" / "SKILL.md"
    mine.parent.mkdir()
    mine.write_text("mine")
    assert command("skill", "install", str(tmp_path)) == Exit.USAGE
    assert "--force" in capsys.readouterr().err
    assert command("skill", "install", str(tmp_path), "--dry-run", "--force") == 0
    assert mine.read_text() == "mine"
    assert command("skill", "install", str(tmp_path), "--force") == 0
    assert mine.read_text().startswith("---\nname: recraft\n")


def test_install_says_where_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("no folder")
    assert command("skill", "install", str(tmp_path / "file")) == Exit.USAGE
    assert "cannot write" in capsys.readouterr().err


def test_force_takes_a_link_away_and_not_what_it_leads_to(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "kept").touch()
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "recraft").symlink_to(mine)
    assert command("skill", "install", str(tmp_path / "skills"), "--force") == 0
    assert (mine / "kept").exists()
    assert not (tmp_path / "skills" / "recraft").is_symlink()


@pytest.mark.slow
def test_prices_says_the_balance_and_what_each_model_costs(run: Run) -> None:
    done = run("prices.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("balance: 10000 units (10.00 USD)\n")
    assert "\nrecraftv4_1: 0.035 USD per image\n" in done.stdout


@pytest.mark.slow
def test_make_makes_images_keeps_their_result_and_shows_no_address(run: Run, tmp_path: Path) -> None:
    done = run("make.py", "--max-units", "100", "--", "generate", "a red fox", "-n", "2", "-o", "foxes/")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2 images, 70 units (0.070 USD); kept in recraft-results.jsonl\n"
    assert len(list((tmp_path / "foxes").glob("*.webp"))) == 2
    assert "http" not in done.stdout + done.stderr
    kept = tmp_path / "recraft-results.jsonl"
    assert json.loads(kept.read_text())["type"] == "ImageResult"
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_make_sends_nothing_when_too_few_units_are_left(run: Run, recraft_sandbox: Sandbox, tmp_path: Path) -> None:
    done = run("make.py", "--max-units", "20000", "--", "generate", "a red fox")
    assert done.returncode == 1
    assert "10000 units are left, fewer than the 20000 allowed for: nothing was sent" in done.stderr
    assert list(tmp_path.glob("*.webp")) == []


@pytest.mark.slow
def test_make_keeps_the_exit_code_of_a_refused_call(run: Run) -> None:
    done = run("make.py", "--max-units", "100", "--", "generate", "a red fox", "--model", "recraftv3", "--size", "1x1")
    assert done.returncode == Exit.REFUSED, done.stderr
    assert done.stdout == "no result\n"


@pytest.mark.slow
def test_make_says_what_left_the_account_for_a_call_in_doubt(tmp_path: Path) -> None:
    plan = FaultPlan([Fault("reset_after_body", operation="createImage", charged=True, times=None)])
    with Sandbox(limits=False, small_pictures=True, faults=plan) as sandbox:
        done = runner(sandbox, tmp_path)("make.py", "--max-units", "100", "--", "generate", "a red fox")
    assert done.returncode == Exit.IN_DOUBT, done.stderr
    assert "in doubt: 35 units left the account since before. Do not send it again by yourself" in done.stdout


def test_the_front_matter_asks_for_no_more_than_it_needs() -> None:
    front = YAML(typ="safe").load((SKILL / "SKILL.md").read_text("utf-8").split("---\n")[1])
    assert front["allowed-tools"].split() == ["Bash(recraft:*)", "Bash(python3:*)", "Read"]
    assert len(front["description"]) <= 1024
