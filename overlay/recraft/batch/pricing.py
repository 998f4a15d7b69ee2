"""What calls cost: learnt from answers, or from what the service lists. There is no table of prices here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from .manifest import Job
from .operations import operation

#: API units for one US dollar, from the specification.
UNITS_PER_USD = 1000


@attrs.frozen
class Kind:
    """What the price of a call depends on, as far as is known: calls of one kind cost the same.

    `variant` is everything but the count of images: operation, model, and what may make it dearer than the service
    lists for its model (a style that makes the model another, an upscale, a style made on the way).
    """

    variant: str
    images: int

    @classmethod
    def of(cls, job: Job) -> Kind:
        given = job.arguments
        parts = [job.operation, *(str(given.get(name) or "") for name in ("model", "style", "upscale"))]
        parts += [name if given.get(name) else "" for name in ("style_id", "style_references")]
        return cls("|".join(parts), job.images)

    @classmethod
    def read(cls, text: str) -> Kind:
        variant, _, images = text.rpartition("|")
        return cls(variant, int(images))

    @property
    def text(self) -> str:
        return f"{self.variant}|{self.images}"

    @property
    def operation(self) -> str:
        return self.variant.split("|")[0]

    @property
    def model(self) -> str:
        return self.variant.split("|")[1]

    @property
    def plain(self) -> bool:
        """Whether nothing makes it dearer than its model is."""
        return not any(self.variant.split("|")[2:])

    def __str__(self) -> str:
        operation, *rest = self.variant.split("|")
        return f"{' '.join(filter(None, (operation, *rest)))}, n={self.images}"


class Prices:
    """What kinds of calls cost at most, in API units, as far as anybody has said."""

    def __init__(self, seen: Iterable[tuple[str, float]] = (), listed: Mapping[str, float] | None = None) -> None:
        self._seen: dict[str, dict[int, float]] = {}
        self._listed = dict(listed or {})
        for kind, units in seen:
            self.learn(Kind.read(kind), units)

    def learn(self, kind: Kind, units: float) -> None:
        """An answer of this kind cost so much."""
        of_variant = self._seen.setdefault(kind.variant, {})
        of_variant[kind.images] = max(units, of_variant.get(kind.images, 0.0))

    def seen(self, kind: Kind) -> float | None:
        """What calls of exactly this kind have cost at most."""
        return self._seen.get(kind.variant, {}).get(kind.images)

    def most(self, kind: Kind) -> float | None:
        """What a call of this kind costs at most. None when nothing says it.

        More images never cost less than fewer, and never more than each alone: so other counts are a bound too.
        """
        exact = self.seen(kind)
        if exact is not None:
            return exact
        bounds = [units * max(1.0, kind.images / images) for images, units in self._seen.get(kind.variant, {}).items()]
        if kind.plain and kind.model in self._listed:
            bounds.append(self._listed[kind.model] * kind.images)
        return math.ceil(min(bounds)) if bounds else None

    def dearest(self, kind: Kind) -> float | None:
        """What a call of a kind that nothing is known of may cost, were it as dear as the dearest. None when nothing is
        known of any.
        """
        each = [*self._listed.values(), *(units / n for seen in self._seen.values() for n, units in seen.items())]
        return math.ceil(max(each) * kind.images) if each else None

    def least(self, kind: Kind) -> float | None:
        """What a call costs at least that leaves its model to the service. None when that is not known."""
        chosen = kind.model or "model" not in operation(kind.operation).takes
        return None if chosen or not self._listed else min(self._listed.values())


def listed(models: Iterable[Any]) -> dict[str, float]:
    """Units an image by model, from what `models.list()` gave; models that say no price are left out."""
    found = {}
    for model in models:
        try:
            found[model.id] = float(model.raw.to_dict()["pricing"]["image"]) * UNITS_PER_USD
        except (TypeError, KeyError, ValueError, AttributeError):
            continue
    return {name: units for name, units in found.items() if math.isfinite(units) and units >= 0}
