"""Environments that hold the built package and what it or a page names, and nothing else."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def run(command: list[str], **options: object) -> str:
    """What a command printed; it inherits nothing of this environment that decides what Python finds."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV", "RECRAFT"))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def build(kind: str, target: Path) -> Path:
    """The built file. Isolation off: what builds it is in this environment, and the network is not needed."""
    run([sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", str(target), str(ROOT)])
    (built,) = target.iterdir()
    return built


def closure(requirements: Iterable[str]) -> Iterator[importlib.metadata.Distribution]:
    """The distributions of this environment that these requirements need, and those need, with the extras they name."""
    waiting, seen = [Requirement(text) for text in requirements], set()
    while waiting:
        requirement = waiting.pop()
        name, extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        distribution = importlib.metadata.distribution(name)
        if name not in {known for known, _ in seen}:
            yield distribution
        seen.add((name, extras))
        needed = [Requirement(text) for text in distribution.requires or ()]
        waiting += [
            item
            for item in needed
            if item.marker is None or any(item.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        ]


def environment(home: Path, wheel: Path, requirements: Iterable[str]) -> Path:
    """The interpreter of a new environment with the wheel and, of everything else, only what these requirements need.

    That is linked from here: no network, nothing resolved.
    """
    run([sys.executable, "-m", "venv", "--without-pip", str(home)])
    interpreter = home / "bin" / "python"
    run([sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--no-deps", "--no-index", str(wheel)])
    packages = Path(run([str(interpreter), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    for distribution in closure(requirements):
        if distribution.name == "recraft-sdk":
            continue
        for top in {Path(file).parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            source = Path(str(distribution.locate_file(top)))
            if source.exists() and not (packages / top).exists():
                (packages / top).symlink_to(source)
    return interpreter
