"""Compare what goes over the wire: parameters, headers, request bodies and responses."""

from __future__ import annotations

from typing import Any, Final

from attrs import evolve

from specdiff.comparison import Comparison, Side, Spot
from specdiff.document import Located
from specdiff.findings import Level
from specdiff.flat import flatten
from specdiff.schemas import compare_schema
from specfile import mapping

_SERIALISATION: Final = ("style", "explode", "allowReserved", "allowEmptyValue")


def mark_both(c: Comparison, old: Located, new: Located, *keys: str) -> None:
    """Record that these keywords of two objects were compared."""
    c.old.mark(*((*old.at, key) for key in keys))
    c.new.mark(*((*new.at, key) for key in keys))


def compare_parameter(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    """Report what changed about one parameter, or one header of a response."""
    handled = ("name", "in", "required", "deprecated", "schema", "content", *_SERIALISATION)
    mark_both(c, old, new, "name", "in", "required", "deprecated", *_SERIALISATION)
    required = bool(old.value.get("required")), bool(new.value.get("required"))
    response = spot.side == "response"
    if required[0] != required[1]:
        word = "required" if required[1] else "optional"
        level: Level = "breaking" if required[1] != response else "additive"
        c.report(
            spot,
            level,
            f"parameter-became-{word}",
            f"The parameter `{spot.place}` became {word}.",
            (*new.at, "required"),
        )
    if bool(old.value.get("deprecated")) != bool(new.value.get("deprecated")):
        word = "deprecated" if new.value.get("deprecated") else "undeprecated"
        text = f"The parameter `{spot.place}` is now {word}."
        c.report(spot, "additive", f"parameter-{word}", text, (*new.at, "deprecated"))
    before, after = _serialisation(old.value), _serialisation(new.value)
    if before != after:
        text = f"The parameter `{spot.place}` is written in another way."
        c.report(spot, "breaking", "parameter-serialisation-changed", text, new.at, before, after)
    if "schema" in old.value and "schema" in new.value:
        compare_schema(c, spot, (old.child("schema"),), (new.child("schema"),))
        c.rest(spot, old, new, frozenset(handled) - {"content"})
    else:  # described by a media type, or by another means than before
        c.rest(spot, old, new, frozenset(handled) - {"content", "schema"})


def _serialisation(parameter: dict[str, Any]) -> dict[str, Any]:
    style = parameter.get("style", "form" if parameter.get("in") in ("query", "cookie") else "simple")
    defaults = {"style": style, "explode": style == "form", "allowReserved": False, "allowEmptyValue": False}
    return {key: parameter.get(key, default) for key, default in defaults.items()}


def compare_body(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    """Report what changed about a request body."""
    spot = spot.at("body")
    if old.value is None and new.value is None:
        return
    if old.value is None or new.value is None:
        node, added = (new, True) if old.value is None else (old, False)
        required = bool(c.new.resolve(new).value.get("required")) if added else False
        (c.new if added else c.old).mark(node.at)
        level: Level = "additive" if added and not required else "breaking"
        text = f"The request body was {'added' if added else 'removed'}{' and is required' if required else ''}."
        c.report(spot, level, f"request-body-{'added' if added else 'removed'}", text, node.at)
        return
    old, new = c.old.resolve(old), c.new.resolve(new)
    required = bool(new.value.get("required"))
    if bool(old.value.get("required")) != required:
        word = "required" if required else "optional"
        level = "breaking" if required else "additive"
        c.report(spot, level, f"request-body-became-{word}", f"The request body became {word}.", (*new.at, "required"))
    mark_both(c, old, new, "required")
    before, after = mapping(old.value.get("content")), mapping(new.value.get("content"))
    if (len(before) > 1) != (len(after) > 1):
        _inline_body_names(c, spot, old.child("content"), new.child("content"))
    _content(c, spot, "request", old.child("content"), new.child("content"))
    c.rest(spot, old, new, frozenset({"required", "content"}))


def _inline_body_names(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    """The generator puts the media type into the name of an inline body as soon as there is more than one."""
    for media_type, node in new.items():
        schema = node.child("schema")
        inline = flatten(c.new, (schema,)).identity
        if (
            media_type in mapping(old.value)
            and inline.at == schema.at
            and "object" in str(mapping(inline.value).get("type"))
        ):
            text = (
                f"The class of the inline {media_type} body has another name, as there are more or fewer media types."
            )
            c.report(spot, "sdk-breaking", "inline-body-renamed", text, schema.at)


def _content(c: Comparison, spot: Spot, side: Side, old: Located, new: Located) -> None:
    before, after = dict(old.items()), dict(new.items())
    for media_type, node in before.items():
        if media_type not in after:
            c.old.mark(node.at)
            text = f"The {side} media type {media_type} of `{spot.place}` was removed."
            c.report(spot, "breaking", f"{side}-media-type-removed", text, node.at, old=media_type)
    for media_type, node in after.items():
        if media_type not in before:
            c.new.mark(node.at)
            text = f"The {side} media type {media_type} of `{spot.place}` was added."
            c.report(spot, "additive", f"{side}-media-type-added", text, node.at, new=media_type)
            continue
        other = before[media_type]
        if "schema" in mapping(other.value) or "schema" in mapping(node.value):
            compare_schema(c, spot, (other.child("schema", {}),), (node.child("schema", {}),))
        c.rest(spot, other, node, frozenset({"schema"}))


def compare_responses(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    """Report what changed about the responses, by status."""
    before, after = dict(old.items()), dict(new.items())
    for status, node in before.items():
        if status not in after:
            c.old.mark(node.at)
            # Every error status reaches the caller as an exception, described or not.
            level: Level = "additive" if status[:1] in "45" else "breaking"
            here = spot.at(status)
            c.report(here, level, "response-status-removed", f"The response {status} was removed.", node.at, old=status)
    for status, node in after.items():
        here = evolve(spot, side="response", place=status)
        if status not in before:
            c.new.mark(node.at)
            c.report(
                here, "additive", "response-status-added", f"The response {status} was added.", node.at, new=status
            )
            continue
        x, y = c.old.resolve(before[status]), c.new.resolve(node)
        _content(c, here, "response", x.child("content"), y.child("content"))
        _headers(c, here, x.child("headers"), y.child("headers"))
        c.rest(here, x, y, frozenset({"content", "headers"}))


def _headers(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    before, after = ({name.lower(): node for name, node in nodes.items()} for nodes in (old, new))
    for name in before.keys() - after.keys():
        here = spot.below(f" header {name}")
        c.old.mark(before[name].at)
        c.report(here, "breaking", "response-header-removed", f"`{here.place}` was removed.", before[name].at, old=name)
    for name, node in after.items():
        here = spot.below(f" header {name}")
        if name in before:
            compare_parameter(c, here, c.old.resolve(before[name]), c.new.resolve(node))
        else:
            c.new.mark(node.at)
            c.report(here, "additive", "response-header-added", f"`{here.place}` was added.", node.at, new=name)
