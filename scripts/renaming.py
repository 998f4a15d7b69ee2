"""Give what a document calls otherwise our names, so that all that follows speaks of one document.

A schema that is given a name becomes the component of that name, wherever it stood and whatever it was called. A prefix
of the paths (`/v1`) goes into the addresses of the servers, where a document without it has it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

import attrs

from specfile import METHODS, mapping, pointer, subtrees

SCHEMAS = "#/components/schemas/"
#: Where something stands in a document, step by step.
Place = tuple[int | str, ...]


class Clash(Exception):
    """Two things would have one name."""


@attrs.define
class Moved:
    """What stands elsewhere than in the publisher's file.

    Attributes:
        prefix: What was taken off the paths.
        places: Where something stands now, by the JSON pointer of where it stood.
    """

    prefix: str = ""
    places: dict[str, str] = attrs.Factory(dict)

    def pointer(self, where: str) -> str:
        """The JSON pointer of a place of the file, as it is now."""
        for old, new in self.places.items():
            if f"{where}/".startswith(f"{old}/"):
                return new + where.removeprefix(old)
        if self.prefix:
            under = pointer(("paths", f"{self.prefix}/"))
            return where.replace(under, pointer(("paths", "/")), 1) if where.startswith(under) else where
        return where


def rename(specification: dict[str, Any], titles: Mapping[Place, str]) -> dict[str, str]:
    """Make the schema at each place the component that `titles` says, in place; where each stands now.

    One that is no component yet becomes one. At a reference, it is what the reference leads to. Raises Clash.
    """
    if not titles:
        return {}
    keys: dict[str, str] = {}
    inline: dict[Place, dict[str, Any]] = {}
    for place, title in titles.items():
        node = at(specification, place)
        key = str(place[2]) if _is_component(place) else ""
        if (reference := node.get("$ref", "")).startswith(SCHEMAS):
            key = reference.removeprefix(SCHEMAS)
            del node["title"]
        if not key:
            inline[place] = node  # itself, as its place may be called otherwise soon
        elif keys.setdefault(key, title) != title:
            raise Clash(f"the schema {key} is given two names, {keys[key]} and {title}")
    schemas = specification.setdefault("components", {}).setdefault("schemas", {})
    kept = [keys.get(key, key) for key in schemas]
    if twice := [name for name in kept if kept.count(name) > 1]:
        others = " and ".join(key for key in schemas if keys.get(key, key) == twice[0])
        raise Clash(f"the schemas {others} would both be {twice[0]}; give one of them another name")
    renamed = dict(zip(kept, schemas.values(), strict=True))
    schemas.clear()
    schemas.update(renamed)
    for key in keys:
        mapping(schemas[keys[key]]).pop("title", None)
    _refer(specification, keys)
    for place, node in inline.items():
        _lift(schemas, node, titles[place], pointer(place))
    moved = {f"/components/schemas/{key}": f"/components/schemas/{name}" for key, name in keys.items() if key != name}
    return moved | {pointer(place): f"/components/schemas/{titles[place]}" for place in inline}


def _is_component(place: Place) -> bool:
    return place[:2] == ("components", "schemas") and len(place) == 3


def _refer(specification: dict[str, Any], keys: Mapping[str, str]) -> None:
    """Point every reference to a schema that has another key at that one."""

    def renamed(reference: str) -> str:
        if not reference.startswith(SCHEMAS):
            return reference
        key, slash, rest = reference.removeprefix(SCHEMAS).partition("/")
        return f"{SCHEMAS}{keys.get(key, key)}{slash}{rest}"

    for _, node in subtrees(specification):
        if isinstance(node.get("$ref"), str):
            node["$ref"] = renamed(node["$ref"])
        by_value = mapping(mapping(node.get("discriminator")).get("mapping"))
        for value, target in by_value.items():
            by_value[value] = renamed(target) if "/" in target else keys.get(target, target)


def _lift(schemas: dict[str, Any], node: dict[str, Any], title: str, place: str) -> None:
    schema = {key: value for key, value in node.items() if key != "title"}
    known = schemas.setdefault(title, schema)
    if json.dumps(known, sort_keys=True) != json.dumps(schema, sort_keys=True):
        raise Clash(f"the schema at {place} is to be {title}, which is another one; give it another name")
    node.clear()
    node["$ref"] = SCHEMAS + title


def strip(specification: dict[str, Any], prefix: str) -> None:
    """Take `prefix` off the paths, and put it behind the address of their servers. Raises Clash."""
    servers = specification.get("servers") or [{"url": "/"}]
    paths, found = mapping(specification.get("paths")), {}
    for path, item in paths.items():
        name = bare(path, prefix)
        if name in found:
            raise Clash(f"without {prefix}, two paths are {name}")
        found[name] = item
        holders = [item, *(item[method] for method in METHODS if method in item)]
        if under(path, prefix):
            for holder in holders:
                _lengthen(holder.get("servers", ()), prefix)
        elif "servers" not in item:
            item["servers"] = copy.deepcopy(servers)
    specification["paths"] = found
    specification["servers"] = copy.deepcopy(servers)
    _lengthen(specification["servers"], prefix)


def under(path: str, prefix: str) -> bool:
    """Whether a path begins with a prefix, at a slash."""
    return path.startswith(f"{prefix}/")


def bare(path: str, prefix: str) -> str:
    """A path without a prefix that it is under."""
    return path.removeprefix(prefix) if under(path, prefix) else path


def _lengthen(servers: Any, prefix: str) -> None:
    for server in servers:
        server["url"] = str(server["url"]).rstrip("/") + prefix


def at(node: Any, place: Place) -> Any:
    """What stands at a place."""
    for step in place:
        node = node[step]
    return node
