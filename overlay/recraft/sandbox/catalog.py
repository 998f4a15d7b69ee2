"""What the service's documentation says of models, sizes, styles and prices, read from the data files beside it.

The files name their date. A model that is not in them is let through everywhere: new ones come every few weeks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal

from attrs import field, frozen

Kind = Literal["raster", "vector"]
Size = tuple[int, int]

FIRST = "recraftv4_1"
"""The model that is taken when a request names none and nothing else points to another."""


@frozen
class Family:
    """Models that take the same options. Those of one `group` take each other's styles."""

    name: str
    group: str
    prompt_limit: int
    takes: frozenset[str]
    needs_style: bool
    style_images: int
    style_bases: tuple[str, ...]


@frozen
class Model:
    """A documented model. `units` is its price for one image, `sizes` maps each ratio to pixels."""

    id: str
    family: Family
    vector: bool
    units: int
    sizes: Mapping[str, Size] = field(repr=False)


@frozen
class Facts:
    """What is documented of one operation, beyond the spec.

    one: it answers a single image. svg: its image may be SVG. kind: what it insists on. families: the models it takes.
    default: its model. required: fields it wants though the spec may not. prompt_limit: when it has its own.
    """

    one: bool = False
    svg: bool = False
    kind: Kind | None = None
    families: tuple[str, ...] = ()
    default: str = FIRST
    required: tuple[str, ...] = ()
    least_side: int = 256
    megabytes: int = 10
    prompt_limit: int | None = None
    units: int | None = None


def read(name: str) -> dict[str, Any]:
    """One data file."""
    text = resources.files("recraft.sandbox").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def models() -> Mapping[str, Model]:
    """All documented models by id."""
    known, prices = read("models"), read("prices")["per_image"]
    families = {name: _family(name, facts, known["groups"]) for name, facts in known["families"].items()}
    return {
        name: Model(name, families[facts["family"]], facts["vector"], prices[name], _column(facts["sizes"]))
        for name, facts in known["models"].items()
    }


def model(name: str) -> Model | None:
    """A documented model by its id, or by its `_raster` alias. None for any other name."""
    return models().get(name.removesuffix("_raster"))


def families_taking(option: str) -> str:
    """The families of models that take an option, for a message."""
    names = [each.family.name for each in models().values() if option in each.family.takes]
    return ", ".join(dict.fromkeys(names))


@cache
def facts(key: str) -> Facts:
    """What is documented of an operation, such as "POST /images/inpaint"."""
    found = dict(read("operations")["operations"].get(key, {}))
    for name in ("families", "required"):
        found[name] = tuple(found.get(name, ()))
    return Facts(units=read("prices")["per_call"].get(key), **found)


@cache
def ratios() -> Mapping[str, tuple[Size, ...]]:
    """Each ratio with its pixels in every column."""
    table = read("sizes")["ratios"]
    return {ratio: tuple(_pixels(text) for text in columns) for ratio, columns in table.items()}


@cache
def curated(group: str) -> Mapping[str, Kind | None]:
    """The names `style` may have for a group of models, each with the kind of picture it makes (None: either)."""
    known = read("styles")
    names: dict[str, Kind | None] = dict.fromkeys(known["base"]["either"])
    kinds: tuple[Kind, Kind] = ("raster", "vector")
    for kind in kinds:
        names |= dict.fromkeys([*known["base"][kind], *known["curated"].get(group, {}).get(kind, ())], kind)
    return names


def style_kind(name: str) -> Kind | None:
    """The kind of picture a curated style makes, in any of its vocabularies; None when nothing is known."""
    plain = name.split("/")[0]
    return curated("V3").get(plain) or curated("V2").get(plain)


@cache
def unknown_price(what: str) -> int:
    """Units for what the table does not have: a "raster" or "vector" image, or any other paid "call"."""
    units: int = read("prices")["unknown"][what]
    return units


def _family(name: str, facts: dict[str, Any], groups: dict[str, Any]) -> Family:
    group = groups[facts["group"]]
    return Family(
        name,
        facts["group"],
        group["prompt"],
        frozenset(facts.get("takes", group["takes"])),
        facts.get("needs_style", False),
        group["style_images"],
        tuple(group["style_base"]),
    )


def _column(name: str) -> dict[str, Size]:
    table = read("sizes")
    at = table["columns"].index(name)
    return {ratio: _pixels(columns[at]) for ratio, columns in table["ratios"].items()}


def _pixels(text: str) -> Size:
    width, height = text.split("x")
    return int(width), int(height)
