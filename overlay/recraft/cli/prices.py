"""What calls will cost, as far as earlier calls or the service have said, and the question before a dear one."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

from recraft import InputError, Recraft, RecraftError

from .common import Common
from .profiles import cache_folder
from .telling import is_terminal, price

#: API units for one US dollar, from the specification.
UNITS_PER_USD = 1000


class Kind(NamedTuple):
    """What the price of a call depends on, as far as is known."""

    helper: str
    model: str | None
    images: int

    @property
    def key(self) -> str:
        return f"{self.helper}|{self.model or ''}|{self.images}"


class Declined(InputError):
    """Somebody was asked, and said no."""


def is_asked(common: Common) -> bool:
    """Whether somebody can be asked, and wants to be."""
    return not (common.yes or common.dry_run) and is_terminal(sys.stdin) and is_terminal(sys.stderr)


def confirm(kinds: list[Kind], common: Common, client: Recraft) -> None:
    """Ask before calls that are estimated above `--ask-above`, or of which several have no known price.

    Only on a terminal. Raises Declined when the answer is no.
    """
    if not is_asked(common):
        return
    known = Known.load()
    estimates = [known.estimate(kind, client) for kind in kinds]
    cost = sum(units or 0.0 for units in estimates) / UNITS_PER_USD
    unknown = sum(units is None for units in estimates)
    if cost <= common.ask_above and not (unknown and len(kinds) > 1):
        return
    calls = "1 call" if len(kinds) == 1 else f"{len(kinds)} calls"
    price = f"about {cost:.2f} USD" if not unknown else f"{cost:.2f} USD and {unknown} calls of unknown price"
    ask(f"{calls}, {price if cost or not unknown else 'of unknown price'}. Go on?")


def ask(question: str) -> None:
    """Raise Declined unless the answer is yes."""
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Declined("nothing was sent, as you said.")


class Known:
    """Prices in API units: of calls that were made, and of an image by model, as the service lists them."""

    def __init__(self, calls: dict[str, float]) -> None:
        self.calls = calls
        self.models: dict[str, float] | None = None

    @classmethod
    def load(cls) -> Known:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            found = json.loads(_file().read_text("utf-8"))
            return cls({key: float(units) for key, units in found.items() if isinstance(units, int | float)})
        return cls({})

    def learn(self, kind: Kind, units: float | None) -> None:
        """A call of this kind cost so much. Forgotten where it cannot be kept."""
        if units is not None and self.calls.get(kind.key) != units:
            self.calls[kind.key] = units
            with contextlib.suppress(OSError):
                _file().write_text(json.dumps(self.calls), "utf-8")

    def estimate(self, kind: Kind, client: Recraft) -> float | None:
        """What a call of this kind will cost, None when nobody has said."""
        found = self.calls.get(kind.key)
        if found is None and kind.model is not None:
            if self.models is None:
                self.models = _listed(client)
            each = self.models.get(kind.model)
            found = None if each is None else each * kind.images
        return found


def _file() -> Path:
    return cache_folder() / "prices.json"


def _listed(client: Recraft) -> dict[str, float]:
    """Units of an image by model, as the service lists them; it costs nothing to ask."""
    found = {}
    with contextlib.suppress(RecraftError):
        for model in client.models.list():
            if (usd := price(model)) is not None:
                found[model.id] = usd * UNITS_PER_USD
    return found
