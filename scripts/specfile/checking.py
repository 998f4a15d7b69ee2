"""Find everything that the generator would drop, overwrite or rename without a word."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from specfile import grammars
from specfile.expansion import expansion
from specfile.naming import class_name, makes_class, module_name
from specfile.reading import MAX_DEPTH
from specfile.structure import SpecError, located, mapping, operations, pointer, subtrees


def validate(spec: dict[str, Any], *, named: bool = True) -> list[str]:
    """Check that the generator can take the document whole, and return warnings. Where it is not `named` yet, what
    names there are, and whether they collide, is left for later.

    Raises one SpecError that lists every problem found. Duplicate values in an enum are only a warning: the vendor
    has published them, they mean nothing, and the generator's literal enums bear them.
    """
    references, endless = list(_references(spec)), list(expansion(spec))
    problems = [*_version(spec), *references, *endless, *(_operation_ids(spec) if named else ())]
    warnings, tidy = _without_duplicate_enum_values(spec)
    if not references and not endless and not any("openapi:" in problem for problem in problems):
        # The validator follows references and reads the version, so it only makes sense once both are known to be good.
        problems += [*_violations(_without_patterns(tidy)), *_patterns(spec)]
    if not endless and named:
        problems += _colliding_names(spec)
    if problems:
        raise SpecError(*dict.fromkeys(problems))
    return warnings


def _version(spec: dict[str, Any]) -> Iterator[str]:
    version = spec.get("openapi")
    if not isinstance(version, str) or not re.fullmatch(r"3\.[01]\.\d+", version):
        yield (
            f"`openapi: {version}` is not a version the generator takes; expected 3.0.x or 3.1.x. If the file uses "
            "nothing newer, give it as a copy with the version lowered; otherwise wait for a generator that takes it"
        )


def _references(spec: dict[str, Any]) -> Iterator[str]:
    chains: dict[str, str] = {}
    for at, node in subtrees(spec):
        target = node.get("$ref")
        for text in [target, *mapping(mapping(node.get("discriminator")).get("mapping")).values()]:
            # A discriminator may name a schema without any path, which is no reference.
            if isinstance(text, str) and (text is target or "/" in text):
                yield from _reference(spec, at, text)
        if isinstance(target, str):
            chains[f"#{pointer(at)}"] = target
    yield from _outside(spec, ())
    for start, first in chains.items():
        seen, here = {start}, first
        while here in chains and here not in seen and len(seen) <= MAX_DEPTH:  # a longer one is too deep
            seen.add(here)
            here = chains[here]
        if here == start:
            yield f"the $ref at {start[1:]} leads back to itself; point it at a schema"


def _reference(spec: dict[str, Any], at: tuple[str | int, ...], text: str) -> Iterator[str]:
    if not text.startswith("#/"):
        return  # reported by _outside
    try:
        located(spec, text)
    except LookupError as error:
        part = error.args[0]
        yield f"{pointer(at)}: the $ref {text!r} points at nothing; add {part!r} or correct the name"


def _outside(value: Any, at: tuple[str | int, ...]) -> Iterator[str]:
    """$refs to files and hosts, even inside examples and defaults: the validator would go and fetch them."""
    if isinstance(value, dict):
        text = value.get("$ref")
        if isinstance(text, str) and not text.startswith("#/"):
            yield (
                f"{pointer(at)}: the $ref {text!r} leaves the document; copy what it points at into components "
                "and refer to that"
            )
        for key, child in value.items():
            yield from _outside(child, (*at, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _outside(child, (*at, index))


def _operation_ids(spec: dict[str, Any]) -> Iterator[str]:
    users: dict[str, list[str]] = defaultdict(list)
    for method, path, operation in operations(spec):
        name = operation.get("operationId")
        if isinstance(name, str) and name:
            users[name].append(f"{method.upper()} {path}")
        else:
            yield (
                f"{method.upper()} {path} has no operationId; name it in spec/overlays/05-names.yaml "
                "(scripts/names.py proposes how)"
            )
    for name, places in users.items():
        if len(places) > 1:
            yield f"the operationId {name!r} is used by {' and '.join(places)}; rename one, or it overwrites the other"


def _colliding_names(spec: dict[str, Any]) -> Iterator[str]:
    modules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, _, operation in operations(spec):
        tags = operation.get("tags")
        tag = str(tags[0]) if isinstance(tags, list) and tags else "default"
        if isinstance(name := operation.get("operationId"), str) and name:
            modules[module_name(tag, "tag"), module_name(name)].add(name)
    for (tag, module), names in modules.items():
        yield from _collision("operationIds", names, f"the module {tag}.{module}")
    classes: dict[str, set[str]] = defaultdict(set)
    for name, schema in mapping(mapping(spec.get("components")).get("schemas")).items():
        if makes_class(schema):
            title = schema.get("title")
            classes[module_name(class_name(title if isinstance(title, str) and title else name))].add(name)
    for module, names in classes.items():
        yield from _collision("schemas", names, f"the model module {module}")
    for at, node in subtrees(spec):
        attributes: dict[str, set[str]] = defaultdict(set)
        for name in _property_names(spec, node, frozenset()):
            attributes[module_name(name)].add(name)
        for attribute, names in attributes.items():
            yield from _collision(f"properties in {pointer(at)}", names, f"the attribute {attribute}")


def _property_names(spec: dict[str, Any], schema: Any, seen: frozenset[str]) -> Iterator[str]:
    """The property names of a schema, with those its allOf parts bring in."""
    schema = mapping(schema)
    target = schema.get("$ref")
    if isinstance(target, str) and target.startswith("#/components/schemas/") and target not in seen:
        component = mapping(mapping(spec.get("components")).get("schemas")).get(target.rsplit("/", 1)[-1])
        yield from _property_names(spec, component, seen | {target})
        return
    yield from mapping(schema.get("properties"))
    parts = schema.get("allOf")
    for part in parts if isinstance(parts, list) else ():
        yield from _property_names(spec, part, seen)


def _collision(what: str, names: set[str], result: str) -> Iterator[str]:
    if len(names) > 1:
        yield f"the {what} {' and '.join(sorted(names))} would both be {result}; rename one in an overlay document"


def _without_duplicate_enum_values(spec: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """A copy without repeated enum values, so that the validator stays as strict as it is on everything else."""
    copy: dict[str, Any] = json.loads(json.dumps(spec))
    warnings = []
    for at, node in subtrees(copy):
        values = node.get("enum")
        if isinstance(values, list):
            # As JSON text, because 1 == True in Python and not in JSON.
            unique = {json.dumps(value, sort_keys=True): value for value in values}
            if len(unique) < len(values):
                texts = [json.dumps(value, sort_keys=True) for value in values]
                repeated = ", ".join(text for text in unique if texts.count(text) > 1)
                warnings.append(f"{pointer(at)}/enum repeats {repeated}; the repetition is ignored")
                node["enum"] = list(unique.values())
    return warnings, copy


def _patterns(spec: dict[str, Any]) -> Iterator[str]:
    """Patterns that are none. The validator does not see them (`_without_patterns`)."""
    for at, node in subtrees(spec):
        texts = {(*at, "pattern"): node.get("pattern")}
        texts |= {(*at, "patternProperties"): key for key in mapping(node.get("patternProperties"))}
        for place, text in texts.items():
            try:
                re.compile(text if isinstance(text, str) else "")
            except re.error as error:
                yield f"not valid OpenAPI at {pointer(place)}: {text!r} is not a regular expression ({error})"


def _without_patterns(spec: dict[str, Any]) -> dict[str, Any]:
    """A copy whose defaults are not matched: a pattern that backtracks would take longer than anyone can wait."""
    copy: dict[str, Any] = json.loads(json.dumps(spec))
    for _, node in subtrees(copy):
        if isinstance(node.get("pattern"), str):
            del node["pattern"]
        node.pop("patternProperties", None)
    return copy


def _violations(spec: dict[str, Any]) -> Iterator[str]:
    grammars.later()
    from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

    validator = OpenAPIV30SpecValidator if str(spec["openapi"]).startswith("3.0.") else OpenAPIV31SpecValidator
    found: dict[str, str] = {}
    try:
        for error in validator(spec).iter_errors():
            at = pointer(error.absolute_path)
            # Unstructured errors carry the whole instance in the message; its first line is what a person reads.
            message = str(error.message).strip().splitlines()[0]
            found.setdefault(f"{at}: {message}", at)
    except RecursionError:
        yield "a schema contains itself through allOf or $ref alone; break the circle"
    except Exception as error:  # the validator trips over some malformed documents instead of reporting them
        reason = f"{type(error).__name__}: {str(error)[:120]}"
        yield f"the document is malformed in a way the validator cannot describe ({reason})"
    for text in found:
        place, _, message = text.partition(": ")
        short = message if len(message) < 200 else f"{message[:200]}..."
        yield f"not valid OpenAPI{f' at {place}' if place else ''}: {short}"
