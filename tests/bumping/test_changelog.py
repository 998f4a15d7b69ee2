"""One entry and one version for everything since the last release, however many bumps there were."""

from __future__ import annotations

from datetime import date

import pytest

import changelog
from changelog import Part

DAY = date(2026, 12, 4)
RELEASED = "## 0.1.0 - 2026-01-01\n\nThe first.\n"


@pytest.mark.parametrize(
    ("released", "part", "expected"),
    [
        ("0.1.0", "patch", "0.1.1"),
        ("0.1.9", "minor", "0.2.0"),
        ("0.1.9", "major", "1.0.0"),
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "none", "1.2.3"),
    ],
)
def test_a_part_of_the_version_is_raised_and_those_after_it_start_again(
    released: str, part: Part, expected: str
) -> None:
    assert changelog.next_version(released, part) == expected


def test_a_version_that_is_not_three_numbers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"MAJOR\.MINOR\.PATCH"):
        changelog.next_version("1.0.0rc1", "minor")


def test_the_worst_of_several_version_parts_wins() -> None:
    assert changelog.worse("minor", "none", "major") == "major"
    assert changelog.worse("patch", "none") == "patch"


@pytest.mark.parametrize(
    ("released", "current", "expected"),
    [
        ("1.2.3", "1.2.3", "none"),
        ("1.2.3", "1.2.4", "patch"),
        ("1.2.3", "1.3.0", "minor"),
        ("1.2.3", "2.0.0", "major"),
        ("1.2.3", "1.2.2", "none"),
    ],
)
def test_the_part_that_was_raised_since_a_release_is_seen(released: str, current: str, expected: Part) -> None:
    assert changelog.part_between(released, current) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RELEASED, "none"),
        (f"## Unreleased\n\n### Changed\n\n- a\n\n{RELEASED}", "patch"),
        (f"## Unreleased\n\n### Added\n\n- a\n\n{RELEASED}", "minor"),
        (f"## Unreleased\n\n### Added\n\n- a\n\n### Breaking\n\n- b\n\n{RELEASED}", "major"),
        (f"## 0.2.0 - 2026-02-02\n\n### Added\n\n- a\n\n{RELEASED}", "minor"),
        (f"{RELEASED}\n### Breaking\n\n- long ago\n", "none"),
    ],
)
def test_what_the_changelog_says_since_a_release_counts(text: str, expected: Part) -> None:
    assert changelog.part_of_unreleased(f"# Changelog\n\n{text}", "0.1.0") == expected


def fold(text: str, version: str, **found: list[str]) -> str:
    return changelog.fold(text, version, DAY, "For the API of May.", found, "0.1.0")


def test_a_release_is_written_above_the_ones_before() -> None:
    assert fold(f"# Changelog\n\n{RELEASED}", "0.2.0", Added=["one", "two"]) == (
        "# Changelog\n\n## 0.2.0 - 2026-12-04\n\nFor the API of May.\n\n### Added\n\n- one\n- two\n\n" + RELEASED
    )
    assert fold("# Changelog\n", "0.1.1", Changed=["x"]) == (
        "# Changelog\n\n## 0.1.1 - 2026-12-04\n\nFor the API of May.\n\n### Changed\n\n- x\n"
    )


def test_everything_since_the_release_becomes_one_entry_and_nothing_of_it_is_lost() -> None:
    text = (
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- by hand,\n  over two lines\n\n"
        "## 0.2.0 - 2026-11-11\n\nFor the API of April.\n\n### Added\n\n- one\n\n### Changed\n\n"
        "- Documentation of the API in 3 places.\n\n### Notes\n\n- of another kind\n\n" + RELEASED
    )
    folded = fold(
        text, "1.0.0", Breaking=["gone"], Added=["one", "two"], Changed=["Documentation of the API in 1 place."]
    )
    assert folded == (
        "# Changelog\n\n## 1.0.0 - 2026-12-04\n\nFor the API of May.\n\n### Breaking\n\n- gone\n\n"
        "### Added\n\n- by hand,\n  over two lines\n- one\n- two\n\n"
        "### Changed\n\n- Documentation of the API in 1 place.\n\n### Notes\n\n- of another kind\n\n" + RELEASED
    )
    assert fold(folded, "1.0.0", Added=["two"], Changed=["Documentation of the API in 1 place."]) == folded


def test_no_escape_of_a_terminal_reaches_the_changelog() -> None:
    assert "\x1b" not in fold(f"# Changelog\n\n{RELEASED}", "0.2.0", Added=["a \x1b[2J"])
