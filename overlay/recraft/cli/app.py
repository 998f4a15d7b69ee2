"""The tree of commands. A command is imported, and made from its helper, when it is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import attrs
from cyclopts import App, Group

from recraft.helpers.catalogue import USUAL, about, about_groups, helpers, plain

from .catalogue import ABOUT, ACCOUNT, EPILOGUE, GROUPS, IMAGES, OWN, TOOLS
from .common import STREAM, Common

_GROUPS = {name: Group(name, sort_key=place) for place, name in enumerate((IMAGES, ACCOUNT, TOOLS), 1)}


def build(words: Sequence[str] | None = None, *, known: bool = True) -> App:
    """The tree of commands; of a command line that names one, that command alone. Where it names none, each has a line
    from the source of the helpers, and none is loaded. Without words each is as it is when it is called. Without
    `known`, most known values of options are left out: for running a command.
    """
    app = App(
        "recraft",
        help=ABOUT,
        help_epilogue=EPILOGUE,
        help_format="plaintext",
        version=_version,
        suppress_keyboard_interrupt=False,
    )
    everything = list(_commands(known))
    named = [each for each in everything if words is not None and tuple(words[: len(each.words)]) == each.words]
    groups: dict[str, App] = {}
    for place, each in enumerate(named or everything):
        *group, name = each.words
        parent = groups.get(group[0]) or _group(app, groups, group[0], each.heading, place) if group else app
        options: dict[str, Any] = {} if group else {"group": each.heading}
        if words is not None and not named:
            options["help"] = each.about()
        parent.command(each.function, name=name, sort_key=place, help_epilogue="", **options)
    return app


class _Command(NamedTuple):
    """A command, where its function is, and how its line is read."""

    words: tuple[str, ...]
    heading: Group
    function: str
    about: Callable[[], str]


def _commands(known: bool) -> Iterator[_Command]:
    for helper in helpers().values():
        heading = _GROUPS[IMAGES if helper.group == USUAL else ACCOUNT]
        function = f"recraft.cli.commands:{helper.group}__{helper.method}{'__known' if known else ''}"
        yield _Command(helper.words, heading, function, partial(about, helper))
    for name, (place, says) in OWN.items():
        yield _Command(tuple(name.split()), _GROUPS[TOOLS], f"recraft.cli.{place}", partial(str, says))


def _group(app: App, groups: dict[str, App], name: str, heading: Group, place: int) -> App:
    says = GROUPS.get(name) or plain(about_groups()[name])
    groups[name] = App(name, help=says, group=heading, help_epilogue="", sort_key=place)
    app.command(groups[name])
    return groups[name]


def _version() -> str:
    from recraft import __version__  # late: reading it takes a while

    return __version__


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
