"""The journal beside the account's balance: what was charged without a result, and which jobs that probably were."""

from __future__ import annotations

from itertools import pairwise

import attrs

from .pricing import UNITS_PER_USD, Kind
from .store import Store
from .summary import Ended, prices, troubled


@attrs.frozen(kw_only=True)
class Reconciliation:
    """What left the account since the first run of a folder, beside what its journal knows.

    Right as long as nobody else used the account meanwhile: what others spent counts as unexplained. Where it was
    topped up between two runs, nothing is known of the time between these.

    Attributes:
        charged: API units that left the account.
        explained: Of those, what the answers said that they cost.
        unexplained: The rest: charged without a result. None when the balance was never noted.
        in_doubt: The jobs in doubt.
        probably_charged: How many of them were charged, by what they cost and what is unexplained; None when that does
            not tell.
    """

    charged: float | None
    explained: float
    unexplained: float | None
    in_doubt: tuple[Ended, ...]
    probably_charged: int | None

    def __str__(self) -> str:
        if self.unexplained is None:
            return f"the balance was never noted; {len(self.in_doubt)} jobs in doubt"
        text = (
            f"{self.charged:g} units charged, {self.explained:g} of them for results, {self.unexplained:g} without one "
            f"(${self.unexplained / UNITS_PER_USD:.2f}); {len(self.in_doubt)} jobs in doubt"
        )
        if not self.in_doubt:
            return text
        known = self.probably_charged is not None
        said = f"{self.probably_charged} of them probably charged" if known else "how many of them were charged is open"
        return f"{text}, {said}"


def compare(store: Store, account: str, balance: float) -> Reconciliation:
    """The journal beside a balance of now."""
    notes = [
        (row["units"], row["spent"])
        for row in store.rows("select units, spent from balances where account = ? order by number", account)
    ]
    (total,) = store.rows("select total(credits) from jobs where account = ?", account)
    doubts = troubled(store, ("doubt", "sent"), account)
    if not notes:
        return Reconciliation(
            charged=None, explained=total[0], unexplained=None, in_doubt=doubts, probably_charged=None
        )
    charged = explained = unexplained = 0.0
    for (before, spent_before), (after, spent_after) in pairwise([*notes, (balance, total[0])]):
        if before < after:  # topped up
            continue
        charged, explained = charged + before - after, explained + spent_after - spent_before
    unexplained = max(0.0, charged - explained)
    known = prices(store)
    rows = store.rows("select kind from jobs where account = ? and state in ('doubt', 'sent')", account)
    costs = [known.most(Kind.read(row["kind"])) for row in rows]
    return Reconciliation(
        charged=charged,
        explained=explained,
        unexplained=unexplained,
        in_doubt=doubts,
        probably_charged=how_many(unexplained, costs),
    )


def how_many(units: float, costs: list[float | None]) -> int | None:
    """How many of calls with these costs together come to so many units. None when several counts do, or none does."""
    if units == 0:
        return 0
    if None in costs or len(costs) > 10_000:
        return None
    counts: dict[float, set[int]] = {0.0: {0}}
    for cost in costs:
        assert cost is not None
        for total, ways in list(counts.items()):
            if total + cost <= units:
                counts.setdefault(total + cost, set()).update({way + 1 for way in ways})
        if len(counts) > 10_000:
            return None
    found = counts.get(units, set())
    return next(iter(found)) if len(found) == 1 else None
