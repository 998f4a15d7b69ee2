"""Base64 of an answer, kept as the bytes it stands for: the text is a third larger, and few callers want it."""

from __future__ import annotations

import binascii
from types import MemberDescriptorType
from typing import Any


class Encoded:
    """Bytes that came as base64. `text` is what came, made anew when somebody asks for it."""

    __slots__ = ("_text", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = binascii.b2a_base64(self.data, newline=False).decode("ascii")
        return self._text


class Text:
    """An attribute that is text to everybody, also where its slot has an Encoded in it."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot
        self.__doc__ = slot.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = self._slot.__get__(instance, owner)
        return value.text if isinstance(value, Encoded) else value

    def __set__(self, instance: Any, value: Any) -> None:
        self._slot.__set__(instance, value)

    def kept(self, instance: Any) -> Any:
        """What is in the slot."""
        return self._slot.__get__(instance)


def make_text(kind: Any, name: str) -> bool:
    """Let an attribute of a class hold an Encoded too. Whether that could be done: it takes a slot."""
    slot = kind.__dict__.get(name)
    if isinstance(slot, MemberDescriptorType):
        setattr(kind, name, Text(slot))
    return isinstance(kind.__dict__.get(name), Text)


def kept(instance: Any, name: str) -> Any:
    """The value of an attribute: an Encoded where there is one, and no text made of it."""
    attribute = type(instance).__dict__.get(name)
    return attribute.kept(instance) if isinstance(attribute, Text) else getattr(instance, name, None)
