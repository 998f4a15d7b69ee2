"""jsonschema without the grammars of IRIs that it compiles as it is imported, which takes longer than all else that
validating a document does: they are compiled when a value is to be an IRI, as a default in a document may be.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

NAME = "rfc3987_syntax"


def later() -> None:
    """Import jsonschema, and leave the grammars for later. What it checks is the same."""
    if NAME in sys.modules:
        return
    stand_in = ModuleType(NAME)
    vars(stand_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[NAME] = stand_in
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[NAME]


def _is_valid_syntax(term: str, value: str) -> bool:
    return bool(importlib.import_module(NAME).is_valid_syntax(term, value))
