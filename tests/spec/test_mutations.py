"""Every named change of the vendored document gets the verdict, the findings and the place it should."""

from __future__ import annotations

import copy
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutations import MUTATIONS, Mutation

import specfile
from specdiff import diff, grouped, render_text, to_json, verdict, verdicts

Spec = dict[str, Any]
BASE = specfile.load(Path(__file__).parent / "base.yaml")
each = pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)


def mutated(spec: Spec, *mutations: Mutation) -> Spec:
    result = copy.deepcopy(spec)
    for mutation in mutations:
        mutation.apply(result)
    return result


@each
def test_a_change_is_called_what_it_is(vendored: Spec, mutation: Mutation) -> None:
    findings = diff(vendored, mutated(vendored, mutation))
    report = render_text(findings, verdicts(findings))
    assert verdict(findings) == mutation.level, report
    assert mutation.expect <= {finding.code for finding in findings}, report
    worst = {finding.code for finding in findings if finding.level == mutation.level}
    assert worst <= mutation.expect, report
    assert not mutation.place or mutation.place in {finding.place for finding in findings}, report


@each
def test_a_change_leaves_a_valid_document(vendored: Spec, mutation: Mutation) -> None:
    specfile.validate(mutated(vendored, mutation))


@each
def test_a_document_is_identical_to_its_copy(vendored: Spec, mutation: Mutation) -> None:
    spec = mutated(vendored, mutation)
    assert diff(spec, copy.deepcopy(spec)) == []


@each
def test_comparing_changes_neither_document(vendored: Spec, mutation: Mutation) -> None:
    spec = mutated(vendored, mutation)
    before = copy.deepcopy((vendored, spec))
    diff(vendored, spec)
    assert (vendored, spec) == before


@pytest.mark.parametrize(
    "mutation",
    [m for m in MUTATIONS if m.level == "additive" and "request-optional-property-added" in m.expect],
    ids=lambda mutation: mutation.name,
)
def test_taking_a_request_field_back_is_breaking(vendored: Spec, mutation: Mutation) -> None:
    findings = diff(mutated(vendored, mutation), vendored)
    assert verdict(findings) == "breaking"
    assert ("request-property-removed", mutation.place) in {(f.code, f.place) for f in findings}


@pytest.mark.parametrize(
    "mutation", [m for m in MUTATIONS if m.level in ("identical", "docs-only")], ids=lambda mutation: mutation.name
)
def test_a_harmless_change_is_harmless_both_ways(vendored: Spec, mutation: Mutation) -> None:
    assert verdict(diff(mutated(vendored, mutation), vendored)) == mutation.level


def test_the_list_covers_every_level_with_unique_names() -> None:
    assert len(MUTATIONS) >= 60
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
    assert {m.level for m in MUTATIONS} == {
        "breaking",
        "sdk-breaking",
        "additive",
        "docs-only",
        "identical",
        "unclassified",
    }


def test_a_schema_used_by_many_operations_is_one_group(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    del new["components"]["schemas"]["Image"]["properties"]["url"]
    findings = diff(vendored, new)
    (group,) = grouped(findings)
    assert len(findings) == len(group.operations) == 16
    assert group.finding.schema == "Image"
    assert group.finding.pointer == "/components/schemas/Image/properties/url"
    assert group.places == ("200.data[].url",)


def test_the_reports_name_operation_place_and_values(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    new["components"]["schemas"]["GenerationRequest"]["properties"]["n"]["maximum"] = 4
    findings = diff(vendored, new)
    text, data = render_text(findings, verdicts(findings)), to_json(findings, verdicts(findings))
    assert "wire: breaking; generated names: docs-only" in text
    assert "Request `body.n`: maximum 6 -> 4, which allows less than before." in text
    assert data["counts"] == {"breaking": 1, "operations touched": 4}
    first = next(finding for finding in data["findings"] if finding["operation"] == "createImage")
    assert (first["code"], first["method_path"]) == ("request-maximum-tightened", "POST /images/generations")
    assert (first["place"], first["old"], first["new"], first["schema"]) == ("body.n", "6", "4", "GenerationRequest")


def test_a_comparison_takes_well_under_a_fifth_of_a_second(vendored: Spec) -> None:
    new = copy.deepcopy(vendored)
    new["components"]["schemas"]["Color"]["properties"]["weight"] = {"type": "number"}
    diff(vendored, new)
    durations = []
    for _ in range(5):
        start = time.perf_counter()
        diff(vendored, new)
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.2


# Any combination of changes, in any order, is as bad as its worst part, unless one change undoes what another touches.
independent = [m for m in MUTATIONS if m.level == "additive"]


@given(chosen=st.lists(st.sampled_from(independent), max_size=6, unique_by=lambda m: m.name))
def test_additions_add_up_to_an_addition(chosen: list[Mutation]) -> None:
    new = mutated(BASE, *chosen)
    assert verdict(diff(BASE, new)) == ("additive" if chosen else "identical")
