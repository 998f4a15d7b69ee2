"""TAB in the shells: commands, options, values with blanks in them, and file names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
from cli_support import INSTALLED

from recraft.cli.completion import script


@pytest.fixture(scope="module")
def scripts() -> dict[str, str]:
    return {"bash": script("bash"), "zsh": script("zsh"), "fish": script("fish")}


@pytest.mark.usefixtures("home")
def test_the_command_writes_the_script(recraft: Callable[..., Any], scripts: dict[str, str]) -> None:
    ran = recraft("completion", "bash")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == scripts["bash"] + "\n"
    assert recraft("completion", "tcsh").code == 2


#: The words before TAB, and what is offered.
CASES = [
    ("recraft vec", {"vectorize"}),
    ("recraft styles cr", {"create"}),
    ("recraft generate fox --mod", {"--model"}),
    ("recraft generate fox --model recraftv3_", {"recraftv3_raster", "recraftv3_vector"}),
    ("recraft generate fox --style Pho", {"Photorealism"}),
    ("recraft generate fox --style Pencil", {"Pencil sketch"}),
    ("recraft generate fox --style 80", {"80's"}),
    ("recraft generate fox --style Black", {"Black & white"}),
    ("recraft generate fox --image-format p", {"png"}),
    ("recraft vectorize pic", {"picture one.png", "picture-2.png"}),
    ("recraft generate fox -o pic", {"picture one.png", "picture-2.png"}),
    ("recraft completion z", {"zsh"}),
]


@pytest.fixture
def bash(home: Path, scripts: dict[str, str]) -> Callable[[str], set[str]]:
    if not (shell := shutil.which("bash")):
        pytest.skip("install bash to test its completion")
    (home / "picture one.png").touch()
    (home / "picture-2.png").touch()
    (home / "script.bash").write_text(scripts["bash"])

    def offered(line: str) -> set[str]:
        """What bash offers for the last word of a line, asked as readline asks."""
        words = line.split(" ")
        code = (
            "source script.bash; "
            f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; COMP_LINE='{line}'; COMP_POINT={len(line)}; "
            'spec=$(complete -p recraft); spec=${spec#*-F }; "${spec%% *}" recraft; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        path = f"{INSTALLED.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run([shell, "-c", code], capture_output=True, text=True, env={**os.environ, "PATH": path})
        assert done.stderr == ""
        return {line.replace("\\", "").strip() for line in done.stdout.splitlines()} - {""}

    return offered


@pytest.mark.parametrize(("line", "expected"), CASES, ids=[line for line, _ in CASES])
def test_bash_offers_what_fits(line: str, expected: set[str], bash: Callable[[str], set[str]]) -> None:
    assert bash(line) == expected


@pytest.mark.slow
def test_tab_completes_in_a_bash_that_somebody_types_into(home: Path, scripts: dict[str, str]) -> None:
    (home / "script.bash").write_text(scripts["bash"])
    environment = {**os.environ, "PS1": "> ", "TERM": "dumb", "PATH": f"{INSTALLED.parent}:{os.environ['PATH']}"}
    shell = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"], encoding="utf-8", env=environment, timeout=20)
    shell.expect("> ")
    shell.sendline("source script.bash")
    shell.expect("> ")
    shell.send("recraft generate fox --style Pencil\t")
    shell.expect(r"Pencil\\ sketch")
    shell.close(force=True)


@pytest.mark.parametrize(("line", "expected"), CASES, ids=[line for line, _ in CASES])
def test_fish_offers_what_fits(line: str, expected: set[str], home: Path, scripts: dict[str, str]) -> None:
    if not (shell := shutil.which("fish")):
        pytest.skip("install fish to test its completion")
    (home / "picture one.png").touch()
    (home / "picture-2.png").touch()
    (home / "recraft.fish").write_text(scripts["fish"])
    code = f"source recraft.fish; complete -C '{line}'"
    done = subprocess.run([shell, "--no-config", "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    assert {offered.partition("\t")[0] for offered in done.stdout.splitlines()} == expected


@pytest.fixture(scope="module")
def zsh(scripts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    if not (found := shutil.which("zsh")):
        pytest.skip("install zsh to test its completion")
    folder = tmp_path_factory.mktemp("zsh")
    (folder / "picture one.png").touch()
    (folder / "picture-2.png").touch()
    (folder / "functions").mkdir()
    (folder / "functions" / "_recraft").write_text(scripts["zsh"])
    environment = {**os.environ, "PS1": "> ", "TERM": "dumb", "PATH": f"{INSTALLED.parent}:{os.environ['PATH']}"}
    shell = pexpect.spawn(
        found, ["-f", "-i"], encoding="utf-8", env=environment, cwd=folder, timeout=60, dimensions=(50, 250)
    )

    def offered(line: str) -> str:
        shell.send(f"{line}\t\t")  # the second lists what there is where it is more than one
        shell.send("\x15print -r -- EN''D\r")
        shell.expect_exact("END\r\n")
        return (shell.before or "").replace("\\", "")

    shell.expect_exact("> ")
    shell.send("fpath=($PWD/functions $fpath); autoload -Uz compinit; compinit -u -D; print EN''D\r")
    shell.expect_exact("END\r\n")
    yield offered
    shell.close(force=True)


@pytest.mark.parametrize(("line", "expected"), CASES, ids=[line for line, _ in CASES])
def test_tab_completes_in_a_zsh_that_somebody_types_into(
    line: str, expected: set[str], zsh: Callable[[str], str]
) -> None:
    shown = zsh(line)
    assert all(each in shown for each in expected), shown
