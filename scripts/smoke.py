"""Does the built wheel work on each Python that this machine has? Fresh environments, calls of both clients, a picture
on disk.

python scripts/smoke.py [--wheel PATH]

Looks for Python 3.11 to 3.14 on the PATH and among pyenv's, and says which it found. In each, the wheel alone calls a
sandbox that runs here; then its extra `[sandbox]` is added, and it calls its own. pip takes the dependencies from the
index that it is set up for. Exit codes: 0 all work, 1 one does not, or none was found.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from recraft.sandbox import Sandbox

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")

CALLS = """
import asyncio
from recraft import AsyncRecraft, Recraft


async def awaiting():
    async with AsyncRecraft() as client:
        results = await asyncio.gather(*(client.images.generate_vector(f"badge {number}") for number in range(3)))
        return [path for result in results for path in await client.save(result, "pictures")]


with Recraft() as client:
    blocking = client.save(client.images.generate("a paper boat", n=2), "pictures")
raster, vector = [[path.read_bytes()[:16] for path in paths] for paths in (blocking, asyncio.run(awaiting()))]
assert len(raster) == 2 and all(head[:4] + head[8:12] == b"RIFFWEBP" for head in raster), raster
assert len(vector) == 3 and all(b"<svg" in head for head in vector), vector
"""
OF_ITS_OWN = f"""
import os
from recraft.sandbox import Sandbox

with Sandbox(small_pictures=True) as sandbox:
    os.environ |= {{"RECRAFT_API_TOKEN": sandbox.token, "RECRAFT_BASE_URL": sandbox.base_url}}
    exec({CALLS!r})
"""


class Failed(Exception):
    """A step did not work; the text is what it printed."""


def interpreters(path: str, pyenv: Path) -> dict[str, Path]:
    """A Python that runs for each version that there is one of, on the PATH first."""
    found: dict[str, Path] = {}
    for version in VERSIONS:
        for candidate in _candidates(version, path, pyenv):
            if version not in found and _version_of(candidate) == version:
                found[version] = candidate
    return found


def _candidates(version: str, path: str, pyenv: Path) -> Iterator[Path]:
    name = f"python{version}"
    if on_path := shutil.which(name, path=path):
        yield Path(on_path)
    yield from sorted(pyenv.glob(f"versions/{version}*/bin/{name}"))


def _version_of(python: Path) -> str | None:
    """What it says it is: one of pyenv's shims is there for versions that it does not run."""
    command = [str(python), "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def check(python: Path, wheel: Path, home: Path) -> None:
    """Install the wheel afresh, and make calls with it. Raises Failed."""
    _run([str(python), "-m", "venv", str(home)], home.parent)
    fresh = home / "bin" / "python"
    install = [str(fresh), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*install, str(wheel)], home)
    calls(fresh, home)
    _run([*install, f"{wheel}[sandbox]"], home)
    _run([str(fresh), "-c", OF_ITS_OWN], _folder(home, "own"))


def calls(python: Path, home: Path) -> None:
    """Make calls from a Python that need not have the sandbox, to one that runs here. Raises Failed."""
    with Sandbox(small_pictures=True) as sandbox:
        service = {"RECRAFT_API_TOKEN": sandbox.token, "RECRAFT_BASE_URL": sandbox.base_url}
        _run([str(python), "-c", CALLS], _folder(home, "here"), service)


def _folder(home: Path, name: str) -> Path:
    (home / name).mkdir()
    return home / name


def _run(command: Sequence[str], folder: Path, more: dict[str, str] | None = None) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "RECRAFT"))}
    done = subprocess.run(
        command, cwd=folder, env={**environment, **(more or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failed((done.stdout + done.stderr).strip())


def main(arguments: Iterable[str] | None = None) -> int:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    built = ROOT / "dist" / f"recraft_sdk-{version}-py3-none-any.whl"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, default=built, help="(default: %(default)s, as `make build` makes it)")
    wheel = parser.parse_args(None if arguments is None else list(arguments)).wheel.resolve()
    if not wheel.is_file():
        print(f"there is no {wheel}: run `make build` first", file=sys.stderr)
        return 1
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    found, works = interpreters(os.environ.get("PATH", ""), pyenv), True
    for wanted in VERSIONS:
        if wanted not in found:
            print(f"Python {wanted}: not found", flush=True)
            continue
        with tempfile.TemporaryDirectory(prefix="recraft-smoke-") as scratch:
            try:
                check(found[wanted], wheel, Path(scratch) / "environment")
                print(f"Python {wanted}: works ({found[wanted]})", flush=True)
            except Failed as failure:
                works = False
                print(f"Python {wanted}: FAILED ({found[wanted]})\n{failure}", flush=True)
    return 0 if works and found else 1


if __name__ == "__main__":
    sys.exit(main())
