"""Write the manual of the command line from its definitions: the page for `man recraft`, and `docs/command-line.md`.

python scripts/command_line.py            write both
python scripts/command_line.py --check    fail with a diff when one is not what this would write
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
from cyclopts import App, Group
from cyclopts.argument import Argument

from recraft.cli.app import build
from recraft.cli.catalogue import ABOUT, OWN
from recraft.cli.common import EVERYWHERE, PICTURES, Common
from recraft.cli.exits import MEANINGS
from recraft.cli.front import commands
from recraft.helpers.catalogue import helpers

ROOT = Path(__file__).resolve().parent.parent
MAN, PAGE = ROOT / "overlay" / "recraft" / "cli" / "recraft.1", ROOT / "docs" / "command-line.md"
WIDTH = 120

ENVIRONMENT = {
    "RECRAFT_API_TOKEN": "The API token.",
    "RECRAFT_BASE_URL": "Where the API is, when it is not the service itself.",
    "RECRAFT_PROFILE": "The profile of config.toml to use.",
    "RECRAFT_LIMITER": "Where the account's limits are kept: a file, a redis:// address, memory, or none. "
    "A file of this user's, unless given, which all shells share.",
    "RECRAFT_LOG": "info or debug: tell what the client does.",
    "NO_COLOR": "When set, nothing is coloured.",
}
FILES = {
    "config.toml": "In the folder for configuration (on Linux ~/.config/recraft). A table for each profile, [default] "
    "and others, with token, base_url and limiter. recraft login writes it; nobody else may read it.",
    "limits.db, prices.json": "In the folder for what may be forgotten (on Linux ~/.cache/recraft): the limiter's "
    "state, and what calls have cost.",
}


@attrs.frozen
class Entry:
    """An option or an argument: how it is written, and what it means."""

    names: str
    about: str


@attrs.frozen
class Command:
    """A command as the manual has it."""

    words: tuple[str, ...]
    about: str
    arguments: list[Entry]
    options: list[Entry]

    @property
    def usage(self) -> str:
        parts = [*self.words, *(entry.names for entry in self.arguments), "[OPTIONS]"]
        return " ".join(["recraft", *parts])


def all_commands() -> Iterator[Command]:
    app = build()
    for words in [*helpers(), *(tuple(name.split()) for name in OWN)]:
        yield _command(app, words)


def _command(app: App, words: tuple[str, ...]) -> Command:
    for word in words:
        app = app[word]
    shown = [each for each in app.assemble_argument_collection() if each.show]
    own = [each for each in shown if not _in(each, EVERYWHERE) and not _in(each, PICTURES)]
    text = app.help if isinstance(app.help, str) and app.help else ""
    return Command(
        words,
        text,
        [_entry(each) for each in own if each.index is not None],
        [_entry(each) for each in own if each.index is None],
    )


def _in(argument: Argument, group: Group) -> bool:
    groups: Any = argument.parameter.group
    return group in groups


def everywhere() -> tuple[list[Entry], list[Entry]]:
    """The options of commands that make pictures, and those of every command."""
    arguments = [each for each in build()["generate"].assemble_argument_collection() if each.show]
    found = {each.field_info.name: _entry(each) for each in arguments}
    common = [field.name for field in attrs.fields(Common)]
    return [found[name] for name in ("output", "force", "show")], [found[name] for name in common]


def _entry(argument: Argument) -> Entry:
    names = sorted((name for name in argument.names), key=len)
    if argument.index is not None:
        shown = f"{names[0].upper()}..." if argument.field_info.kind is argument.field_info.VAR_POSITIONAL else names[0]
        shown = shown if argument.required else f"[{shown}]"
    else:
        shown = ", ".join(names) + _value(argument)
    about = " ".join(argument.parameter.help.split()) if argument.parameter.help else ""
    if choices := argument.get_choices():
        about = f"{about} Known: {', '.join(choices)}.".strip()
    if isinstance(argument.field_info.default, int | float | str) and argument.field_info.default is not False:
        about = f"{about} {argument.field_info.default} unless given.".strip()
    return Entry(shown, f"Needed. {about}".strip() if argument.required and argument.index is None else about)


def _value(argument: Argument) -> str:
    hint = str(argument.hint)
    if argument.parameter.metavar:
        return f" {argument.parameter.metavar}"
    if "bool" in hint:
        return ""
    kinds = {"int": "NUMBER", "float": "NUMBER", "Path": "FILE"}
    return " " + next((word for kind, word in kinds.items() if re.search(rf"\b{kind}\b", hint)), "TEXT")


def page() -> str:
    """The reference page."""
    pictures, common = everywhere()
    lines = [
        "# recraft: every command",
        "",
        "`make reference` writes this page, and that of `man recraft`, from the definitions of the commands: do not",
        "edit it. How to work with them is in [The command line](guides/command-line.md).",
        "",
    ]
    for heading, entries in (
        ("Options of every command", common),
        ("Options of commands that make pictures", pictures),
    ):
        lines += [f"## {heading}", "", *_table(entries)]
    lines += ["## Exit codes", "", "| Code | Meaning |", "|---|---|"]
    lines += [f"| {int(code)} | {meaning} |" for code, meaning in MEANINGS.items()]
    for heading, facts in (("Environment", ENVIRONMENT), ("Files", FILES)):
        lines += [
            *([""] if lines[-1] else []),
            f"## {heading}",
            "",
            *_table([Entry(name, about) for name, about in facts.items()]),
        ]
    lines += ["## Commands", ""]
    for command in all_commands():
        lines += [f"### recraft {' '.join(command.words)}", ""]
        for paragraph in command.about.split("\n\n"):
            lines += [*textwrap.wrap(_escaped(paragraph), WIDTH), ""]
        lines += ["```sh", command.usage, "```", ""]
        lines += _table([*(entry for entry in command.arguments if entry.about), *command.options])
    return "\n".join(lines).rstrip() + "\n"


def _table(entries: list[Entry]) -> list[str]:
    if not entries:
        return []
    rows = [f"| `{entry.names}` | {_escaped(entry.about)} |" for entry in entries]
    return ["| | |", "|---|---|", *rows, ""]


def _escaped(text: str) -> str:
    return re.sub(r"([|<>*])", r"\\\1", text)


def man() -> str:
    """The page for `man recraft`, as mdoc's older sister man(7) has it."""
    pictures, common = everywhere()
    lines = ['.TH RECRAFT 1 "" "recraft-sdk" "User Commands"', ".SH NAME", f"recraft \\- {_roff(_small(ABOUT))}"]
    lines += [".SH SYNOPSIS", ".B recraft", "[\\fIOPTIONS\\fR] \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]"]
    lines += [".SH DESCRIPTION", "Each command calls the service once, or once for each of several images."]
    for heading, section in commands().items():
        lines += [f".SS {_roff(heading)}"]
        for name, about in section.items():
            lines += [".TP", f"\\fB{_roff(name)}\\fR", _roff(about)]
    for heading, entries in (
        ("OPTIONS OF EVERY COMMAND", common),
        ("OPTIONS OF COMMANDS THAT MAKE PICTURES", pictures),
    ):
        lines += [f".SH {heading}", *_tagged(entries)]
    lines += [".SH COMMANDS"]
    for command in all_commands():
        lines += [f".SS {_roff(command.usage)}"]
        lines += [line for part in command.about.split("\n\n") for line in (_roff(" ".join(part.split())), ".PP")]
        lines += _tagged([*(entry for entry in command.arguments if entry.about), *command.options])
    lines += [".SH EXIT STATUS", *_tagged([Entry(str(int(code)), text) for code, text in MEANINGS.items()])]
    for heading, facts in (("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        lines += [f".SH {heading}", *_tagged([Entry(name, about) for name, about in facts.items()])]
    while ".PP" in lines and (at := _idle(lines)) is not None:
        del lines[at]
    return "\n".join(lines) + "\n"


def _idle(lines: list[str]) -> int | None:
    """A paragraph that nothing is in."""
    pairs = zip(lines, [*lines[1:], ".SH"], strict=True)
    return next((at for at, (one, other) in enumerate(pairs) if one == ".PP" and other.startswith(".")), None)


def _tagged(entries: list[Entry]) -> list[str]:
    lines = []
    for entry in entries:
        lines += [".TP", f"\\fB{_roff(entry.names)}\\fR", *([_roff(entry.about)] if entry.about else ["\\&"])]
    return lines


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def _small(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the manual of the command line from its definitions.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page differs")
    check = parser.parse_args(arguments).check
    code = 0
    for file, text in ((MAN, man()), (PAGE, page())):
        if not check:
            file.write_text(text, "utf-8")
            continue
        before = file.read_text("utf-8") if file.exists() else ""
        if before != text:
            name = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file.name
            diff = difflib.unified_diff(
                before.splitlines(), text.splitlines(), f"{name}", "as written anew", lineterm=""
            )
            print(*diff, f"{name} is not what the commands say: make reference", sep="\n")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
