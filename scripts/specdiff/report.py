"""Findings as people and programs read them: for a terminal, for a pull request, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from specdiff.advice import advice
from specdiff.findings import LEVELS, Finding, Group, Level, grouped, in_order
from specfile import printable

#: The form of `to_json`, which `report.schema.json` describes; it changes when a reader would have to.
VERSION: Final = 1
HEADINGS: Final[dict[Level, str]] = {
    "breaking": "Breaking",
    "unclassified": "A person must look",
    "sdk-breaking": "Generated names only",
    "additive": "Added or changed",
    "docs-only": "Documentation",
}

#: The line of the new file where a finding stands, or None.
Lines = Callable[[Finding], int | None]


def verdicts_text(verdicts: Mapping[str, Level]) -> str:
    """The verdicts in a line, a question each."""
    return "; ".join(f"{question}: {level}" for question, level in verdicts.items())


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many changes there are of each kind, counted by cause, and how many operations they touch."""
    groups = grouped(findings)
    found: dict[str, int] = {}
    for group in groups:
        found[_kind(group.finding)] = found.get(_kind(group.finding), 0) + 1
    touched = {name for group in groups if group.finding.level != "docs-only" for name in group.operations}
    order = ("breaking", "to look at", "generated names", "added", "changed", "documentation")
    return {kind: found[kind] for kind in order if kind in found} | {"operations touched": len(touched)}


def counts_text(findings: Iterable[Finding]) -> str:
    """As in "2 breaking, 9 added, 12 operations touched"."""
    return ", ".join(f"{count} {kind}" for kind, count in counts(findings).items())


def render_text(findings: Iterable[Finding], verdicts: Mapping[str, Level], lines: Lines = lambda finding: None) -> str:
    """A report for a terminal: verdicts and counts, then what changed, worst first, a line for each cause."""
    found = list(findings)
    text = [verdicts_text(verdicts), counts_text(found)]
    for level, groups in _by_level(found):
        text += ["", HEADINGS[level]]
        for group in groups:
            text += [f"  {group.text}  [{group.finding.code}]", *(f"      {more}" for more in _details(group, lines))]
    return printable("\n".join(text) + "\n")


def render_markdown(
    findings: Iterable[Finding], verdicts: Mapping[str, Level], lines: Lines = lambda finding: None
) -> str:
    """The same for a pull request."""
    found = list(findings)
    rows = "".join(f"| {question} | {level} |\n" for question, level in verdicts.items())
    text = [f"| for | verdict |\n|---|---|\n{rows}", f"{counts_text(found)}\n"]
    for level, groups in _by_level(found):
        text.append(f"### {HEADINGS[level]}\n")
        for group in groups:
            text.append(f"- {group.text}")
            text += [f"  - {more}" for more in _details(group, lines)]
        text.append("")
    return printable("\n".join(text).rstrip() + "\n")


def to_json(
    findings: Iterable[Finding], verdicts: Mapping[str, Level], lines: Lines = lambda finding: None
) -> dict[str, Any]:
    """The same for programs: JSON types only, always in the same order."""
    ordered = in_order(findings)
    fields = ("level", "code", "operation", "method_path", "place", "schema", "old", "new", "text", "pointer")
    return {
        "version": VERSION,
        "verdicts": dict(verdicts),
        "counts": counts(ordered),
        "findings": [
            {name: getattr(finding, name) for name in fields} | {"line": lines(finding), "advice": _advice(finding)}
            for finding in ordered
        ],
    }


def _advice(finding: Finding) -> dict[str, str] | None:
    told = advice(finding)
    return {"users": told[0], "maintainers": told[1]} if told else None


def _kind(finding: Finding) -> str:
    kinds: dict[Level, str] = {
        "breaking": "breaking",
        "unclassified": "to look at",
        "sdk-breaking": "generated names",
        "docs-only": "documentation",
    }
    return kinds.get(finding.level, "added" if finding.code.endswith("-added") else "changed")


def _by_level(findings: list[Finding]) -> Iterator[tuple[Level, list[Group]]]:
    groups = grouped(findings)
    for level in LEVELS:
        if mine := [group for group in groups if group.finding.level == level]:
            yield level, mine


def _details(group: Group, lines: Lines) -> Iterator[str]:
    if len(group.places) > 1:
        yield f"at {', '.join(group.places)}"
    numbers = sorted({line for finding in group.members if (line := lines(finding))})
    where = [f"schema {', '.join(group.schemas)}"] if group.schemas else []
    where += [f"line {', '.join(map(str, numbers))}"] if numbers else []
    if where:
        yield "; ".join(where)
    if group.operations:
        yield f"in {', '.join(group.operations)}"
    if told := advice(group.finding):
        yield f"users: {told[0]}"
        yield f"maintainers: {told[1]}"
