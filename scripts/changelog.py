"""The changelog and the version: everything since the last release is one entry, whoever wrote it and however often."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from specfile import printable

Part = Literal["major", "minor", "patch", "none"]
PARTS: tuple[Part, ...] = ("major", "minor", "patch", "none")
SECTIONS = ("Breaking", "Added", "Changed", "Deprecated", "Removed", "Generated names")
_DOCUMENTATION = re.compile(r"- Documentation of the API in \d+ places?\.\n?")


def worse(*parts: Part) -> Part:
    """The part that says most."""
    return min(parts, key=PARTS.index)


def next_version(released: str, part: Part) -> str:
    """`released` with one part raised, the way semver.org means it: a break raises the first number, also from 0."""
    major, minor, patch = _numbers(released)
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch + 1}",
        "none": released,
    }[part]


def part_between(released: str, current: str) -> Part:
    """Which part was raised since a release; "none" where the version did not grow."""
    old, new = _numbers(released), _numbers(current)
    if new <= old:
        return "none"
    return PARTS[next(index for index in range(3) if new[index] != old[index])]


def part_of_unreleased(changelog: str, released: str) -> Part:
    """What the entries since a release say by their sections: a break, something new, or less."""
    headings = re.findall(r"^### (.+)$", "".join(since(changelog, released)[1]), re.M)
    if "Breaking" in headings:
        return "major"
    return "minor" if {"Added", "Deprecated"} & set(headings) else "patch" if headings else "none"


def entry(version: str, when: date, intro: str, found: Mapping[str, Sequence[str]]) -> str:
    """One release in the changelog."""
    sections = {name: "".join(f"- {line}\n" for line in lines) for name, lines in found.items()}
    return _entry(version, when, intro, sections)


def fold(
    changelog: str, version: str, when: date, intro: str, found: Mapping[str, Sequence[str]], released: str
) -> str:
    """The changelog with one entry for everything since a release: what stands there already, and what was found."""
    head, entries, rest = since(changelog, released)
    sections: dict[str, str] = {}
    for text in entries:
        for part in re.split(r"^### ", text, flags=re.M)[1:]:
            name, _, body = part.partition("\n")
            sections[name] = sections.get(name, "") + body.strip("\n") + "\n"
    if found:
        sections["Changed"] = _DOCUMENTATION.sub("", sections.get("Changed", ""))
    for name, lines in found.items():
        known = sections.get(name, "")
        sections[name] = known + "".join(f"- {line}\n" for line in lines if f"- {line}\n" not in known)
    order = [name for name in SECTIONS if sections.get(name)]
    order += [name for name in sections if name not in order and sections[name]]
    return head + _entry(version, when, intro, {name: sections[name] for name in order}) + (f"\n{rest}" if rest else "")


def _entry(version: str, when: date, intro: str, sections: Mapping[str, str]) -> str:
    parts = [f"## {version} - {when.isoformat()}\n", *([f"{intro}\n"] if intro else [])]
    parts += [f"### {name}\n\n{body}" for name, body in sections.items()]
    return printable("\n".join(parts))


def since(changelog: str, released: str) -> tuple[str, list[str], str]:
    """What stands above all entries, the entries since a release, and the entries up to it."""
    head, *entries = re.split(r"(?=^## )", changelog, flags=re.M)
    numbers = _numbers(released)
    for index, text in enumerate(entries):
        version = re.match(r"## (\d+\.\d+\.\d+)", text)
        if version and _numbers(version.group(1)) <= numbers:
            return head, entries[:index], "".join(entries[index:])
    return head if entries else f"{head.rstrip()}\n\n", entries, ""


def _numbers(version: str) -> tuple[int, int, int]:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise ValueError(f"the version {version!r} is not MAJOR.MINOR.PATCH")
    major, minor, patch = map(int, version.split("."))
    return major, minor, patch
