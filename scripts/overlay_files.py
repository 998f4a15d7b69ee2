"""Read OpenAPI Overlay documents (1.0 and 1.1), and refuse what the Overlay specification calls invalid."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_VERSION = re.compile(r"1\.[01]\.\d+")
_KINDS = {str: "a text", dict: "a mapping", list: "a list", bool: "true or false"}


class OverlayError(Exception):
    """An overlay document, or one of its actions, cannot be applied as it stands."""


def load(path: Path) -> dict[str, Any]:
    """Read one overlay document. Raises OverlayError for what the Overlay specification calls invalid."""
    try:
        return _parsed(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise OverlayError(f"{path.name}: not readable as YAML: {error}") from error
    except OverlayError as error:
        raise OverlayError(f"{path.name}: {error}") from None


@lru_cache(maxsize=32)
def _parsed(text: str) -> dict[str, Any]:
    """The document, read once: a bump applies each several times. Whoever does changes nothing in it."""
    try:
        document = YAML(typ="safe").load(text)
    except YAMLError as error:
        raise OverlayError(f"not readable as YAML: {error}") from error
    if not isinstance(document, dict) or not _VERSION.fullmatch(str(document.get("overlay", ""))):
        raise OverlayError("not an OpenAPI Overlay 1.0 or 1.1 document (no `overlay: 1.0.0` at the top)")
    _check_members("the document", document, {"overlay": str, "info": dict, "extends": str, "actions": list})
    newer = document["overlay"].startswith("1.1.")
    information: dict[str, type] = {"title": str, "version": str}
    if newer:
        information["description"] = str
    _check_members("`info`", document.get("info"), information, required=("title", "version"))
    _check_actions(document.get("actions"), copies=newer)
    found: dict[str, Any] = document
    return found


def _check_actions(actions: Any, *, copies: bool) -> None:
    if not actions:
        raise OverlayError("`actions` must be a list with at least one action")
    known: dict[str, type] = {"target": str, "description": str, "update": object, "remove": bool}
    known |= {"x-adds": bool, "x-fills": bool, "x-optional": bool, "x-path": str, "x-strip": str}
    for index, action in enumerate(actions):
        where = f"actions[{index}]"
        if not copies and isinstance(action, dict) and "copy" in action:
            raise OverlayError(f"{where} has `copy`, which came with Overlay 1.1: write `overlay: 1.1.0` at the top")
        _check_members(where, action, known | {"copy": str}, required=("target",))
        for key in {"target", "copy"} & action.keys():
            if not action[key].startswith("$"):
                raise OverlayError(f"{where}: `{key}` is {action[key]!r}, no JSONPath; one begins with `$`")
        if _text(action) in [_text(earlier) for earlier in actions[:index]]:
            raise OverlayError(f"{where} says the same as an action before it: remove one of them")


def _check_members(where: str, value: Any, known: dict[str, type], required: tuple[str, ...] = ()) -> None:
    if not isinstance(value, dict):
        raise OverlayError(f"{where} is {value!r}; expected a mapping with {' and '.join(required)}")
    if lacking := [key for key in required if key not in value]:
        raise OverlayError(f"{where} has no `{lacking[0]}`")
    if unknown := [key for key in value if key not in known and not str(key).startswith("x-")]:
        raise OverlayError(f"{where} has unknown members {unknown}; known are {sorted(known)} and `x-...`")
    for key, kind in known.items():
        if key in value and not isinstance(value[key], kind):
            raise OverlayError(f"{where}: `{key}` is {value[key]!r}; expected {_KINDS[kind]}")


def _text(action: dict[str, Any]) -> str:
    """The same text for equal actions; `1` and `true`, equal in Python, are told apart."""
    return json.dumps(action, sort_keys=True, default=str)
