"""What a caller may pass where the specification says less, for the option types in `recraft_api.options`.

Copied next to the generated code as it stands. The types are wider than the wire on purpose: `recraft` turns what it is
given into what the specification asks for, and says so when it cannot.
"""

from __future__ import annotations

import os
from typing import IO, Any, Protocol, TypeAlias
from uuid import UUID


class PillowImage(Protocol):
    """A `PIL.Image.Image`."""

    @property
    def size(self) -> tuple[int, int]: ...
    def save(self, fp: Any, format: str | None = ..., **params: Any) -> None: ...


class ArrayImage(Protocol):
    """A numpy array of uint8, H x W (grey), H x W x 3 (RGB) or H x W x 4 (RGBA)."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def dtype(self) -> Any: ...
    def tobytes(self) -> bytes: ...


class HasId(Protocol):
    """Anything with an `id`, such as the style that `styles.create` returned."""

    @property
    def id(self) -> UUID | str: ...


#: A path, the bytes themselves, an open binary file, a PIL image, a numpy array, or an http(s) or data URL.
ImageInput: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | IO[bytes] | PillowImage | ArrayImage

#: `"16:9"`, `"1024x1024"`, or `(width, height)` in pixels.
SizeLike: TypeAlias = str | tuple[int, int]

#: A UUID, its text, or a style object.
StyleLike: TypeAlias = str | UUID | HasId
