"""Apply OpenAPI Overlay documents (1.0 and 1.1) to a parsed specification.

Every applier that was tried is silent when an action no longer fits. Here an action that matches nothing, changes
nothing or adds what is already there is *stale*: upstream has moved, and somebody has to look. Targets are RFC 9535
JSONPath.

An action with `x-adds: true` promises that each member of its update is new: one that upstream has meanwhile, even if
it is another one of the same name, is stale too. With `x-fills: true` a target keeps the members it has and gets those
it lacks.
"""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import jsonpath_rfc9535 as jsonpath
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

ACTION_KEYS = {"target", "description", "update", "copy", "remove"}


class OverlayError(Exception):
    """An overlay document, or one of its actions, cannot be applied as it stands."""


def load(path: Path) -> dict[str, Any]:
    """Read one overlay document and check its outline."""
    try:
        document = YAML(typ="safe").load(path.read_text("utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise OverlayError(f"{path.name}: not readable as YAML: {error}") from error
    if not isinstance(document, dict) or str(document.get("overlay", ""))[:4] not in ("1.0.", "1.1."):
        raise OverlayError(f"{path.name}: not an OpenAPI Overlay 1.0 or 1.1 document (no `overlay: 1.0.0` at the top)")
    actions = document.get("actions")
    if not isinstance(actions, list) or not actions:
        raise OverlayError(f"{path.name}: `actions` must be a list with at least one action")
    for index, action in enumerate(actions):
        if not isinstance(action, dict) or "target" not in action:
            raise OverlayError(f"{path.name}: actions[{index}] has no `target`")
        if unknown := [key for key in action if key not in ACTION_KEYS and not str(key).startswith("x-")]:
            raise OverlayError(
                f"{path.name}: actions[{index}] has unknown keys {unknown}; known are {sorted(ACTION_KEYS)}"
            )
    return document


def apply(specification: dict[str, Any], overlay: dict[str, Any], name: str) -> list[str]:
    """Apply `overlay` to `specification` in place; return one sentence for each stale action."""
    stale = []
    for index, action in enumerate(overlay["actions"]):
        where = f"{name}: actions[{index}] on {action['target']}"
        try:
            nodes = list(jsonpath.find(action["target"], specification))
        except (jsonpath.JSONPathError, TypeError) as error:  # TypeError: a target that is no string
            raise OverlayError(f"{where}: not a valid JSONPath: {error}") from error
        if not nodes:
            stale.append(f"{where} matches nothing any more. Remove the action, or point it at where its target went.")
        elif problem := _perform(specification, action, nodes, where):
            stale.append(
                f"{where} {problem} The specification says so by itself now: the action, or that part of it, can go."
            )
    return stale


def _perform(specification: dict[str, Any], action: dict[str, Any], nodes: list[Any], where: str) -> str | None:
    """Carry one action out; return why it is stale, or None when it did its work."""
    if action.get("remove"):
        if not all(node.location for node in nodes):
            raise OverlayError(f"{where}: would remove the whole document")
        for location in reversed([node.location for node in nodes]):  # from the end, so that list indexes stay valid
            parent = _at(specification, location[:-1])
            if isinstance(parent, list) or location[-1] in parent:  # one object may stand in two places
                del parent[location[-1]]
        return None
    if "update" in action:
        update = action["update"]
    elif "copy" in action:
        try:
            source = jsonpath.find_one(action["copy"], specification)
        except (jsonpath.JSONPathError, TypeError) as error:
            raise OverlayError(f"{where}: `copy` is not a valid JSONPath: {error}") from error
        if source is None:
            raise OverlayError(f"{where}: nothing to copy at {action['copy']}")
        update = source.value
    else:
        raise OverlayError(f"{where}: needs one of `update`, `copy` or `remove: true`")
    if action.get("x-adds") and (known := [key for key in update if any(key in node.value for node in nodes)]):
        return f"adds what is already there: {', '.join(known)}."
    # For each thing the update says: did it change anything, anywhere? What did not is already there.
    said: dict[str, bool] = {}
    for node in nodes:
        target = node.value
        if isinstance(target, dict) and isinstance(update, dict):
            lacking = {key: value for key, value in update.items() if key not in target}
            _merge(target, lacking if action.get("x-fills") else update, "", said, where)
        elif isinstance(target, list):
            _extend(target, update if isinstance(update, list) else [update], "", said)
        elif _kind(target) == _kind(update) == "scalar":
            _set(_at(specification, node.location[:-1]), node.location[-1], update, "", said)
        else:
            raise OverlayError(f"{where}: the target is a {_kind(target)}, the update a {_kind(update)}")
    if not any(said.values()):
        return "changes nothing."
    if present := [place.lstrip(".") for place, did_change in said.items() if not did_change]:
        return f"adds what is already there: {', '.join(present)}."
    return None


def _merge(target: dict[str, Any], update: dict[str, Any], place: str, said: dict[str, bool], where: str) -> None:
    """Deep-merge `update` into `target` the way the Overlay specification says: objects merge, arrays are extended."""
    for key, value in update.items():
        here = f"{place}.{key}"
        if key not in target:
            target[key] = copy.deepcopy(value)
            said[here] = True
        elif _kind(target[key]) != _kind(value):
            raise OverlayError(
                f"{where}: {here} is a {_kind(target[key])} in the specification, a {_kind(value)} in the overlay"
            )
        elif isinstance(value, dict):
            _merge(target[key], value, here, said, where)
        elif isinstance(value, list):
            _extend(target[key], value, here, said)
        else:
            _set(target, key, value, here, said)


def _extend(target: list[Any], items: list[Any], place: str, said: dict[str, bool]) -> None:
    for item in items:
        here = f"{place}[{item!r}]"
        said[here] = said.get(here, False) or item not in target
        if item not in target:
            target.append(copy.deepcopy(item))


def _set(parent: Any, key: Any, value: Any, place: str, said: dict[str, bool]) -> None:
    before = parent[key]
    parent[key] = value
    changed = before != value or isinstance(before, bool) != isinstance(value, bool)  # 1 == True, but not here
    said[place] = said.get(place, False) or bool(changed)


def _at(node: Any, location: tuple[int | str, ...]) -> Any:
    for step in location:
        node = node[step]
    return node


def _kind(value: Any) -> str:
    return "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "scalar"
