"""What the service's documentation says against a call, as warnings: which options its model does not take.

A call is sent as it is all the same. The rules are data (`MODELS` and each operation's `by_model` in
`recraft_api.operations`, from an overlay document by way of scripts/models.py) and may be older than the service, where
a refusal costs nothing. So a model that they do not know is never judged, and where a call may mean several models, all
of them have to object.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import RecraftWarning, shown

_PIXELS = re.compile(r"\d+x\d+")

Values = Mapping[str, Any]


class Place(NamedTuple):
    """A line of somebody's code. It keeps no frame, and with it no variables, alive."""

    file: str
    line: int
    scope: dict[str, Any]

    def __repr__(self) -> str:
        return f"{self.file}:{self.line}"  # not the scope: it is all that the caller's module holds


def calling() -> Place:
    """The line that called the function that asks."""
    frame = sys._getframe(2)
    return Place(frame.f_code.co_filename, frame.f_lineno, frame.f_globals)


def warn(messages: Iterable[str], at: Place, kind: type[Warning] = RecraftWarning) -> None:
    """Warn as if by the line `at`, whichever thread or task this runs in: once for each place and message, unless a
    filter says otherwise.
    """
    registry = at.scope.setdefault("__warningregistry__", {})
    module = at.scope.get("__name__") or "<unknown>"
    for message in messages:
        warnings.warn_explicit(message, kind, at.file, at.line, module, registry)


def advice(operation: str, rules: Values | None, fields: Values, files: Values) -> list[str]:
    """What is to be said of a call, by the `by_model` of its operation; next to no work when it sends nothing that
    depends on a model.
    """
    if rules is None or (
        fields.keys().isdisjoint(rules["watched"])
        and files.keys().isdisjoint(rules["watched"])
        and all(len(fields.get(option, "")) <= length for option, length in rules["short"].items())
    ):
        return []
    from recraft_api.operations import MODELS as known  # late: it is large

    start = f"{operation}: by the documentation of {known['as_of']} "
    end = ". The call is sent as it is; the service may refuse it, or ignore what does not fit."
    given = {**fields, **files}
    for option, name in rules["inside"].items():
        if isinstance(members := given.get(name), Mapping) and option in members:
            given.setdefault(option, members[option])
    return [start + text + end for text in _objections(operation, rules, known, given)]


def deprecations(operation: str, facts: Values, media_type: str | None, asked: Values, sent: Values) -> list[str]:
    """What of a call the specification calls deprecated; no work at all while that is nothing.

    `asked` is what the caller passed, `sent` the body that came of it. What a helper sends unasked, or under an old and
    a new name, is not the caller's to change.
    """
    known = facts["deprecated"]
    if not known:
        return []
    given = {name: value for name, value in asked.items() if name in facts["parameters"]}
    if media_type is not None:
        copies = facts["bodies"][media_type]["copies"]
        unasked = {*copies, *copies.values(), *(facts["always_send"].keys() - asked.keys())}
        given |= {name: value for name, value in sent.items() if name not in unasked}
    found = [known["operation"]] if known["operation"] else []
    found += [f"{operation}: {_spelt(way)} is deprecated" for way in known["options"] if [*_at(given, way)]]
    for way, values in known["values"].items():
        used = dict.fromkeys(shown(value) for value in _at(given, way) if value in values)
        found += [f"{operation}: {_spelt(way)}={value} is deprecated" for value in used]
    end = "The call is sent as it is; a later version of the API may not take it."
    return [f"{text.rstrip('.')}. {end}" for text in found]


def _at(value: Any, way: tuple[str | None, ...]) -> Iterator[Any]:
    """Every value at the end of a way into a request."""
    if not way:
        yield value
    elif way[0] is None:
        if isinstance(value, list | tuple):
            for item in value:
                yield from _at(item, way[1:])
    elif isinstance(value, Mapping) and way[0] in value:
        yield from _at(value[way[0]], way[1:])


def _spelt(way: tuple[str | None, ...]) -> str:
    return "".join("[]" if step is None else f".{step}" for step in way)[1:]


