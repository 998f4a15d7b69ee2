"""The tree of commands. A command is imported, and made from its helper, when it is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
from cyclopts import App, Group

from .catalogue import ABOUT, ACCOUNT, EPILOGUE, IMAGES, OWN, TOOLS, USUAL, about, about_groups, helpers, plain
from .common import STREAM, Common

_GROUPS = {name: Group(name, sort_key=place) for place, name in enumerate((IMAGES, ACCOUNT, TOOLS), 1)}


def build(words: Sequence[str] | None = None, *, known: bool = True) -> App:
    """The tree. Only the command that `words` begin with is loaded when it is run or its help is shown; of the others
    a line is there, from the source of the helpers. None loads whichever is asked for. Without `known`, most known
    values of options are left out: for running a command.
    """
    app = App(
        "recraft",
        help=ABOUT,
        help_epilogue=EPILOGUE,
        help_format="plaintext",
        version=_version,
        suppress_keyboard_interrupt=False,
    )
    groups: dict[str, App] = {}
    for place, helper in enumerate(helpers().values()):
        parent = app
        if len(helper.words) > 1:
            parent = groups.get(helper.words[0]) or _group(app, groups, helper.words[0], place)
        chosen = words is None or tuple(words[: len(helper.words)]) == helper.words
        options: dict[str, Any] = {} if chosen else {"help": about(helper)}
        if parent is app:
            options["group"] = _GROUPS[IMAGES] if helper.group == USUAL else _GROUPS[ACCOUNT]
        function = f"recraft.cli.commands:{helper.group}__{helper.method}{'__known' if known else ''}"
        parent.command(function, name=helper.words[-1], sort_key=place, help_epilogue="", **options)
    for name, (function, says) in OWN.items():
        own = {} if words is None or name in words[:1] else {"help": says}
        app.command(f"recraft.cli.{function}", name=name, group=_GROUPS[TOOLS], help_epilogue="", **own)
    return app


def _version() -> str:
    from recraft import __version__  # late: reading it takes a while

    return __version__


def _group(app: App, groups: dict[str, App], name: str, place: int) -> App:
    groups[name] = App(name, help=plain(about_groups()[name]), group=_GROUPS[ACCOUNT], help_epilogue="", sort_key=place)
    app.command(groups[name])
    return groups[name]


def arranged(app: App, tokens: Sequence[str]) -> list[str]:
    """The command line as cyclopts takes it: options that stand before the command behind it, where commands look for
    them, and a lone hyphen as something that is no option.
    """
    before, rest = leading([STREAM if token == "-" else token for token in tokens])
    chain, _, unused = app.parse_commands(rest)
    return [*chain, *before, *unused] if before and chain else [*before, *rest]


def leading(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options of every command that a command line begins with, and the rest."""
    flags = {f"--{field.name.replace('_', '-')}": field.default is False for field in attrs.fields(Common)}
    flags["-y"] = True
    at = 0
    while at < len(tokens) and (name := tokens[at].partition("=")[0]) in flags:
        at += 1 if flags[name] or "=" in tokens[at] else 2
    return list(tokens[:at]), list(tokens[at:])
