"""The two clients. They hold settings and connections; what they do is written once, elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import attrs
import httpx

from ..api import Groups
from ..events import Listener
from ..limiter import RateLimiter
from ..results import Image, ImageResult
from ..retry import RetryPolicy
from .binding import Awaits, Blocks, K_co, operation
from .call import Call
from .connections import AsyncPools, Pools
from .downloads import Downloads, images_of, one_image
from .io import Awaiting, Blocking, run_now
from .raw import Raw, async_raw, raw
from .sending import Sending
from .settings import TIMEOUT, Settings, check_headers, check_listener, check_policy, check_timeout, check_transport
from .settings import settings as check_settings

T = TypeVar("T")


class _Unchanged:
    def __repr__(self) -> str:
        return "<unchanged>"


_UNCHANGED: Any = _Unchanged()


class _Client(Groups[K_co]):
    """What both clients share: settings, siblings, and the way of a call."""

    _settings: Settings
    _io: Any  # Blocking or Awaiting, shared by all siblings
    _owns_connections: bool

    def __repr__(self) -> str:
        settings = getattr(self, "_settings", None)  # none when it could not be made
        return f"{type(self).__name__}({f'base_url={str(settings.base_url)!r}' if settings else ''})"

    @property
    def on_event(self) -> Listener | None:
        """The function it tells of its calls, for a sibling that tells another one too."""
        return self._settings.on_event

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
        sibling = object.__new__(type(self))
        sibling._set_up(attrs.evolve(self._settings, **changes), self._io, owns=False)
        return sibling

    def _set_up(self, settings: Settings, io: Blocking | Awaiting, *, owns: bool) -> None:
        self._settings, self._io, self._owns_connections = settings, io, owns

    async def _call(self, bound: operation[Any, T], made: Callable[[], Call[T]], reads_files: bool) -> T:
        """A call from its arguments to its result."""
        call: Call[T] = await self._io.run(made, blocks=reads_files)
        try:
            request = call.outgoing(self._settings, bound.helper)
            return (await Sending(self._io, self._settings, request).run()).known()
        finally:
            call.close()

    def _downloads(self) -> Downloads:
        return Downloads.of(self._io, self._settings)


class Recraft(_Client[Blocks], Blocks):
    """A client of the Recraft Images API.

    Its calls are in groups: `images`, `prompts`, `styles`, `models`, `colors` and `users`. `raw` takes every generated
    function.

    Args:
        token: The API token; from the environment variable RECRAFT_API_TOKEN when None.
        base_url: Where the API is; from RECRAFT_BASE_URL when None, else the address in the specification.
            https only, except on this machine.
        timeout: Seconds to wait for an answer, or an `httpx.Timeout`. By default 5 s to connect, 60 s to send each
            piece and 300 s for the answer. None waits for ever.
        retry: When a failed call is sent again. None sends each call once.
        limiter: Keeps the account's limits. By default 5 requests per second and 100 images per minute, over all
            clients with this token in the process. None sends at once.
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
        check_transport(transport, httpx.BaseTransport)
        self._set_up(settings, Blocking(transport or Pools()), owns=True)

    @cached_property
    def raw(self) -> Raw:
        """The generated client, with the same retries, rate limiting and errors: `create_image.sync(client=client.raw,
        ...)`.
        """
        return raw(self._settings, self._io)

    def _run(self, *call: Any) -> Any:
        return run_now(self._call(*call))

    def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
        format: Literal["png", "webp", "jpg"] | None = None,
    ) -> list[Path]:
        """Write the images of a result to a directory, which is made when missing; their paths, in order.

        Each file is written whole or not at all. Its extension follows from its content: raster images are WebP
        without loss unless the call asked for `image_format="png"`, vector images are SVG. `format` converts raster
        images, with Pillow. `name` may use `{image_id}` and `{index}` (from 1).

        Raises:
            ExpiredURLError: The URL no longer works; it lives about 24 hours.
            DownloadError: What came is not an image, is empty, cut short or larger than 512 MiB.
            FileExists: There is such a file already, and `overwrite` is False.
            All of them name in `saved` what was written before.
        """
        return run_now(self._downloads().save(images_of(result), directory, name, overwrite, format))

    def fetch(self, image: Image) -> bytes:
        """The bytes of one image. Raises as `save` does."""
        return run_now(self._downloads().fetch(one_image(image)))

    def close(self) -> None:
        """Close the connections. A sibling made by `with_options` leaves them to the original."""
        if self._owns_connections:
            self._io.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncRecraft(_Client[Awaits], Awaits):
    """`Recraft` for asyncio and trio: the same names, and what does I/O is awaited.

    `transport` is an `httpx.AsyncBaseTransport`.
    """

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
        check_transport(transport, httpx.AsyncBaseTransport)
        self._set_up(settings, Awaiting(transport or AsyncPools()), owns=True)

    @cached_property
    def raw(self) -> Raw:
        """As `Recraft.raw`, for the generated `asyncio` functions."""
        return async_raw(self._settings, self._io)

    def _run(self, *call: Any) -> Coroutine[Any, Any, Any]:
        return self._call(*call)

    async def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
        format: Literal["png", "webp", "jpg"] | None = None,
    ) -> list[Path]:
        """As `Recraft.save`."""
        return await self._downloads().save(images_of(result), directory, name, overwrite, format)

    async def fetch(self, image: Image) -> bytes:
        """As `Recraft.fetch`."""
        return await self._downloads().fetch(one_image(image))

    async def aclose(self) -> None:
        """Close the connections. A sibling made by `with_options` leaves them to the original."""
        if self._owns_connections:
            await self._io.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
