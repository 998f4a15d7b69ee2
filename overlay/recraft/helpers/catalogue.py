"""The helpers of a client as their source says it, and the words that each goes by outside of Python.

Importing them takes longer than all of `recraft --help` may: they bring httpx with them. Their source says all that a
list of them needs, and reading it takes milliseconds.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import NamedTuple

#: Helpers that go by other words than their own.
NAMES = {
    "prompts.enhance": ("enhance",),
    "models.list": ("models",),
    "users.me": ("account",),
    "styles.list_basic": ("styles", "basic"),
}

#: The group whose helpers go by words without its name.
USUAL = "images"

#: A sentence about exceptions, or about what an expression gives.
_OF_PYTHON = re.compile(r"^Raises |`[^`]*(?:\(\)|result\.)")


class Helper(NamedTuple):
    """A method of a group of a client: `images.generate`, with the first paragraph of its documentation."""

    group: str
    method: str
    documentation: str

    @property
    def name(self) -> str:
        return f"{self.group}.{self.method}"

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its command: `styles create`."""
        command = self.method.replace("_", "-")
        return NAMES.get(self.name) or ((command,) if self.group == USUAL else (self.group, command))


#: How a name is written that is an option, or else a method.
Spelling = Callable[[str, bool], str]


def on_a_command_line(name: str, option: bool) -> str:
    """`--style-id`, and `remove-background`."""
    return f"{'--' * option}{name.replace('_', '-')}"


def about(helper: Helper) -> str:
    """What its command does, in a line or two."""
    return plain(helper.documentation)


@functools.cache
def helpers() -> dict[tuple[str, ...], Helper]:
    """Every helper by its words."""
    return {helper.words: helper for _, _, found in _groups() for helper in found}


@functools.cache
def about_groups() -> dict[str, str]:
    """What each group says of itself."""
    return {name: about for name, about, _ in _groups()}


@functools.cache
def _groups() -> list[tuple[str, str, list[Helper]]]:
    spec = importlib.util.find_spec("recraft.api")
    folders = (spec.submodule_search_locations if spec else None) or ()
    paths = [path for folder in folders for path in sorted(Path(folder).glob("*.py"))]
    classes = [
        node for path in paths for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)
    ]
    classes.sort(key=lambda each: each.name.lower() != USUAL)
    return [(each.name.lower(), _first_line(each), found) for each in classes if (found := list(_methods(each)))]


def _methods(group: ast.ClassDef) -> Iterator[Helper]:
    for node in group.body:
        if isinstance(node, ast.FunctionDef) and any(
            isinstance(each, ast.Name) and each.id == "operation" for each in node.decorator_list
        ):
            yield Helper(group.name.lower(), node.name, _first_line(node))


def _first_line(node: ast.ClassDef | ast.FunctionDef) -> str:
    return (ast.get_docstring(node) or "").partition("\n\n")[0]


def plain(text: str, options: Container[str] = (), spelled: Spelling = on_a_command_line) -> str:
    """Documentation of a method for somebody who writes no Python: in one line, methods and options as they are
    spelled there, without the sentences that are about Python.
    """
    text = re.sub(r" \(`recraft_api\.[^)]*\)", "", " ".join(text.split()))
    sentences = re.split(r"(?<=[.:;]) (?=[A-Z`])", text)
    kept = " ".join(each for each in sentences if not _OF_PYTHON.search(each))
    methods = {helper.method for helper in helpers().values()}

    def written(found: re.Match[str]) -> str:
        name, equals, other = found.groups()
        if name is None:
            return str(other)
        if equals or name in options:
            return spelled(name, True)
        return spelled(name, False) if name in methods else str(name)

    return re.sub(r"`(\w+)(=?)`|`([^`]*)`", written, kept)
