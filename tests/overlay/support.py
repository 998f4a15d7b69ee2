"""What the tests of this folder share: pictures, a client on either wire that answers from a table, and a reader of
multipart bodies.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any, NamedTuple

import anyio
import httpx
from PIL import Image as Pillow

from recraft import AsyncRecraft, Recraft

TOKEN = "secret-token-123"
BASE = "https://api.test/v1"
ID = "123e4567-e89b-12d3-a456-426614174000"


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 3), mode: str = "RGB") -> bytes:
    """A small real image."""
    buffer = io.BytesIO()
    Pillow.new(mode, size, 120 if mode in ("L", "1") else None).save(buffer, kind)
    return buffer.getvalue()


PNG = picture()
MASK = picture(mode="L")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'

#: One real beginning of each type of image that is told apart.
SAMPLES = {
    "image/png": PNG,
    "image/jpeg": picture("JPEG"),
    "image/webp": picture("WEBP"),
    "image/gif": picture("GIF"),
    "image/avif": b"\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B" + bytes(64),
    "image/svg+xml": SVG,
}

ANSWERS: dict[str, Any] = {
    "/images": {
        "created": 1_700_000_000,
        "credits": 40,
        "data": [{"image_id": ID, "url": "https://img.test/a?sig=s3"}],
    },
    "/prompts": {"prompt": "a red fox at dawn"},
    "/styles/basic": {"styles": [{"style": "digital_illustration"}]},
    "/styles": {"id": ID, "credits": 5, "styles": []},
    "/models": {"data": [{"id": "recraftv4"}]},
    "/colors": {"credits": 1, "mapping": [{"from": "#112233", "to": "#ff8800"}]},
    "/users": {"id": "u1", "email": "a@b.test", "credits": 900},
}


def answer(path: str) -> Any:
    """What a service would say on a path of the API."""
    return next((body for start, body in ANSWERS.items() if path.removeprefix("/v1").startswith(start)), {})


class Part(NamedTuple):
    """One part of a multipart body."""

    name: str
    content: bytes
    filename: str | None
    content_type: str


def parts_of(request: httpx.Request) -> list[Part]:
    """The parts of a multipart request, read by the email package, which shares no code with the sender."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + request.content, policy=policy.HTTP)
    assert message.is_multipart(), "not a multipart body"
    parts = []
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        parts.append(
            Part(
                str(part.get_param("name", header="content-disposition")),
                content,
                part.get_filename(),
                part.get_content_type(),
            )
        )
    return parts


class Wire:
    """Calls helpers of a client of one kind, on a transport that answers by `reply` and keeps every request."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.requests: list[httpx.Request] = []
        self.reply: Callable[[httpx.Request], httpx.Response] = lambda request: httpx.Response(
            200, json=answer(request.url.path)
        )

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.reply(request)

    def client(self, **settings: Any) -> Any:
        kind = Recraft if self.kind == "sync" else AsyncRecraft
        transport = httpx.MockTransport(self._handle)
        given = {"base_url": BASE, "limiter": None, "retry": None, "transport": transport}
        return kind(TOKEN, **{**given, **settings})

    def run(self, action: Callable[[Any], Any], **settings: Any) -> Any:
        """`action(client)`, awaited where the client is asynchronous."""
        client = self.client(**settings)
        if self.kind == "sync":
            with client:
                return action(client)

        async def main() -> Any:
            async with client:
                result = action(client)
                return await result if inspect.isawaitable(result) else result

        return anyio.run(main)

    def call(self, helper: str, *args: Any, **kwargs: Any) -> Any:
        """Call `helper`, such as "images.generate"."""
        return self.run(lambda client: helper_of(client, helper)(*args, **kwargs))

    def request(self, helper: str, *args: Any, **kwargs: Any) -> httpx.Request:
        """The one request that a helper sends."""
        before = len(self.requests)
        self.call(helper, *args, **kwargs)
        assert len(self.requests) == before + 1
        return self.requests[-1]


def helper_of(client: Any, name: str) -> Any:
    group, _, method = name.partition(".")
    return getattr(getattr(client, group), method)
