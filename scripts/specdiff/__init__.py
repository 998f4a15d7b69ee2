"""Compare two revisions of an OpenAPI document and say what the difference means for callers of the SDK.

    findings = diff(load("old.yaml"), load("new.yaml"))
    print(render_text(findings, verdicts(findings)))

Both documents are read as what they mean: $refs followed, allOf merged. Nothing that differs goes unmentioned: what no
rule understands is reported as "unclassified" with its place, for a person to judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from specdiff.comparison import Comparison, Spot
from specdiff.document import Document, Located, Pointer, unexplained
from specdiff.findings import Finding, Group, Level, grouped, in_order, verdict, worst
from specdiff.operations import base_path, compare_operations
from specdiff.report import VERSION, Lines, render_markdown, render_text, to_json, verdicts_text
from specdiff.schemas import compare_schema
from specdiff.security import compare_schemes
from specfile import NAME_MAPS, class_name, mapping, pointer

__all__ = [
    "VERSION",
    "Finding",
    "Group",
    "Level",
    "Lines",
    "diff",
    "grouped",
    "render_markdown",
    "render_text",
    "to_json",
    "verdict",
    "verdicts",
    "verdicts_text",
    "worst",
]


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Finding]:
    """Compare two valid documents (see `specfile.validate`); neither is changed. Worst findings first."""
    if old == new and json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True):  # 1 == True in Python
        return []
    c = Comparison(Document(old), Document(new))
    _schema_names(c)
    _root(c)
    compare_schemes(c)
    moved = compare_operations(c)
    _servers(c, moved=moved)
    _unused_schemas(c)
    _other_components(c)
    _remainder(c)
    return in_order(c.findings)


def verdicts(findings: Iterable[Finding]) -> dict[str, Level]:
    """What two documents alone can tell: of the wire, and of those who import generated names."""
    found = list(findings)
    return {
        "wire": worst(finding.wire for finding in found),
        "generated names": worst(finding.names for finding in found),
    }


def _schema_names(c: Comparison) -> None:
    """Report component schemas that came, went, or only have another name."""
    before, after = c.old.component("schemas"), c.new.component("schemas")
    gone, fresh = [n for n in before if n not in after], [n for n in after if n not in before]
    contents = {n: json.dumps(c.new.expanded(after[n]), sort_keys=True) for n in fresh}
    for name in list(gone):
        content = json.dumps(c.old.expanded(before[name]), sort_keys=True)
        twin = next((n for n in fresh if contents[n] == content), None)
        if twin is not None:
            gone.remove(name)
            fresh.remove(twin)
            same = _class_of(name, before[name]) == _class_of(twin, after[twin])
            text = f"schema renamed {name} -> {twin}{'; the class keeps its name' if same else ''}"
            level: Level = "docs-only" if same else "sdk-breaking"
            c.report(Spot(), level, "schema-renamed", text, _schema_at(twin), name, twin)
            c.old.mark(_schema_at(name))
            c.new.mark(_schema_at(twin))
    for name in gone:
        c.old.mark(_schema_at(name))
        c.report(
            Spot(), "sdk-breaking", "schema-removed", f"The schema {name} was removed.", _schema_at(name), old=name
        )
    for name in fresh:
        c.new.mark(_schema_at(name))
        c.report(Spot(), "additive", "schema-added", f"The schema {name} was added.", _schema_at(name), new=name)


def _class_of(name: str, schema: Any) -> str:
    return class_name(str(mapping(schema).get("title") or name))


def _schema_at(name: str) -> Pointer:
    return ("components", "schemas", name)


def _root(c: Comparison) -> None:
    """What stands at the top and says nothing about requests: the version, the title, the descriptions of tags."""
    for key in ("openapi", "info", "tags", "jsonSchemaDialect"):
        before, after = c.old.root.get(key), c.new.root.get(key)
        c.old.mark((key,))
        c.new.mark((key,))
        if before != after and key != "jsonSchemaDialect":
            _documentation(c, key, before, after)
        elif before != after:
            text = "The JSON Schema dialect changed: a person must look."
            c.report(Spot(), "unclassified", "unclassified-change", text, (key,), before, after)
    c.old.mark(("security",))  # compared as it applies to each operation
    c.new.mark(("security",))


def _documentation(c: Comparison, key: str, before: Any, after: Any) -> None:
    versions = mapping(before).get("version"), mapping(after).get("version")
    if key == "info" and versions[0] != versions[1]:
        text = f"The version of the document is {versions[1]}, was {versions[0]}."
        c.report(Spot(), "docs-only", "version-changed", text, ("info", "version"), *versions)
        before, after = ({k: v for k, v in mapping(side).items() if k != "version"} for side in (before, after))
    if before != after:
        c.report(Spot(), "docs-only", f"{key}-changed", f"`{key}` changed.", (key,))


def _servers(c: Comparison, *, moved: bool) -> None:
    """The first server is where the SDK sends its requests; the others are places it could."""
    before, after = (document.root.get("servers") or [{"url": "/"}] for document in (c.old, c.new))
    c.old.mark(("servers",))
    c.new.mark(("servers",))
    urls, fresh = ([str(mapping(server).get("url")) for server in servers] for servers in (before, after))
    at: Pointer = ("servers",)
    first = urls[0], fresh[0]
    if moved:  # a part of the URL now stands in the paths, or the other way round, which is reported there
        first = urls[0].removesuffix(base_path(c.old)), fresh[0].removesuffix(base_path(c.new))
    if first[0].rstrip("/") != first[1].rstrip("/"):
        text = f"The server is {fresh[0]}, was {urls[0]}."
        c.report(Spot("request"), "breaking", "server-url-changed", text, (*at, 0, "url"), urls[0], fresh[0])
    others, more = ([url.rstrip("/") for url in side[1:]] for side in (urls, fresh))
    for url in [url for url in others if url not in [*more, fresh[0].rstrip("/")]]:
        text = f"The server {url}, which the SDK never used by itself, was removed."
        c.report(Spot("request"), "additive", "server-removed", text, at, old=url)
    for url in [url for url in more if url not in [*others, urls[0].rstrip("/")]]:
        c.report(Spot("request"), "additive", "server-added", f"The server {url} was added.", at, new=url)
    known = {str(mapping(server).get("url")): Located(server, ("servers", i)) for i, server in enumerate(before)}
    for index, server in enumerate(after):
        if (url := str(mapping(server).get("url"))) in known:
            c.rest(Spot(), known[url], Located(server, ("servers", index)), frozenset({"url"}))


def _unused_schemas(c: Comparison) -> None:
    """Schemas that no operation carries now as before still are generated classes that somebody may import."""
    after = c.new.component("schemas")
    for name, schema in c.old.component("schemas").items():
        if name in after and name not in c.paired and name in c.changed:
            at = _schema_at(name)
            compare_schema(c, Spot(place=name), (Located(schema, at),), (Located(after[name], at),))


def _other_components(c: Comparison) -> None:
    """Parameters, bodies, responses and so on matter where operations use them, and were compared there."""
    for kind in mapping(c.old.root.get("components")).keys() | mapping(c.new.root.get("components")).keys():
        before, after = c.old.component(kind), c.new.component(kind)
        if kind in ("schemas", "securitySchemes"):
            continue
        for name in before.keys() ^ after.keys():
            at: Pointer = ("components", kind, name)
            c.old.mark(at)
            c.new.mark(at)
            word = "added" if name in after else "removed"
            text = f"The component {pointer(at)} was {word}."
            c.report(Spot(), "additive" if name in after else "docs-only", f"component-{word}", text, at)


def _remainder(c: Comparison) -> None:
    """Whatever differs and was not compared above: the safety net under all the rules."""
    grouped_places: dict[tuple[Pointer, bool], str] = {}
    extensions: set[Pointer] = set()
    for at, side, docs in list(unexplained(c.old, c.new)):
        other = c.old.root if side == "new" else c.new.root
        grouped_places.setdefault((_first_missing(at, other), docs), side)
    for (at, docs), side in grouped_places.items():
        if extension := _extension(at):
            extensions.add(extension)
        elif docs:
            text = f"The {at[-1]} at {pointer(at[:-1]) or 'the top'} changed."
            c.report(Spot(), "docs-only", f"{str(at[-1]).lower()}-changed", text, at)
        else:
            text = f"{pointer(at)} changed ({side} document), which no rule judges: a person must look."
            c.report(Spot(), "unclassified", "unclassified-change", text, at)
    for at in sorted(extensions, key=str):
        c.extension(Spot(), at)


def _extension(at: Pointer) -> Pointer | None:
    """The extension that a place is in, unless `x-...` is only a name there."""
    for index, key in enumerate(at):
        if str(key).startswith("x-") and (index == 0 or at[index - 1] not in NAME_MAPS):
            return at[: index + 1]
    return None


def _first_missing(at: Pointer, root: Any) -> Pointer:
    """The shortest part of a place that the other document lacks, so that a new subtree is one finding."""
    node = root
    for length, key in enumerate(at, 1):
        if isinstance(node, dict) and key in node:
            node = node[str(key)]
        elif isinstance(node, list) and isinstance(key, int) and key < len(node):
            node = node[key]
        else:
            return at[:length]
    return at
