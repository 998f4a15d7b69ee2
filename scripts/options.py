"""Emit the optional keywords of each operation, next to the generated models.

`options.py` holds one TypedDict for each operation, so that a new optional field in the specification is a typed
keyword without a hand edit.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Sequence
from typing import Any

import facts
import models
from schemas import Schema, choices, flatten, operations, request_bodies, resolve, types_of
from specfile.naming import class_name, module_name

# What a caller may pass for a value of this role, beside what the wire takes; see spec/templates/inputs.py.
WIDER = {"size": "SizeLike", "style": "StyleLike"}
COLORS = ("color-rgb", "color-hex")

# A list of more known values than this has a name, under which everything refers to it.
FEW = 4

#: One keyword: its name, annotation, whether it is required, and what is said about it.
Field = tuple[str, str, bool, str]

#: The keyword that takes what an operation has and its specification does not.
EXTRA = "extra"
NEWER = (
    "that this version does not know, by their names, sent as they are. One that it knows is refused: "
    "it has a keyword that is checked."
)

HEADER = '"""{doc}\n\nWritten by scripts/generate.py from the effective specification. Do not edit.\n"""\n\n'


class Types:
    """Python types for schemas, collecting on the way a TypedDict for every object, and a name for every long list of
    known values.
    """

    def __init__(self, specification: Schema) -> None:
        self.specification = specification
        self.dicts: dict[str, str] = {}
        self.values: dict[str, list[Any]] = {}
        components = specification.get("components", {}).get("schemas", {})
        self._listed = {tuple(each["enum"]): name for name, each in components.items() if each.get("enum")}

    def of(self, schema: Schema, name: str, known: Sequence[str] = ()) -> str:
        """The annotation for `schema`; `name` is what an inline object would be called, `known` are values of it that
        are listed elsewhere.
        """
        reference = str(schema.get("$ref", "")).rpartition("/")[2]
        flat = flatten(self.specification, schema)
        name = reference or flat.get("title") or name
        role = flat.get("x-role")
        if role in WIDER:
            annotation = f"{self._literal(known, name)} | {WIDER[role]}" if known else WIDER[role]
        elif inner := choices(flat):
            each = dict.fromkeys(self.of(choice, f"{name}{i}") for i, choice in enumerate(inner))
            annotation = " | ".join(each).replace(" | str | str", " | str")  # known values beside any string
        else:
            annotation = self._plain(flat, name)
        annotation = f"str | Sequence[int] | {annotation}" if role in COLORS else annotation
        return f"{annotation} | None" if "null" in types_of(flat) and "None" not in annotation else annotation

    def _plain(self, flat: Schema, name: str) -> str:
        kinds = [kind for kind in types_of(flat) if kind != "null"]
        if not kinds and flat.get("type"):
            return "None"
        if len(kinds) > 1:
            return " | ".join(self._plain({**flat, "type": each, "nullable": False}, name) for each in kinds)
        kind = kinds[0] if kinds else "object" if "properties" in flat else "string" if flat.get("enum") else ""
        base = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(kind)
        if base and flat.get("enum"):
            values = [value for value in dict.fromkeys(flat["enum"]) if value is not None]
            return f"{self._literal(values, name)} | {base}" if values else base
        if kind == "string":
            formats = {"uuid": "str | UUID", "binary": "ImageInput", "date-time": "str | datetime"}
            return formats.get(flat.get("format", ""), "str")
        if base:
            return base
        if kind == "array":
            return f"Sequence[{self.of(flat.get('items', {}), name + 'Item')}]"
        if kind == "object":
            return self._object(flat, name) if flat.get("properties") else "Mapping[str, Any]"
        return "Any"

    def _literal(self, values: Sequence[Any], name: str) -> str:
        if len(values) <= FEW:
            return f"Literal[{', '.join(map(repr, values))}]"
        name = class_name(self._listed.get(tuple(values), name))
        self.values[name] = list(values)
        return name

    def _object(self, flat: Schema, name: str) -> str:
        typed = class_name(name) + "Dict"
        if typed not in self.dicts:
            self.dicts[typed] = ""  # reserved first: a recursive schema refers to itself
            fields = [
                (key, self.of(value, f"{name}_{key}"), key in flat.get("required", ()), self.describe(value))
                for key, value in flat["properties"].items()
            ]
            self.dicts[typed] = typed_dict(typed, fields, flat.get("description", f"The object `{name}`."))
        return typed

    def describe(self, schema: Schema, known: Sequence[str] = ()) -> str:
        """The specification's own words, bounds and known values, on one line."""
        flat = flatten(self.specification, schema)
        words = " ".join(str(schema.get("description") or flat.get("description") or "").split())
        words += "." if words and words[-1] not in ".!?" else ""
        if schema.get("deprecated") or flat.get("deprecated"):
            words = f"Deprecated by the service. {words}".strip()
        if values := deprecated_values(flat):
            words += f" Deprecated by the service: {', '.join(map(repr, values))}."
        for low, high, what in (
            ("minimum", "maximum", ""),
            ("minItems", "maxItems", " items"),
            ("minLength", "maxLength", " characters"),
        ):
            match flat.get(low), flat.get(high):
                case None, None:
                    continue
                case None, top:
                    words += f" At most {top}{what}."
                case bottom, None:
                    words += f" At least {bottom}{what}."
                case bottom, top:
                    words += f" From {bottom} to {top}{what}."
        return f"{words} {self._known(flat, known)}".strip()

    def _known(self, flat: Schema, known: Sequence[Any]) -> str:
        inner = [flatten(self.specification, each) for each in choices(flat)]
        values = [value for each in (flat, *inner) for value in each.get("enum", ()) if value is not None] or list(
            known
        )
        shown = [f"`{value}`" for value in dict.fromkeys(values)]
        if len(shown) > FEW:
            name = next((name for name, named in self.values.items() if named == list(dict.fromkeys(values))), "")
            shown = [*shown[:FEW], f"{len(shown) - FEW} more" + (f" (`recraft_api.options.{name}`)" if name else "")]
        return f"Known values: {models.either(shown)}." if shown else ""


