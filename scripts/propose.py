"""Make one pull request of what `watch.py` found, or bring the open one up to date.

    python scripts/propose.py DIR     DIR is the one that watch.py wrote

Runs where there is a token, so it runs nothing else: the patch is data, may touch only what a bump writes, and is
committed unseen by anything but git. Uses `git` and `gh`. Only documentation merges by itself, once its checks pass.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BRANCH = "specification-update"
AUTHOR = ["-c", "user.name=specification watcher", "-c", "user.email=watcher@users.noreply.invalid"]

#: What a bump writes; a patch that touches anything else is refused.
ALLOWED = re.compile(
    r"spec/openapi\.yaml|spec/openapi/[\w.-]+|spec/provenance\.json|generated/.+|docs/(reference|command-line)\.md"
    r"|CHANGELOG\.md"
    r"|overlay/recraft/cli/recraft\.1|overlay/recraft/agents/(schemas|capabilities)/.+|pyproject\.toml"
    r"|overlay/recraft/agents/skill/recraft/references/(commands|models|money)\.md"
)

#: Verdicts that merge without a person, once the checks pass.
HARMLESS = ("identical", "docs-only")


class Refused(Exception):
    """A patch that nobody asked for."""


def run(*command: str, root: Path = ROOT) -> str:
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def touched(patch: Path, root: Path) -> list[str]:
    """The files that a patch touches, both names of a renamed one."""
    listed = run("git", "apply", "--numstat", "-z", str(patch), root=root)
    names = [field.split("\t", 2)[-1] for field in listed.split("\0")]
    said = re.findall(r"^(?:rename|copy) (?:from|to) (.+)$", patch.read_text("utf-8", "replace"), re.M)
    return sorted({name for name in (*names, *said) if name})


def check(patch: Path, root: Path) -> None:
    """Refuse a patch that touches what no bump writes, or makes anything but plain files."""
    if wrong := [name for name in touched(patch, root) if not ALLOWED.fullmatch(name) or ".." in name.split("/")]:
        raise Refused(f"the patch touches {', '.join(map(repr, wrong[:5]))}; a bump writes nothing there")
    modes = set(re.findall(r"^(?:new file mode|new mode) (\d+)$", patch.read_text("utf-8", "replace"), re.M))
    if modes - {"100644"}:
        raise Refused(f"the patch makes files of mode {', '.join(sorted(modes))}; expected plain ones (100644)")


def propose(folder: Path, root: Path = ROOT) -> str:
    """Do it; a sentence that says what was done."""
    outcome: dict[str, Any] = json.loads((folder / "outcome.json").read_text("utf-8"))
    if outcome["state"] == "nothing":
        return "nothing new, nothing to propose"
    patch = folder / "change.patch"
    check(patch, root)
    run("git", "switch", "--force-create", BRANCH, root=root)
    run("git", "apply", "--index", "--binary", str(patch), root=root)
    run("git", *AUTHOR, "commit", "--quiet", "--message", outcome["title"], root=root)
    if _is_there(root):
        return "the open pull request says the same already"
    run("git", "push", "--force", "origin", f"HEAD:refs/heads/{BRANCH}", root=root)
    draft = outcome["state"] != "ready"
    body = ["--title", outcome["title"], "--body-file", str(folder / "report.md")]
    asked = ("gh", "pr", "list", "--head", BRANCH, "--state", "open", "--json", "number,isDraft")
    listed = json.loads(run(*asked, root=root))
    if listed:
        number = str(listed[0]["number"])
        run("gh", "pr", "edit", number, *body, root=root)
        if listed[0]["isDraft"] != draft:
            run("gh", "pr", "ready", number, *(["--undo"] if draft else []), root=root)
    else:
        run("gh", "pr", "create", "--head", BRANCH, *body, *(["--draft"] if draft else []), root=root)
    if outcome.get("verdict") in HARMLESS:
        run("gh", "pr", "merge", BRANCH, "--auto", "--squash", root=root)
    elif listed:  # it may have been harmless yesterday
        subprocess.run(["gh", "pr", "merge", BRANCH, "--disable-auto"], cwd=root, check=False, capture_output=True)
    return f"{'updated' if listed else 'opened'} a {'draft ' if draft else ''}pull request: {outcome['title']}"


def _is_there(root: Path) -> bool:
    """Whether the branch holds these very files already."""
    there = subprocess.run(
        ["git", "fetch", "--quiet", "--depth=1", "origin", BRANCH], cwd=root, check=False, capture_output=True
    )
    if there.returncode:
        return False
    return run("git", "rev-parse", "HEAD^{tree}", root=root) == run("git", "rev-parse", "FETCH_HEAD^{tree}", root=root)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    options = parser.parse_args(arguments)
    try:
        print(propose(options.folder.resolve()))
    except Refused as refused:
        print(f"refused: {refused}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"{' '.join(failed.cmd[:3])} failed:\n{failed.stderr}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
