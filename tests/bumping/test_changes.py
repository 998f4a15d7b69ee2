"""Findings become changelog lines in the words of the Python package, and a version."""

from __future__ import annotations

import copy
import functools
from datetime import date
from typing import Any

import pytest
from mutations import MUTATIONS

import changes
import specdiff
import specfile

from .conftest import ROOT

HELPERS = {"createImage": "client.images.generate", "vectorizeImage": "client.images.vectorize"}


@functools.cache
def base() -> dict[str, Any]:
    return specfile.load(ROOT / "tests" / "spec" / "base.yaml")


def findings(name: str) -> list[specdiff.Finding]:
    new = copy.deepcopy(base())
    next(mutation for mutation in MUTATIONS if mutation.name == name).apply(new)
    return specdiff.diff(base(), new)


@pytest.mark.parametrize(
    ("version", "part", "expected"),
    [
        ("0.1.0", "patch", "0.1.1"),
        ("0.1.9", "minor", "0.2.0"),
        ("0.1.9", "major", "1.0.0"),
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "none", "1.2.3"),
    ],
)
def test_a_part_of_the_version_is_raised_and_those_after_it_start_again(
    version: str, part: changes.Part, expected: str
) -> None:
    assert changes.next_version(version, part) == expected


def test_a_version_that_is_not_three_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"MAJOR\.MINOR\.PATCH"):
        changes.next_version("1.0.0rc1", "minor")


def test_the_worse_of_two_version_parts_wins() -> None:
    assert changes.worse("minor", "major") == "major"
    assert changes.worse("patch", "none") == "patch"


@pytest.mark.parametrize(
    ("mutation", "section", "words"),
    [
        ("request_field_in_json_body", "Added", ("`client.images.generate(guidance=...)`",)),
        ("request_field_in_nested_object", "Added", ("`client.images.generate(controls={...})`", "opacity")),
        ("request_enum_value", "Added", ("`client.images.generate(model=...)`",)),
        ("response_field", "Added", ("data[].width",)),
        ("operation_deprecated", "Deprecated", ()),
        ("request_bound_relaxed", "Changed", ("n=...",)),
        ("request_nested_field_removed", "Breaking", ("`client.images.generate(controls={...})`", "std")),
        ("operation_removed", "Breaking", ()),
        ("operation_id_changed", "Breaking", ()),
        ("operation_described_anew", "Changed", ("Documentation",)),
    ],
)
def test_a_finding_is_one_line_in_its_section_named_as_in_python(
    mutation: str, section: str, words: tuple[str, ...]
) -> None:
    found = changes.sections(findings(mutation), [], HELPERS, {})

    assert list(found) == [section]
    assert all(any(word in line for line in found[section]) for word in words), found


def test_an_operation_without_a_helper_is_named_by_its_generated_module() -> None:
    assert changes.in_python("newThing", HELPERS, {"newThing": "images"}) == "recraft_api.api.images.new_thing"


def test_a_python_break_is_listed_as_breaking() -> None:
    assert changes.sections([], ["recraft.x: gone"], {}, {}) == {"Breaking": ["Python: recraft.x: gone"]}


def test_a_release_is_written_above_the_ones_before() -> None:
    text = changes.entry("0.2.0", date(2026, 11, 22), {"Added": ["one", "two"]})

    assert text == "## 0.2.0 - 2026-11-22\n\n### Added\n\n- one\n- two\n"
    assert (
        changes.insert("# Changelog\n\n## 0.1.0 - 2026-01-01\n", text)
        == f"# Changelog\n\n{text}\n## 0.1.0 - 2026-01-01\n"
    )
    assert changes.insert("# Changelog\n", text) == f"# Changelog\n\n{text}"


UNRELEASED = """# Changelog

What changes.

## Unreleased

### Breaking

- a

### Added

- b
  and more of b

## 0.1.0 - 2026-01-01

### Added

- c
"""


def test_a_release_takes_in_what_was_unreleased_and_nothing_stands_above_it() -> None:
    text = changes.entry("1.0.0", date(2026, 11, 22), {"Added": ["d"], "Removed": ["e"]})

    assert (
        changes.insert(UNRELEASED, text)
        == """# Changelog

What changes.

## 1.0.0 - 2026-11-22

### Breaking

- a

### Added

- b
  and more of b
- d

### Removed

- e

## 0.1.0 - 2026-01-01

### Added

- c
"""
    )


def test_an_empty_unreleased_leaves_no_trace_in_a_release() -> None:
    text = changes.entry("0.1.1", date(2026, 11, 22), {"Changed": ["d"]})

    assert changes.insert("# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-01-01\n", text) == (
        f"# Changelog\n\n{text}\n## 0.1.0 - 2026-01-01\n"
    )
    assert changes.insert("# Changelog\n\n## Unreleased\n", text) == f"# Changelog\n\n{text}"


@pytest.mark.parametrize(
    "mutation", [m for m in MUTATIONS if m.level not in ("identical", "unclassified")], ids=lambda m: m.name
)
def test_every_kind_of_change_gives_at_least_one_line(mutation: object) -> None:
    found = changes.sections(findings(mutation.name), [], HELPERS, {})  # type: ignore[attr-defined]

    assert sum(map(len, found.values())) >= 1
    assert all(line.endswith(".") for lines in found.values() for line in lines)
