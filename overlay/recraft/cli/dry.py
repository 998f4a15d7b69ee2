"""`--dry-run`: the exact request, and nothing sent."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

#: What takes the place of the token.
HIDDEN = "Bearer ***"


class Unsent(BaseException):
    """Stops a call where it would be sent. No error: nothing may take it for a failure of the network."""

    def __init__(self, request: dict[str, Any]) -> None:
        super().__init__("the request is not to be sent")
        self.request = request


class Dry(httpx.BaseTransport):
    """A transport that sends nothing."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {name: HIDDEN if name == "authorization" else value for name, value in request.headers.items()}
        described: dict[str, Any] = {"method": request.method, "url": str(request.url), "headers": headers}
        body = request.read()
        if body:
            described["body"] = _body(body, request.headers.get("content-type", ""))
        raise Unsent(described)


def _body(body: bytes, content_type: str) -> Any:
    """JSON as it is; a form as its parts, those that are files by their size."""
    if content_type.startswith("application/json"):
        return json.loads(body)
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    parts = []
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.strip(b"\r\n").partition(b"\r\n\r\n")
        facts = dict(re.findall(r'(\w+)="([^"]*)"', head.decode("utf-8", "replace")))
        kind = re.search(r"content-type: *(\S+)", head.decode("utf-8", "replace"), re.I)
        if "filename" in facts:
            parts.append({**facts, "type": kind and kind[1], "bytes": len(content)})
        else:
            parts.append({**facts, "value": content.decode("utf-8", "replace")})
    return parts


def as_text(request: dict[str, Any]) -> str:
    """A request as people read it."""
    head = [f"{request['method']} {request['url']}", *(f"{k}: {v}" for k, v in request["headers"].items())]
    body = request.get("body")
    return "\n".join(head) + ("" if body is None else "\n\n" + json.dumps(body, indent=2, ensure_ascii=False))
