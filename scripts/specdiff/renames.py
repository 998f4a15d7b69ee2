"""Tell a property that has another name from one that went and another one that came."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import Final

from specdiff.comparison import Comparison
from specdiff.document import Document
from specdiff.flat import Flat, Parts

#: How alike two names must be, from 0 to 1, where no word of them is the same.
ALIKE: Final = 0.6


def renames(c: Comparison, a: Flat, b: Flat) -> dict[str, str]:
    """New names by old ones: of the same type and as required, and each the most alike of all that came and went."""
    gone = {n: _content(c.old, parts, n in a.required) for n, parts in a.properties.items() if n not in b.properties}
    fresh = {n: _content(c.new, parts, n in b.required) for n, parts in b.properties.items() if n not in a.properties}
    pairs = [(old, new) for old in gone for new in fresh if gone[old] == fresh[new] and _alikeness(old, new) > 0]
    pairs.sort(key=lambda pair: (-_alikeness(*pair), pair))
    found: dict[str, str] = {}
    for old, new in pairs:
        if old not in found and new not in found.values():
            found[old] = new
    return found


def _content(document: Document, parts: Parts, required: bool) -> str:
    return json.dumps([required, *(document.expanded(part.value) for part in parts)], sort_keys=True)


def _alikeness(old: str, new: str) -> float:
    words, others = (set(re.findall(r"[a-z]+|[A-Z][a-z]*|\d+", name)) for name in (old, new))
    shared = len({word.lower() for word in words} & {word.lower() for word in others})
    alike = SequenceMatcher(None, old.lower(), new.lower()).ratio()
    return shared + alike if shared or alike >= ALIKE else 0
