"""Look for a new specification, take it in a copy, and write down what a pull request needs.

    python scripts/watch.py DIR     DIR/outcome.json, and where something is new DIR/report.md and DIR/change.patch

Needs no secret, and does nothing but read and write files: `propose.py` makes the pull request of them, where there is
a token and nothing of the new document is run. A bump that stops is a draft, with the new document alone and the
reasons. Exit codes: 0 looked, whatever it found; 1 the document could not be fetched.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fetch
import specdiff
import specfile

ROOT = Path(__file__).resolve().parent.parent

#: Characters of a report that go into a pull request; GitHub takes 65,536.
LONGEST = 50_000

Bump = Callable[[list[Path], Path], dict[str, Any]]


def watch(root: Path, folder: Path, bump: Bump) -> dict[str, Any]:
    """What was found and done to the checkout at `root`; all of it is in `folder` too."""
    provenance = json.loads((root / "spec" / "provenance.json").read_text("utf-8"))
    found = fetch.fetch_all(provenance, folder)
    outcome: dict[str, Any] = {"state": "nothing", "sha256": [each["sha256"] for each in found["files"]]}
    if found["new"]:
        files = [folder / each["name"] for each in found["files"]]
        report = bump(files, root)
        if "stops" in report:
            with tempfile.TemporaryDirectory() as scratch:
                specfile.vendor(specfile.gathered(files, Path(scratch)), root / "spec")
            outcome |= {"state": "stopped", "title": "The API's specification has changed, and the bump stopped"}
        else:
            verdict = specdiff.worst(report["verdicts"].values())
            title = f"The API's specification has changed: {verdict}, version {report['version']}"
            outcome |= {"state": "ready", "title": title, "verdict": verdict}
        (folder / "report.md").write_text(_markdown(report, found), "utf-8")
        (folder / "change.patch").write_bytes(_patch(root))
    (folder / "outcome.json").write_text(json.dumps(outcome, indent=2) + "\n", "utf-8")
    return outcome


def _markdown(report: dict[str, Any], found: dict[str, Any]) -> str:
    lines = ["The published specification is another one than the vendored file:", ""]
    lines += [f"- `{each['sha256']}` from <{each['address']}>" for each in found["files"]]
    if "stops" in report:
        lines += [
            "",
            "The bump **stopped**; this draft holds the new document alone. Why:",
            "",
            _fenced("\n".join(report["stops"])),
        ]
        lines += ["", "To go on, check out this branch and run `make bump SPEC=...`, after what the reasons ask for."]
    else:
        lines += ["", f"Version {report['previous_version']} to {report['version']}.", "", report["markdown"], ""]
        lines += ["The package was regenerated, and its type checks and tests passed on the result."]
    return "\n".join(lines)[:LONGEST] + "\n"


def _fenced(text: str) -> str:
    """Text of a document nobody here wrote, where nothing in it is Markdown, a mention, or an end of the block."""
    clean = re.sub(r"[^\n\x20-\x7e\xa0-\U0010ffff]", "?", text)[: LONGEST // 2]
    ticks = "`" * (max((len(run) for run in re.findall("`+", clean)), default=2) + 1)
    ticks = ticks if len(ticks) > 2 else "```"
    return f"{ticks}text\n{clean}\n{ticks}"


def _patch(root: Path) -> bytes:
    """What changed in the checkout, as a patch."""
    for command in (["add", "--all", "--intent-to-add"], ["diff", "--binary", "--no-color", "--no-ext-diff", "HEAD"]):
        run = subprocess.run(["git", "-C", str(root), *command], check=True, capture_output=True)
    return run.stdout


def run_bump(files: list[Path], root: Path) -> dict[str, Any]:
    """Run the bump as people do; its report, or `{"stops": [...]}` where it stopped."""
    command = [sys.executable, str(root / "scripts" / "bump.py"), *map(str, files), "--json"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    try:
        report: dict[str, Any] = json.loads(run.stdout)
    except ValueError:
        return {"stops": [(run.stdout + run.stderr)[-10_000:] or f"the bump ended with {run.returncode}"]}
    return report if run.returncode == 0 or "stops" in report else {"stops": [run.stderr[-10_000:]]}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write what was found; outside the checkout")
    options = parser.parse_args(arguments)
    if options.folder.resolve().is_relative_to(ROOT):
        parser.error(f"{options.folder} is inside the checkout, and would be part of the patch")
    try:
        outcome = watch(ROOT, options.folder, run_bump)
    except (fetch.NotFetched, OSError) as error:
        print(f"nothing was fetched: {error}", file=sys.stderr)
        return 1
    print(outcome.get("title", "nothing new: what is published is what is vendored"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
