"""Compare oneOf and anyOf: which alternatives came, went, or changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from specdiff.comparison import Comparison, Spot
from specdiff.document import DOCS, Document, Located, Pointer
from specdiff.findings import Level
from specdiff.flat import Flat, Parts, flatten

Compare = Callable[[Comparison, Spot, Parts, Parts], None]


def compare_unions(c: Comparison, spot: Spot, a: Flat, b: Flat, old: Parts, new: Parts, compare: Compare) -> bool:
    """Report changed alternatives. Returns whether the keywords beside the union are still to be compared."""
    if not a.unions and not b.unions:
        return True
    if len(a.unions) <= 1 and len(b.unions) <= 1:
        if a.unions and b.unions:
            (old_branches,), (new_branches,) = a.unions.values(), b.unions.values()
            _branches(c, spot, old_branches, new_branches, b.at, compare)
            _ambiguity(c, spot, old_branches, new_branches, b, compare)
            return True
        # A plain schema is a union of itself alone, if nothing beside the union says more.
        if a.unions and _only_union(a):
            (old_branches,) = a.unions.values()
            _branches(c, spot, old_branches, [_bare(new)], b.at, compare)
            return False
        if b.unions and _only_union(b):
            (new_branches,) = b.unions.values()
            _branches(c, spot, [_bare(old)], new_branches, b.at, compare)
            _ambiguity(c, spot, [_bare(old)], new_branches, b, compare)
            return False
    elif a.unions.keys() == b.unions.keys():
        for key in a.unions:
            _branches(c, spot, a.unions[key], b.unions[key], b.place(key), compare)
            _ambiguity(c, spot, a.unions[key], b.unions[key], b, compare)
        return True
    text = f"`{spot.place}` combines oneOf or anyOf with other keywords in a new way: a person must look."
    c.report(spot, "unclassified", "unclassified-change", text, b.at)
    c.old.mark(a.at)
    c.new.mark(b.at)
    return False


def _bare(parts: Parts) -> Parts:
    """A plain schema as an alternative: its default, deprecation and texts are compared beside the union, not twice."""
    outside = DOCS | {"default", "deprecated"}
    return tuple(
        Located({key: value for key, value in part.value.items() if key not in outside}, part.at)
        if isinstance(part.value, dict)
        else part
        for part in parts
    )


def _only_union(flat: Flat) -> bool:
    return not (flat.types or flat.enum or flat.bounds or flat.properties or flat.items or flat.required)


def _branches(c: Comparison, spot: Spot, old: list[Parts], new: list[Parts], at: Pointer, compare: Compare) -> None:
    pairs = list(_pairs(c, old, new))
    for i, j in pairs:
        compare(c, spot.below(f"|{j}") if len(new) > 1 else spot, old[i], new[j])
    taken_old, taken_new = {i for i, _ in pairs}, {j for _, j in pairs}
    for i in sorted(set(range(len(old))) - taken_old):
        _report(c, spot, old[i][0], c.old, added=False)
    for j in sorted(set(range(len(new))) - taken_new):
        _report(c, spot, new[j][0], c.new, added=True)


def _ambiguity(c: Comparison, spot: Spot, old: list[Parts], new: list[Parts], b: Flat, compare: Compare) -> None:
    """What was taken must fit exactly one alternative of a `oneOf`: fitting two is refused like fitting none."""
    if spot.side == "response" or "oneOf" not in b.unions or c.trial:
        return
    for before in old:
        fitting = [after for after in new if _takes_all(c, before, after, compare)]
        earlier = [other for other in old if other is not before and _takes_all(c, before, other, compare, old=True)]
        if len(fitting) > 1 + len(earlier):
            text = f"{spot.side.title()} `{spot.place}`: what was taken fits more than one alternative of a oneOf."
            c.report(spot, "breaking", f"{spot.side}-union-ambiguous", text, b.place("oneOf"))
            return


def _takes_all(c: Comparison, before: Parts, after: Parts, compare: Compare, *, old: bool = False) -> bool:
    """Whether one schema takes every value that the other one took, both of the old document or one of each."""
    trial = Comparison(c.old, c.old if old else c.new, trial=True)
    compare(trial, Spot("request"), before, after)
    unlisted = ("request-property-removed", "request-property-renamed")  # a schema takes those, unless it is closed
    return all(f.level not in ("breaking", "unclassified") or f.code in unlisted for f in trial.findings)


def _report(c: Comparison, spot: Spot, branch: Located, document: Document, *, added: bool) -> None:
    document.mark(branch.at)
    level: Level = "additive" if added == (spot.side != "response") else "breaking"
    word = "added" if added else "removed"
    text = f"{spot.side.title()} `{spot.place}`: an alternative was {word}."
    c.report(spot, level, f"{spot.side}-union-branch-{word}", text, branch.at, new=branch.value if added else None)


def _pairs(c: Comparison, old: list[Parts], new: list[Parts]) -> Iterator[tuple[int, int]]:
    """Match alternatives: the same content first, then the same component, then the same types. Order means nothing."""
    keys: list[tuple[list[str], list[str]]] = [
        ([_content(c.old, p) for p in old], [_content(c.new, p) for p in new]),
        ([_component(c.old, p) for p in old], [_component(c.new, p) for p in new]),
        ([_types(c.old, p) for p in old], [_types(c.new, p) for p in new]),
    ]
    free_old, free_new = list(range(len(old))), list(range(len(new)))
    for before, after in keys:
        for i in list(free_old):
            match = next((j for j in free_new if before[i] and before[i] == after[j]), None)
            if match is not None:
                free_old.remove(i)
                free_new.remove(match)
                yield i, match


def _content(document: Document, parts: Parts) -> str:
    return json.dumps([document.expanded(part.value) for part in parts], sort_keys=True)


def _component(document: Document, parts: Parts) -> str:
    at = flatten(document, parts).identity.at
    return str(at) if len(at) == 3 else ""


def _types(document: Document, parts: Parts) -> str:
    types = flatten(document, parts).types
    return str(sorted(types)) if types is not None else ""
