"""Check that mypy and pyright each report every marked line of tests/typing/wrong_calls.py and no other line.

python scripts/check_wrong_calls.py [FILE]    exit 1 naming each line where a type checker and its mark disagree
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRONG_CALLS = ROOT / "tests" / "typing" / "wrong_calls.py"
MARK = re.compile(r"#\s*error\s*$")


def marked(path: Path) -> set[int]:
    """The lines, from 1, that carry the mark."""
    lines = path.read_text("utf-8").splitlines()
    return {number for number, line in enumerate(lines, 1) if MARK.search(line)}


def by_pyright(path: Path) -> set[int]:
    """The lines that pyright reports an error for."""
    # The project's own settings leave this file out; these are the same for it alone. Paths are relative to where they
    # stand.
    with tempfile.TemporaryDirectory(prefix="recraft-typing-") as name:
        folder = Path(name).resolve()
        settings = {
            "include": [os.path.relpath(path, folder)],
            "extraPaths": [os.path.relpath(ROOT / part, folder) for part in ("overlay", "generated")],
            "typeCheckingMode": "standard",
            "pythonVersion": "3.11",
        }
        (folder / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
        run = _run(["pyright", "--outputjson", "--pythonpath", sys.executable, "--project", str(folder)])
    try:
        found = json.loads(run.stdout)
    except ValueError:
        raise SystemExit(f"pyright did not run: {run.stdout}{run.stderr}") from None
    if not found["summary"]["filesAnalyzed"]:
        raise SystemExit("pyright analysed no file")
    return {
        item["range"]["start"]["line"] + 1
        for item in found["generalDiagnostics"]
        if item["severity"] == "error" and Path(item["file"]) == path
    }


def by_mypy(path: Path) -> set[int]:
    """The lines that mypy --strict reports an error for."""
    run = _run(["mypy", "--strict", "--no-error-summary", "--no-pretty", "--show-absolute-path", str(path)])
    if run.returncode not in (0, 1):
        raise SystemExit(f"mypy did not run: {run.stdout}{run.stderr}")
    pattern = re.compile(rf"^(?:.*[/\\])?{re.escape(path.name)}:(\d+): error:", re.MULTILINE)
    return {int(number) for number in pattern.findall(run.stdout)}


CHECKERS: dict[str, Callable[[Path], set[int]]] = {"pyright": by_pyright, "mypy": by_mypy}


def disagreements(path: Path, checker: str, reported: set[int]) -> list[str]:
    """One sentence for each line where the mark and the checker disagree."""
    expected, lines = marked(path), path.read_text("utf-8").splitlines()
    missed = [(number, "does not report") for number in expected - reported]
    extra = [(number, "reports the unmarked") for number in reported - expected]
    return [
        f"{path.name}:{number}: {checker} {what} line: {lines[number - 1].strip()}"
        for number, what in sorted(missed + extra)
    ]


def main(arguments: list[str]) -> int:
    path = Path(arguments[0]).resolve() if arguments else WRONG_CALLS
    if not marked(path):
        print(f"{path.name} has no marked line")
        return 1
    found = [text for name, check in CHECKERS.items() for text in disagreements(path, name, check(path))]
    print("\n".join(found) or f"{path.name}: {' and '.join(CHECKERS)} report all {len(marked(path))} wrong calls")
    return 1 if found else 0


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool of this environment in the project's folder, with the project's settings."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
