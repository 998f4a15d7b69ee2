"""The manual of the command line: it is what the commands say, and can be read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import command_line
from recraft.cli.catalogue import OWN
from recraft.cli.common import Common
from recraft.cli.exits import Exit
from recraft.helpers.catalogue import helpers


@pytest.fixture(scope="module")
def man() -> str:
    return command_line.man()


def test_the_pages_are_what_the_commands_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--check"]) == 0, capsys.readouterr().out


def test_a_page_that_is_no_longer_true_is_shown_with_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command_line, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(command_line, "MAN", tmp_path / "page.1")
    monkeypatch.setattr(command_line, "page", lambda: "one\n")
    monkeypatch.setattr(command_line, "man", lambda: "one\n")
    assert command_line.main([]) == 0
    assert command_line.main(["--check"]) == 0
    command_line.PAGE.write_text("other\n")
    assert command_line.main(["--check"]) == 1
    assert "-other\n+one\npage.md is not what the commands say: make reference" in capsys.readouterr().out


def test_the_pages_have_every_command_exit_code_and_common_option(man: str) -> None:
    page = command_line.PAGE.read_text("utf-8")
    names = [" ".join(words) for words in helpers()] + list(OWN)
    assert re.findall(r"^### recraft (.+)$", page, re.M) == names
    for name in names:
        assert re.search(rf"^\.SS recraft {re.escape(name)} ", man.replace("\\-", "-"), re.M), name
    for name in Common.__annotations__:
        assert f"--{name.replace('_', '-')}" in page
        assert f"--{name.replace('_', '-')}" in man.replace("\\-", "-")
    for code in Exit:
        assert f"| {int(code)} |" in page


@pytest.mark.skipif(shutil.which("groff") is None, reason="install groff to look at the page for man")
def test_man_shows_the_page_without_a_complaint(man: str) -> None:
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-P-c"], input=man, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    text = re.sub(r".\x08", "", done.stdout)
    assert "--image-format TEXT" in text
    assert re.search(r"\n +7 +the +call +may +have +been +served", text)
