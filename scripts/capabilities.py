"""The capabilities of the specification: what each is for (`x-capabilities`), and what it has (`x-capability`)."""

from __future__ import annotations

from facts import FactError
from schemas import Schema, operations


def known(specification: Schema) -> dict[str, str]:
    """Every capability with what it is for. Raises FactError for one without an operation."""
    found: dict[str, str] = specification.get("x-capabilities", {})
    used = {name for _, _, operation in operations(specification) for name in of(specification, operation)}
    if unused := [name for name in found if name not in used]:
        raise FactError(f"x-capabilities has {unused[0]}, and no operation has it in its x-capability.")
    return found


def of(specification: Schema, operation: Schema) -> list[str]:
    """The capabilities of an operation. Raises FactError for one that is not in `x-capabilities`."""
    named: list[str] = operation.get("x-capability", [])
    declared = specification.get("x-capabilities", {})
    if unknown := [name for name in named if name not in declared]:
        raise FactError(
            f"{operation['operationId']}: x-capability names {unknown[0]!r}; expected one of {', '.join(declared)}."
        )
    return named


def unnamed(specification: Schema) -> list[str]:
    """A sentence for each operation that belongs to no capability."""
    return [
        f"{operation['operationId']} belongs to no capability, and agents have it in none: name one in "
        "spec/overlays/60-capabilities.yaml"
        for _, _, operation in operations(specification)
        if specification.get("x-capabilities") and not operation.get("x-capability")
    ]
