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

from recraft_api.operations import OPERATIONS

from . import _files
from ._binding import Awaiting, Blocking, Call
from ._effects import adrive, drive
from ._http import (
    HTTP,
    USER_AGENT,
    AsyncConnections,
    AsyncHTTP,
    AsyncSender,
    Connections,
    Sender,
    default_async_transport,
    default_transport,
)
from ._raw import Raw
from ._sending import Answer
from ._settings import TIMEOUT, Settings, check_headers, check_listener, check_policy, check_timeout
from ._settings import settings as check_settings
from .colors import Colors
from .errors import InputError, UnexpectedResponse
from .events import Listener
from .images import Images
from .limiter import RateLimiter
from .models import Models
from .prompts import Prompts
from .results import Image, ImageResult, read_images, repaired
from .retry import RetryPolicy
from .styles import Styles
from .users import Users

P = ParamSpec("P")
T = TypeVar("T")


class _Unchanged:
    def __repr__(self) -> str:
        return "<unchanged>"


_UNCHANGED: Any = _Unchanged()


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
            changes["timeout"] = check_timeout(timeout)
        if retry is not _UNCHANGED:
            changes["policy"] = check_policy(retry)
        if headers is not _UNCHANGED:
            changes["headers"] = {**self._settings.headers, **check_headers(headers)}
        if on_event is not _UNCHANGED:
            check_listener(on_event)
            changes["on_event"] = on_event
        return self._with(attrs.evolve(self._settings, **changes))

    def _downloads(self, transport: httpx.BaseTransport | httpx.AsyncBaseTransport) -> _files.Downloads:
        return _files.Downloads(
            transport=transport,
            policy=self._settings.policy,
            timeout=self._settings.timeout.as_dict(),
            user_agent=USER_AGENT,
        )


class Recraft(_Base, Blocking):
    """A client of the Recraft Images API.

    Its calls are in groups: `images`, `prompts`, `styles`, `models`, `colors` and `users`. `raw` takes every generated function.

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
        settings = check_settings(token, base_url, timeout, retry, limiter, headers, on_event)
        if transport is not None and not isinstance(transport, httpx.BaseTransport):
            raise InputError(f"transport is a {type(transport).__name__}; expected an httpx.BaseTransport.")
        self._set_up(settings, Connections(transport or default_transport()), owns=True)

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
        return drive(_files.fetch(_files.one_image(image), self._downloads(self._transport)))

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


class AsyncRecraft(_Base, Awaiting):
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
        settings = check_settings(token, base_url, timeout, retry, limiter, headers, on_event)
        if transport is not None and not isinstance(transport, httpx.AsyncBaseTransport):
            raise InputError(f"transport is a {type(transport).__name__}; expected an httpx.AsyncBaseTransport.")
        self._set_up(settings, AsyncConnections(transport or default_async_transport()), owns=True)

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
        return await adrive(_files.fetch(_files.one_image(image), self._downloads(self._transport)))

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
    text, status = None, response.status_code
    try:
        if OPERATIONS[call.operation]["answer"] is None:
            return call.read(None)
        response.status_code = 200  # the generated code would take another success, such as 201, for an error
        try:
            parsed = call.endpoint._parse_response(client=raw, response=response)
        except (ValueError, TypeError, AttributeError):
            if call.read is not read_images or not isinstance(response, Answer):
                raise
            response.parsed = repaired(response.parsed)
            parsed = call.endpoint._parse_response(client=raw, response=response)
        return call.read(parsed)
    except UnexpectedResponse as error:
        text = error.message
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        text = f"the answer has not the shape the API describes ({type(error).__name__})"
    raise UnexpectedResponse(
        f"{call.operation}: {text}",
        operation=call.operation,
        status=status,
        attempts=response.attempts if isinstance(response, Answer) else 1,
        request_id=response.request_id if isinstance(response, Answer) else None,
        maybe_charged=response.request.method == "POST",
    )
