"""`client.raw`: the generated client, sending the way the helpers do. The one place with an `httpx.Client` in it.

The generated functions say with each request which operation it is and what its body is made of (an edit to their
template), so that nothing has to be found again by matching a URL or parsing a body.
"""

from __future__ import annotations

from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Self

import attrs
import httpx

from recraft_api import AuthenticatedClient
from recraft_api.types import Unopened, Unset

from .._portable import Stays
from .._repair import inlined
from .._spool import whole
from ..errors import InputError, RecraftError, presentable
from ..inputs import Upload, is_url, upload
from ..results import ImageResult
from .body import Body
from .call import MULTIPART, check_mask, operations, several
from .content import Content
from .io import IO, run_now
from .outgoing import Outgoing, json_again, readable
from .sending import Sending
from .settings import Settings
from .tracebacks import ends_here


@attrs.define(repr=False)
class Raw(Stays, AuthenticatedClient):
    """The generated client, wired to a `Recraft` or `AsyncRecraft`. It holds no token of its own: the wire adds it."""

    def __repr__(self) -> str:
        return f"Raw(base_url={self._base_url!r})"

    def with_headers(self, headers: dict[str, str]) -> Raw:
        raise InputError(
            "the generated with_headers would change this client for everybody: use with_options(headers=...).raw."
        )

    def with_timeout(self, timeout: httpx.Timeout) -> Raw:
        raise InputError(
            "the generated with_timeout would change this client for everybody: use with_options(timeout=...).raw."
        )

    def with_cookies(self, cookies: dict[str, str]) -> Raw:
        raise InputError("the API uses no cookies.")

    def __enter__(self) -> Self:
        return self  # the connections are the client's to close

    def __exit__(self, *args: Any, **kwargs: Any) -> None: ...

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *args: Any, **kwargs: Any) -> None: ...

    def get_httpx_client(self) -> httpx.Client:
        if self._client is None:
            raise InputError(
                "this is the raw client of an AsyncRecraft: use the generated asyncio() and asyncio_detailed()."
            )
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        if self._async_client is None:
            raise InputError("this is the raw client of a Recraft: use the generated sync() and sync_detailed().")
        return self._async_client


def raw(settings: Settings, io: IO) -> Raw:
    """The raw client of a `Recraft`."""
    client = _Client(transport=_Adapter(settings, io), **_arguments(settings))
    return Raw(base_url=str(settings.base_url), token="").set_httpx_client(client)


def async_raw(settings: Settings, io: IO) -> Raw:
    """The raw client of an `AsyncRecraft`."""
    client = _AsyncClient(transport=_Adapter(settings, io), **_arguments(settings))
    client.io = io
    return Raw(base_url=str(settings.base_url), token="").set_async_httpx_client(client)


class _Client(httpx.Client):
    """Opens the images that a generated model holds, before its request is made of them."""

    def request(self, *args: Any, **kwargs: Any) -> httpx.Response:
        with ends_here():
            return super().request(*args, **_opened(kwargs))


class _AsyncClient(httpx.AsyncClient):
    """The same, with nothing read on the event loop."""

    io: IO

    async def request(self, *args: Any, **kwargs: Any) -> httpx.Response:
        blocks = any(isinstance(part[1], Unopened) for _, part in _parts(kwargs))
        with ends_here():
            return await super().request(*args, **await self.io.run(partial(_opened, kwargs), blocks=blocks))


def _parts(kwargs: dict[str, Any]) -> list[tuple[str, Any]]:
    """The parts of the form that a generated function asks to send."""
    asked = "recraft" in (kwargs.get("extensions") or {})
    return kwargs["files"] if asked and isinstance(kwargs.get("files"), list) else []


def _opened(kwargs: dict[str, Any]) -> dict[str, Any]:
    """What a generated function asks to send, every image in it opened, checked and named as the helpers do it."""
    if not (parts := _parts(kwargs)):
        return kwargs
    known = kwargs["extensions"]["recraft"]
    form = operations()[known["operation"]]["bodies"][MULTIPART]
    lists = {name for name in form["images"].values() if form["properties"][name].get("type") == "array"}
    for name in lists:
        images = getattr(known["body"], form["attributes"][name])
        several([] if isinstance(images, Unset) else images, name)
    files: list[tuple[str, Any]] = []
    opened: dict[str, list[Upload]] = {}
    for name, part in parts:
        if isinstance(part[1], Unopened):
            uploads = opened.setdefault(name, [])
            uploads.append(_upload(part[1].image, f"{name}[{len(uploads)}]" if name in lists else name))
            part = (uploads[-1].name, uploads[-1], uploads[-1].media_type)
        files.append((name, part))
    check_mask(*(next(iter(opened.get(form["images"].get(role, ""), ())), None) for role in ("image", "mask")))
    known["uploads"] = [each for uploads in opened.values() for each in uploads]
    return {**kwargs, "files": files}


