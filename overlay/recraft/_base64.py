"""Base64 of an answer, kept as the bytes it stands for: the text is a third larger, and few callers want it."""

from __future__ import annotations

import binascii
from types import MemberDescriptorType
from typing import Any

from ._spool import Spooled, whole


class Encoded:
    """Bytes that came as base64. `text` is what came, made anew when somebody asks for it, and kept unless the bytes
    are on a disk.
    """

    __slots__ = ("_text", "kept")

    def __init__(self, kept: bytes | Spooled) -> None:
        self.kept = kept
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is not None:
            return self._text
        text = binascii.b2a_base64(whole(self.kept), newline=False).decode("ascii")
        if not isinstance(self.kept, Spooled):
            self._text = text
        return text


class Lazy:
    """An attribute that is text or bytes to everybody, also where its slot has an Encoded or a Spooled in it."""

    def __init__(self, slot: MemberDescriptorType) -> None:
        self._slot = slot
        self.__doc__ = slot.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        value = self._slot.__get__(instance, owner)
        if isinstance(value, Encoded):
            return value.text
        return value.read() if isinstance(value, Spooled) else value

    def __set__(self, instance: Any, value: Any) -> None:
        self._slot.__set__(instance, value)

    def kept(self, instance: Any) -> Any:
        """What is in the slot."""
        return self._slot.__get__(instance)


def make_lazy(kind: Any, name: str) -> bool:
    """Let an attribute of a class hold such a thing too. Whether that could be done: it takes a slot."""
    slot = kind.__dict__.get(name)
    if isinstance(slot, MemberDescriptorType):
        setattr(kind, name, Lazy(slot))
    return isinstance(kind.__dict__.get(name), Lazy)


def kept(instance: Any, name: str) -> Any:
    """The value of an attribute: an Encoded or a Spooled where there is one, and nothing made of it."""
    attribute = type(instance).__dict__.get(name)
    return attribute.kept(instance) if isinstance(attribute, Lazy) else getattr(instance, name, None)
