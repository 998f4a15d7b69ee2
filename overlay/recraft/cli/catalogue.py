"""Which commands there are; of those that are helpers, as their source says it.

Importing the helpers takes longer than all of `recraft --help` may: they bring httpx with them. Their source says all
that a list of commands needs, and reading it takes milliseconds.
"""

from __future__ import annotations

import ast
import functools
import importlib.util
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple

#: Helpers whose command is not called as the helper is.
NAMES = {
    "prompts.enhance": ("enhance",),
    "models.list": ("models",),
    "users.me": ("account",),
    "styles.list_basic": ("styles", "basic"),
}

#: The group whose helpers are commands without its name.
USUAL = "images"


#: What the tool is, and how to go on.
ABOUT = "Make and edit images with the Recraft Images API."
EPILOGUE = "Every command has --help. Try it all without a token: recraft --sandbox generate 'a red fox'"

#: The headings of the front page.
IMAGES, ACCOUNT, TOOLS = "Images", "Prompts, styles, colours and the account", "Tools"

#: Commands that are no helper: where each is defined, and what it does.
OWN = {
    "batch run": ("batches:run", "Do what a manifest asks for; the same again goes on where it stopped."),
    "batch status": ("batches:status", "Say where a batch stands, also while it runs."),
    "batch estimate": ("batches:estimate", "Say what a manifest will cost."),
    "batch reconcile": ("batches:reconcile", "Compare what a batch says that it cost with what left the account."),
    "batch report": ("batches:report", "Write the report of a batch anew."),
    "save": ("saving:save", "Fetch pictures from their addresses, or those of a result kept as JSON."),
    "sandbox": ("playing:sandbox", "Start a sandbox: the service, invented, with a page to watch it."),
    "login": ("login:login", "Keep an API token in a profile, after trying it."),
    "skill install": ("skills:install", "Put the Agent Skill where agents look for skills."),
    "completion": ("completion:completion", "Write the completion script for a shell."),
}

#: What groups of those say of themselves.
GROUPS = {
    "batch": "Thousands of calls from a file: none lost, nothing paid twice.",
    "skill": "What an agent with a shell has to know to use this command well.",
}

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


def about(helper: Helper) -> str:
    """What its command does, in a line or two."""
    return plain(helper.documentation)


@functools.cache
def helpers() -> dict[tuple[str, ...], Helper]:
    """Every helper by the words of its command."""
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


def plain(text: str, options: Container[str] = ()) -> str:
    """Documentation of a method as that of a command: in one line, commands and options as they are written there,
    without the sentences that are about Python.
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
            return f"--{name.replace('_', '-')}"
        return name.replace("_", "-") if name in methods else str(name)

    return re.sub(r"`(\w+)(=?)`|`([^`]*)`", written, kept)
