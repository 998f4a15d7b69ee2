"""The operations of a client by name, and what each takes, as the client itself describes them."""

from __future__ import annotations

import difflib
import functools
import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from recraft import InputError, Recraft
from recraft.errors import shown

#: The group whose operations may be named without it: `vectorize` is `images.vectorize`.
USUAL = "images"

_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@attrs.frozen
class Operation:
    """One method of a client. `takes` has the type of each parameter as it is written in the documentation."""

    group: str
    method: str
    takes: Mapping[str, str] = attrs.field(repr=False)
    needs: tuple[str, ...] = attrs.field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.group}.{self.method}"

    def of(self, client: Any) -> Callable[..., Any]:
        """The method of this client."""
        method: Callable[..., Any] = getattr(getattr(client, self.group), self.method)
        return method

    def check_complete(self, arguments: Mapping[str, Any]) -> None:
        """Raise InputError when a parameter is missing that the method cannot be called without."""
        if missing := [name for name in self.needs if arguments.get(name) is None]:
            raise InputError(f"{self.name} needs {', '.join(missing)}.")

    def with_files(self, arguments: Mapping[str, Any], base: Path) -> dict[str, Any]:
        """The arguments as the method takes them: what names a file is its path, seen from the folder `base`."""
        return {
            name: _located(value, base) if "ImageInput" in self.takes.get(name, "") else value
            for name, value in arguments.items()
        }

    def typed(self, name: str, cell: str) -> Any:
        """What a cell of a CSV file says. What is not of the parameter's type stays text, for the check to refuse."""
        kind = self.takes.get(name, "str").removesuffix(" | None")
        try:
            if kind == "int":
                return int(cell)
            if kind == "float":
                return float(cell)
            if kind == "bool":
                return _WORDS.get(cell.strip().lower(), cell)
            if cell.lstrip()[:1] in ("[", "{") and any(each in kind for each in ("Sequence", "Dict", "Mapping")):
                return json.loads(cell)
        except ValueError:
            pass
        return cell


def _located(value: Any, base: Path) -> Any:
    if isinstance(value, list):
        return [_located(item, base) for item in value]
    if not isinstance(value, str) or value.lower().startswith(("http://", "https://", "data:")):
        return value
    return base / value


@functools.cache
def operations() -> dict[str, Operation]:
    """Every operation by its full name."""
    found = {}
    for group in (name for name, each in inspect.getmembers_static(Recraft) if isinstance(each, property)):
        for method, parameters in _methods(group):
            takes = {name: repr(each.annotation) for name, each in parameters.items()}
            needs = tuple(name for name, each in parameters.items() if each.default is each.empty)
            operation = Operation(group, method, takes, needs)
            found[operation.name] = operation
    return found


def _methods(group: str) -> Iterator[tuple[str, Mapping[str, inspect.Parameter]]]:
    with Recraft("nobody's", base_url="https://nowhere.invalid") as client:
        namespace = getattr(client, group)
        for name in dir(type(namespace)):
            if not name.startswith("_") and callable(method := getattr(namespace, name)):
                yield name, inspect.signature(method).parameters


def operation(name: Any) -> Operation:
    """The operation of this name. Raises InputError, with the nearest ones, when there is none."""
    known = operations()
    full = name if isinstance(name, str) and "." in name else f"{USUAL}.{name}"
    if full in known:
        return known[full]
    short = [each.removeprefix(f"{USUAL}.") for each in known]
    close = difflib.get_close_matches(str(name)[:60], [*short, *known], n=1)
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(short)}."
    raise InputError(f"there is no operation {shown(name)}. {hint}")
