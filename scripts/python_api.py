"""What a change breaks for callers of `recraft`, found by comparing two source trees without importing them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import griffe

_KIND = griffe.BreakageKind

#: What a kind of break says of `{name}`; `{parameter}` of a function that `takes` it, `{old}` and `{new}` as in source.
SENTENCES = {
    _KIND.PARAMETER_REMOVED: "`{name}` no longer takes `{parameter}`",
    _KIND.PARAMETER_ADDED_REQUIRED: "`{name}` now needs `{parameter}`",
    _KIND.PARAMETER_CHANGED_REQUIRED: "`{name}` now needs `{parameter}`, which could be left out",
    _KIND.PARAMETER_MOVED: "`{name}` takes `{parameter}` at another position",
    _KIND.PARAMETER_CHANGED_KIND: "`{name}` takes `{parameter}` in another way: {new}, was {old}",
    _KIND.PARAMETER_CHANGED_DEFAULT: "`{name}` has another default for `{parameter}`: `{new}`, was `{old}`",
    _KIND.RETURN_CHANGED_TYPE: "`{name}` returns `{new}`, was `{old}`",
    _KIND.OBJECT_REMOVED: "`{name}` is gone",
    _KIND.OBJECT_CHANGED_KIND: "`{name}` is {new} now, was {old}",
    _KIND.ATTRIBUTE_CHANGED_TYPE: "`{name}` is `{new}`, was `{old}`",
    _KIND.ATTRIBUTE_CHANGED_VALUE: "the value of `{name}` is `{new}`, was `{old}`",
    _KIND.CLASS_REMOVED_BASE: "`{name}` is no longer a kind of `{old}`",
}


def breakages(old: Path, new: Path) -> list[str]:
    """One sentence for each break between the `overlay/` and `generated/` of two trees, worst for callers of the
    helpers.

    TypedDicts behind `**options: Unpack[...]` are unpacked first: without that a removed option goes unseen.
    """
    packages = [_load(tree) for tree in (old, new)]
    found = [_sentence(breakage) for breakage in griffe.find_breaking_changes(*packages)]
    return sorted(dict.fromkeys(found))


def _load(tree: Path) -> griffe.Object:
    loader = griffe.GriffeLoader(
        search_paths=[tree / "overlay", tree / "generated"],
        extensions=griffe.load_extensions("unpack_typeddict"),
        allow_inspection=False,
    )
    loader.load("recraft_api")  # first: the options that the helpers unpack are there
    package = loader.load("recraft")
    assert isinstance(package, griffe.Object)
    return package


def _sentence(breakage: griffe.Breakage) -> str:
    old, new = breakage.old_value, breakage.new_value
    parameter = next((value.name for value in (old, new) if isinstance(value, griffe.Parameter)), "")
    if breakage.kind is _KIND.PARAMETER_CHANGED_KIND:
        old, new = old.kind, new.kind
    elif breakage.kind is _KIND.CLASS_REMOVED_BASE:
        old = [base for base in old if str(base) not in map(str, new)]
    return SENTENCES[breakage.kind].format(
        name=_as_written(breakage.obj), parameter=parameter, old=_shown(old), new=_shown(new)
    )


def _as_written(thing: griffe.Object | griffe.Alias) -> str:
    """An object as a user writes it: what stands in a group of operations is reached through a client."""
    path = thing.path
    if path.startswith("recraft.api."):
        *_, group, name = path.split(".")
        return f"client.{group.lower()}.{name}" if group[:1].isupper() else path
    return path


def _shown(value: Any) -> str:
    if isinstance(value, griffe.Parameter):
        return str(value.default)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value.value) if isinstance(value, griffe.ParameterKind | griffe.Kind) else str(value)
