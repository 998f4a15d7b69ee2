"""Multipart bodies: parts in, field values out, each text turned into the type its schema asks for."""

from __future__ import annotations

import json
import re
from email.message import Message
from typing import Any

from attrs import field, frozen
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from recraft.sandbox.schema import Schema, is_binary
from recraft.sandbox.wire import Problem

_INTEGER = re.compile(r"[+-]?\d{1,30}")
_BOOLEAN = {"true": True, "false": False}


@frozen
class FilePart:
    """One part of a multipart body. `filename` is None for a plain field."""

    data: bytes = field(repr=lambda data: f"<{len(data)} bytes>")
    filename: str | None = None
    content_type: str | None = None

    @property
    def is_file(self) -> bool:
        """A file name or a type other than text says that the sender meant a file."""
        if self.filename is not None:
            return True
        return self.content_type is not None and not self.content_type.lower().startswith("text/plain")


def read_form(content_type: str, body: bytes, schema: Schema) -> dict[str, Any]:
    """The fields of a multipart body as JSON-like values; file parts stay `FilePart`s.

    Raises Problem (400) for a body that is not well-formed multipart.
    """
    grouped: dict[str, list[FilePart]] = {}
    for name, part in read_parts(content_type, body):
        grouped.setdefault(name, []).append(part)
    properties = schema.get("properties", {})
    return {name: typed(parts, properties.get(name, {})) for name, parts in grouped.items()}


def typed(parts: list[FilePart], schema: Schema) -> Any:
    """The value that equally named parts stand for: a list for an array schema or several parts."""
    if _accepts(schema, "array"):
        items = schema.get("items", {})
        if len(parts) == 1 and not is_binary(items) and not parts[0].is_file:
            whole = _coerce(parts[0], schema)  # an array may also come as one part of JSON text
            if isinstance(whole, list):
                return whole
        return [_coerce(part, items) for part in parts]
    # A field that was sent twice has no one value: as a list it is turned down by its schema.
    return _coerce(parts[0], schema) if len(parts) == 1 else [_coerce(part, schema) for part in parts]


def _coerce(part: FilePart, schema: Schema) -> Any:
    if is_binary(schema):
        return part
    try:
        text = part.data.decode()
    except UnicodeDecodeError:
        return part
    if _accepts(schema, "string") or "type" not in schema:
        return text
    if _accepts(schema, "boolean") and text.strip().lower() in _BOOLEAN:
        return _BOOLEAN[text.strip().lower()]
    if _accepts(schema, "integer") and _INTEGER.fullmatch(text.strip()):
        return int(text)
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return text
    # Text that reads as another type is left alone, so that the message shows what was sent.
    return value if not isinstance(value, str) else text


def _no_constant(name: str) -> Any:
    raise ValueError(name)  # NaN and Infinity are Python's, not JSON's


def _accepts(schema: Schema, name: str) -> bool:
    declared = schema.get("type")
    return declared == name or (isinstance(declared, list) and name in declared)


def read_parts(content_type: str, body: bytes) -> list[tuple[str, FilePart]]:
    """Names and contents of the parts, in their order. Raises Problem (400) like `read_form`."""
    boundary = _options(content_type).get("boundary")
    if not boundary:
        raise Problem(400, "invalid_body", "Content-Type: multipart/form-data needs a boundary parameter")
    if not body:
        return []
    collector = _Collector()
    try:
        parser = MultipartParser(boundary.encode("latin-1", "replace"), collector.callbacks())  # type: ignore[arg-type]
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError) as error:
        raise Problem(400, "invalid_body", f"the body is not well-formed multipart/form-data: {error}") from None
    if not collector.complete:
        raise Problem(400, "invalid_body", "the multipart body ends before its closing boundary")
    return collector.parts


def _options(value: str) -> dict[str, str]:
    message = Message()
    message["content-type"] = value.replace("\r", " ").replace("\n", " ")
    return {key.lower(): text for key, text in message.get_params(failobj=[], unquote=True)}


class _Collector:
    """Gathers the parser's callbacks into named parts."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, FilePart]] = []
        self.complete = False
        self._name, self._text, self._data = bytearray(), bytearray(), bytearray()
        self._headers: dict[str, str] = {}

    def callbacks(self) -> dict[str, Any]:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._text.extend(data[start:end]),
            "on_header_end": self._header_end,
            "on_part_data": lambda data, start, end: self._data.extend(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def _begin(self) -> None:
        self._headers = {}
        self._data = bytearray()

    def _header_end(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = self._text.decode("utf-8", "replace")
        self._name, self._text = bytearray(), bytearray()

    def _end(self) -> None:
        disposition = _options(self._headers.get("content-disposition", ""))
        if "name" not in disposition:
            raise Problem(400, "invalid_body", "a multipart part has no name in its Content-Disposition")
        part = FilePart(bytes(self._data), disposition.get("filename"), self._headers.get("content-type"))
        self.parts.append((disposition["name"], part))

    def _finish(self) -> None:
        self.complete = True
