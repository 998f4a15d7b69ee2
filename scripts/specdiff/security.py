"""Compare what a caller must present: the alternatives of each operation, and the schemes they name."""

from __future__ import annotations

from typing import Any, Final

from specdiff.comparison import Comparison, Spot
from specdiff.document import Document, Located, Pointer
from specdiff.findings import Level
from specfile import mapping

#: What a scheme puts on the wire. `bearerFormat` is a hint for readers, by the specification's own words.
_WIRE: Final = ("type", "scheme", "in", "name", "openIdConnectUrl")
_DOCS: Final = ("bearerFormat",)


def compare_security(c: Comparison, spot: Spot, old: Located, new: Located) -> None:
    """Report an operation whose callers need more than before, or get by with less."""
    before, after = _alternatives(c.old, old.value), _alternatives(c.new, new.value)
    c.old.mark((*old.at, "security"))
    c.new.mark((*new.at, "security"))
    # What the whole document asks for is one cause, however many operations it reaches.
    own = "security" in old.value or "security" in new.value
    at: Pointer = (*new.at, "security") if own else ("security",)
    renamed = renamed_schemes(c)
    before = [{renamed.get(name, name): scopes for name, scopes in alternative.items()} for alternative in before]
    if _as_set(before) == _as_set(after):
        return
    if all(any(_satisfies(mine, theirs) for theirs in after) for mine in before):
        text = "The operation takes another kind of authentication, or none, as well."
        c.report(spot, "additive", "security-relaxed", text, at, before, after)
    else:
        text = "The operation no longer takes an authentication that it took before."
        c.report(spot, "breaking", "security-tightened", text, at, before, after)


def compare_schemes(c: Comparison) -> None:
    """Report changed, added and removed security schemes."""
    base = Located({}, ("components", "securitySchemes"))
    before, after = (
        {
            name: document.resolve(Located(value, (*base.at, name)))
            for name, value in document.component("securitySchemes").items()
        }
        for document in (c.old, c.new)
    )
    renamed = renamed_schemes(c)
    for name, old in before.items():
        new = after.get(renamed.get(name, name))
        if new is None:
            c.old.mark(old.at)
            c.report(
                Spot(),
                "docs-only",
                "security-scheme-removed",
                f"The security scheme {name} was removed.",
                old.at,
                old=name,
            )
            continue
        for key in (*_WIRE, *_DOCS):
            c.old.mark((*old.at, key))
            c.new.mark((*new.at, key))
            if old.value.get(key) != new.value.get(key):
                level: Level = "breaking" if key in _WIRE else "docs-only"
                text = f"The {key} of the security scheme {name} changed."
                values = old.value.get(key), new.value.get(key)
                c.report(Spot("request"), level, "security-scheme-changed", text, (*new.at, key), *values)
        c.rest(Spot(), old, new, frozenset((*_WIRE, *_DOCS)))
    for name in after.keys() - before.keys() - set(renamed.values()):
        c.new.mark(after[name].at)
        text = f"The security scheme {name} was added."
        c.report(Spot(), "additive", "security-scheme-added", text, after[name].at, new=name)


def renamed_schemes(c: Comparison) -> dict[str, str]:
    """Schemes whose name alone changed; the name never reaches the wire."""
    before, after = c.old.component("securitySchemes"), c.new.component("securitySchemes")
    gone, fresh = [n for n in before if n not in after], [n for n in after if n not in before]
    return {old: new for old in gone for new in fresh if c.old.expanded(before[old]) == c.new.expanded(after[new])}


def _alternatives(document: Document, operation: Any) -> list[dict[str, Any]]:
    own = mapping(operation).get("security")
    # No requirement at all and an empty list both mean that nothing is asked for.
    return list(own if own is not None else document.root.get("security") or []) or [{}]


def _satisfies(offered: dict[str, Any], asked: dict[str, Any]) -> bool:
    """Whether a caller who presents the one also meets the other."""
    return all(name in offered and set(scopes or ()) <= set(offered[name] or ()) for name, scopes in asked.items())


def _as_set(alternatives: list[dict[str, Any]]) -> set[frozenset[tuple[str, frozenset[str]]]]:
    return {frozenset((name, frozenset(scopes or ())) for name, scopes in one.items()) for one in alternatives}
