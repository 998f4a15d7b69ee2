"""Findings become changelog lines in the words of the Python package, and a version."""

from __future__ import annotations

import copy
import functools
from typing import Any

import pytest
from mutations import MUTATIONS

import changes
import judge
import specdiff
import specfile
from audience import Audience

from .conftest import ROOT

#: What only those meet who choose another server, or import schemas that no operation has.
WITHOUT_A_LINE = ("schema_that_nothing_uses", "second_server", "server_replaced")
HELPERS = {
    "createImage": "client.images.generate",
    "vectorizeImage": "client.images.vectorize",
    "outpaintImage": "client.images.outpaint",
    "exploreImages": "client.images.explore",
    "variateImage": "client.images.variate",
}


@functools.cache
def base() -> dict[str, Any]:
    return specfile.load(ROOT / "tests" / "spec" / "base.yaml")


def after(name: str) -> dict[str, Any]:
    new = copy.deepcopy(base())
    next(mutation for mutation in MUTATIONS if mutation.name == name).apply(new)
    return new


def sections(name: str, helpers: dict[str, str] = HELPERS) -> dict[str, list[str]]:
    new = after(name)
    tags = judge.tags(base()) | judge.tags(new)
    return changes.sections(specdiff.diff(base(), new), [], Audience(helpers, tags, base(), new))


@pytest.mark.parametrize(
    ("mutation", "section", "words"),
    [
        ("request_field_in_json_body", "Added", ("`client.images.generate(guidance=...)`",)),
        ("request_field_in_nested_object", "Added", ("`client.images.generate(controls={...})`", "opacity")),
        ("request_enum_value", "Added", ("`client.images.generate(model=...)`",)),
        ("response_field", "Added", ("data[].width", "`client.images.generate`")),
        ("operation_deprecated", "Deprecated", ("`client.images.explore`",)),
        ("request_enum_value_deprecated", "Deprecated", ("the value `recraftv2`",)),
        ("request_bound_relaxed", "Changed", ("n=...",)),
        ("request_nested_field_removed", "Breaking", ("`client.images.generate(controls={...})`", "std")),
        ("operation_removed", "Breaking", ("`client.images.variate`: POST /images/variateImage was removed",)),
        ("request_field_renamed", "Breaking", ("Write `expand_top` instead of `outpaint_top`.",)),
        ("request_bound_tightened", "Breaking", ("Pass a value within the new limits.",)),
        ("operation_id_changed", "Generated names", ()),
        ("schema_renamed", "Generated names", ()),
        ("response_field_removed", "Generated names", ("`client.images.generate`",)),
        ("request_field_removed_from_allof_base", "Generated names", ("recraft_api.api.default.image_to_image",)),
        ("operation_moved", "Changed", ()),
        ("server_replaced", "Changed", ()),
        ("operation_described_anew", "Changed", ("Documentation",)),
    ],
)
def test_a_finding_is_one_line_in_its_section_named_as_in_python(
    mutation: str, section: str, words: tuple[str, ...]
) -> None:
    helpers = {**HELPERS, "crispUpscale": "client.images.crisp_upscale", "generateImage": "client.images.generate"}
    found = sections(mutation, helpers)

    assert list(found) == [section]
    assert all(any(word in line for line in found[section]) for word in words), found


def test_an_operation_without_a_helper_is_named_by_its_generated_module() -> None:
    assert changes.in_python("newThing", HELPERS, {"newThing": "images"}) == "recraft_api.api.images.new_thing"


def test_a_python_break_is_listed_as_breaking() -> None:
    found = changes.sections([], ["`recraft.x` is gone"], Audience({}, {}, base(), base()))
    assert found == {"Breaking": ["`recraft.x` is gone."]}


def test_a_line_begins_with_the_helper_that_most_people_call() -> None:
    (line,) = sections("request_field_in_json_body")["Added"]
    assert line.startswith("`client.images.generate(guidance=...)` (also `client.images.explore`")


def test_schemas_that_no_caller_of_a_helper_meets_have_no_line() -> None:
    assert sections("schema_that_nothing_uses") == {}
    assert "The schema" not in str(sections("request_field_of_a_new_schema"))


@pytest.mark.parametrize(
    "mutation",
    [m for m in MUTATIONS if m.level not in ("identical", "unclassified") and m.name not in WITHOUT_A_LINE],
    ids=lambda m: m.name,
)
def test_every_kind_of_change_gives_at_least_one_line(mutation: object) -> None:
    found = sections(mutation.name)  # type: ignore[attr-defined]

    assert sum(map(len, found.values())) >= 1
    assert all(line.endswith(".") for lines in found.values() for line in lines)
