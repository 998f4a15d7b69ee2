"""What a helper takes and gives, from its signature and from what the specification says of its operation."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from recraft import Recraft

from .catalogue import Helper, Spelling, on_a_command_line, plain

Kind = Literal["int", "float", "bool", "text", "json", "image", "pairs"]


class Option(NamedTuple):
    """One parameter of a helper.

    Attributes:
        name: The keyword.
        kind: What each of its values is; `json` is nothing else, and `text` is JSON too where it is `structured` and
            begins as JSON does.
        many: Whether it takes several.
        required: Whether the helper cannot be called without it.
        positional: Whether it is given by its place.
        about: What it means, with its bounds.
        values: The values that the specification knows. Others are passed through.
    """

    name: str
    kind: Kind
    many: bool
    required: bool
    positional: bool
    about: str
    structured: bool = False
    values: tuple[str, ...] = ()


class Shape(NamedTuple):
    """What a helper takes and gives.

    Attributes:
        options: Its parameters.
        gives: The class of its result.
        number: The keyword that says how many images come, or how many do.
        about: Its documentation, without the options.
        facts: What the specification says of its operation.
    """

    options: tuple[Option, ...]
    gives: str
    number: str | int
    about: str
    facts: Mapping[str, Any]

    @property
    def several(self) -> Option | None:
        """The parameter that takes several on the command line: the only one by place when it is an image, or a list.

        Of an image alone each makes a call of its own.
        """
        placed = [option for option in self.options if option.positional]
        if listed := [option for option in placed if option.many]:
            return listed[0]
        return placed[0] if len(placed) == 1 and placed[0].kind == "image" else None

    @property
    def calls(self) -> Option | None:
        """The parameter each value of which is a call."""
        several = self.several
        return several if several is not None and not several.many else None

    def images(self, arguments: Mapping[str, Any]) -> int:
        """How many images a call gives."""
        return arguments.get(self.number, 1) if isinstance(self.number, str) else self.number


@functools.cache
def shape(helper: Helper, known: bool = True, spelled: Spelling = on_a_command_line) -> Shape:
    """The shape of a helper. Without `known` it lacks most values of its options: `recraft_api.options` is large."""
    method = getattr(getattr(Recraft, helper.group), helper.method)
    build = method.operation.build
    facts = _facts(str(list(inspect.signature(build).parameters.values())[-1].annotation))
    values = _values(facts["options"]) if known else {}
    signature = inspect.signature(method)
    options = [_option(each, facts, values, spelled) for name, each in signature.parameters.items() if name != "self"]
    if any(option.positional and option.many for option in options):  # it takes all that is given by place
        options = [option._replace(positional=option.positional and option.many) for option in options]
    names = {option.name for option in options if not option.positional}
    paragraphs = (inspect.getdoc(build) or "").split("\n\n")
    about = "\n\n".join(plain(paragraph, names, spelled) for paragraph in paragraphs)
    return Shape(tuple(options), repr(signature.return_annotation), facts["images"], about, facts)


def _facts(unpacked: str) -> dict[str, Any]:
    """What the specification says of the operation with these options, `Unpack[opt.CreateImageOptions]`."""
    from recraft_api.operations import OPERATIONS  # late: it is large

    name = unpacked.removesuffix("]").rpartition(".")[2]
    return next(facts for facts in OPERATIONS.values() if facts["options"] == name)


def _option(
    parameter: inspect.Parameter,
    facts: Mapping[str, Any],
    values: Mapping[str, tuple[str, ...]],
    spelled: Spelling,
) -> Option:
    written = repr(parameter.annotation).strip("'").replace(" | None", "")
    one = written.removeprefix("Sequence[").removesuffix("]") if written.startswith("Sequence[") else written
    _, about, _ = facts["keywords"].get(parameter.name, ("", facts["arguments"].get(parameter.name, ""), False))
    return Option(
        name=parameter.name,
        kind=_kind(one),
        many=one != written,
        required=parameter.default is parameter.empty,
        positional=parameter.kind is not parameter.KEYWORD_ONLY,
        about=plain(about, facts["keywords"], spelled),
        structured=bool(re.search(r"Sequence|Dict|Mapping", one)),
        values=values.get(parameter.name) or tuple(_shown(one)),
    )


def _kind(written: str) -> Kind:
    if written in ("int", "float", "bool"):
        return written  # type: ignore[return-value]
    if written.startswith("Mapping["):
        return "pairs"
    if "ImageInput" in written:
        return "image"
    return "json" if re.fullmatch(r"\w+Dict|Sequence\[.*\]", written) else "text"


def _shown(written: str) -> Iterator[str]:
    """The values that an annotation lists, which may leave most of them out."""
    for listed in re.findall(r"Literal\[(.*?)\](?: \||$)", written):
        for node in ast.parse(f"[{listed}]", mode="eval").body.elts:  # type: ignore[attr-defined]
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _values(options: str) -> dict[str, tuple[str, ...]]:
    """Every known value of each keyword, from the class of options of this name."""
    import recraft_api.options  # late: it is large

    hints = typing.get_type_hints(getattr(recraft_api.options, options), include_extras=True)
    return {name: tuple(dict.fromkeys(_literals(hint))) for name, hint in hints.items()}


def _literals(hint: Any) -> Iterator[str]:
    if typing.get_origin(hint) is Literal:
        yield from (value for value in typing.get_args(hint) if isinstance(value, str))
        return
    for each in (*typing.get_args(hint), *([hint.__value__] if hasattr(hint, "__value__") else ())):
        yield from _literals(each)
