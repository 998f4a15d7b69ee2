"""From findings to what people read: changelog lines in the words of the Python package, and the next version."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from specdiff import Finding, Group, grouped
from specfile.naming import module_of

Part = Literal["major", "minor", "patch", "none"]
PARTS: tuple[Part, ...] = ("major", "minor", "patch", "none")

#: What a verdict over the specification means for the version. "unclassified" has none: a person has to say.
PART_OF: Mapping[str, Part] = {
    "breaking": "major",
    "sdk-breaking": "major",
    "additive": "minor",
    "docs-only": "patch",
    "identical": "none",
}

SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Breaking")


def worse(one: Part, other: Part) -> Part:
    """The part that says more."""
    return min(one, other, key=PARTS.index)


def next_version(version: str, part: Part) -> str:
    """`version` with one part raised, the way semver.org means it: a break raises the first number, also from 0."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ValueError(f"the version {version!r} in pyproject.toml is not MAJOR.MINOR.PATCH")
    major, minor, patch = map(int, version.split("."))
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
        "none": version,
    }[part]


def sections(
    findings: Iterable[Finding], python: Sequence[str], helpers: Mapping[str, str], tags: Mapping[str, str]
) -> dict[str, list[str]]:
    """Lines by section, one for each finding a user can act on.

    `tags` gives the module group of operations without a helper.
    """
    lines: dict[str, list[str]] = {name: [] for name in SECTIONS}
    docs = 0
    for group in grouped(findings):
        if group.finding.level == "docs-only" and "deprecat" not in group.finding.code:
            docs += 1
            continue
        lines[_section(group.finding)].append(_line(group, helpers, tags))
    if docs:
        lines["Changed"].append(f"Documentation of the API in {docs} place{'s' if docs > 1 else ''}.")
    lines["Breaking"] += [f"Python: {text}" for text in python]
    return {name: list(dict.fromkeys(found)) for name, found in lines.items() if found}


def entry(version: str, when: date, found: Mapping[str, Sequence[str]]) -> str:
    """One release in the changelog."""
    parts = [f"## {version} - {when.isoformat()}\n"]
    parts += [f"### {name}\n\n" + "".join(f"- {line}\n" for line in lines) for name, lines in found.items()]
    return "\n".join(parts)


def insert(changelog: str, text: str) -> str:
    """The changelog with a new release above the others. What stood under "Unreleased" is in the checkout that the
    release is made of, so it goes into the release, section by section, and no such heading is left.
    """
    start = re.search(r"^## ", changelog, re.M)
    if start is None:
        return f"{changelog.rstrip()}\n\n{text}"
    before, rest = changelog[: start.start()], changelog[start.start() :]
    heading, *parts = re.split(r"(?=^##+ )", rest, flags=re.M)[1:]
    if heading.strip() == "## Unreleased":
        waiting = list(itertools.takewhile(lambda part: part.startswith("### "), parts))
        text, rest = _merged(text, waiting), "".join(parts[len(waiting) :])
    return f"{before}{text}\n{rest}".rstrip() + "\n"


def _merged(text: str, waiting: Sequence[str]) -> str:
    """A release with the lines of `waiting`, sections of their own, above its lines of the same section."""
    heading, *own = re.split(r"(?=^### )", text, flags=re.M)
    lines: dict[str, str] = {}
    for part in (*waiting, *own):
        name, _, body = part.partition("\n")
        lines[name] = lines.get(name, "") + body.strip("\n") + "\n"
    return "\n".join([heading.strip() + "\n", *(f"{name}\n\n{body}" for name, body in lines.items())])


def _section(finding: Finding) -> str:
    if finding.level in ("breaking", "sdk-breaking"):
        return "Breaking"
    if "deprecat" in finding.code:
        return "Deprecated"
    if finding.code.endswith("-added"):
        return "Added"
    return "Removed" if finding.code.endswith("-removed") else "Changed"


def _line(group: Group, helpers: Mapping[str, str], tags: Mapping[str, str]) -> str:
    """One finding as a user meets it: `client.images.generate(tileable=...)`, the other places it is in, and what
    changed.
    """
    # Helpers before what has none, plain names before their variants.
    names = [
        in_python(name, helpers, tags)
        for name in sorted(group.operations, key=lambda name: (name not in helpers, len(helpers.get(name, name))))
    ]
    text = group.finding.text.rstrip(".").replace("`body.", "`")
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
    if found := re.match(r"body\.([^.\[]+)(?:\[\])?((?:\..*)?)$", finding.place):
        return f"{found.group(1)}={{...}}" if found.group(2) else f"{found.group(1)}=..."
    if found := re.match(r"\?(\w+)", finding.place):
        return f"{found.group(1)}=..."
    return None
