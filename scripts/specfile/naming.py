"""The names the generator makes of names in the document, by the generator's own rules."""

from __future__ import annotations

from typing import Final

_PREFIX: Final = "field_"  # the generator's default for names that are no identifiers


def module_name(name: str, prefix: str = _PREFIX) -> str:
    """The Python identifier the generator makes of an operationId, a schema, a property or (prefix "tag") a tag."""
    from openapi_python_client.strings import PythonIdentifier  # 0.5 s to import, so only where names are compared

    return str(PythonIdentifier(name, prefix))


def class_name(name: str) -> str:
    """The class name the generator makes of a schema's name or title."""
    from openapi_python_client.strings import ClassName

    return str(ClassName(name, _PREFIX))


def makes_class(schema: object) -> bool:
    """Whether the generator writes a class or an enum alias for a schema, so its name or title is part of the SDK."""
    if not isinstance(schema, dict) or "$ref" in schema:
        return False
    kinds = schema.get("type")
    return bool(
        kinds == "object"
        or (isinstance(kinds, list) and "object" in kinds)
        or schema.get("enum")
        or (kinds is None and (schema.get("properties") or len(schema.get("allOf") or ()) > 1))
    )


def module_of(tag: str, operation: str) -> str:
    """Where the generator puts an operation, below `recraft_api.api`."""
    return f"{module_name(tag, 'tag')}.{module_name(operation)}"