def _objections(operation: str, rules: Values, known: Values, given: Values) -> Iterator[str]:
    for option, length in rules["longest"].items():
        if len(given.get(option, "")) > length:
            yield f"{option} has at most {length} characters here, and this one {len(given[option])}"
    if not rules["models"]:
        return
    for names in known["excludes"]:
        if len(sent := [name for name in names if _has(given, name)]) > 1:
            yield f"{_listed(sent)} exclude each other: send one of them"
    property_ = known["named_by"]
    named = given.get(property_)
    models = [named] if named else _unnamed(rules, given)
    if not models or not known["family"].keys() >= set(models):
        return
    if named and named not in rules["models"]:
        yield f"{property_}={named!r} is none that {operation} takes; {_takers(known, rules['models'])} do it"
        return
    who = f"{' or '.join(models)}{'' if named else f' (meant where no {property_} is named)'}"
    for rule in (_lacking, _needing, _too_long, _other_pixels):
        yield from (f"{who} {text}" for text in rule(known, models, given, rules["models"]))


# Each rule says what the models do not take. `possible` are those that the operation takes.


def _lacking(known: Values, models: list[str], given: Values, possible: list[str]) -> Iterator[str]:
    families = {known["family"][model] for model in models}
    for option, takers in known["takes"].items():
        if families.isdisjoint(takers) and _has(given, option):
            some = [model for model in possible if known["family"][model] in takers]
            others = _takers(known, some) if some else f"{_listed(takers)} models, but none that is taken here,"
            yield f"does not take {option}; {others} do"


def _needing(known: Values, models: list[str], given: Values, possible: list[str]) -> Iterator[str]:
    for rule in known["needs"]:
        if set(models) <= set(rule["models"]) and not any(_has(given, option) for option in rule["one_of"]):
            others = [model for model in possible if model not in rule["models"]]
            yield f"needs one of {', '.join(rule['one_of'])}; {_takers(known, others)} do not"


def _too_long(known: Values, models: list[str], given: Values, possible: list[str]) -> Iterator[str]:
    for option, every in known["longest"].items():
        limits = [_of_model(every, model, "characters") for model in models]
        length = len(given.get(option, ""))
        if None not in limits and length > max(limits):
            others = [
                model
                for each in every
                for model in each["models"]
                if each["characters"] >= length and model in possible
            ]
            takers = f"{_takers(known, others)} take that" if others else "no model here takes that"
            yield f"takes at most {max(limits)} characters of {option}, and this one has {length}; {takers}"


def _other_pixels(known: Values, models: list[str], given: Values, possible: list[str]) -> Iterator[str]:
    for option, every in known["pixels"].items():
        size, lists = str(given.get(option, "")), [_of_model(every, model, "values") for model in models]
        if _PIXELS.fullmatch(size) and all(own and size not in own for own in lists):
            own = ", ".join(dict.fromkeys(value for each in lists for value in each))
            others = [
                model for each in every for model in each["models"] if size in each["values"] and model in possible
            ]
            takers = f"{_takers(known, others)} do" if others else "no known model does"
            yield f"does not take {option}={shown(size)}; {takers}. It takes ratios, such as 16:9, and {own}"


def _unnamed(rules: Values, given: Values) -> list[str]:
    """The models that a call may mean which names none; none when nobody knows."""
    fitting = (
        models for options, models in rules["unnamed"] if not options or any(_has(given, each) for each in options)
    )
    return next(fitting, [])


def _has(given: Values, option: str) -> bool:
    """Whether an option was sent with something in it."""
    return given.get(option) not in (None, "", [])


def _of_model(every: list[dict[str, Any]], model: str, key: str) -> Any:
    return next((each[key] for each in every if model in each["models"]), None)


def _takers(known: Values, models: list[str]) -> str:
    """The families of some models, and one of them: `V3 and V2 models, such as recraftv3,`."""
    return f"{_listed(dict.fromkeys(known['family'][model] for model in models))} models, such as {models[0]},"


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
