"""A budget for all calls of a server. A call goes out when there is room in it for the most that the call may cost,
with all that are under way taken at the most that those may cost.
"""

from __future__ import annotations

import asyncio
import itertools
import math
from collections.abc import Mapping
from typing import Any

from recraft import AsyncRecraft, InputError, RecraftError
from recraft.batch.budget import Budget, Purse
from recraft.batch.pricing import UNITS_PER_USD, Kind, Prices, listed

#: Options besides the model that may make a call dearer than what the service lists for its model.
DEARER = ("style", "substyle", "style_id", "style_references", "upscale")


class OverBudget(InputError):
    """There is no room for a call in the budget. Nothing was sent."""


class _Strict(Purse):
    """A purse that lets no call go of which nobody knows that it costs no more than what is left."""

    def _of_unknown(self, kind: Kind, left: float) -> float | None:
        return self.prices.dearest(kind)


def kind_of(helper: str, arguments: Mapping[str, Any], images: int) -> Kind:
    """What the price of a call depends on, as far as is known."""
    more = [f"{name}={arguments[name]}" for name in DEARER[:3] if arguments.get(name)]
    more += [name for name in DEARER[3:] if arguments.get(name)]
    parts = [helper, str(arguments.get("model") or ""), *more]
    return Kind("|".join(part.replace("|", "/") for part in parts), max(1, images))  # a prompt costs as an image does


class Money:
    """What a server may still spend, what it has spent, and what calls cost as far as anybody has said."""

    def __init__(self, client: AsyncRecraft, budget: float) -> None:
        self._client, self._numbers = client, itertools.count()
        self._budget = Budget(usd=budget) if math.isfinite(budget) else None
        self._purse = _Strict(self._budget, Prices(), 0.0)
        self._known: asyncio.Task[None] | None = None
        self._seen: dict[str, float] = {}
        self._flying: dict[int, Kind] = {}
        self._settled = asyncio.Event()

    @property
    def spent(self) -> float:
        """US dollars spent, with what is in doubt."""
        return self._purse.spent / UNITS_PER_USD

    @property
    def left(self) -> float | None:
        """US dollars left of the budget, None when there is none."""
        return None if self._budget is None else (self._budget.in_units - self._purse.spent) / UNITS_PER_USD

    async def most(self, kind: Kind) -> float | None:
        """US dollars that a call costs at most. None when nobody has said anything."""
        if self._known is None:
            self._known = asyncio.create_task(self._learn())
        await asyncio.shield(self._known)  # several calls ask at once, and one that is cancelled must not stop it
        prices = self._purse.prices
        units = prices.most(kind)
        units = prices.dearest(kind) if units is None else units
        return None if units is None else units / UNITS_PER_USD

    async def _learn(self) -> None:
        """Ask the service what models cost; it costs nothing to ask. Asked again by the next call where it failed."""
        try:
            found = listed(await self._client.models.list())
        except RecraftError:
            self._known = None
        else:
            self._purse.prices = Prices(self._seen.items(), found)

    async def reserve(self, kind: Kind) -> int:
        """Room for a call, for `settle`. Waits while calls under way may leave some. Raises OverBudget."""
        number = next(self._numbers)
        most = await self.most(kind)
        while (verdict := self._purse.ask(number, kind)) != "go":
            if verdict == "stop":
                costs = "what this call costs is not known" if most is None else f"this call may cost {most:.2f} USD"
                raise OverBudget(
                    f"{costs}, and {self.left or 0:.2f} USD are left of the budget of this server. "
                    "Ask for less, name a model whose price the service lists, or ask for a larger --budget."
                )
            await self._settled.wait()
        self._flying[number] = kind
        return number

    def settle(self, number: int, units: float | None, *, maybe: bool) -> None:
        """A call has ended: it cost `units`, or nobody knows; then it counts in full when it `maybe` cost."""
        kind = self._flying.pop(number)
        if units is not None:
            self._seen[kind.text] = max(units, self._seen.get(kind.text, 0.0))
        self._purse.settle(number, units, maybe=maybe)
        self._settled.set()
        self._settled = asyncio.Event()
