"""A budget is never passed: before a call goes out, there is room for the most it may cost, whatever is in flight."""

from __future__ import annotations

from typing import Literal

import attrs

from recraft import InputError
from recraft.errors import shown

from .pricing import UNITS_PER_USD, Kind, Prices


@attrs.frozen
class Budget:
    """What a folder may cost in all, over all of its runs: `Budget(usd=5)` or `Budget(units=5000)`.

    1,000 API units are 1 US dollar. What is in doubt counts as charged.
    """

    usd: float | None = None
    units: float | None = None

    def __attrs_post_init__(self) -> None:
        given = [value for value in (self.usd, self.units) if value is not None]
        if len(given) != 1 or isinstance(given[0], bool) or not isinstance(given[0], int | float) or not given[0] >= 0:
            raise InputError(f"a budget is usd= or units=, one of them and not below 0, not {shown(self)}.")

    @property
    def in_units(self) -> float:
        return self.units if self.units is not None else (self.usd or 0.0) * UNITS_PER_USD


Verdict = Literal["go", "wait", "stop"]


class Purse:
    """What is left of a budget, with what is in flight taken at the most that it may cost."""

    def __init__(self, budget: Budget | None, prices: Prices, spent: float) -> None:
        self.prices, self.spent = prices, spent
        self._limit = budget.in_units if budget else None
        self._flying: dict[int, tuple[Kind, float]] = {}

    def ask(self, number: int, kind: Kind) -> Verdict:
        """Whether a call may go out; if so it is in flight. "wait" means until one in flight has ended."""
        most = self.prices.most(kind)
        if self._limit is None:
            self._flying[number] = kind, most or 0.0
            return "go"
        left = self._limit - self.spent - sum(bound for _, bound in self._flying.values())
        if most is None:
            most = self._of_unknown(kind, left)
        if most is not None and most <= left:
            self._flying[number] = kind, most
            return "go"
        return "wait" if self._flying else "stop"

    def _of_unknown(self, kind: Kind, left: float) -> float | None:
        """What to keep for a call of a kind that nobody has told the price of."""
        dearest = self.prices.dearest(kind)
        if dearest is not None and dearest <= left:
            return dearest
        if (least := self.prices.least(kind)) is not None and least > left:
            return None
        # Near the budget: alone, with all that is left for it, and those that follow know what its kind costs.
        return left if not self._flying and left > 0 else None

    def bound(self, number: int) -> float:
        """What is kept for a call in flight."""
        return self._flying[number][1]

    def settle(self, number: int, units: float | None, *, maybe: bool = False) -> None:
        """A call has ended: it cost `units`, or nobody knows (None). Then it counts in full when it `maybe` cost."""
        kind, bound = self._flying.pop(number)
        if units is not None:
            self.prices.learn(kind, units)
            self.spent += units
        elif maybe:
            self.spent += bound
