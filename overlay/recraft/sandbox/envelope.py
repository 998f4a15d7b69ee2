"""The bodies that hand pictures over: links, base64, or `multipart/form-data` with the files themselves."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from recraft.sandbox.gallery import Picture
from recraft.sandbox.wire import Reply

Shape = Callable[[list[dict[str, Any]]], dict[str, Any]]


def entry(picture: Picture, link: str | None) -> dict[str, Any]:
    """One picture in a JSON answer: its link, or its bytes as base64."""
    if link is None:
        return {"image_id": str(picture.id), "b64_json": base64.b64encode(picture.bytes()).decode()}
    return {"image_id": str(picture.id), "url": link}


def multipart(pictures: Sequence[Picture], shape: Shape) -> Reply:
    """A part `response` with the usual JSON (ids only), then one part for each picture, named by its id."""
    body = json.dumps(shape([{"image_id": str(picture.id)} for picture in pictures])).encode()
    parts = [_part("response", "application/json", "", body)]
    parts += [_part(str(each.id), each.media_type, f"Content-ID: {each.id}\r\n", each.bytes()) for each in pictures]
    boundary = hashlib.sha256(body).hexdigest()
    whole = b"".join(f"--{boundary}\r\n".encode() + part for part in parts) + f"--{boundary}--\r\n".encode()
    return Reply(200, (("Content-Type", f"multipart/form-data; boundary={boundary}"),), whole)


def _part(name: str, media_type: str, more: str, content: bytes) -> bytes:
    head = f'Content-Disposition: form-data; name="{name}"\r\nContent-Type: {media_type}\r\n{more}\r\n'
    return head.encode() + content + b"\r\n"