def _upload(image: Any, name: str) -> Upload:
    if is_url(image) and image[:5].lower() != "data:":
        raise InputError(
            f"{name} is a web address ({presentable(image)}), and a form takes files: pass the image's path or bytes, "
            "or use the request model that has an address in its place."
        )
    return upload(image, name)


class _Adapter(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands what an `httpx.Client` has prepared to the same `Sending` as the helpers' calls."""

    def __init__(self, settings: Settings, io: IO) -> None:
        self._settings, self._io = settings, io

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return run_now(self._send(request))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._send(request)

    async def _send(self, request: httpx.Request) -> httpx.Response:
        try:
            answer = await Sending(self._io, self._settings, _outgoing(request, self._settings)).run()
        finally:
            for each in request.extensions.get("recraft", {}).get("uploads", ()):
                each.close()
        # Decompressed and whole by now.
        framing = (b"content-encoding", b"content-length", b"transfer-encoding")
        headers = [(name, value) for name, value in answer.headers.raw if name.lower() not in framing]
        return httpx.Response(answer.status, headers=headers, content=answer.result)


def _outgoing(request: httpx.Request, settings: Settings) -> Outgoing[bytes]:
    """A request with the token and what is known about its call.

    Raises InputError when it would leave the API's origin.
    """
    base = settings.base_url
    if (request.url.scheme, request.url.host, request.url.port) != (base.scheme, base.host, base.port):
        raise InputError(
            f"refused to send the token to {request.url.scheme}://{request.url.host}; this client talks to {base} only."
        )
    request.headers["authorization"] = f"Bearer {settings.token}"
    known = request.extensions.get("recraft", {})  # nothing, for a request that somebody makes by hand
    operation = known.get("operation", f"{request.method} {request.url.path.removeprefix(base.path.rstrip('/'))}")
    facts = operations().get(operation, {})
    if facts.get("root"):  # the generated function knows one base URL
        request.url = settings.url(facts["path"], root=True)
    model = facts.get("answer")

    def read(data: Any, content: Content) -> bytes:
        if model is None:
            return bytes(content.text)
        made, data = readable(model, data)
        # Written anew: what was mended, images that came beside the JSON, numbers that nobody else can read.
        files = {name: whole(file) for name, file in content.files.items()}
        text = _Written(json_again(inlined(data, files)))
        text.model = made
        return text

    assert isinstance(request.stream, httpx.SyncByteStream)
    return Outgoing(
        operation=operation,
        method=request.method,
        url=request.url,
        headers=request.headers,
        body=Body(request.content if isinstance(request.stream, httpx.ByteStream) else request.stream),
        timeouts=request.extensions["timeout"],
        images=_images(facts, known.get("body")),
        answered=model is not None,
        read=read,
        model=getattr(known.get("body"), "model", None),
    )


class _Written(bytes):
    """An answer written anew that tells listeners what it cost."""

    model: Any

    @property
    def _spent(self) -> tuple[float | None, int]:
        try:
            return ImageResult.from_raw(self.model)._spent
        except RecraftError:  # no images, so no call that costs by the image
            return None, 0


def _images(facts: dict[str, Any], body: Any) -> int:
    """How many images a generated function asks for, by the body it was given."""
    count = facts.get("images", 0)
    if isinstance(count, str):
        attributes = [each["attributes"][count] for each in facts["bodies"].values() if count in each["attributes"]]
        given = getattr(body, next(iter(attributes), count), 1)
        count = 1 if isinstance(given, Unset) or not isinstance(given, int) else max(0, given)
    return int(count)


def _arguments(settings: Settings) -> dict[str, Any]:
    headers = {name.decode(): value.decode() for name, value in settings.headers_out if name != b"authorization"}
    return {
        "base_url": settings.base_url,
        "timeout": settings.timeout,
        "headers": headers,
        "cookies": CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        "follow_redirects": False,
        "trust_env": False,
    }
