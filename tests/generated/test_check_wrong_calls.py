"""The check of the wrong calls is itself right: it fails for a mark without an error and an error without a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

import check_wrong_calls


def test_a_mark_and_a_type_checker_that_disagree_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "calls.py"
    path.write_text(
        "from recraft import Recraft\n\n\n"
        "def calls(client: Recraft) -> None:\n"
        "    client.images.generate(7)  # error\n"
        '    client.images.generate("a fox")  # error\n'
        "    client.images.generate()\n"
    )
    assert check_wrong_calls.main([str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'calls.py:6: pyright does not report line: client.images.generate("a fox")  # error',
        "calls.py:7: pyright reports the unmarked line: client.images.generate()",
        'calls.py:6: mypy does not report line: client.images.generate("a fox")  # error',
        "calls.py:7: mypy reports the unmarked line: client.images.generate()",
    ]


def test_a_file_without_a_mark_checks_nothing_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "calls.py").write_text("print(1)\n")
    assert check_wrong_calls.main([str(tmp_path / "calls.py")]) == 1
    assert "no marked line" in capsys.readouterr().out
