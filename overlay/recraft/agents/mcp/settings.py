"""What the operator of a server lets it do. No tool and no client changes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from recraft import InputError
from recraft.errors import shown
from recraft_api.operations import CAPABILITIES

#: What a server may spend in US dollars, and what a call may cost before somebody is asked, unless the operator says.
BUDGET, ASK_ABOVE = 5.00, 1.00

#: Seconds between two notes that a call is still under way.
NOTE_EVERY = 5.0


#: Where a server over HTTP listens, unless the operator says.
HOST, PORT = "127.0.0.1", 8765

#: What the operator's options mean, in each command that has them.
HELP = {
    "capability": "Capabilities whose tools to offer, with commas; all, unless given.",
    "output": "Folder that pictures are saved in; ~/recraft, unless given.",
    "root": "Folder whose images may be read, beside that one.",
    "budget": "US dollars that all calls together may cost; inf for any.",
    "ask_above": "Have the client ask somebody before a call that may cost more US dollars.",
    "ask_images": "Have it ask before a call that makes more images.",
    "http": "Serve over HTTP, for several clients.",
    "host": "Address to listen on over HTTP.",
    "port": "TCP port to listen on over HTTP.",
}


def capabilities_of(given: str) -> tuple[str, ...]:
    """The capabilities that an option names."""
    return tuple(name.strip() for name in given.split(",") if name.strip())


def _amount(_: object, field: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
        raise InputError(f"{field.name} is {shown(value)}; expected a number of 0 or more.")


def _capabilities(_: object, field: attrs.Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    if unknown := [name for name in value if name not in CAPABILITIES]:
        raise InputError(f"there is no capability {shown(unknown[0])}; there are {', '.join(CAPABILITIES)}.")


def _names(value: Sequence[str]) -> tuple[str, ...]:
    return tuple(value)


def _path(value: Path) -> Path:
    return value.expanduser().absolute()


def _paths(value: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(map(_path, value))


@attrs.frozen(kw_only=True)
class Settings:
    """What the operator of a server lets it do.

    Attributes:
        output: The folder that pictures are saved in, made when missing.
        roots: Folders whose images may be read, beside the output folder.
        capabilities: The capabilities whose tools are offered; all, unless given.
        budget: What all calls together may cost in US dollars, over all clients and for as long as the server runs.
            Infinity for no budget.
        ask_above: What a call may cost at most in US dollars before the client has to ask somebody.
        ask_images: How many images a call may make before the client has to ask somebody; None for any number.
        note_every: Seconds between two notes that a call is still under way.
    """

    output: Path = attrs.field(default=Path("~/recraft"), converter=_path)
    roots: tuple[Path, ...] = attrs.field(default=(), converter=_paths)
    capabilities: tuple[str, ...] = attrs.field(default=(), converter=_names, validator=_capabilities)
    budget: float = attrs.field(default=BUDGET, validator=_amount)
    ask_above: float = attrs.field(default=ASK_ABOVE, validator=_amount)
    ask_images: int | None = attrs.field(default=None, validator=attrs.validators.optional(_amount))
    note_every: float = NOTE_EVERY

    @property
    def offered(self) -> tuple[str, ...]:
        """The capabilities whose tools are offered."""
        return self.capabilities or tuple(CAPABILITIES)
