"""What a batch takes a call to cost at most, before anybody has paid for one like it."""

from __future__ import annotations

from typing import Any

import pytest

from recraft.batch.manifest import Job
from recraft.batch.pricing import Kind, Prices

LISTED = {"recraftv3": 40.0}


def kind(**arguments: Any) -> Kind:
    job = Job(id="a", content="a", operation="images.generate", arguments={**arguments, "n": 2}, line=1, named=True)
    return Kind.of(job)


def test_a_model_that_the_service_lists_costs_what_is_listed_for_each_image() -> None:
    assert Prices(listed=LISTED).most(kind(model="recraftv3")) == 80


@pytest.mark.parametrize(
    "dearer",
    [
        {"style": "Pencil sketch"},
        {"style_id": "0d9d8c45-6ea6-4f6a-8c5a-5b7c2f7c4d60"},
        {"style_references": ["a.png"]},
        {"upscale": "upscale4mp"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_what_may_make_a_call_dearer_than_its_model_leaves_its_price_unknown(dearer: dict[str, Any]) -> None:
    prices = Prices(listed=LISTED)
    given = kind(model="recraftv3", **dearer)
    assert prices.most(given) is None
    prices.learn(given, 95)
    assert prices.most(given) == 95
    assert prices.most(kind(model="recraftv3")) == 80
