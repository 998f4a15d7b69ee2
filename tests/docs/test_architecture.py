"""ARCHITECTURE.md is true: the modules it puts into layers are those there are, and they import as it says."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from documents import ROOT, sections, table

PACKAGE = ROOT / "overlay" / "recraft"
LAYERS = [re.findall(r"`([\w.]+)`", row[1]) for row in table("ARCHITECTURE.md", "The layers", "Layer")]
ORDER = [name for layer in LAYERS for name in layer]


def units() -> dict[str, list[Path]]:
    """The files of each module below `recraft`; a folder other than `_core` counts as one module."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[-1] == "__init__" and parts[0] in ("__init__", "_core"):
            continue
        name = ".".join(parts) if parts[0] == "_core" else parts[0]
        found.setdefault(name, []).append(path)
    return found


def imported(path: Path) -> Iterator[str]:
    """Every module below `recraft` that a file imports, anywhere in it, as ARCHITECTURE.md names it."""
    package = ".".join(path.relative_to(ROOT / "overlay").parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            modules = [f"{base}.{alias.name}" for alias in node.names]
        for module in modules:
            top, *parts = module.split(".")
            if top == "recraft" and parts:
                name = ".".join(parts[:2]) if parts[0] == "_core" else parts[0]
                if name in ORDER:
                    yield name


def test_every_module_has_its_place_in_one_layer() -> None:
    assert sorted(ORDER) == sorted(units())


def test_a_module_imports_only_what_stands_below_it_or_to_its_right() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, paths in units().items()
        for path in paths
        for other in imported(path)
        if ORDER.index(other) < ORDER.index(name)
    ]
    assert wrong == []


def test_the_sandbox_and_what_it_judges_stand_apart() -> None:
    assert LAYERS[-1] == ["sandbox"]
    for path in units()["sandbox"]:
        assert set(imported(path)) <= {"sandbox"}
        assert "recraft_api" not in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text("utf-8"), re.M)


def test_the_drawing_of_a_call_names_modules_that_exist() -> None:
    drawing = sections("ARCHITECTURE.md")["One call, from end to end"]
    for name in set(re.findall(r"[\w/]+\.py\b", drawing)):
        assert list(PACKAGE.rglob(name)) or list((ROOT / "generated").rglob(name)), name
