"""The smoke test finds the Pythons there are, and fails for a wheel that does not work."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from environments import build, environment

import smoke


def python_that_says(path: Path, text: str, code: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{text}'\nexit {code}\n")
    path.chmod(0o755)
    return path


def test_one_python_of_each_version_is_found_on_the_path_first(tmp_path: Path) -> None:
    here = python_that_says(tmp_path / "bin" / "python3.11", "3.11")
    python_that_says(tmp_path / "pyenv" / "versions" / "3.11.7" / "bin" / "python3.11", "3.11")
    there = python_that_says(tmp_path / "pyenv" / "versions" / "3.13.0" / "bin" / "python3.13", "3.13")
    python_that_says(tmp_path / "pyenv" / "versions" / "3.10.1" / "bin" / "python3.10", "3.10")
    assert smoke.interpreters(str(tmp_path / "bin"), tmp_path / "pyenv") == {"3.11": here, "3.13": there}


def test_a_shim_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    python_that_says(tmp_path / "bin" / "python3.12", "pyenv: python3.12: command not found", code=127)
    python_that_says(tmp_path / "bin" / "python3.14", "3.11")
    real = python_that_says(tmp_path / "pyenv" / "versions" / "3.12.1" / "bin" / "python3.12", "3.12")
    assert smoke.interpreters(str(tmp_path / "bin"), tmp_path / "pyenv") == {"3.12": real}


def test_where_there_is_no_python_at_all_the_smoke_test_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    (tmp_path / "a.whl").touch()
    assert smoke.main(["--wheel", str(tmp_path / "a.whl")]) == 1
    assert capsys.readouterr().out.splitlines() == [f"Python 3.{minor}: not found" for minor in (11, 12, 13, 14)]


@pytest.mark.slow
def test_the_wheel_with_its_core_dependencies_passes_and_a_broken_one_does_not(tmp_path: Path) -> None:
    wheel = build("wheel", tmp_path / "wheel")
    python = environment(tmp_path / "environment", wheel, ["recraft-sdk"])
    smoke.calls(python, tmp_path)

    shutil.rmtree(tmp_path / "here")
    (package,) = (tmp_path / "environment").glob("lib/*/site-packages/recraft")
    (package / "_core" / "downloads.py").unlink()
    with pytest.raises(smoke.Failed, match="downloads"):
        smoke.calls(python, tmp_path)


@pytest.mark.slow
def test_a_wheel_that_cannot_be_installed_fails_for_the_python_that_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(smoke, "interpreters", lambda path, pyenv: {"3.11": Path(sys.executable)})
    (tmp_path / "recraft_sdk-0.1.0-py3-none-any.whl").write_bytes(b"no archive")
    assert smoke.main(["--wheel", str(tmp_path / "recraft_sdk-0.1.0-py3-none-any.whl")]) == 1
    assert f"Python 3.11: FAILED ({sys.executable})" in capsys.readouterr().out
