"""Judge a change of one schema, keyword by keyword, on the side of the caller who writes or reads the value.

A request breaks when the service accepts less than before, a response when it may answer more than before; everything
else is additive. Where the generated client is more tolerant than the schema, the rule says so.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import Final

from attrs import evolve

from specdiff.comparison import Comparison, Spot
from specdiff.document import Located, schema_name
from specdiff.findings import Level, show
from specdiff.flat import BOUNDS, Flat, Parts, class_of, distinct, flatten
from specdiff.renames import renames
from specdiff.unions import compare_unions
from specfile import class_name, mapping

#: String formats the generator turns into a Python type, so callers see the change whichever way it goes.
PYTHON_FORMATS: Final = frozenset({"date", "date-time", "uuid", "binary"})
_WIDER_FORMATS: Final = {("int32", "int64"), ("float", "double")}
#: Merged from all allOf parts, so all their places are compared together.
_MERGED: Final = frozenset(
    {"type", "nullable", "enum", "const", "required", *BOUNDS, "exclusiveMinimum", "exclusiveMaximum"}
)
#: Compared by descending; only an empty or boolean value is compared here.
_CONTAINERS: Final = frozenset({"properties", "items", "additionalProperties", "allOf", "oneOf", "anyOf"})
_WORDS: Final = frozenset(
    {"format", "pattern", "multipleOf", "uniqueItems", "default", "deprecated", "readOnly", "writeOnly"}
)


def compare_schema(c: Comparison, spot: Spot, old: Parts, new: Parts) -> None:
    """Report what changed between two schemas and everything they contain."""
    if _same_unchanged_reference(c, old, new):
        return
    a, b = flatten(c.old, old), flatten(c.new, new)
    c.paired |= a.components & b.components
    if (a.at, b.at) in spot.stack:
        return
    spot = evolve(spot, stack=spot.stack | {(a.at, b.at)})
    _mark(c, a, b)
    _class_name(c, spot, a, b)
    if compare_unions(c, spot, a, b, old, new, compare_schema):
        _types(c, spot, a, b)
        _values(c, spot, a, b)
        _constraints(c, spot, a, b)
        _access(c, spot, a, b)
        _properties(c, spot, a, b)
        _contents(c, spot, a, b)
    _defaults_and_deprecation(c, spot, a, b)
    for key in dict.fromkeys([*a.words, *b.words]):
        if key not in _WORDS:
            c.word(spot, key, Located(a.words.get(key), a.place(key)), Located(b.words.get(key), b.place(key)))


def _same_unchanged_reference(c: Comparison, old: Parts, new: Parts) -> bool:
    if len(old) != 1 or old[0].value != new[0].value or len(new) != 1 or set(mapping(old[0].value)) != {"$ref"}:
        return False
    c.old.mark(old[0].at)
    c.new.mark(new[0].at)
    return schema_name(old[0].value["$ref"]) not in c.changed


def _mark(c: Comparison, a: Flat, b: Flat) -> None:
    for document, flat in ((c.old, a), (c.new, b)):
        for key, places in flat.places.items():
            for place in places if key in _MERGED else places[:1] if key in _WORDS else ():
                document.mark(place.at)
            if key in _CONTAINERS:
                document.mark(*(place.at for place in places if not place.value or place.value is True))


def _class_name(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    before, after = class_of(a), class_of(b)
    if before is None or after is None or before == after:
        return
    component, title = before
    old_name, new_name = (f"`{class_name(t or n)}`" if t or n else "the inline schema" for n, t in (before, after))
    if old_name == new_name:
        return
    if component and component not in c.new.component("schemas"):
        return  # reported once, as removed or renamed
    for document, flat in ((c.old, a), (c.new, b)):
        document.mark((*flat.identity.at, "title"))
    if component == after[0]:
        where = Spot() if component else spot
        text = f"The title that names a generated class changed: {old_name} is now {new_name}."
        c.report(where, "sdk-breaking", "schema-title-changed", text, (*b.identity.at, "title"), title, after[1])
    else:
        text = (
            f"`{spot.place}` is described by {new_name} instead of {old_name}, so its generated class has another name."
        )
        c.report(spot, "sdk-breaking", "model-name-changed", text, b.at, before[1] or component, after[1] or after[0])


def _change(c: Comparison, spot: Spot, key: str, tighter: bool | None, b: Flat, old: object, new: object) -> None:
    """Report a constraint that allows less (tighter), more, or something else (None)."""
    word = {True: "tightened", False: "relaxed", None: "changed"}[tighter]
    breaking = tighter is None or tighter == (spot.side != "response")
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", key).lower()
    effect = {True: "allows less than before", False: "allows more than before", None: "allows something else"}[tighter]
    values = f"{show(old) or 'none'} -> {show(new) or 'none'}"
    text = f"{spot.side.title()} `{spot.place}`: {key} {values}, which {effect}."
    c.report(spot, "breaking" if breaking else "additive", f"{spot.side}-{name}-{word}", text, b.place(key), old, new)


def _types(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    def within(inner: frozenset[str] | None, outer: frozenset[str] | None) -> bool:
        if outer is None or inner is None:
            return outer is None
        return inner <= (outer | {"integer"} if "number" in outer else outer)

    accepts_all, answers_all = within(a.types, b.types), within(b.types, a.types)
    if not (accepts_all and answers_all):
        tighter = True if answers_all else False if accepts_all else None
        _change(c, spot, "type", tighter, b, _type_names(a), _type_names(b))
    if a.nullable != b.nullable and (a.types is not None and b.types is not None):
        _change(c, spot, "nullable", a.nullable, b, a.nullable, b.nullable)


def _type_names(flat: Flat) -> str:
    return " or ".join(sorted(flat.types)) if flat.types is not None else "any"


def _values(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    before, after = distinct(a.enum), distinct(b.enum)
    side, place = spot.side, f"`{spot.place}`"
    at = b.place("enum" if "enum" in b.places else "const" if "const" in b.places else "enum")
    if a.enum is not None and b.enum is not None:
        for value in (before[text] for text in before if text not in after):
            level: Level = "additive" if side == "response" else "breaking"
            text = f"{side.title()} {place} no longer takes the value `{show(value)}`."
            if side == "response":
                text = f"Response {place} no longer has the value `{show(value)}`."
            c.report(spot, level, f"{side}-enum-value-removed", text, at, old=value)
        for value in (after[text] for text in after if text not in before):
            text = f"{side.title()} {place} takes the new value `{show(value)}`."
            if side == "response":
                text = f"Response {place} may have the new value `{show(value)}`; the client passes it through."
            c.report(spot, "additive", f"{side}-enum-value-added", text, at, new=value)
    elif b.enum is not None:
        level = "additive" if side == "response" else "breaking"
        c.report(
            spot,
            level,
            f"{side}-enum-introduced",
            f"{side.title()} {place} is limited to a list of values.",
            at,
            new=b.enum,
        )
    elif a.enum is not None:
        # The wire takes more, and an answer may say more; an alias of the values may be gone, which somebody imported.
        alias = a.identity.at[2] if len(a.identity.at) == 3 else ""
        stays = bool(alias) and alias in c.new.component("schemas")
        text = f"{side.title()} {place} is no longer limited to a list of values"
        text += "." if stays else "; the generated alias for them is gone."
        c.report(spot, "additive" if stays else "sdk-breaking", f"{side}-enum-dropped", text, at, old=a.enum)


def _constraints(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    for key, (direction, _) in BOUNDS.items():
        old, new = a.bounds.get(key), b.bounds.get(key)
        if old != new:
            tighter = new is not None and (old is None or (new[0] * direction, new[1]) > (old[0] * direction, old[1]))
            _change(c, spot, key, tighter, b, _bound(old), _bound(new))
    for key in ("pattern", "multipleOf", "format", "uniqueItems"):
        before, after = a.words.get(key) or None, b.words.get(key) or None
        if before != after:
            tightened = True if before is None else False if after is None else _incomparable(key, before, after)
            if key == "format" and PYTHON_FORMATS & {before, after}:
                tightened = None  # the Python type changes, so callers notice in both directions
            _change(c, spot, key, tightened, b, before, after)


def _incomparable(key: str, before: object, after: object) -> bool | None:
    """Whether the second value allows less than the first, where the two can be compared at all."""
    if key == "multipleOf" and (Fraction(str(after)) / Fraction(str(before))).denominator == 1:
        return True
    if key == "multipleOf" and (Fraction(str(before)) / Fraction(str(after))).denominator == 1:
        return False
    if key == "format" and {(before, after), (after, before)} & _WIDER_FORMATS:
        return (after, before) in _WIDER_FORMATS
    return None


def _bound(bound: tuple[Fraction, bool] | None) -> str:
    if bound is None:
        return ""
    value = str(bound[0]) if bound[0].denominator == 1 else str(float(bound[0]))
    return f"{value} exclusive" if bound[1] else value


def _access(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    for key, reader in (("readOnly", "request"), ("writeOnly", "response")):
        before, after = bool(a.words.get(key)), bool(b.words.get(key))
        if before == after:
            continue
        level: Level = "docs-only" if spot.side != reader else "breaking" if after else "additive"
        name = "read-only" if key == "readOnly" else "write-only"
        text = f"{spot.side.title()} `{spot.place}` {'became' if after else 'is no longer'} {name}."
        c.report(spot, level, f"{spot.side}-{name}-changed", text, b.place(key), before, after)


def _properties(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    side, noun = spot.side, f"{spot.side.title()} property"
    renamed = renames(c, a, b)
    for name, parts in a.properties.items():
        if name not in b.properties:
            here = spot.below(f".{name}")
            c.old.mark(*(part.at for part in parts))
            # A read-only property never was part of a request, and any answer could lack an optional one; the attribute
            # of the generated class is gone all the same.
            silent = _read_only(c, parts, old=True) if side == "request" else name not in a.required
            level: Level = "sdk-breaking" if silent and side != "schema" else "breaking"
            code, text = f"{side}-property-removed", f"{noun} `{here.place}` was removed."
            if name in renamed:
                code, text = (
                    f"{side}-property-renamed",
                    f"{noun} `{here.place}` was probably renamed `{renamed[name]}`.",
                )
            c.report(here, level, code, text, parts[0].at, name, renamed.get(name))
    for name, parts in b.properties.items():
        here, required = spot.below(f".{name}"), name in b.required
        if name in a.properties:
            compare_schema(c, here, a.properties[name], parts)
            continue
        c.new.mark(*(part.at for part in parts))
        if name in renamed.values():
            continue
        if side != "response" and required and not _read_only(c, parts, old=False):
            text = f"{noun} `{here.place}` was added and is required."
            c.report(here, "breaking", f"{side}-required-property-added", text, parts[0].at, new=name)
        else:
            code = "response-property-added" if side == "response" else f"{side}-optional-property-added"
            c.report(here, "additive", code, f"{noun} `{here.place}` was added.", parts[0].at, new=name)
    for name in sorted(a.required ^ b.required):
        required, known = name in b.required, name in a.properties and name in b.properties
        if not known and (name in a.properties or name in b.properties):
            continue  # the property itself came or went
        if known and side == "request" and _read_only(c, b.properties[name], old=False):
            continue
        here, word = spot.below(f".{name}"), "required" if required else "optional"
        level = "breaking" if required == (side != "response") else "additive"
        at = b.properties[name][0].at if known else b.place("required")
        c.report(here, level, f"{side}-property-became-{word}", f"{noun} `{here.place}` became {word}.", at)


def _read_only(c: Comparison, parts: Parts, *, old: bool) -> bool:
    return bool(flatten(c.old if old else c.new, parts).words.get("readOnly"))


def _contents(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    if a.items or b.items:
        old, new = (flat.items or (Located({}, flat.place("items")),) for flat in (a, b))
        compare_schema(c, spot.below("[]"), old, new)
    if not (a.additional or b.additional) and a.additional == b.additional:
        return
    if a.additional is None or b.additional is None:
        closed = b.additional is None
        # A response that opens up is like one that gains a property: the generated models keep what they do not know.
        level: Level = "breaking" if closed and spot.side != "response" else "additive"
        word = "no longer" if closed else "now"
        text = f"{spot.side.title()} `{spot.place}` {word} takes properties that are not listed."
        code = f"{spot.side}-additional-properties-{'closed' if closed else 'opened'}"
        c.report(spot, level, code, text, b.place("additionalProperties"), a.additional is not None, not closed)
        for document, parts in ((c.old, a.additional), (c.new, b.additional)):
            document.mark(*(part.at for part in parts or ()))
        return
    old, new = (flat.additional or (Located({}, flat.place("additionalProperties")),) for flat in (a, b))
    compare_schema(c, spot.below("{}"), old, new)


def _defaults_and_deprecation(c: Comparison, spot: Spot, a: Flat, b: Flat) -> None:
    old, new = a.words.get("default"), b.words.get("default")
    if json.dumps(old) != json.dumps(new):
        level: Level = "docs-only" if spot.side == "response" else "additive"
        text = f"{spot.side.title()} `{spot.place}`: the default is {show(new) or 'none'}, was {show(old) or 'none'}."
        c.report(spot, level, f"{spot.side}-default-changed", text, b.place("default"), old, new)
    if bool(a.words.get("deprecated")) != bool(b.words.get("deprecated")):
        word = "deprecated" if b.words.get("deprecated") else "undeprecated"
        text = f"{spot.side.title()} property `{spot.place}` is now {word}."
        c.report(spot, "additive", f"{spot.side}-property-{word}", text, b.place("deprecated"))
