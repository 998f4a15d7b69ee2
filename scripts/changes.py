"""From findings to changelog lines in the words of the Python package."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from audience import Audience
from changelog import SECTIONS, Part
from specdiff import Finding, Group, grouped
from specdiff.advice import advice
from specfile.naming import module_of

#: What a verdict for those who use `recraft` means for the version. "unclassified" has none: a person has to say.
PART_OF: Mapping[str, Part] = {"breaking": "major", "additive": "minor", "docs-only": "patch", "identical": "none"}
#: Where a line begins: the helper that most people call.
FIRST = "client.images.generate"


def sections(findings: Iterable[Finding], python: Sequence[str], audience: Audience) -> dict[str, list[str]]:
    """Lines by section, one for each cause that a user can act on or look forward to."""
    lines: dict[str, list[str]] = {name: [] for name in SECTIONS}
    lines["Breaking"] += [f"{text}." for text in python]
    docs = 0
    for group in grouped(findings):
        section = _section(group.finding, audience)
        if section == "Documentation":
            docs += 1
        elif section:
            lines[section].append(_line(group, audience, section))
    if docs:
        lines["Changed"].append(f"Documentation of the API in {docs} place{'s' if docs > 1 else ''}.")
    return {name: list(dict.fromkeys(found)) for name, found in lines.items() if found}


def _section(finding: Finding, audience: Audience) -> str | None:
    """Where a finding belongs; None for what nobody meets who calls helpers, such as a schema that was added."""
    if audience.generated_only(finding):
        return "Generated names"
    if audience.level(finding) == "breaking":
        return "Breaking"
    if "deprecat" in finding.code:
        return "Deprecated"
    if finding.level == "docs-only":
        return "Documentation"
    if not finding.operation and finding.level == "additive":
        return None
    return "Added" if finding.code.endswith("-added") else "Removed" if finding.code.endswith("-removed") else "Changed"


def _line(group: Group, audience: Audience, section: str) -> str:
    """One cause as a user meets it: `client.images.generate(seed=...)`, the other places, what changed, what to do."""
    helpers = audience.helpers

    def rank(name: str) -> tuple[bool, bool, int]:
        return name not in helpers, helpers.get(name) != FIRST, len(helpers.get(name, name))

    names = [in_python(name, helpers, audience.tags) for name in sorted(group.operations, key=rank)]
    text = group.text.rstrip(".").replace("`body.", "`")
    if section == "Breaking" and (told := advice(group.finding)):
        text += f". {told[0].rstrip('.')}"
    if not names:
        return f"{text}."
    keyword = as_keyword(group.finding)
    first = f"`{names[0]}({keyword})`" if keyword else f"`{names[0]}`"
    also = f" (also {', '.join(f'`{name}`' for name in names[1:])})" if names[1:] else ""
    return f"{first}{also}: {text}."


def in_python(operation: str, helpers: Mapping[str, str], tags: Mapping[str, str]) -> str:
    """An operation as a user writes it: its helper, or the generated module it is called through."""
    if operation in helpers:
        return helpers[operation]
    return f"recraft_api.api.{module_of(tags[operation], operation)}" if operation in tags else operation


def as_keyword(finding: Finding) -> str | None:
    """The keyword that a request finding is about, as a user writes it; None where it is none."""
    if found := re.match(r"body\.([^.\[|]+)(?:\[\]|\|\d+)*((?:\..*)?)$", finding.place):
        return f"{found.group(1)}={{...}}" if found.group(2) else f"{found.group(1)}=..."
    if found := re.match(r"\?(\w+)", finding.place):
        return f"{found.group(1)}=..."
    return None
