"""Which helper of the overlay package makes which operation, read from its source: it need not be importable for
that.
"""

from __future__ import annotations

import ast
from pathlib import Path


def helpers(overlay: Path) -> dict[str, str]:
    """Helper by operation id, as a user writes it: `{"createImage": "client.images.generate"}`."""
    found: dict[str, str] = {}
    for path in sorted((overlay / "api").glob("*.py")):
        for group in ast.parse(path.read_text("utf-8")).body:
            if isinstance(group, ast.ClassDef) and any("Namespace" in ast.unparse(base) for base in group.bases):
                for function in group.body:
                    if isinstance(function, ast.FunctionDef) and (operation := _operation(function)):
                        found[operation] = f"client.{group.name.lower()}.{function.name}"
    return found


def _operation(function: ast.FunctionDef) -> str | None:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "call" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                return first.value
    return None
