"""What a manifest will cost, as far as anybody has said."""

from __future__ import annotations

from collections import Counter

import attrs

from .checking import Checker, mistakes
from .errors import ManifestError
from .manifest import Job, Source
from .pricing import UNITS_PER_USD, Kind, Prices


@attrs.frozen
class Estimated:
    """The jobs of one kind: operation, model and count of images, in words.

    `each` is what one costs at most, in API units; None when nothing says it. `seen` tells whether a call of just this
    kind has cost that; otherwise it follows from calls for other counts, or from what the service lists.
    """

    kind: str
    jobs: int
    images: int
    each: float | None
    seen: bool


@attrs.frozen
class Estimate:
    """What is known of the cost of a manifest.

    Attributes:
        kinds: Its kinds of calls, the most frequent first.
    """

    kinds: tuple[Estimated, ...]

    @property
    def jobs(self) -> int:
        return sum(each.jobs for each in self.kinds)

    @property
    def units(self) -> float:
        """What the jobs whose price is known cost, in API units."""
        return sum(each.each * each.jobs for each in self.kinds if each.each is not None)

    @property
    def usd(self) -> float:
        return self.units / UNITS_PER_USD

    @property
    def unknown(self) -> int:
        """How many jobs are of a kind whose price nobody has said."""
        return sum(each.jobs for each in self.kinds if each.each is None)

    def __str__(self) -> str:
        lines = [f"{self.jobs} jobs: {self.units:g} units (${self.usd:.2f}) for those whose price is known"]
        if self.unknown:
            lines[0] += f", and {self.unknown} whose price is not"
        for each in self.kinds:
            price = "not known" if each.each is None else f"{each.each:g} units each{'' if each.seen else ' at most'}"
            lines.append(f"  {each.jobs} x {each.kind}: {price}")
        return "\n".join(lines)


def estimated(source: Source, known: Prices) -> Estimate:
    """The estimate of a manifest. Raises ManifestError for lines that a run would refuse."""
    counts: Counter[Kind] = Counter()

    def count(job: Job) -> bool:
        counts[Kind.of(job)] += 1
        return True

    checker = Checker(source.base)
    try:
        found = list(mistakes(source.jobs(), checker, count))
    finally:
        checker.close()
    if found:
        raise ManifestError.of(found)
    return Estimate(
        tuple(
            Estimated(str(kind), jobs, jobs * kind.images, known.most(kind), known.seen(kind) is not None)
            for kind, jobs in counts.most_common()
        )
    )
