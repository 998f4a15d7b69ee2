"""The table `x-models`, from an overlay document to data and words: which model takes what, by the documentation.

The table names models and options, so that hand-written code need not. Its keys:

    as_of       the date of the documentation, `YYYY-MM`
    named_by    the request property that names a model
    families    family -> its models: those that take the same options; a model is in one family
    groups      group -> models that some rules name together
    also        group -> an ending with which each of its models is known too
    unnamed     the models that a call means which names none: those of the first entry of which an option in `given`
                was sent (or there is none in it) and the operation takes a model; no models: nobody knows
    operations  operation -> `models` it takes (left out: all; none: they say nothing there), `unnamed: unknown` where
                nobody knows which model a call means that names none, `longest`: its own limits, by option
    takes       option -> families that take it
    needs       `models` that want `one_of` some options
    excludes    lists of options of which a call may have one
    longest     option -> how many `characters` some `models` take
    pixels      option -> `values` that some `models` take when it is `WxH`
    ratios      option -> the ratios that all models take
    newer       models and options that the specification does not have

An option may be a member of an object that has `x-spread`. Where models are listed, families and groups may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from facts import FactError, spread
from schemas import Schema, choices, flatten, operations, request_bodies

# For each part of the table the keys of its entries; None: names that the table is free to choose.
KEYS = {
    "": {"as_of", "named_by", "families", "groups", "also", "unnamed", "operations", "takes", "needs", "excludes",
         "longest", "pixels", "ratios", "newer"},
    "unnamed": {"given", "models"},
    "operations": {"models", "unnamed", "longest"},
    "needs": {"models", "one_of"},
    "longest": {"models", "characters"},
    "pixels": {"models", "values"},
}  # fmt: skip


class Table:
    """`x-models` of a specification, checked, with families, groups and other names written out as models."""

    def __init__(self, specification: Schema, raw: dict[str, Any]) -> None:
        self.specification, self.raw = specification, raw
        _check_keys(raw)
        self.families = {name: self._with_endings(models) for name, models in raw["families"].items()}
        self.family = {model: family for family, models in self.families.items() for model in models}
        self._check()

    def _with_endings(self, models: Iterable[str]) -> list[str]:
        endings = {model: end for group, end in self.raw["also"].items() for model in self.raw["groups"][group]}
        return [
            name for model in models for name in (model, model + endings[model] if model in endings else None) if name
        ]

    def models(self, names: Iterable[str], *, other_names: bool = True) -> list[str]:
        """The models of a list that may name families and groups."""
        found: dict[str, None] = {}
        for name in names:
            members = self.raw["families"].get(name) or self.raw["groups"].get(name) or [name]
            found |= dict.fromkeys(self._with_endings(members) if other_names else members)
        if unknown := [model for model in found if model not in self.family]:
            raise FactError(f"x-models names {unknown[0]}, which is no model, family or group of it.")
        return list(found)

    def of_operation(self, identifier: str) -> list[str]:
        """The models that an operation takes."""
        return self.models(self.raw["operations"][identifier].get("models", self.raw["families"]))

    def options(self) -> set[str]:
        """Every option that is named."""
        raw = self.raw
        lists = [
            *raw["excludes"],
            *(rule["one_of"] for rule in raw["needs"]),
            *(rule["given"] for rule in raw["unnamed"]),
        ]
        own = [rule.get("longest", ()) for rule in raw["operations"].values()]
        return {
            name
            for names in (*lists, *own, raw["takes"], raw["longest"], raw["pixels"], raw["ratios"])
            for name in names
        }

    def _check(self) -> None:
        raw, specification = self.raw, self.specification
        if not re.fullmatch(r"\d{4}-\d\d", str(raw["as_of"])):
            raise FactError(f"x-models: as_of is {raw['as_of']!r}; expected the date of the documentation, as YYYY-MM.")
        twice = [model for model, family in self.family.items() if model not in self.families[family]]
        if twice or sum(map(len, self.families.values())) != len(self.family):
            raise FactError("x-models: a model is in two families.")
        known = {item["operationId"] for _, _, item in operations(specification)}
        for identifier, rule in raw["operations"].items():
            if identifier not in known:
                raise FactError(f"x-models names the operation {identifier}, which the specification does not have.")
            self.of_operation(identifier)
            if rule.get("unnamed", "unknown") != "unknown":
                raise FactError(f"x-models: {identifier}: unnamed is {rule['unnamed']!r}; it can be `unknown` only.")
        for rules in (raw["unnamed"], raw["needs"], *raw["longest"].values(), *raw["pixels"].values()):
            for rule in rules:
                self.models(rule["models"])
        if unknown := [name for names in raw["takes"].values() for name in names if name not in self.families]:
            raise FactError(f"x-models: takes names {unknown[0]}, which is none of its families.")
        self._check_names()

    def _check_names(self) -> None:
        """Every model and option is in the specification, or is said to be newer than it."""
        raw, named = self.raw, {*self.options(), self.raw["named_by"]}
        options, models = _known(self.specification, raw["operations"], raw["named_by"])
        newer = set(raw["newer"])
        for kind, names, there in (("option", named, options), ("model", set(self.family), models)):
            if kind == "model" and not models:
                continue  # the specification takes any
            if missing := sorted(names - there - newer):
                raise FactError(
                    f"x-models names the {kind} {missing[0]}, which the specification does not have: "
                    "mend it, or add it to `newer` where the documentation is ahead."
                )
            if caught_up := sorted(names & there & newer):
                raise FactError(
                    f"x-models calls {', '.join(caught_up)} newer, and the specification has it by now: "
                    "take it out of `newer`."
                )
        if stray := sorted(newer - named - set(self.family)):
            raise FactError(f"x-models calls {stray[0]} newer, and names it nowhere else.")


def table_of(specification: Schema) -> Table | None:
    """The table, or None when no overlay document states one. Raises FactError for one that cannot be right."""
    raw = specification.get("x-models")
    return None if raw is None else Table(specification, raw)


def rules(table: Table | None) -> dict[str, Any]:
    """The table as `_core/advice.py` of the hand-written package reads it."""
    if table is None:
        return {}
    raw = table.raw
    return {
        "as_of": str(raw["as_of"]),
        "named_by": raw["named_by"],
        "family": table.family,
        "takes": raw["takes"],
        "needs": [{**rule, "models": table.models(rule["models"])} for rule in raw["needs"]],
        "excludes": raw["excludes"],
        "longest": {key: [_listed(table, rule) for rule in each] for key, each in raw["longest"].items()},
        "pixels": {key: [_listed(table, rule) for rule in each] for key, each in raw["pixels"].items()},
    }


def rules_of(table: Table | None, identifier: str, inside: dict[str, str]) -> dict[str, Any] | None:
    """What the table says of one operation.

    `models` it takes, `unnamed` (pairs of options and models), `longest` of its own; and what spares most calls all of
    it: properties to be `watched`, and lengths that are `short` enough for every model. `inside` says which options are
    members of which property.
    """
    if table is None or identifier not in table.raw["operations"]:
        return None
    raw, rule = table.raw, table.raw["operations"][identifier]
    models, own = table.of_operation(identifier), rule.get("longest", {})
    limits = {key: [each["characters"] for each in every] for key, every in raw["longest"].items()} if models else {}
    inside = {option: name for option, name in inside.items() if option in table.options()}
    tops = [raw["named_by"], *(inside.get(option, option) for option in sorted(table.options() - set(raw["longest"])))]
    return {
        "models": models,
        "unnamed": [] if rule.get("unnamed") or not models else list(_unnamed(table, models)),
        "longest": own,
        "inside": inside,
        "watched": list(dict.fromkeys(tops)) if models else [],
        "short": {
            key: min(*limits.get(key, ()), *([own[key]] if key in own else ()), 10**9) for key in {**limits, **own}
        },
    }


def about(table: Table | None, identifier: str, option: str) -> str:
    """A sentence on an option of an operation for those who read its documentation; empty when there is none."""
    if table is None or not (models := identifier in table.raw["operations"] and table.of_operation(identifier)):
        return ""
    raw, families = table.raw, {table.family[model] for model in models}
    words = []

    def present(names: list[str]) -> list[str]:
        return [name for name in names if name not in raw["newer"]]

    if option == raw["named_by"] and len(models) < len(table.family):
        group = [name for name, members in raw["groups"].items() if table.models(members) == models]
        words.append(f"{either(group or [name for name in table.families if name in families])} models do this")
    takers = raw["takes"].get(option)
    if takers and not families <= set(takers):
        words.append(f"{either(takers)} models take it")
    for rule in raw["longest"].get(option, ()):
        if taking := dict.fromkeys(table.family[model] for model in table.models(rule["models"]) if model in models):
            words += [f"{either(taking)} models take at most {rule['characters']:,} characters"]
    if pixels := [rule for rule in raw["pixels"].get(option, ()) if set(table.models(rule["models"])) & set(models)]:
        words.append("a ratio fits every model, and a raster model takes the pixels of its own list only")
        for rule in pixels:
            named = [model for model in table.models(rule["models"], other_names=False) if model in models]
            words.append(f"{either(named)} take {', '.join(rule['values'])}")
    for rule in raw["needs"]:
        if option in rule["one_of"] and set(needing := table.models(rule["models"])) & set(models):
            kin = dict.fromkeys(table.family[model] for model in needing)
            words.append(f"{either(kin)} models need one of {', '.join(present(rule['one_of']))}")
    others = [name for names in raw["excludes"] if option in names for name in present(names) if name != option]
    if others:
        words.append(f"it excludes {', '.join(others)}")
    return f"By the documentation of {raw['as_of']}: {'; '.join(words)}." if words else ""


def values(table: Table | None, option: str) -> list[str]:
    """The known values of an option that the specification leaves open: ratios, then the pixels of all models."""
    if table is None:
        return []
    pixels = [value for rule in table.raw["pixels"].get(option, ()) for value in rule["values"]]
    return list(dict.fromkeys([*table.raw["ratios"].get(option, ()), *pixels]))


def either(names: Iterable[str]) -> str:
    """`V4, V3 and V2`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _unnamed(table: Table, models: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for rule in table.raw["unnamed"]:
        fitting = [model for model in table.models(rule["models"], other_names=False) if model in models]
        if fitting or not rule["models"]:
            yield rule["given"], fitting


def _listed(table: Table, rule: dict[str, Any]) -> dict[str, Any]:
    return {**rule, "models": table.models(rule["models"])}


def _check_keys(raw: Any) -> None:
    """Raise FactError for a key that nobody reads, or one that is missing."""
    if not isinstance(raw, dict) or set(raw) != KEYS[""]:
        wrong = sorted(KEYS[""] ^ set(raw)) if isinstance(raw, dict) else raw
        raise FactError(f"x-models has to have exactly the keys {sorted(KEYS[''])}; look at {wrong}.")
    for part, keys in KEYS.items():
        if not part:
            continue
        entries = raw[part] if isinstance(raw[part], list) else list(raw[part].values())
        for entry in (item for each in entries for item in (each if isinstance(each, list) else [each])):
            if set(entry) - keys or (part != "operations" and set(entry) != keys):
                raise FactError(f"x-models: {part}: an entry has the keys {sorted(entry)}; known are {sorted(keys)}.")


def _known(specification: Schema, identifiers: Iterable[str], named_by: str) -> tuple[set[str], set[str]]:
    """The options that some operations take, and the models that are listed for them."""
    options: set[str] = set()
    models: set[str] = set()
    for _, _, operation in operations(specification):
        if operation["operationId"] not in identifiers:
            continue
        for body in request_bodies(specification, operation).values():
            options |= {*body.get("properties", {}), *spread(specification, body, operation["operationId"])}
            for key, schema in body.get("properties", {}).items():
                flat = flatten(specification, schema)
                if key == named_by:
                    models |= {value for each in (flat, *choices(flat)) for value in each.get("enum", ())}
    return options, models
