"""Contains some shared types for properties"""

import json
from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from typing import IO, Any, BinaryIO, Generic, Literal, TypeAlias, TypeVar

from attrs import define
from attrs import field as _field

from .inputs import ImageInput


class Unset:
    def __bool__(self) -> Literal[False]:
        return False

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()

# The types that `httpx.Client(files=)` can accept, copied from that library.
FileContent = IO[bytes] | bytes | str
FileTypes = (
    # (filename, file (or bytes), content_type)
    tuple[str | None, FileContent, str | None]
    # (filename, file (or bytes), content_type, headers)
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
RequestFiles = list[tuple[str, FileTypes]]


@define
class File:
    """Contains information for file uploads"""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """Return a tuple representation that httpx will accept for multipart/form-data"""
        return self.file_name, self.payload, self.mime_type


@define
class Unopened:
    """An image as it was given, which `client.raw` of the package `recraft` opens, checks and names."""

    image: ImageInput = _field(repr=False)


#: What a request model takes for a file: a `File` goes out as it is, anything else as the helpers send it.
FileInput: TypeAlias = File | ImageInput


def file_tuple(file: FileInput) -> Any:
    """A file as httpx takes it, or what `client.raw` makes one of."""
    return file.to_tuple() if isinstance(file, File) else (None, Unopened(file), None)


T = TypeVar("T")


def http_status(code: int) -> HTTPStatus | int:
    """A status by its name where it has one, as a number where it has none."""
    return HTTPStatus(code) if code in HTTPStatus._value2member_map_ else code


def parts(name: str, value: Any) -> RequestFiles:
    """A field that the document does not know, as parts of a form: a file as it is, a list as several parts of one name,
    text as text, the rest as JSON.
    """
    parts: RequestFiles = []
    for item in value if isinstance(value, (list, tuple)) else [value]:
        if isinstance(item, File):
            parts.append((name, item.to_tuple()))
        elif isinstance(item, str):
            parts.append((name, (None, item.encode(), "text/plain")))
        else:
            kind = "application/json" if isinstance(item, (dict, list)) else "text/plain"
            parts.append((name, (None, json.dumps(item, default=str).encode(), kind)))
    return parts


@define
class Response(Generic[T]):
    """A response from an endpoint"""

    status_code: HTTPStatus | int
    content: bytes = _field(repr=False)
    headers: MutableMapping[str, str] = _field(repr=False)
    parsed: T | None


__all__ = ["UNSET", "File", "FileTypes", "RequestFiles", "Response", "Unset"]
