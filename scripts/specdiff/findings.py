"""What a comparison says: findings, their levels, and the verdict over all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final, Literal

from attrs import field, frozen

from specfile import printable

Level = Literal["breaking", "sdk-breaking", "unclassified", "additive", "docs-only", "identical"]

#: Worst first. "unclassified" outranks what it may hide, and stays below what is known to be a break.
LEVELS: Final[tuple[Level, ...]] = ("breaking", "unclassified", "sdk-breaking", "additive", "docs-only", "identical")

#: Codes of breaks on the wire that leave the names and types of the generated code as they are.
_NAMES_STAY: Final = re.compile(
    r".*-(minimum|maximum|m(in|ax)-(length|items|properties)|pattern|multiple-of|unique-items|additional-properties)-\w+"
    r"|(server|security|operation-(path|servers)|parameter-serialisation)-.*"
)


@frozen(order=False)
class Finding:
    """One difference that somebody can act on, at one place of one operation."""

    level: Level
    #: Kebab-case and stable, such as "request-property-removed".
    code: str
    #: One sentence that stands without the other fields, except for the operation.
    text: str
    #: The new document's operationId (the old one's when the operation is gone); "" outside of operations.
    operation: str = ""
    #: "POST /images/generations", or "".
    method_path: str = ""
    #: Where a caller meets it: "body.controls.colors[].std", "200.data[].url", "?limit", "{style_id}".
    place: str = ""
    old: str = ""
    new: str = ""
    #: The component schema that holds the change, if one does.
    schema: str = ""
    #: JSON pointer into the new document, or into the old one for what is gone.
    pointer: str = ""

    @property
    def wire(self) -> Level:
        """What it means for requests and answers, whoever makes them."""
        return "identical" if self.level == "sdk-breaking" else self.level

    @property
    def names(self) -> Level:
        """What it means for those who import generated names."""
        if self.level == "sdk-breaking" or (self.level == "breaking" and not _NAMES_STAY.fullmatch(self.code)):
            return "breaking"
        return "docs-only" if self.level == "breaking" else self.level


@frozen
class Group:
    """The same change in the file, as all the operations that reach it see it."""

    finding: Finding
    operations: tuple[str, ...] = field(factory=tuple)
    places: tuple[str, ...] = field(factory=tuple)


def worst(levels: Iterable[Level]) -> Level:
    """The worst of some levels; "identical" when there are none."""
    return min(levels, key=LEVELS.index, default="identical")


def verdict(findings: Iterable[Finding]) -> Level:
    """The worst level among the findings; "identical" when there are none."""
    return worst(finding.level for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Worst first, then by name, without repetitions: the same two documents always give the same report."""
    unique = dict.fromkeys(findings)
    return sorted(
        unique, key=lambda f: (LEVELS.index(f.level), f.code, f.method_path, f.place, f.pointer, f.old, f.new)
    )


def grouped(findings: Iterable[Finding]) -> list[Group]:
    """Merge findings with one cause: a field removed from a schema that twelve operations send is one line."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for finding in in_order(findings):
        cause = (finding.level, finding.code, finding.pointer or finding.method_path, finding.old, finding.new)
        groups.setdefault(cause, []).append(finding)
    return [
        Group(
            finding=members[0],
            operations=tuple(
                dict.fromkeys(m.operation or m.method_path for m in members if m.operation or m.method_path)
            ),
            places=tuple(dict.fromkeys(m.place for m in members if m.place)),
        )
        for members in groups.values()
    ]


def render_text(findings: Iterable[Finding], level: Level) -> str:
    """A report for a terminal: the verdict, then one line per cause under a heading per level."""
    lines, heading = [f"verdict: {level}"], ""
    for group in grouped(findings):
        finding = group.finding
        if finding.level != heading:
            heading = finding.level
            lines += ["", heading]
        lines.append(f"  {finding.text}  [{finding.code}]")
        if len(group.places) > 1:
            lines.append(f"      at {', '.join(group.places)}")
        if finding.schema:
            lines.append(f"      schema {finding.schema}")
        if group.operations:
            lines.append(f"      in {', '.join(group.operations)}")
    return printable("\n".join(lines) + "\n")


def to_json(findings: Iterable[Finding], level: Level) -> dict[str, Any]:
    """The same report for programs: JSON types only, always in the same order."""
    ordered = in_order(findings)
    counts = {name: sum(finding.level == name for finding in ordered) for name in LEVELS}
    fields = ("level", "code", "operation", "method_path", "place", "schema", "old", "new", "text", "pointer")
    return {
        "verdict": level,
        "counts": {name: count for name, count in counts.items() if count},
        "findings": [{name: getattr(finding, name) for name in fields} for finding in ordered],
    }


def show(value: object) -> str:
    """A value as a report prints it: text bare, the rest as JSON, nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
