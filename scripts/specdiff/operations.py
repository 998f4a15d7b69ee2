"""Compare operations: which exist, what they are called, what they take, and where they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from specdiff.comparison import Comparison, Spot
from specdiff.document import Document, Located, Pointer
from specdiff.findings import Level
from specdiff.messages import compare_body, compare_parameter, compare_responses, mark_both
from specdiff.security import compare_security
from specfile import METHODS, mapping, module_name

_HANDLED: Final = frozenset(
    {"operationId", "tags", "parameters", "requestBody", "responses", "security", "servers", "deprecated"}
)


@frozen
class Operation:
    """One operation of one document."""

    method: str
    path: str
    node: Located
    item: Located

    @property
    def method_path(self) -> str:
        """As in "POST /images/generations"."""
        return f"{self.method.upper()} {self.path}"

    @property
    def id(self) -> str:
        """The operationId, or ""."""
        return str(self.node.value.get("operationId", ""))


def compare_operations(c: Comparison) -> bool:
    """Report operations that came, went, moved or changed. Returns whether the base path moved into the paths."""
    before, after = list(_operations(c.old)), list(_operations(c.new))
    pairs, moved = _pairs(c, before, after)
    if moved:
        text = "A part of the server URL moved into the paths, or back: the same requests, another base URL."
        c.report(Spot(), "sdk-breaking", "base-path-moved", text, ("servers",), base_path(c.old), base_path(c.new))
    matched_old, matched_new = {id(old) for old, _ in pairs}, {id(new) for _, new in pairs}
    for operation in before:
        if id(operation) not in matched_old:
            c.old.mark(operation.node.at)
            c.report(
                _spot(operation),
                "breaking",
                "operation-removed",
                f"{operation.method_path} was removed.",
                operation.node.at,
            )
    for operation in after:
        if id(operation) not in matched_new:
            c.new.mark(operation.node.at, (*operation.item.at, "parameters"))
            c.report(
                _spot(operation),
                "additive",
                "operation-added",
                f"{operation.method_path} was added.",
                operation.node.at,
            )
    for old, new in pairs:
        _operation(c, old, new, moved=moved)
    for side, operations, others in ((c.old, before, after), (c.new, after, before)):
        paths = {other.path for other in others}
        for operation in operations:
            if operation.path not in paths:  # what else stands in a path item only matters through its operations
                side.mark(*((*operation.item.at, key) for key in ("summary", "description", "parameters", "servers")))
    return moved


def _operations(document: Document) -> Iterator[Operation]:
    for path, item in Located(document.root, ()).child("paths").items():
        item = document.resolve(item)
        for method in METHODS:
            if isinstance(mapping(item.value).get(method), dict):
                yield Operation(method, path, item.child(method), item)


def _spot(operation: Operation) -> Spot:
    return Spot("request", operation.id, operation.method_path)


def base_path(document: Document) -> str:
    """The path of the first server's URL, which stands before every path of the document."""
    servers = document.root.get("servers") or [{}]
    return urlsplit(str(mapping(servers[0]).get("url", ""))).path.rstrip("/")


def _pairs(
    c: Comparison, before: list[Operation], after: list[Operation]
) -> tuple[list[tuple[Operation, Operation]], bool]:
    """Match operations by what goes over the wire, then by operationId; also say whether the base path only moved."""
    bases = base_path(c.old), base_path(c.new)

    def keyed(operations: list[Operation], base: str) -> dict[tuple[str, str], Operation]:
        return {(o.method, base + re.sub(r"\{[^{}]*\}", "{}", o.path)): o for o in operations}

    plain_old, plain_new = keyed(before, ""), keyed(after, "")
    moved = False
    if bases[0] != bases[1] and not plain_old.keys() & plain_new.keys():
        full_old, full_new = keyed(before, bases[0]), keyed(after, bases[1])
        moved = bool(full_old.keys() & full_new.keys())
        if moved:
            plain_old, plain_new = full_old, full_new
    pairs = [(operation, plain_new[key]) for key, operation in plain_old.items() if key in plain_new]
    rest_old = [o for key, o in plain_old.items() if key not in plain_new]
    rest_new = {o.id: o for key, o in plain_new.items() if key not in plain_old and o.id}
    return [*pairs, *((o, rest_new[o.id]) for o in rest_old if o.id in rest_new)], moved


