"""The options that every command has, and those of every command that makes pictures."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin

import attrs
from cyclopts import Group, Parameter, Token

F = TypeVar("F", bound=Callable[..., int])

EVERYWHERE = Group("Options of every command", sort_key=20)
PICTURES = Group("Pictures", sort_key=10)

#: What a lone hyphen on the command line becomes. No argument of a process can hold it.
STREAM = "\0"

#: What a call or a batch may be estimated at, in US dollars, before a terminal asks.
ASK_ABOVE = 1.00


if TYPE_CHECKING:
    FileName = str
else:
    FileName = Path  # completes as the names of files do; `as_written` leaves it as text


def as_written(kind: Any, tokens: Sequence[Token]) -> Any:
    """A file's name, or the address of an image, as it stands on the command line. A Path would spoil addresses, and
    forget a slash at the end.
    """
    written = [token.value for token in tokens]
    kinds = (kind, *get_args(kind))
    return written if any(get_origin(each) is list for each in kinds) else written[0]


def documented(function: F) -> F:
    """A command with each paragraph of its documentation in one line: its page breaks lines by itself."""
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    function.__doc__ = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return function


def switch(about: str) -> Parameter:
    """An option that is given or not."""
    return Parameter(help=about, negative="", show_default=False)


def flag(about: str) -> Parameter:
    return Parameter(help=about, negative="", group=EVERYWHERE, show_default=False)


def option(about: str, *names: str) -> Parameter:
    return Parameter(names or None, help=about, group=EVERYWHERE)


@attrs.frozen(kw_only=True)
class Common:
    """What every command takes."""

    json: Annotated[bool, flag("Write the result as JSON, and nothing else, to standard output.")] = False
    profile: Annotated[
        str | None, option("The profile of config.toml to use, before the environment. [env: RECRAFT_PROFILE]")
    ] = None
    base_url: Annotated[str | None, option("Where the API is. [env: RECRAFT_BASE_URL]")] = None
    timeout: Annotated[float | None, option("Seconds to wait for an answer.")] = None
    ask_above: Annotated[float, option("On a terminal, ask before what is estimated above so many US dollars.")] = (
        ASK_ABOVE
    )
    yes: Annotated[
        bool, Parameter(("--yes", "-y"), help="Do not ask.", negative="", group=EVERYWHERE, show_default=False)
    ] = False
    dry_run: Annotated[bool, flag("Show the request, the token hidden, and send nothing.")] = False
    sandbox: Annotated[
        bool, flag("Call a private sandbox on this machine: no token, no network, invented pictures.")
    ] = False
    debug: Annotated[bool, flag("Show tracebacks.")] = False


@attrs.frozen(kw_only=True)
class Keeping:
    """What a command takes that makes pictures."""

    output: Annotated[
        FileName | None,
        Parameter(
            ("--output", "-o"),
            converter=as_written,
            help="A file; a folder, where pictures are named after what they are made of; or - for standard output. "
            "The folder you are in, unless given.",
            group=PICTURES,
        ),
    ] = None
    force: Annotated[bool, Parameter(help="Overwrite files.", negative="", group=PICTURES, show_default=False)] = False
    show: Annotated[
        bool, Parameter(help="Show the pictures in the terminal.", negative="", group=PICTURES, show_default=False)
    ] = False
