"""How much a run may spend, decided before each call."""

from __future__ import annotations

from typing import Any

import attrs

#: API units a run may spend: 0.06 USD.
LIMIT = 60.0

_BELIEVABLE = 1_000_000


@attrs.define
class Budget:
    """What was spent, and whether the next call may be made.

    A price may have risen since it was documented. So the next call is taken to be as much dearer than documented as
    the dearest call so far was. What stays possible: one price alone rose so far that this one call passes the limit.
    """

    limit: float = LIMIT
    spent: float = 0.0
    dearer: float = 1.0

    def expects(self, worst: float) -> float:
        """The most that a call of this documented price is taken to cost."""
        return worst * self.dearer

    def allows(self, worst: float) -> bool:
        return worst == 0 or self.spent + self.expects(worst) <= self.limit

    def charge(self, credits: Any, worst: float) -> None:
        """Count a call that was served. One that does not say what it cost counts as the worst case."""
        if isinstance(credits, bool) or not isinstance(credits, int | float) or not 0 <= credits < _BELIEVABLE:
            credits = self.expects(worst)
        self.spent += credits
        self.dearer = max(self.dearer, credits / worst)
