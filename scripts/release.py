"""What a release does beside uploading.

python scripts/release.py tag v1.2.3      fail unless the tag is the version in pyproject.toml and has a changelog entry
python scripts/release.py build DIR       build twice, from two folders; fail unless both are the same, byte for byte
python scripts/release.py sbom DIR FILE   write what the wheel in DIR installs, as a CycloneDX document
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Unfit(Exception):
    """Why this is no release."""


def check_tag(tag: str, root: Path = ROOT) -> str:
    version = str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    if tag != f"v{version}":
        raise Unfit(f"the tag is {tag!r}, and pyproject.toml says {version}: expected v{version}")
    if not re.search(rf"^## \[?{re.escape(version)}\b", (root / "CHANGELOG.md").read_text("utf-8"), re.M):
        raise Unfit(f"CHANGELOG.md has no entry for {version}")
    return f"{tag} is the version of this tree"


def build(target: Path, root: Path = ROOT) -> str:
    """Build the wheel and the source distribution of what git tracks into `target`, in two ways that agree."""
    if target.exists() and any(target.iterdir()):
        raise Unfit(f"{target} is not empty")
    when = subprocess.run(
        ["git", "-C", str(root), "log", "-1", "--format=%ct"], check=True, capture_output=True, text=True
    ).stdout.strip()
    sums = []
    with tempfile.TemporaryDirectory(prefix="recraft-release-") as scratch:
        for turn, mask in (("a", 0o022), ("a longer name", 0o077)):  # neither the folder nor the umask may show
            source, built = Path(scratch) / turn / "source", Path(scratch) / turn / "dist"
            source.mkdir(parents=True)
            archive = subprocess.run(
                ["git", "-C", str(root), "archive", "HEAD"], check=True, capture_output=True
            ).stdout
            before = os.umask(mask)
            try:
                subprocess.run(["tar", "-x", "-C", str(source)], input=archive, check=True)
                subprocess.run(
                    [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(built), str(source)],
                    env={**os.environ, "SOURCE_DATE_EPOCH": when},
                    check=True,
                    capture_output=True,
                )
            finally:
                os.umask(before)
            sums.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(built.iterdir())})
        if sums[0] != sums[1]:
            wrong = [name for name in sums[0] if sums[0][name] != sums[1].get(name)]
            raise Unfit(f"two builds of the same tree differ: {', '.join(wrong)}")
        shutil.copytree(built, target, dirs_exist_ok=True)
    return "\n".join(f"{digest}  {name}" for name, digest in sums[0].items())


def sbom(folder: Path, target: Path) -> str:
    """Install the wheel of `folder` alone, and write what is there then."""
    wheels = list(folder.glob("*.whl"))
    if len(wheels) != 1:
        raise Unfit(f"{folder} holds {len(wheels)} wheels; expected one")
    with tempfile.TemporaryDirectory(prefix="recraft-sbom-") as scratch:
        venv.create(scratch, with_pip=True)
        python = Path(scratch) / "bin" / "python"
        for command in (["install", "--quiet", str(wheels[0])], ["uninstall", "--quiet", "--yes", "pip", "setuptools"]):
            subprocess.run([python, "-m", "pip", *command], check=True)
        subprocess.run(
            [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--output-format", "JSON",
             "--output-file", str(target), str(python)],
            check=True,
        )  # fmt: skip
    return f"wrote {target}"


def main(arguments: list[str] | None = None) -> int:
    try:
        match sys.argv[1:] if arguments is None else arguments:
            case ["tag", tag]:
                print(check_tag(tag))
            case ["build", folder]:
                print(build(Path(folder)))
            case ["sbom", folder, target]:
                print(sbom(Path(folder), Path(target)))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except Unfit as unfit:
        print(f"no release: {unfit}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"{failed.cmd[0]} failed:\n{(failed.stderr or b'').decode('utf-8', 'replace')}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