def _operation(c: Comparison, old: Operation, new: Operation, *, moved: bool) -> None:
    spot, at = _spot(new), new.node.at
    template = tuple(re.sub(r"\{[^{}]*\}", "{}", operation.path) for operation in (old, new))
    if old.method != new.method or (template[0] != template[1] and not moved):
        text = f"{old.method_path} is now {new.method_path}."
        c.report(spot, "breaking", "operation-path-changed", text, at, old.method_path, new.method_path)
    _names(c, spot, old, new)
    if bool(old.node.value.get("deprecated")) != bool(new.node.value.get("deprecated")):
        word = "deprecated" if new.node.value.get("deprecated") else "undeprecated"
        text = f"{new.method_path} is now {word}."
        c.report(spot, "additive", f"operation-{word}", text, (*at, "deprecated"))
    mark_both(c, old.node, new.node, "deprecated")
    _parameters(c, spot, old, new)
    compare_body(c, spot, old.node.child("requestBody"), new.node.child("requestBody"))
    compare_responses(c, spot, old.node.child("responses"), new.node.child("responses"))
    compare_security(c, spot, old.node, new.node)
    _own_servers(c, spot, old, new)
    c.rest(spot, old.node, new.node, _HANDLED)


def _names(c: Comparison, spot: Spot, old: Operation, new: Operation) -> None:
    """The operationId names the module, the first tag the package it is in; the other tags are only for readers."""
    mark_both(c, old.node, new.node, "operationId", "tags")
    if old.id != new.id:
        same = module_name(old.id) == module_name(new.id)
        text = f"The operationId of {new.method_path} is {new.id!r}, was {old.id!r}"
        text += "; its module keeps its name." if same else "."
        level: Level = "docs-only" if same else "sdk-breaking"
        c.report(spot, level, "operation-id-changed", text, (*new.node.at, "operationId"), old.id, new.id)
    before, after = (operation.node.value.get("tags") or [] for operation in (old, new))
    if before != after:
        groups = [str(tags[0]) if tags else "default" for tags in (before, after)]
        moved = groups[0] != groups[1] and module_name(groups[0], "tag") != module_name(groups[1], "tag")
        text = f"The tags of {new.method_path} changed"
        text += (
            f": its module moved from {groups[0]!r} to {groups[1]!r}." if moved else "; its module stays where it is."
        )
        level = "sdk-breaking" if moved else "docs-only"
        c.report(spot, level, "tag-changed" if moved else "tags-changed", text, (*new.node.at, "tags"), *groups)


def _parameters(c: Comparison, spot: Spot, old: Operation, new: Operation) -> None:
    before, after = _by_name(c.old, old), _by_name(c.new, new)
    for key in [key for key in before if key not in after]:
        if key[0] == "path":
            # The value goes to the same place of the URL; only the Python argument has another name.
            positions = [re.findall(r"\{([^{}]*)\}", operation.path) for operation in (old, new)]
            twin = dict(zip(*positions, strict=False)).get(key[1], "")
            if ("path", twin) in after and ("path", twin) not in before:
                here = spot.at(f"{{{twin}}}")
                text = f"The path parameter `{key[1]}` is now called `{twin}`."
                c.report(here, "sdk-breaking", "path-parameter-renamed", text, after["path", twin].at, key[1], twin)
                before["path", twin] = before.pop(key)
                continue
        node = before[key]
        c.old.mark(node.at)
        here = spot.at(_place(*key))
        c.report(
            here, "breaking", "parameter-removed", f"The parameter `{here.place}` was removed.", node.at, old=key[1]
        )
    for key, node in after.items():
        here = spot.at(_place(*key))
        if key in before:
            compare_parameter(c, here, before[key], node)
            continue
        c.new.mark(node.at)
        required = bool(node.value.get("required"))
        code = f"{'required' if required else 'optional'}-parameter-added"
        text = f"The parameter `{here.place}` was added{' and is required' if required else ''}."
        c.report(here, "breaking" if required else "additive", code, text, node.at, new=key[1])


def _by_name(document: Document, operation: Operation) -> dict[tuple[str, str], Located]:
    """Parameters by (in, name); the operation's own come after, and win over, those of its path."""
    found = {}
    for owner in (operation.item, operation.node):
        nodes = owner.child("parameters")
        if not nodes.value:
            document.mark(nodes.at)
        for index in range(len(nodes.value or ())):
            node = document.resolve(nodes.child(index))
            where, name = str(node.value.get("in")), str(node.value.get("name"))
            found[where, name.lower() if where == "header" else name] = node
    return found


def _place(where: str, name: str) -> str:
    return {"query": f"?{name}", "path": f"{{{name}}}"}.get(where, f"{where} {name}")


def _own_servers(c: Comparison, spot: Spot, old: Operation, new: Operation) -> None:
    """Servers of a path or an operation replace those of the document for that operation only."""

    def own(operation: Operation) -> tuple[list[str], Pointer]:
        for node in (operation.node, operation.item):
            if servers := node.value.get("servers"):
                return [json.dumps(_wire(server), sort_keys=True) for server in servers], (*node.at, "servers")
        return [], (*operation.node.at, "servers")

    (before, at_old), (after, at_new) = own(old), own(new)
    c.old.mark(at_old)
    c.new.mark(at_new)
    if before != after:
        text = f"The servers of {new.method_path} changed."
        c.report(spot, "breaking", "operation-servers-changed", text, at_new, before, after)


def _wire(server: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in server.items() if key != "description"}
