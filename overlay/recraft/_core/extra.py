"""`extra={...}`: what a caller sends that this version does not know.

Names are checked, so that nothing replaces what was checked; values go out as they are, if they can be written at all.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..errors import InputError, reason, shown
from ..inputs import Upload, upload
from .values import to_wire

_OBJECT = {"type": "object"}


class Extra(NamedTuple):
    """Values as plain JSON data, and images as they were given, by the names they are sent under."""

    values: dict[str, Any]
    images: dict[str, Any]

    def query(self, operation: str) -> Iterator[tuple[str, str]]:
        """The values as query parameters."""
        self.refuse_images(f"{operation} has no body, and a query parameter")
        for name, value in self.values.items():
            for item in _several(name, value, "a query parameter"):
                if isinstance(item, list | dict):
                    raise InputError(f"extra.{name} holds {shown(item)}, which a query parameter cannot carry.")
                yield name, item if isinstance(item, str) else json.dumps(item)

    def form(self) -> tuple[dict[str, Any], dict[str, Upload | list[Upload]]]:
        """Fields and files of a form."""
        for name, value in self.values.items():
            _several(name, value, "a form")
        files: dict[str, Upload | list[Upload]] = {}
        for name, image in self.images.items():
            field = f"extra.{name[:40]}"
            if isinstance(image, list | tuple):
                files[name] = [upload(each, f"{field}[{index}]") for index, each in enumerate(image)]
            else:
                files[name] = upload(image, field)
        return dict(self.values), files

    def refuse_images(self, carrier: str) -> None:
        for name, image in self.images.items():
            raise InputError(
                f"extra.{name} is an image ({type(image).__name__}); {carrier} holds no files. "
                "Pass its address or a data URL, as text."
            )


NOTHING = Extra({}, {})


def extra_of(given: Any, operation: str, facts: Mapping[str, Any]) -> Extra:
    """What was passed as `extra`, with every name and value checked."""
    if given is None:
        return NOTHING
    if not isinstance(given, Mapping):
        raise InputError(f'extra is {shown(given)}; expected a dict of fields by their names: {{"name": value}}.')
    images: dict[Any, Any] = {}
    others: dict[Any, Any] = {}
    try:
        for name, value in given.items():
            (images if _holds_images(value) else others)[name] = value
    except Exception as error:  # whatever a caller's own class raises
        raise InputError(f"extra cannot be read: {reason(error)}.") from None
    values = to_wire(others, _OBJECT, "extra")
    names = [*values, *to_wire(dict.fromkeys(images), _OBJECT, "extra")]
    for name in names:
        if not name.strip():
            raise InputError(f"a field in extra is named {name!r}; expected the name that the service has for it.")
        if keyword := _keyword(name, facts):
            raise InputError(
                f"extra holds {name!r}, which {operation} knows and checks: pass {keyword}=... instead. "
                "extra is for what this version does not know."
            )
    return Extra(values, images)


def _keyword(name: str, facts: Mapping[str, Any]) -> str | None:
    """How a helper calls what is sent under this name, None when it knows no such thing."""
    for body in facts["bodies"].values():
        if name in body["properties"]:
            name = body["copies"].get(name, name)
            arguments = {sent: argument for argument, sent in body["images"].items()} | body["arguments"]
            return str(arguments.get(name, name))
    for keyword, parameter in facts["parameters"].items():
        if name == parameter["name"]:
            return str(keyword)
    return name if name in facts["keywords"] and name != "extra" else None


def _holds_images(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_image(each) for each in value)
    return _is_image(value)


def _is_image(value: Any) -> bool:
    """Whether a value can be nothing but an image. Text may be anything, and an array may be numbers."""
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike):
        return True
    return callable(getattr(value, "read", None)) or (hasattr(value, "save") and hasattr(value, "mode"))


def _several(name: str, value: Any, carrier: str) -> list[Any]:
    """The parts that a value is sent in: of a list, each item."""
    items = value if isinstance(value, list) else [value]
    if not items or None in items:
        what = "an empty list" if not items else "None"
        raise InputError(f"extra.{name} is {shown(value)}: {carrier} cannot carry {what}. Leave it out.")
    return items
