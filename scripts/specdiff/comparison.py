"""What every comparer needs: the two documents, where in an operation it stands, and a place to report to."""

from __future__ import annotations

from typing import Any, Final, Literal

from attrs import define, evolve, field, frozen

from specdiff.document import DOCS, Document, Located, Pointer, changed_schemas, holder
from specdiff.findings import Finding, Level, show
from specfile import located, mapping, pointer

#: Who writes the value decides which direction of a change breaks. A schema that no operation uses has no wire.
Side = Literal["request", "response", "schema"]
Pair = tuple[Pointer, Pointer]
#: Every extension that somebody here reads, and what a change of it means. Two change what is sent; the others show in
#: the keywords of helpers, which are compared by themselves. Any other extension is for readers.
EXTENSIONS: Final[dict[str, Level]] = {
    "x-always-send": "unclassified",
    "x-same-as": "unclassified",
    **dict.fromkeys(("x-argument", "x-facts", "x-image", "x-models", "x-role", "x-spread"), "additive"),
    **dict.fromkeys(("x-capabilities", "x-capability", "x-carrier"), "additive"),
}


_DEPRECATED_VALUES: Final = "x-deprecated-enum-values"


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
    #: Whether it only tries out what the findings would be.
    trial: bool = False
    #: Component schemas that were compared with their namesakes, under whatever operation.
    paired: set[str] = field(factory=set)
    #: Component schemas that can make a difference; comparing the others would find nothing, at length.
    changed: set[str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        # In a trial a reference of one place meets another one, so no schema may pass for unchanged.
        schemas = self.old.component("schemas").keys() | self.new.component("schemas").keys()
        self.changed = set(schemas) if self.trial else changed_schemas(self.old, self.new)

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
        if key == _DEPRECATED_VALUES:
            self._deprecated_values(spot, old.value or [], new.value or [], at)
        elif key.startswith("x-"):
            self.extension(spot, at)
        elif key in DOCS:
            # A text in a shared schema is one text, however many operations reach it.
            where = Spot() if holder(at) else spot
            name = f"`{spot.place}`" if spot.place and not holder(at) else f"{pointer(at[:-1]) or 'the document'}"
            self.report(where, "docs-only", f"{key.lower()}-changed", f"The {key} of {name} changed.", at)
        elif self.old.expanded(old.value) != self.new.expanded(new.value):
            text = f"`{key}` at {pointer(at[:-1]) or 'the top'} changed, which no rule judges: a person must look."
            self.report(spot, "unclassified", "unclassified-change", text, at, old.value, new.value)

    def extension(self, spot: Spot, at: Pointer) -> None:
        """Report an extension that changed."""
        if at[-1] == _DEPRECATED_VALUES:  # of no place that was compared, such as one beside a `$ref`
            old, new = (_found(document.root, at) or [] for document in (self.old, self.new))
            return self._deprecated_values(evolve(spot, place=pointer(at[:-1])), old, new, at)
        where, level = (Spot() if holder(at) else spot), EXTENSIONS.get(str(at[-1]), "docs-only")
        if level == "docs-only":
            text = f"The extension {at[-1]} at {pointer(at[:-1]) or 'the top'} changed, which nothing here reads."
            self.report(where, level, "extension-changed", text, at)
        elif level == "additive":
            text = f"What {at[-1]} tells the helpers at {pointer(at[:-1]) or 'the top'} changed."
            self.report(where, level, "fact-changed", text, at)
        else:
            text = f"{at[-1]} at {pointer(at[:-1])} changed what the helpers send: a person must look."
            self.report(where, level, "unclassified-change", text, at)
        return None

    def _deprecated_values(self, spot: Spot, old: list[Any], new: list[Any], at: Pointer) -> None:
        before, after = list(map(show, old)), list(map(show, new))
        changed = [("deprecated", v) for v in after if v not in before]
        changed += [("undeprecated", v) for v in before if v not in after]
        for word, value in changed:
            text = f"{spot.side.title()} `{spot.place}`: the value `{value}` is now {word}."
            self.report(spot, "additive", f"{spot.side}-enum-value-{word}", text, at, new=value)


def _found(root: Any, at: Pointer) -> Any:
    """What stands at a place, None where it is not there."""
    try:
        return located(root, f"#{pointer(at)}")
    except LookupError:
        return None
