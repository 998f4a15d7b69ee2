"""The two clients. They hold settings and connections; what they do is written once, elsewhere."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import anyio.to_thread
import attrs
import httpx

from recraft_api import AuthenticatedClient
from recraft_api.operations import SERVER

from . import _files
from ._binding import Call
from ._effects import adrive, drive
from ._http import (
    HTTP,
    TIMEOUT,
    USER_AGENT,
    AsyncHTTP,
    AsyncSender,
    Sender,
    Settings,
    default_async_transport,
    default_transport,
    is_loopback,
)
from .colors import Colors
from .errors import InputError, UnexpectedResponse
from .events import Listener
from .images import Images
from .limiter import RateLimiter, limiter_key
from .models import Models
from .prompts import Prompts
from .results import Image, ImageResult
from .retry import NO_RETRY, RetryPolicy
from .styles import Styles
from .users import Users

P = ParamSpec("P")
T = TypeVar("T")

#: Headers that belong to the transport or would replace the token.
RESERVED_HEADERS = {
    "authorization",
    "host",
    "content-length",
    "content-type",
    "transfer-encoding",
    "connection",
    "cookie",
}

_UNCHANGED: Any = object()


@attrs.define(repr=False)
class Raw(AuthenticatedClient):
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


class _Base:
    """What both clients share: settings, and making siblings of themselves."""

    _settings: Settings
    _owns_connections: bool

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={str(self._settings.base_url)!r})"

    def _with(self, settings: Settings) -> Self:
        raise NotImplementedError

    def with_options(
        self,
        *,
        timeout: float | httpx.Timeout | None = _UNCHANGED,
        retry: RetryPolicy | None = _UNCHANGED,
        headers: Mapping[str, str] = _UNCHANGED,
        on_event: Listener | None = _UNCHANGED,
    ) -> Self:
        """A sibling with other settings that shares connections and the rate limiter; only the original closes them.

        `headers` are added to those set before. For one call: `client.with_options(timeout=600).images.generate(...)`.
        """
        changes: dict[str, Any] = {}
        if timeout is not _UNCHANGED:
            changes["timeout"] = _timeout(timeout)
        if retry is not _UNCHANGED:
            changes["policy"] = _policy(retry)
        if headers is not _UNCHANGED:
            changes["headers"] = {**self._settings.headers, **_headers(headers)}
        if on_event is not _UNCHANGED:
            changes["on_event"] = on_event
        return self._with(attrs.evolve(self._settings, **changes))

    def _downloads(self, transport: httpx.BaseTransport | httpx.AsyncBaseTransport) -> _files.Downloads:
        return _files.Downloads(
            transport=transport,
            policy=self._settings.policy,
            timeout=self._settings.timeout.as_dict(),
            user_agent=USER_AGENT,
        )


class Recraft(_Base):
    """A client of the Recraft Images API.

    Args:
        token: The API token; from the environment variable RECRAFT_API_TOKEN when None.
        base_url: Where the API is; from RECRAFT_BASE_URL when None, else the address in the specification.
            https only, except on this machine.
        timeout: Seconds to wait for an answer, or an `httpx.Timeout`. By default 5 s to connect, 60 s to send each piece and
            300 s for the answer. None waits for ever.
        retry: When a failed call is sent again. None sends each call once.
        limiter: Keeps the account's limits. By default 5 requests per second and 100 images per minute, over all clients with this
            token in the process. None sends at once.
        transport: An `httpx.BaseTransport` to send through, for tests and special networks.
        headers: Headers to add to every call.
        on_event: A function that is told of every attempt, wait and outcome; see `recraft.events`.

    Use it in a `with` block, or call `close()`. It may be used from several threads.

    Raises:
        InputError: No token, or a value that cannot be used.
    """

    def __init__(
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = TIMEOUT,
        retry: RetryPolicy | None = RetryPolicy(),  # noqa: B008 - immutable
        limiter: RateLimiter | None = RateLimiter(),  # noqa: B008 - immutable
        transport: httpx.BaseTransport | None = None,
        headers: Mapping[str, str] | None = None,
        on_event: Listener | None = None,
    ) -> None:
        settings = _settings(token, base_url, timeout, retry, limiter, headers, on_event)
        self._set_up(settings, transport or default_transport(), owns=True)

    def _set_up(self, settings: Settings, transport: httpx.BaseTransport, *, owns: bool) -> None:
        self._settings, self._transport, self._owns_connections = settings, transport, owns
        self._http = HTTP(settings, Sender(transport))
        self.raw = Raw(base_url=str(settings.base_url), token="").set_httpx_client(self._http)
        self.images: Images[Recraft] = Images(self)
        self.prompts: Prompts[Recraft] = Prompts(self)
        self.styles: Styles[Recraft] = Styles(self)
        self.users: Users[Recraft] = Users(self)
        self.models: Models[Recraft] = Models(self)
        self.colors: Colors[Recraft] = Colors(self)

    def _with(self, settings: Settings) -> Self:
        sibling = object.__new__(type(self))
        sibling._set_up(settings, self._transport, owns=False)
        return sibling

    def _run(self, build: Callable[P, Call[T]], blocking: bool, *args: P.args, **kwargs: P.kwargs) -> T:
        call = build(*args, **kwargs)
        try:
            response = self._http.request(**call.endpoint._get_kwargs(**call.arguments))
        finally:
            call.close()
        return _read(call, response, self.raw)

    def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
    ) -> list[Path]:
        """Write the images of a result to a directory, which is made when missing; their paths, in order.

        Each file is written whole or not at all. Its extension follows from its content. `name` may use `{image_id}` and `{index}`
        (from 1).

        Raises:
            ExpiredURLError: The URL no longer works; it lives about 24 hours.
            DownloadError: What came is not an image, is empty, cut short or larger than 512 MiB.
            FileExists: There is such a file already, and `overwrite` is False.
            All of them name in `saved` what was written before.
        """
        images = _files.images_of(result)
        return drive(_files.save(images, directory, name, overwrite, self._downloads(self._transport)))

    def fetch(self, image: Image) -> bytes:
        """The bytes of one image. Raises as `save` does."""
        return drive(_files.fetch(_files.images_of(image)[0], self._downloads(self._transport)))

    def close(self) -> None:
        """Close the connections. A sibling made by `with_options` leaves them to the original."""
        if self._owns_connections:
            self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncRecraft(_Base):
    """`Recraft` for asyncio and trio: the same names, and what does I/O is awaited. `transport` is an `httpx.AsyncBaseTransport`."""

    def __init__(
        self,
        token: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = TIMEOUT,
        retry: RetryPolicy | None = RetryPolicy(),  # noqa: B008 - immutable
        limiter: RateLimiter | None = RateLimiter(),  # noqa: B008 - immutable
        transport: httpx.AsyncBaseTransport | None = None,
        headers: Mapping[str, str] | None = None,
        on_event: Listener | None = None,
    ) -> None:
        settings = _settings(token, base_url, timeout, retry, limiter, headers, on_event)
        self._set_up(settings, transport or default_async_transport(), owns=True)

    def _set_up(self, settings: Settings, transport: httpx.AsyncBaseTransport, *, owns: bool) -> None:
        self._settings, self._transport, self._owns_connections = settings, transport, owns
        self._http = AsyncHTTP(settings, AsyncSender(transport))
        self.raw = Raw(base_url=str(settings.base_url), token="").set_async_httpx_client(self._http)
        self.images: Images[AsyncRecraft] = Images(self)
        self.prompts: Prompts[AsyncRecraft] = Prompts(self)
        self.styles: Styles[AsyncRecraft] = Styles(self)
        self.users: Users[AsyncRecraft] = Users(self)
        self.models: Models[AsyncRecraft] = Models(self)
        self.colors: Colors[AsyncRecraft] = Colors(self)

    def _with(self, settings: Settings) -> Self:
        sibling = object.__new__(type(self))
        sibling._set_up(settings, self._transport, owns=False)
        return sibling

    async def _run(self, build: Callable[P, Call[T]], blocking: bool, *args: P.args, **kwargs: P.kwargs) -> T:
        if blocking:  # it looks into files
            call = await anyio.to_thread.run_sync(functools.partial(build, *args, **kwargs))
        else:
            call = build(*args, **kwargs)
        try:
            response = await self._http.request(**call.endpoint._get_kwargs(**call.arguments))
        finally:
            call.close()
        return _read(call, response, self.raw)

    async def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
    ) -> list[Path]:
        """As `Recraft.save`."""
        images = _files.images_of(result)
        return await adrive(_files.save(images, directory, name, overwrite, self._downloads(self._transport)))

    async def fetch(self, image: Image) -> bytes:
        """As `Recraft.fetch`."""
        return await adrive(_files.fetch(_files.images_of(image)[0], self._downloads(self._transport)))

    async def aclose(self) -> None:
        """Close the connections. A sibling made by `with_options` leaves them to the original."""
        if self._owns_connections:
            await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()


def _read(call: Call[T], response: httpx.Response, raw: Raw) -> T:
    """The result of a call from its answer. Raises UnexpectedResponse when the answer does not have the shape it should."""
    text = None
    try:
        return call.read(call.endpoint._parse_response(client=raw, response=response))
    except UnexpectedResponse as error:
        text = error.message
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        text = f"the answer has not the shape the API describes ({type(error).__name__})"
    raise UnexpectedResponse(
        f"{call.operation}: {text}",
        operation=call.operation,
        status=response.status_code,
        attempts=1,
        maybe_charged=response.request.method == "POST",
    )


def _settings(
    token: str | None,
    base_url: str | None,
    timeout: float | httpx.Timeout | None,
    retry: RetryPolicy | None,
    limiter: RateLimiter | None,
    headers: Mapping[str, str] | None,
    on_event: Listener | None,
) -> Settings:
    token = os.environ.get("RECRAFT_API_TOKEN") if token is None else token
    if not token or not token.strip():
        raise InputError("no API token: pass Recraft(token=...) or set the environment variable RECRAFT_API_TOKEN.")
    token = token.strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InputError(
            "the API token holds spaces, line breaks or other characters that no token has; copy it again."
        )
    if limiter is not None and not isinstance(limiter, RateLimiter):
        raise InputError(f"limiter is {limiter!r:.80}; expected a RateLimiter or None.")
    return Settings(
        token=token,
        base_url=_base_url(base_url or os.environ.get("RECRAFT_BASE_URL") or SERVER),
        timeout=_timeout(timeout),
        policy=_policy(retry),
        limiter=limiter,
        key=limiter_key(token),
        headers=_headers(headers or {}),
        on_event=on_event,
    )


def _base_url(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text.rstrip("/"))
    except (httpx.InvalidURL, AttributeError):
        raise InputError(f"base_url is not a URL: {text!r:.80}.") from None
    if not url.host or url.scheme not in ("https", "http") or url.userinfo or url.query or url.fragment:
        raise InputError(f"base_url is {text.partition('?')[0]!r:.80}; expected something like https://host/v1.")
    if url.scheme == "http" and not is_loopback(url.host):
        raise InputError(
            f"base_url is {text!r:.80}: the token would travel in the clear. Use https; http is for this machine only."
        )
    return url


def _timeout(timeout: float | httpx.Timeout | None) -> httpx.Timeout:
    if timeout is None or isinstance(timeout, httpx.Timeout):
        return httpx.Timeout(None) if timeout is None else timeout
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not timeout > 0:
        raise InputError(f"timeout is {timeout!r}; expected a number of seconds above 0, an httpx.Timeout, or None.")
    return httpx.Timeout(connect=min(5.0, timeout), write=min(60.0, timeout), read=timeout, pool=None)


def _policy(retry: RetryPolicy | None) -> RetryPolicy:
    if retry is not None and not isinstance(retry, RetryPolicy):
        raise InputError(
            f"retry is {retry!r:.80}; expected a RetryPolicy, such as RetryPolicy(max_attempts=2), or None."
        )
    return retry or NO_RETRY


def _headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if name.lower() in RESERVED_HEADERS:
            raise InputError(f"header {name!r} cannot be set here: it belongs to the client.")
        if not name.isascii() or not all(c.isalnum() or c in "!#$%&'*+-.^_`|~" for c in name) or not name:
            raise InputError(f"header name {name!r:.80} is not one.")
        if not isinstance(value, str) or not value.isprintable() or not value.isascii():
            raise InputError(
                f"the value of header {name!r} holds line breaks or other characters that a header cannot carry."
            )
    return dict(headers)