def deprecated_values(flat: Schema) -> list[Any]:
    """The values of a flattened schema that are deprecated, of its choices too."""
    own: list[Any] = flat.get("x-deprecated-enum-values", [])
    return list(dict.fromkeys([*own, *(value for choice in choices(flat) for value in deprecated_values(choice))]))


def typed_dict(name: str, fields: list[Field], description: str) -> str:
    """Source of one TypedDict; a field is (key, annotation, required, description)."""
    fields = [
        (key, f"Required[{annotation}]" if required else annotation, required, doc)
        for key, annotation, required, doc in fields
    ]
    if any(not key.isidentifier() or keyword.iskeyword(key) for key, *_ in fields):
        entries = "".join(f"    {key!r}: {annotation},\n" for key, annotation, _, _ in fields)
        return f"{name} = TypedDict({name!r}, {{\n{entries}}}, total=False)\n"
    lines = [f"class {name}(TypedDict, total=False):", f"    {_docstring(description)}"]
    for key, annotation, _, doc in fields:
        lines += [f"    {key}: {annotation}", *([f"    {_docstring(doc)}"] if doc else [])]
    return "\n".join(lines) + "\n"


def _docstring(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\").replace('"""', "'''")
    return f'"""{text}{" " if text.endswith(chr(34)) else ""}"""'


def option_fields(types: Types, operation: Schema, by_model: models.Table | None) -> list[Field]:
    """The keywords of an operation: properties that no helper names, members of spread objects, query parameters.

    Where the models differ in what they take, a keyword says so.
    """
    specification, identifier = types.specification, operation["operationId"]
    bodies = request_bodies(specification, operation)
    required = set.intersection(*(set(body.get("required", ())) for body in bodies.values())) if bodies else set()
    named = facts.named_by_helpers(specification, bodies, identifier)
    fields: dict[str, Field] = {}
    for body in bodies.values():
        same = facts.copies(specification, body, identifier)
        members = facts.spread(specification, body, identifier)
        for key, schema in body.get("properties", {}).items():
            if key in named or key in same or key in fields:
                continue
            known = models.values(by_model, key)
            annotation = types.of(schema, key if known else f"{identifier}_{key}", known)
            doc = f"{types.describe(schema, known)} {models.about(by_model, identifier, key)}".strip()
            fields[key] = (key, annotation, key in required, doc)
            for member in (member for member, property_ in members.items() if property_ == key):
                name, annotation, needed, doc = _member(types, schema, member, key)
                doc = f"{doc} {models.about(by_model, identifier, member)}".strip()
                fields[member] = (name, annotation, needed, doc)
    fields |= {field[0]: field for field in _query_fields(types, operation)}
    if EXTRA in fields or EXTRA in named:
        raise facts.FactError(
            f"{identifier} has a property {EXTRA}, and helpers take fields that they do not know under this name: "
            "give it another one with x-argument in an overlay document."
        )
    return [*fields.values(), _extra(bodies)]


def _extra(bodies: dict[str, Schema]) -> Field:
    """The keyword for what the specification does not know, or not yet."""
    if not bodies:
        return EXTRA, "Mapping[str, Any]", False, f"Query parameters {NEWER}"
    if "multipart/form-data" not in bodies:
        return EXTRA, "Mapping[str, Any]", False, f"Fields {NEWER}"
    files = "Where the call is a form, an image that is bytes, a Path, an open file or a PIL image is sent as a file."
    return EXTRA, "Mapping[str, Any | ImageInput]", False, f"Fields {NEWER} {files}"


def arguments(types: Types, operation: Schema, by_model: models.Table | None) -> dict[str, str]:
    """What is said of each property that a helper takes under a name of its own, by that name."""
    specification, identifier = types.specification, operation["operationId"]
    found: dict[str, str] = {}
    for body in request_bodies(specification, operation).values():
        for key, schema in body.get("properties", {}).items():
            flat = flatten(specification, schema)
            upload = "binary" in (flat.get("format"), flat.get("items", {}).get("format"))
            if facts.takes_image(specification, schema) and not upload:
                continue  # what is said of an address is not true of the rest that a helper takes for it
            if name := flat.get("x-argument"):
                doc = f"{types.describe(schema)} {models.about(by_model, identifier, key)}".strip()
                found[name] = found.get(name) or doc
    return {name: doc for name, doc in found.items() if doc}


def _member(types: Types, schema: Schema, member: str, key: str) -> Field:
    """A member of the object `key` as a keyword of its own."""
    inner = flatten(types.specification, schema)["properties"][member]
    return member, types.of(inner, member), False, f"{types.describe(inner)} Sent in `{key}`.".strip()


def _query_fields(types: Types, operation: Schema) -> Iterator[Field]:
    for parameter in (resolve(types.specification, item) for item in operation["parameters"]):
        if parameter["in"] == "query":
            key = module_name(parameter["name"])
            annotation = types.of(parameter.get("schema", {}), f"{operation['operationId']}_{key}")
            yield key, annotation, bool(parameter.get("required")), types.describe(parameter)


def options_name(operation: Schema) -> str:
    return class_name(operation["operationId"]) + "Options"


def emit_options(specification: Schema) -> str:
    """Source of `recraft_api/options.py`."""
    types, by_model, classes = Types(specification), models.table_of(specification), []
    for method, path, operation in operations(specification):
        description = f"Optional keywords of `{operation['operationId']}` ({method} {path})."
        description += " Deprecated by the service." if operation.get("deprecated") else ""
        classes.append(typed_dict(options_name(operation), option_fields(types, operation, by_model), description))
    known = [f"{name}: TypeAlias = Literal[{', '.join(map(repr, each))}]\n" for name, each in types.values.items()]
    header = HEADER.format(doc="Optional keywords of each operation, for `**options: Unpack[...]`.")
    imports = (
        "from __future__ import annotations\n\n"
        "from collections.abc import Mapping, Sequence\nfrom datetime import datetime\n"
        "from typing import Any, Literal, Required, TypeAlias, TypedDict\nfrom uuid import UUID\n\n"
        "from .inputs import ImageInput, SizeLike, StyleLike\n\n\n"
    )
    return header + imports + "\n\n".join([*known, *types.dicts.values(), *classes])


def emit_marks(specification: Schema) -> str:
    """Source of `recraft_api/marks.py`."""
    header = HEADER.format(
        doc="Marks for type checkers: `@marks.NAME` on what makes the operation NAME shows whether it is deprecated "
        "(PEP 702).\n\nEvery name is there: what is no operation any more, or not yet, is not marked."
    )
    marks = "".join(
        f"    {module_name(operation['operationId'])} = deprecated({deprecation(operation)!r})\n"
        for _, _, operation in operations(specification)
        if operation.get("deprecated")
    )
    return (
        f"{header}from collections.abc import Callable\nfrom typing import TYPE_CHECKING, TypeVar\n\n"
        'F = TypeVar("F")\n\n\n'
        "def __getattr__(name: str) -> Callable[[F], F]:\n"
        '    if name.startswith("__"):\n'
        "        raise AttributeError(name)\n"
        "    return lambda marked: marked\n\n\n"
        + (f"if TYPE_CHECKING:\n    from typing_extensions import deprecated\n\n{marks}" if marks else "")
    )


def deprecation(operation: Schema) -> str:
    """What is said of a deprecated operation: its own words, where it has some."""
    words = " ".join(str(operation.get("description") or "").split())
    return f"{operation['operationId']} is deprecated by the service. {words}".strip()
