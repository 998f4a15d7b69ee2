"""What every comparer needs: the two documents, where in an operation it stands, and a place to report to."""

from __future__ import annotations

from typing import Literal

from attrs import define, evolve, field, frozen

from specdiff.document import DOCS, Document, Located, Pointer, changed_schemas, holder
from specdiff.findings import Finding, Level, show
from specfile import mapping, pointer

#: Who writes the value decides which direction of a change breaks. A schema that no operation uses has no wire.
Side = Literal["request", "response", "schema"]
Pair = tuple[Pointer, Pointer]


@frozen
class Spot:
    """Where in an operation the comparison stands, as a caller would name it."""

    side: Side = "schema"
    operation: str = ""
    method_path: str = ""
    place: str = ""
    #: The pairs of schemas being compared further up; meeting one again is recursion.
    stack: frozenset[Pair] = frozenset()

    def at(self, place: str) -> Spot:
        """The spot with another place in the same operation."""
        return evolve(self, place=place)

    def below(self, suffix: str) -> Spot:
        """A place inside this one."""
        return evolve(self, place=self.place + suffix)


@define
class Comparison:
    """Two documents and what was found so far."""

    old: Document
    new: Document
    findings: list[Finding] = field(factory=list)
    #: Component schemas that can make a difference; comparing the others would find nothing, at length.
    changed: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.changed = changed_schemas(self.old, self.new)

    def report(
        self, spot: Spot, level: Level, code: str, text: str, at: Pointer, old: object = None, new: object = None
    ) -> None:
        """Add a finding; `at` is its place in the file."""
        if spot.side == "schema" and level == "breaking" and holder(at):
            level = "sdk-breaking"  # no operation carries it, so only Python names can be missed
        self.findings.append(
            Finding(
                level=level,
                code=code,
                text=text,
                operation=spot.operation,
                method_path=spot.method_path,
                place=spot.place,
                old=show(old),
                new=show(new),
                schema=holder(at),
                pointer=pointer(at),
            )
        )

    def rest(self, spot: Spot, old: Located, new: Located, handled: frozenset[str]) -> None:
        """Compare the keywords of an object that no rule handles: documentation, and what a person must look at."""
        for key in dict.fromkeys([*mapping(old.value), *mapping(new.value)]):
            if key not in handled:
                self.word(spot, key, old.child(key), new.child(key))

    def word(self, spot: Spot, key: str, old: Located, new: Located) -> None:
        """Compare one keyword that no rule handles."""
        self.old.mark(old.at)
        self.new.mark(new.at)
        if old.value == new.value and "$ref" not in str(old.value):
            return
        at = new.at if new.value is not None else old.at
        if key in DOCS:
            # A text in a shared schema is one text, however many operations reach it.
            where = Spot() if holder(at) else spot
            name = f"`{spot.place}`" if spot.place and not holder(at) else f"{pointer(at[:-1]) or 'the document'}"
            self.report(where, "docs-only", f"{key.lower()}-changed", f"The {key} of {name} changed.", at)
        elif self.old.expanded(old.value) != self.new.expanded(new.value):
            text = f"`{key}` at {pointer(at[:-1]) or 'the top'} changed, which no rule judges: a person must look."
            self.report(spot, "unclassified", "unclassified-change", text, at, old.value, new.value)
