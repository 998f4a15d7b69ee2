"""Break the code in many small ways, one at a time, and see which suite of tests notices.

python scripts/mutate.py overlay/recraft                60 changes; the quick suite, then the slow one on what is left
python scripts/mutate.py FILE ... --suite "all=-m ''"   suites of your own: NAME=ARGUMENTS OF PYTEST, in their order

A change is a comparison, a boolean operator, a constant or a removed statement, a quarter of each, made in a copy of
the checkout. A suite ends at its first failing test, and what one suite noticed is not shown to the next.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import os
import queue
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).resolve().parent.parent
SUITES = [
    "quick=-p no:schemathesis --ignore=tests/sandbox/test_sandbox_schemathesis.py",
    "slow=-m 'slow and not bumps'",
]
# Most changes are noticed by those, and nothing after the first failure is run.
FIRST = ("overlay", "retry", "limiter", "faults", "docs", "sandbox")
NOT_COPIED = (".git", ".venv", "dist", "demo-out", "__pycache__", ".*_cache", ".coverage*", ".hypothesis")
OTHER: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
REMOVABLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.Raise, ast.Return, ast.Break, ast.Continue, ast.Delete)


@attrs.frozen
class Change:
    """One edit of one file: the bytes from `start` to `end` become `text`."""

    path: Path
    kind: str
    line: int
    start: int
    end: int
    old: str
    text: str

    def __str__(self) -> str:
        old, new = (" ".join(text.split()) for text in (self.old, self.text))
        return f"{self.path}:{self.line}: {old[:50]} -> {new[:50]}"

    def apply(self, root: Path) -> None:
        source = (root / self.path).read_bytes()
        (root / self.path).write_bytes(source[: self.start] + self.text.encode() + source[self.end :])


def edits(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The kind of each change that can be made to this node, and its text afterwards."""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            operators: Any = [*node.ops[:place], OTHER[type(operator)](), *node.ops[place + 1 :]]
            yield "comparison", f"({ast.unparse(ast.Compare(node.left, operators, node.comparators))})"
    elif isinstance(node, ast.BoolOp):
        yield "boolean", f"({ast.unparse(ast.BoolOp(OTHER[type(node.op)](), node.values))})"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "boolean", f"({ast.unparse(node.operand)})"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float):
        yield "constant", repr(not node.value if isinstance(node.value, bool) else node.value + 1)
    elif isinstance(node, REMOVABLE) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield "statement", "pass"


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those inside f-strings, which have no place of their own before Python 3.12."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, ast.JoinedStr):
            yield child
            yield from nodes(child)


def changes(root: Path, path: Path) -> Iterator[Change]:
    """Everything that can be changed in a file."""
    source = (root / path).read_bytes()
    starts = list(itertools.accumulate(map(len, source.splitlines(keepends=True)), initial=0))
    for node in nodes(ast.parse(source)):
        for kind, new in edits(node):
            assert isinstance(node, ast.expr | ast.stmt)
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            yield Change(path, kind, node.lineno, start, end, source[start:end].decode(), new)


def choose(found: list[Change], count: int, seed: int) -> list[Change]:
    """As many of each kind as there are, in turns, the same for the same seed."""
    shuffled = random.Random(seed).sample(found, len(found))
    kinds = [[change for change in shuffled if change.kind == kind] for kind in sorted({each.kind for each in found})]
    return [each[turn] for turn in range(count) for each in kinds if turn < len(each)][:count]


def run(copy: Path, arguments: str, limit: float) -> tuple[str, float]:
    """Run a suite in a copy: the test that failed, or "" when none did, and the seconds it took."""
    folders = {path.name for path in (copy / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    ordered = [name for name in FIRST if name in folders] + sorted(folders - set(FIRST))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *shlex.split(arguments)]
    command += [f"tests/{name}" for name in ordered]
    with tempfile.TemporaryDirectory(prefix="recraft-mutate-") as scratch:
        packages = f"{copy / 'overlay'}{os.pathsep}{copy / 'generated'}"
        environment = {**os.environ, "PYTHONPATH": packages, "TMPDIR": scratch, "PYTHONDONTWRITEBYTECODE": "1"}
        began = time.monotonic()
        with subprocess.Popen(
            command, cwd=copy, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        ) as process:
            try:
                output = process.communicate(timeout=limit)[0].decode("utf-8", "replace")
            except BaseException as error:  # whoever interrupts ends the tests as well
                os.killpg(process.pid, signal.SIGKILL)
                if not isinstance(error, subprocess.TimeoutExpired):
                    raise
                return f"the time limit of {limit:.0f} s", limit
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", output, re.M) or [output.strip().rpartition("\n")[2]]
    return failed[0] if process.returncode else "", time.monotonic() - began


@attrs.frozen
class Copies:
    """Copies of the checkout, each for one change at a time."""

    suites: dict[str, str]
    limit: float
    free: queue.Queue[Path] = attrs.field(factory=queue.Queue)

    def attempt(self, change: Change | None) -> list[tuple[str, str, float]]:
        """What each suite said, up to the first that noticed; without a change, what all of them said."""
        copy, said = self.free.get(), []
        if change:
            change.apply(copy)
        for name, suite in self.suites.items():
            said.append((name, *run(copy, suite, self.limit)))
            if change and said[-1][1]:
                break
        if change:
            shutil.copy2(ROOT / change.path, copy / change.path)
        self.free.put(copy)
        return said


def report(chosen: list[Change], copies: Copies, pool: ThreadPoolExecutor) -> int:
    for name, failed, took in copies.attempt(None):
        print(f"unchanged: {name} took {took:.0f} s", flush=True)
        if failed:
            print(f"it fails without a change: {failed}")
            return 1
    noticed = dict.fromkeys(copies.suites, 0)
    for change, said in zip(chosen, pool.map(copies.attempt, chosen), strict=True):
        name, failed, _ = said[-1]
        noticed[name] += bool(failed)
        took = sum(seconds for *_, seconds in said)
        print(f"{name if failed else 'SURVIVED':8} {took:4.0f} s  {change}  {failed}", flush=True)
    for name, total in zip(noticed, itertools.accumulate(noticed.values()), strict=True):
        print(f"{name}: noticed {noticed[name]}; {total} of {len(chosen)} so far")
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="files, or folders of files, to change")
    parser.add_argument("--count", type=int, default=60, help="how many changes (60)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other changes (0)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (2)")
    parser.add_argument(
        "--limit", type=float, default=900, metavar="SECONDS", help="who takes longer has noticed (900)"
    )
    parser.add_argument("--suite", action="append", metavar="NAME=ARGUMENTS", help="default: quick, then slow")
    options = parser.parse_args(arguments)
    files = sorted({file for path in options.paths for file in (path.rglob("*.py") if path.is_dir() else [path])})
    found = [change for file in files for change in changes(ROOT, file.resolve().relative_to(ROOT))]
    copies = Copies(dict(text.split("=", 1) for text in options.suite or SUITES), options.limit)
    with tempfile.TemporaryDirectory(prefix="recraft-mutate-") as scratch, ThreadPoolExecutor(options.jobs) as pool:
        for number in range(options.jobs):
            copy = Path(scratch) / str(number)
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
            copies.free.put(copy)
        return report(choose(found, options.count, options.seed), copies, pool)


if __name__ == "__main__":
    sys.exit(main())
