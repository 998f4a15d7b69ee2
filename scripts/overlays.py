"""Apply OpenAPI Overlay documents (1.0 and 1.1) to a parsed specification.

Every applier that was tried is silent when an action no longer fits. Here an action that matches nothing, changes
nothing or adds what is already there is *stale*: upstream has moved, and somebody has to look. Targets are RFC 9535
JSONPath.

An action that overwrites a value (other than a description) says in `x-was` what it expects to find there, in the shape
of its update; one that removes may say so too. Anything else means that upstream has changed what would be lost, and is
stale.

An action with `x-adds: true` promises that each member of its update is new: one that upstream has meanwhile, even if
it is another one of the same name, is stale too. With `x-fills: true` a target keeps the members it has and gets those
it lacks. With `x-optional: true` it is no matter whether there is anything to do. `x-path: PATTERN` keeps of what a
target matches what stands under such a path, whole.

Names are ours to give. An `operationId` overwrites any other; a `title` makes the schema that gets it the component of
that name; and `x-strip: /v1`, on `$.paths`, takes that off the paths. The last two are done when the document's other
actions are.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import attrs
import jsonpath_rfc9535 as jsonpath

import renaming
from overlay_files import OverlayError, load
from renaming import Place, at
from specfile import mapping

__all__ = ["Met", "OverlayError", "Place", "Stale", "apply", "load"]

_SAID = "The specification says so by itself now: the action, or that part of it, can go."
_CHANGED = "Upstream has changed what the action would hide: look at it, then adapt the action or let it go."


#: Where the actions of documents matched.
Met = dict[tuple[str, int], tuple[Place, ...]]


@attrs.frozen
class Stale:
    """An action that no longer does what it was written for.

    Attributes:
        document: The name of the overlay document.
        index: Which of its actions.
        target: Where the action goes.
        problem: What is wrong with it, and what to do.
        places: Where that is in the specification, or was when the target still matched.
    """

    document: str
    index: int
    target: str
    problem: str
    places: tuple[Place, ...] = ()

    def __str__(self) -> str:
        return f"{self.document}: actions[{self.index}] on {self.target} {self.problem}"


def apply(
    specification: dict[str, Any],
    overlay: dict[str, Any],
    name: str,
    met: Met | None = None,
    moved: renaming.Moved | None = None,
) -> list[Stale]:
    """Apply `overlay` to `specification` in place; return the stale actions.

    `met` notes where each action matched, and tells of one that matches nothing where it did before; `moved` notes what
    stands elsewhere then.
    """
    stale = []
    met = {} if met is None else met
    titles: dict[Place, str] = {}
    prefix = ""
    for index, action in enumerate(overlay["actions"]):
        target = action["target"]
        where = f"{name}: actions[{index}] on {target}"
        nodes = _find(target, specification, where)
        if "x-path" in action:
            nodes = [node for node in nodes if _stands_under(node.location, action["x-path"], where)]
        if not nodes:
            text = "matches nothing any more. Remove the action, or point it at where its target went."
            if not action.get("x-optional"):
                stale.append(Stale(name, index, target, text, met.get((name, index), ())))
            continue
        met[name, index] = tuple(node.location for node in nodes)
        if problem := _perform(specification, action, nodes, where):
            stale.append(Stale(name, index, target, problem, met[name, index]))
        elif "x-strip" in action:
            prefix = action["x-strip"]
        elif isinstance(title := mapping(action.get("update")).get("title"), str):
            titles |= {place: title for place in met[name, index] if place[:1] in (("paths",), ("components",))}
    _rename(specification, titles, prefix, name, moved or renaming.Moved())
    return stale


def _stands_under(place: Place, pattern: str, where: str) -> bool:
    try:
        return place[:1] == ("paths",) and bool(re.fullmatch(pattern, str(place[1])))
    except re.error as error:
        raise OverlayError(f"{where}: `x-path` is {pattern!r}, no regular expression: {error}") from None


def _rename(
    specification: dict[str, Any], titles: dict[Place, str], prefix: str, name: str, moved: renaming.Moved
) -> None:
    try:
        moved.places |= renaming.rename(specification, titles)
        if prefix:
            moved.prefix = prefix
            renaming.strip(specification, prefix)
    except renaming.Clash as error:
        raise OverlayError(f"{name}: {error}.") from None


def _find(path: str, specification: dict[str, Any], where: str) -> list[Any]:
    try:
        return list(jsonpath.find(path, specification))
    except jsonpath.JSONPathError as error:
        raise OverlayError(f"{where}: {path!r} is not a valid JSONPath: {error}") from error


def _perform(specification: dict[str, Any], action: dict[str, Any], nodes: list[Any], where: str) -> str | None:
    """Carry one action out; return why it is stale, or None when it did its work."""
    if action.get("remove"):
        if not all(node.location for node in nodes):
            raise OverlayError(f"{where}: would remove the whole document")
        if "x-was" in action and (other := [node.value for node in nodes if not _same(node.value, action["x-was"])]):
            return f"removes {other[0]!r}, and expects to find {action['x-was']!r}. {_CHANGED}"
        for location in reversed([node.location for node in nodes]):  # from the end, so that list indexes stay valid
            parent = at(specification, location[:-1])
            if isinstance(parent, list) or location[-1] in parent:  # one object may stand in two places
                del parent[location[-1]]
        return None
    if "x-strip" in action:
        return _strips(action["x-strip"], nodes, where)
    if "update" in action:
        update = action["update"]
    elif "copy" in action:
        sources = _find(action["copy"], specification, where)
        if not sources:
            raise OverlayError(f"{where}: nothing to copy at {action['copy']}")
        update = sources[0].value
    else:
        raise OverlayError(f"{where}: needs one of `update`, `copy` or `remove: true`")
    if action.get("x-adds") and (known := [key for key in update if any(key in node.value for node in nodes)]):
        for node in nodes:  # the rest of it holds all the same, and a report should not miss it
            node.value.update(copy.deepcopy({key: value for key, value in update.items() if key not in node.value}))
        return f"adds what is already there: {', '.join(known)}. {_SAID}"
    if not action.get("x-fills") and (problem := _unexpected(action, nodes, update)):
        return f"{problem} {_CHANGED}"
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
            _set(at(specification, node.location[:-1]), node.location[-1], update, "", said)
        else:
            raise OverlayError(f"{where}: the target is a {_kind(target)}, the update a {_kind(update)}")
    if not any(said.values()):
        return None if action.get("x-optional") else f"changes nothing. {_SAID}"
    if present := [place.lstrip(".") for place, did_change in said.items() if not did_change]:
        return f"adds what is already there: {', '.join(present)}. {_SAID}"
    return None


def _strips(prefix: Any, nodes: list[Any], where: str) -> str | None:
    if not isinstance(prefix, str) or not re.fullmatch(r"(/[^/]+)+", prefix) or nodes[0].location != ("paths",):
        raise OverlayError(
            f"{where}: `x-strip` is {prefix!r}; expected a prefix such as '/v1', on the target `$.paths`"
        )
    if not any(renaming.under(path, prefix) for path in nodes[0].value):
        return f"strips {prefix}, and no path begins with it. {_SAID}"
    return None


def _unexpected(action: dict[str, Any], nodes: list[Any], update: Any) -> str | None:
    """What would be overwritten and is not what `x-was` says, as a sentence."""
    expected, met = dict(_scalars(action.get("x-was", {}))), set()
    for place, old in [found for node in nodes for found in _overwritten(node.value, update)]:
        met.add(place)
        name = ".".join(map(str, place)) or "its target"
        if place not in expected:
            return f"overwrites {name}, which is {old!r}. If that is meant, say in `x-was` what it expects to find."
        if not _same(old, expected[place]):
            return f"overwrites {name}, which is {old!r}, and expects to find {expected[place]!r}."
    if lacking := [".".join(map(str, place)) or "its target" for place in expected if place not in met]:
        return f"expects to overwrite {lacking[0]}, which is not there or is what the action says."
    return None


def _overwritten(target: Any, update: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each single value that the update replaces by another one; what only people read, or what only we call by it, may
    change under it.
    """
    if isinstance(target, dict) and isinstance(update, dict):
        for key in sorted(update.keys() & target.keys() - {"description", "summary", "operationId"}):
            yield from _overwritten(target[key], update[key], (*place, key))
    elif _kind(target) == _kind(update) == "scalar" and not _same(target, update):
        yield place, target


def _scalars(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _scalars(item, (*place, key))
    else:
        yield place, value


def _same(one: Any, other: Any) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)  # 1 == True in Python, but not here


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
    changed = not _same(parent[key], value)
    parent[key] = value
    said[place] = said.get(place, False) or changed


def _kind(value: Any) -> str:
    return "mapping" if isinstance(value, dict) else "list" if isinstance(value, list) else "scalar"
