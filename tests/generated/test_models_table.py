"""The table of which model takes what: a name that leads nowhere, and a key that nobody reads, stop the generation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from effective import EFFECTIVE

import generate
import models
import options
import table
from facts import FactError
from schemas import operations

ROOT = Path(generate.__file__).resolve().parent.parent


def changed(change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    """The effective specification with a change to its table."""
    specification = copy.deepcopy(EFFECTIVE)
    change(specification["x-models"])
    return specification


def emitted(specification: dict[str, Any]) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(table.emit_operations(specification), namespace)
    return namespace


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda raw: raw.update(taks={}), "look at ['taks']"),
        (lambda raw: raw.pop("needs"), "look at ['needs']"),
        (lambda raw: raw["needs"][0].update(all_of=[]), "needs: an entry has the keys ['all_of', 'models', 'one_of']"),
        (lambda raw: raw["unnamed"][0].pop("given"), "unnamed: an entry has the keys ['models']"),
        (lambda raw: raw["operations"]["createImage"].update(model=[]), "operations: an entry has the keys ['model']"),
        (
            lambda raw: raw["pixels"]["size"][0].update(only=1),
            "pixels: an entry has the keys ['models', 'only', 'values']",
        ),
        (lambda raw: raw["longest"]["prompt"][0].pop("characters"), "longest: an entry has the keys ['models']"),
        (lambda raw: raw.update(as_of="autumn"), "as_of is 'autumn'; expected the date"),
        (lambda raw: raw["operations"].update(createSound={}), "names the operation createSound"),
        (lambda raw: raw["operations"]["createImage"].update(unnamed="known"), "unnamed is 'known'"),
        (lambda raw: raw["operations"]["createImage"].update(models=["V7"]), "names V7, which is no model"),
        (lambda raw: raw["needs"][0].update(models=["V7"]), "names V7, which is no model"),
        (lambda raw: raw["takes"].update(style=["V7"]), "takes names V7"),
        (
            lambda raw: raw["takes"].update(stile=["V3"]),
            "names the option stile, which the specification does not have",
        ),
        (lambda raw: raw["takes"].update(no_txt=["V3"]), "names the option no_txt"),
        (lambda raw: raw["families"].update(V7=["recraftv7"]), "names the model recraftv7"),
        (lambda raw: raw["families"].update(V7=["recraftv3"]), "a model is in two families"),
        (lambda raw: raw["newer"].append("style"), "calls style newer, and the specification has it by now"),
        (lambda raw: raw["newer"].append("recraftv3"), "calls recraftv3 newer, and the specification has it by now"),
        (lambda raw: raw["newer"].append("recraftv7"), "calls recraftv7 newer, and names it nowhere else"),
    ],
)
def test_a_table_that_cannot_be_right_stops_the_generation_and_says_where(
    change: Callable[[dict[str, Any]], Any], words: str
) -> None:
    with pytest.raises(FactError) as caught:
        table.emit_operations(changed(change))
    assert words in str(caught.value)


def test_a_model_or_an_option_that_the_specification_lacks_may_be_called_newer() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["families"]["V7"] = ["recraftv7"]
        raw["takes"]["mood"] = ["V7"]
        raw["newer"] += ["recraftv7", "mood"]

    known = emitted(changed(change))["MODELS"]
    assert known["family"]["recraftv7"] == "V7"
    assert known["takes"]["mood"] == ["V7"]


def test_a_specification_that_lists_no_models_takes_those_of_the_table() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    del specification["components"]["schemas"]["GenerationRequest"]["properties"]["model"]["enum"]
    assert emitted(specification)["MODELS"]["family"]["recraftv3"] == "V3"


@pytest.mark.checkout  # a bump brings a model before anybody has read what it takes; until then nothing is said of it
def test_every_model_that_the_specification_lists_is_in_the_table() -> None:
    listed = EFFECTIVE["components"]["schemas"]["GenerationRequest"]["properties"]["model"]["enum"]
    assert set(listed) <= set(emitted(EFFECTIVE)["MODELS"]["family"])


def test_without_a_table_nothing_is_said() -> None:
    specification = copy.deepcopy(EFFECTIVE)
    del specification["x-models"]
    namespace = emitted(specification)
    assert namespace["MODELS"] == {}
    assert {entry["by_model"] for entry in namespace["OPERATIONS"].values()} == {None}
    assert "By the documentation" not in options.emit_options(specification)


def test_what_a_call_without_a_model_means_follows_from_what_the_operation_takes() -> None:
    def means(operation: str, *given: str) -> list[str]:
        rules = emitted(EFFECTIVE)["OPERATIONS"][operation]["by_model"]["unnamed"]
        return next(meant for options_, meant in rules if not options_ or set(options_) & set(given))

    assert means("createImage") == ["recraftv4_1"]
    assert means("createVectorImage") == ["recraftv4_1_vector"]
    assert means("inpaintImage") == ["recraftv3"]
    assert means("createImage", "style") == ["recraftv3", "recraftv2"]
    assert means("createVectorImage", "style") == ["recraftv3_vector", "recraftv2_vector"]
    assert means("exploreImages", "style") == ["recraftv4_1"]
    assert means("createImage", "style", "style_id") == []
    assert means("createImage", "style_references") == ["recraftv4_styles"]


def test_the_documentation_of_an_option_follows_the_table() -> None:
    def change(raw: dict[str, Any]) -> None:
        raw["as_of"] = "2027-01"
        raw["takes"]["negative_prompt"] = ["V4.1 Flash"]

    specification = changed(change)
    (operation,) = (each for *_, each in operations(specification) if each["operationId"] == "createImage")
    fields = options.option_fields(options.Types(specification), operation, models.table_of(specification))
    (about,) = (about for name, *_, about in fields if name == "negative_prompt")
    assert about == "What the image should not show. By the documentation of 2027-01: V4.1 Flash models take it."
