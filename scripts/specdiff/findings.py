"""What a comparison says: findings, their levels, and which of them have one cause."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final, Literal

from attrs import field, frozen

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
    #: One sentence about all of it.
    text: str
    operations: tuple[str, ...] = field(factory=tuple)
    places: tuple[str, ...] = field(factory=tuple)
    schemas: tuple[str, ...] = field(factory=tuple)
    members: tuple[Finding, ...] = field(factory=tuple)


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
    """Merge findings with one cause: a field removed from a schema that twelve operations send is one line, and so are
    ten values added to a list, or a media type added to every operation.
    """
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for finding in in_order(findings):
        causes.setdefault(_cause(finding), []).append(finding)
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for members in causes.values():  # schemas that say the same, as one that is a copy of another
        groups.setdefault((members[0].level, members[0].code, _text(members)), []).extend(members)
    return [
        Group(
            finding=members[0],
            members=tuple(members),
            text=_text(members),
            operations=tuple(
                dict.fromkeys(m.operation or m.method_path for m in members if m.operation or m.method_path)
            ),
            places=tuple(dict.fromkeys(_plain(m.place) for m in members if m.place)),
            schemas=tuple(dict.fromkeys(m.schema for m in members if m.schema)),
        )
        for members in groups.values()
    ]


def _cause(finding: Finding) -> tuple[str, ...]:
    what: tuple[str, ...] = (finding.pointer or finding.method_path, finding.old, finding.new)
    if "-enum-value-" in finding.code:
        what = (finding.pointer,)
    elif "-media-type-" in finding.code:
        what = (finding.old, finding.new)
    elif finding.code == "extension-changed":
        what = (finding.pointer.rpartition("/")[2],)
    return (finding.level, finding.code, *what)


def _plain(text: str) -> str:
    """A place without the numbers of the alternatives that lead to it."""
    return re.sub(r"(?<=[\w\]}])\|\d+(?=[.\[{|`]|$)", "", text)


def _text(members: list[Finding]) -> str:
    """What the first member says, of the values of all of them."""
    text, code = _plain(members[0].text), members[0].code
    if "-enum-value-" in code:
        values = ", ".join(f"`{value}`" for value in dict.fromkeys(m.new or m.old for m in members))
        if ", " in values:
            return re.sub(
                r"value `.*?`( is now)?", lambda m: f"values {values}{' are now' if m[1] else ''}", text, count=1
            )
    elif code == "extension-changed" and len(places := {m.pointer for m in members}) > 1:
        return (
            f"The extension {members[0].pointer.rpartition('/')[2]} changed in {len(places)} places; nothing reads it."
        )
    elif "-media-type-" in code and len({m.method_path for m in members}) > 1:
        return re.sub(r" of `.*?`", f" of {len({m.method_path for m in members})} operations", text, count=1)
    return text


def show(value: object) -> str:
    """A value as a report prints it: text bare, the rest as JSON, nothing for nothing."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)
