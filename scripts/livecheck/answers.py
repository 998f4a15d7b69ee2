"""What came back for one request, as it came."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Any

import attrs
import httpx


@attrs.frozen
class Answer:
    status: int
    headers: httpx.Headers
    content: bytes = attrs.field(repr=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def type(self) -> str:
        """The media type without its parameters."""
        return self._content_type().get_content_type() if "content-type" in self.headers else "(none)"

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The JSON it holds, in its body or in the part `response`; None when it holds none."""
        try:
            return json.loads(self.parts["response"][1] if "response" in self.parts else self.content)
        except (ValueError, RecursionError):
            return None

    @property
    def parts(self) -> dict[str, tuple[str, bytes]]:
        """Type and bytes of each part of a multipart answer, by name."""
        boundary = self._content_type().get_param("boundary")
        if self.type != "multipart/form-data" or not isinstance(boundary, str):
            return {}
        return dict(_parts(self.content, boundary.encode()))

    @property
    def images(self) -> list[dict[str, Any]]:
        """The images it names, in either shape."""
        body = self.json if isinstance(self.json, dict) else {}
        data = body.get("data")
        found = data if isinstance(data, list) else [body.get("image")]
        return [image for image in found if isinstance(image, dict)]

    def _content_type(self) -> Message:
        message = Message()
        message["Content-Type"] = self.headers.get("content-type", "")
        return message


def _parts(content: bytes, boundary: bytes) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for part in (b"\r\n" + content).split(b"\r\n--" + boundary)[1:]:
        head, gap, body = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head)
        name = headers.get_param("name", header="content-disposition")
        if gap and isinstance(name, str):
            yield name, (headers.get_content_type(), body)
