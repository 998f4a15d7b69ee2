"""The script that breaks the code does so in one place at a time, and tells what the tests notice from what they do
not.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import mutate

CODE = """
def passed(score: int) -> bool:
    return score > 50


def nobody_tests_this(text: str) -> bool:
    return not text
"""
TESTS = """
from code_to_break import passed


def test_the_border():
    assert [passed(50), passed(51)] == [False, True]
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {"overlay/code_to_break.py": CODE, "tests/overlay/test_code_to_break.py": TESTS}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return tmp_path


def test_every_change_gives_another_program_that_can_be_parsed() -> None:
    path = Path("overlay/recraft/_core/values.py")
    source = (mutate.ROOT / path).read_bytes()
    before = ast.dump(ast.parse(source))
    for change in mutate.changes(mutate.ROOT, path):
        changed = source[: change.start] + change.text.encode() + source[change.end :]
        assert ast.dump(ast.parse(changed)) != before, change


def test_the_same_seed_chooses_the_same_changes_of_every_kind(checkout: Path) -> None:
    found = list(mutate.changes(checkout, Path("overlay/code_to_break.py")))
    chosen = mutate.choose(found, 4, seed=1)
    assert {change.kind for change in chosen} == {"comparison", "boolean", "constant", "statement"}
    assert chosen == mutate.choose(found, 4, seed=1)
    assert len(mutate.choose(found, 99, seed=1)) == len(found)


@pytest.mark.slow
def test_what_the_tests_notice_is_told_from_what_they_do_not(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mutate.main([str(checkout / "overlay"), "--count", "99", "--suite", "all="]) == 0
    printed = capsys.readouterr().out
    lines = {
        line.split("code_to_break.py:")[1].split("  ")[0]: line.split()[0]
        for line in printed.splitlines()
        if "->" in line
    }
    assert lines["3: score > 50 -> (score >= 50)"] == "all"
    assert lines["7: not text -> (text)"] == "SURVIVED"
    assert f"of {len(lines)} so far" in printed
    assert (checkout / "overlay" / "code_to_break.py").read_text() == CODE


@pytest.mark.slow
def test_tests_that_fail_by_themselves_are_no_measure(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "tests" / "overlay" / "test_code_to_break.py").write_text("def test_no():\n    assert False")
    assert mutate.main([str(checkout / "overlay"), "--suite", "all="]) == 1
    assert "it fails without a change: tests/overlay/test_code_to_break.py::test_no" in capsys.readouterr().out
