"""How much a run may spend, decided before each call."""

from __future__ import annotations

from typing import Any

import attrs

#: API units a run may spend by the documented prices: 0.06 USD.
LIMIT = 60.0

_BELIEVABLE = 1_000_000


@attrs.define
class Budget:
    """What was spent, and whether the next call may be made.

    It may while what was spent, and by the documented prices what is planned and this call, are within the limit. A
    call that cost more than documented is the last that may cost anything: no one knows which prices have risen. So
    the limit is passed only where that one call alone takes more than all that was left, which nobody can tell before.

    Attributes:
        planned: What the calls that are still to come cost when all is as assumed.
    """

    planned: float = 0.0
    limit: float = LIMIT
    spent: float = 0.0
    risen: str = ""

    def refusal(self, worst: float, expected: float) -> str:
        """Why a call that costs `expected` units as planned, `worst` at most, may not be made; "" when it may."""
        if worst == 0:
            return ""
        if self.risen:
            return f"nothing more is paid for: {self.risen}"
        left, needed = self.limit - self.spent, self.planned - expected + worst
        if needed <= left:
            return ""
        return f"it and what is planned may cost {needed:g} units, and {left:g} are left to spend"

    def charge(self, name: str, credits: Any, worst: float, expected: float) -> None:
        """Count a call that was served. One that does not say what it cost counts as the worst case."""
        if isinstance(credits, bool) or not isinstance(credits, int | float) or not 0 <= credits < _BELIEVABLE:
            credits = worst
        self.spent += credits
        self.planned -= expected
        if credits > worst:
            self.risen = f"{name} cost {credits:g} units, {worst:g} are documented"
