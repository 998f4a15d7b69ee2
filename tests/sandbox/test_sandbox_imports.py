"""The sandbox judges the rest of the package, so it must not share a line with it."""

from __future__ import annotations

import ast
import graphlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import recraft.sandbox

HOME = Path(recraft.sandbox.__file__).parent
MODULES = {f"recraft.sandbox.{path.stem}": path for path in sorted(HOME.glob("*.py")) if path.stem != "__init__"}
OUTSIDE = {"attrs", "httpx", "PIL", "python_multipart"}


def imported(path: Path) -> set[str]:
    """Every module a file imports, anywhere in it, with the package named for a relative import."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = importlib.util.resolve_name("." * node.level + base, "recraft.sandbox")
            members = {f"{base}.{alias.name}" for alias in node.names}
            found |= members & MODULES.keys() or {base}
    return found


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_of_the_sandbox_imports_nothing_of_what_it_judges(name: str) -> None:
    for module in imported(MODULES[name]):
        top = module.split(".")[0]
        allowed = top in sys.stdlib_module_names or top in OUTSIDE
        assert allowed or module in MODULES or module == "recraft.sandbox", f"{name} imports {module}"


def test_the_first_request_to_a_sandbox_loads_no_library_for_schemas() -> None:
    script = """
import sys, httpx
from recraft.sandbox import Sandbox
with Sandbox() as sandbox:
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    answer = httpx.post(sandbox.base_url + "/images/generations", json={"prompt": "a fox"}, headers=headers)
    assert answer.status_code == 200
print(*sorted(sys.modules.keys() & {"jsonschema", "referencing", "rpds"}))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == ""


def test_the_modules_of_the_sandbox_import_each_other_in_one_direction_only() -> None:
    graph = {name: imported(path) & MODULES.keys() for name, path in MODULES.items()}
    assert list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle
