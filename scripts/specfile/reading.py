"""Turn a file that nobody here wrote into plain data, whatever the file tries."""

from __future__ import annotations

import functools
import hashlib
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from specfile.structure import SpecError, pointer

MAX_BYTES: Final = 5 * 1024 * 1024
#: Values once every YAML alias is written out. Far above any real API, far below what a bomb expands to.
MAX_NODES: Final = 500_000
MAX_DEPTH: Final = 100


def load(path: str | Path) -> dict[str, Any]:
    """Read a YAML or JSON document into plain dicts, lists and scalars that share nothing with each other.

    Keys are strings as written (`200:` is "200"), and so are dates, because JSON has none.
    Raises SpecError for anything else than one mapping in UTF-8 of at most 5 MiB and 500,000 values.
    """
    text = _text(Path(path))
    document = _from_json(text) if text.lstrip().startswith("{") else _from_yaml(text)
    if not isinstance(document, dict):
        raise SpecError(f"the document is {_kind(document)}, expected a mapping with an `openapi` key at the top")
    return document


def lines(path: str | Path) -> dict[str, int]:
    """The line of each place of a document, by its JSON pointer. One that is written in a single line is counted as
    `python -m json.tool` writes it out.
    """
    text = _text(Path(path))
    if text.count("\n") < 2:
        text = json.dumps(load(path), indent=4)
    found: dict[str, int] = {}
    pending: list[tuple[Node, tuple[str | int, ...]]] = [(_composed(text), ())]
    while pending:
        node, at = pending.pop()
        found.setdefault(pointer(at), node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            for key, value in node.value:
                found[pointer((*at, key.value))] = key.start_mark.line + 1
                pending.append((value, (*at, key.value)))
        elif isinstance(node, SequenceNode):
            pending += [(value, (*at, index)) for index, value in enumerate(node.value)]
    return found


def sha256(path: str | Path) -> str:
    """The hex digest of the file's bytes, as the provenance file records it."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise SpecError(f"{path} cannot be read ({error.strerror}); give the path of an OpenAPI file") from None
    if len(data) > MAX_BYTES:
        raise SpecError(f"{path} is larger than {MAX_BYTES // 2**20} MiB; is this the OpenAPI file?")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8 and try again") from None


def _from_json(text: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(items)
        if len(result) < len(items):
            keys = [key for key, _ in items]
            repeated = next(key for key in keys if keys.count(key) > 1)
            raise SpecError(f"the key {repeated!r} appears twice in one mapping; remove one of them")
        return result

    def constant(name: str) -> NoReturn:
        raise SpecError(f"{name} is not a JSON number; write a finite one")

    try:
        document = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError:
        return _from_yaml(text)  # a YAML flow mapping also starts with a brace
    except RecursionError:
        raise SpecError(f"the document nests deeper than {MAX_DEPTH} levels") from None
    except ValueError as error:
        raise SpecError(f"not a usable number: {error}") from None
    _check_size(document)
    return document


def _check_size(document: Any) -> None:
    pending, count = [(document, 1)], 0
    while pending:
        value, depth = pending.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise SpecError(f"the document nests deeper than {MAX_DEPTH} levels")
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        pending += [(child, depth + 1) for child in children]
    if count > MAX_NODES:
        raise SpecError(f"the document has more than {MAX_NODES:,} values; is this the OpenAPI file?")


@functools.lru_cache(maxsize=4)
def _composed(text: str) -> Any:
    """The nodes of a text, which nobody changes. They take longer than all that is made of them, and a bump reads the
    same files again and again.
    """
    return YAML(typ="safe", pure=True).compose(text)


def _from_yaml(text: str) -> Any:
    try:
        root = _composed(text)
    except MarkedYAMLError as error:
        raise SpecError(f"not valid YAML{_where(error.problem_mark)}: {error.problem or error.context}") from None
    except (YAMLError, ValueError) as error:
        raise SpecError(f"not valid YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise SpecError(f"the document nests deeper than {MAX_DEPTH} levels") from None
    if root is None:
        raise SpecError("the document is empty, expected an OpenAPI document")
    if _expanded_size(root, {}, 1) > MAX_NODES:
        raise SpecError(
            f"the document has more than {MAX_NODES:,} values once its YAML aliases are written out; "
            "replace the aliases by $refs"
        )
    return _plain(root, ())


def _expanded_size(node: Node, known: dict[int, int | None], depth: int) -> int:
    """Count the values under a node with every alias written out, in time proportional to the file as it is."""
    if id(node) in known:
        size = known[id(node)]
        if size is None:
            raise SpecError(
                f"the YAML alias{_where(node.start_mark)} contains itself; use a $ref for recursive schemas"
            )
        return size
    if depth > MAX_DEPTH:
        raise SpecError(f"the document nests deeper than {MAX_DEPTH} levels{_where(node.start_mark)}")
    known[id(node)] = None
    children: list[Node] = []
    if isinstance(node, MappingNode):
        children = [child for pair in node.value for child in pair]
    elif isinstance(node, SequenceNode):
        children = list(node.value)
    size = 1 + sum(_expanded_size(child, known, depth + 1) for child in children)
    known[id(node)] = size
    return size


def _plain(node: Node, at: tuple[str | int, ...]) -> Any:
    """Build the value of a node afresh at each place, so that editing one place never edits another."""
    if len(at) > MAX_DEPTH:  # an alias can add depth that the count, which visits it once, does not see
        raise SpecError(f"the document nests deeper than {MAX_DEPTH} levels at {pointer(at[:4])}/...")
    if isinstance(node, MappingNode):
        _check_tag(node, "map", at)
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode) or str(key_node.tag).endswith(":merge"):
                raise SpecError(
                    f"a key that is no plain text in {pointer(at) or 'the document'}{_where(key_node.start_mark)}; "
                    "OpenAPI allows text keys only, so write the merged or complex key out"
                )
            key = str(key_node.value)
            if key in result:
                raise SpecError(
                    f"the key {key!r} appears twice in {pointer(at) or 'the document'}{_where(key_node.start_mark)}; "
                    "remove one of them"
                )
            result[key] = _plain(value_node, (*at, key))
        return result
    if isinstance(node, SequenceNode):
        _check_tag(node, "seq", at)
        return [_plain(child, (*at, index)) for index, child in enumerate(node.value)]
    return _scalar(node, at)


def _check_tag(node: Node, kind: str, at: tuple[str | int, ...]) -> None:
    if str(node.tag) != f"tag:yaml.org,2002:{kind}":
        raise SpecError(f"{pointer(at)}{_where(node.start_mark)} has the YAML tag {node.tag}; write a plain JSON value")


def _scalar(node: Node, at: tuple[str | int, ...]) -> Any:
    text = str(node.value)
    make = _SCALARS.get(str(node.tag).removeprefix("tag:yaml.org,2002:"))
    if make is None:
        raise SpecError(f"{pointer(at)}{_where(node.start_mark)} has the YAML tag {node.tag}; write a plain JSON value")
    try:
        return make(text)
    except ValueError:
        raise SpecError(
            f"{pointer(at)}{_where(node.start_mark)}: {text[:40]!r} is not a JSON number or boolean"
        ) from None


def _number(text: str) -> float:
    value = float(text.replace("_", ""))
    if not math.isfinite(value):
        raise ValueError
    return value


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    return int(digits, 0 if re.match(r"[-+]?0[xob]", digits) else 10)


_SCALARS: Final[dict[str, Callable[[str], Any]]] = {
    "str": str,
    "timestamp": str,
    "null": lambda text: None,
    "bool": lambda text: {"true": True, "false": False}[text.lower()],
    "int": _integer,
    "float": _number,
}


def _where(mark: Any) -> str:
    return f" (line {mark.line + 1}, column {mark.column + 1})" if mark is not None else ""


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "empty" if value is None else f"a single {type(value).__name__}"
