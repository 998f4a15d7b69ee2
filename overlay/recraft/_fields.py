"""Fields of the generated models of answers, whatever the service left out, added or wrote in its own way."""

from __future__ import annotations

import functools
from typing import Any
from uuid import UUID

from ._repair import is_number
from .errors import UnexpectedResponse


@functools.cache
def _unset() -> object:
    from recraft_api.types import UNSET  # late: it brings httpx with it, which results do without

    return UNSET


def get(model: Any, name: str) -> Any:
    """A field of a generated model, None when it was absent; also one that only the service knows of yet."""
    unset = _unset()
    value = getattr(model, name, unset)
    return model.additional_properties.get(name.removesuffix("_")) if value is unset else value


def items(model: Any, name: str) -> list[Any]:
    items = get(model, name)
    if items is None:
        raise UnexpectedResponse(f"the answer holds no `{name}`")
    if not isinstance(items, list):
        raise UnexpectedResponse(f"`{name}` of the answer is {type(items).__name__}, expected a list")
    return items


def text(model: Any, name: str) -> str | None:
    value = get(model, name)
    if value is not None and not isinstance(value, str):
        raise UnexpectedResponse(f"`{name}` of the answer is {type(value).__name__}, expected a string")
    return value


def number(model: Any, name: str) -> float | None:
    value = get(model, name)
    if value is None:
        return None
    if not is_number(value):
        raise UnexpectedResponse(
            f"`{name.removesuffix('_')}` of the answer is {type(value).__name__}, expected a finite number"
        )
    number: float = value
    return number


# A field, None also when it has a wrong type: nothing that stands beside paid images is worth losing them.


def identifier(model: Any, name: str) -> UUID | None:
    return value if isinstance(value := get(model, name), UUID) else None


def text_if_any(model: Any, name: str) -> str | None:
    return value if isinstance(value := get(model, name), str) else None


def number_if_any(model: Any, name: str) -> float | None:
    return value if is_number(value := get(model, name)) else None


def flag_if_any(model: Any, name: str) -> bool | None:
    return value if isinstance(value := get(model, name), bool) else None
