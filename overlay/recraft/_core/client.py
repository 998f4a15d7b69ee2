"""The two clients. They hold settings and connections; what they do is written once, elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

import httpx

from .._portable import Stays
from ..api import Groups
from ..events import Listener
from ..limiter import RateLimiter
from ..results import Image, ImageResult
from ..retry import RetryPolicy
from . import logs
from .binding import Awaits, Blocks, K_co, operation
from .call import Call
from .connections import AsyncPools, Pools, check_transport, rerouted
from .downloads import Downloads, images_of, one_image
from .elsewhere import known_keywords
from .io import Awaiting, Blocking, run_now
from .raw import Raw, async_raw, raw
from .sending import Sending
from .settings import TIMEOUT, Settings, check_settings, from_environment, sibling
from .tracebacks import ends_here
from .viewing import Viewer

T = TypeVar("T")


class _Unchanged:
    def __repr__(self) -> str:
        return "<unchanged>"


_UNCHANGED: Any = _Unchanged()


#: What one of the clients calls otherwise than the other.
_OTHERS = {"close": "use `await client.aclose()`, or `async with`", "aclose": "use `client.close()`, or `with`"}


class _Client(Stays, Groups[K_co]):
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

    @known_keywords
    def with_options(
        self,
        *,
        token: str = _UNCHANGED,
        base_url: str = _UNCHANGED,
        timeout: float | httpx.Timeout | None = _UNCHANGED,
        retry: RetryPolicy | None = _UNCHANGED,
        limiter: RateLimiter | None = _UNCHANGED,
        headers: Mapping[str, str] = _UNCHANGED,
        on_event: Listener | None = _UNCHANGED,
        proxy: str | httpx.Proxy | None = _UNCHANGED,
        spool: str | os.PathLike[str] | None = _UNCHANGED,
    ) -> Self:
        """A sibling with other settings that shares the connections; only the original closes them.

        For one call: `client.with_options(timeout=600).images.generate(...)`. Making a sibling takes microseconds and
        opens nothing, so a service with many accounts makes one for each call: `client.with_options(token=theirs)`.

        Args:
            token: Another account's token. Its calls wait for its own limits, whichever store keeps them, never for
                another account's. Headers, listener and everything else stay: give `on_event` to tell accounts apart.
                The environment is not asked for a token here.
            base_url: As for a new client. The token goes there, so give the one that belongs there.
            timeout: As for a new client, and so are `retry`, `on_event` and `spool`.
            limiter: As for a new client. None sends at once.
            headers: Added to those set before.
            proxy: As for a new client, and the connections through it are kept as well. None takes the proxies of the
                environment as they are now.

        Raises:
            InputError: A value that cannot be used, a header that holds the token of the account before, or a `proxy`
                for a client that was made with a `transport`.
        """
        options: dict[str, Any] = {"token": token, "base_url": base_url, "timeout": timeout, "retry": retry}
        options |= {"limiter": limiter, "headers": headers, "on_event": on_event, "spool": spool}
        given = {name: value for name, value in options.items() if value is not _UNCHANGED}
        io = self._io if proxy is _UNCHANGED else self._io.over(rerouted(self._io.transport, proxy))
        made = object.__new__(type(self))
        made._set_up(sibling(self._settings, given), io, owns=False)
        if proxy is _UNCHANGED and base_url is _UNCHANGED:
            made._viewer = self._viewer  # a sibling for one call is gone when its result is shown
        return made

    if not TYPE_CHECKING:  # where there is no such attribute

        def __getattr__(self, name: str) -> Any:
            if name in _OTHERS:
                raise AttributeError(f"{type(self).__name__} has no {name}(): {_OTHERS[name]}.")
            return object.__getattribute__(self, name)  # to the error there was, also one inside a property

    def _make(self, io: Blocking | Awaiting, token: str | None, base_url: str | None, **given: Any) -> None:
        logs.set_up()
        self._set_up(Settings(**check_settings({**from_environment(token, base_url), **given})), io, owns=True)

    def _set_up(self, settings: Settings, io: Blocking | Awaiting, *, owns: bool) -> None:
        self._settings, self._io, self._owns_connections = settings, io, owns

    async def _call(self, bound: operation[Any, T], made: Callable[[], Call[T]], reads_files: bool) -> T:
        """A call from its arguments to its result."""
        if reads_files:
            call: Call[T] = await self._io.run(made, blocks=True)
        else:
            async with self._io.begins():
                call = made()
                await self._io.sleep(0.0)
        try:
            request = call.outgoing(self._settings, bound.helper)
            result = (await Sending(self._io, self._settings, request).run()).known()
            if isinstance(result, ImageResult):
                result._seen_by(self._viewer)
                result._made_by(call.operation, *call.said())
            return result
        finally:
            call.close()

    @cached_property
    def _viewer(self) -> Viewer:
        return Viewer(self._io, self._settings)

    def _downloads(self) -> Downloads:
        return Downloads.of(self._io, self._settings)


class Recraft(_Client[Blocks], Blocks):
    """A client of the Recraft Images API.

    Its calls are in groups: `images`, `prompts`, `styles`, `models`, `colors`, `users` and `service`. `raw` takes every
    generated function.

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
        proxy: Where calls and downloads go through: `http://user:password@host:3128`, also `https://`, and `socks5://`
            with the package socksio; or an `httpx.Proxy`. When None, what HTTPS_PROXY, ALL_PROXY and NO_PROXY say as
            the client is made. This machine itself is always reached directly. An error of the proxy's names its
            scheme, host and port, and nothing else of its address.
        spool: A folder for images that come with the answer itself (`response_format` is "b64_json" or "multipart").
            They go straight into files there that have no name and are gone with the image, however the process ends,
            and are in memory only while somebody asks for their bytes; `save` does not. By default they are in memory.
            So are those for which there is no room, and those that come while half of the files that the process may
            open are open: each takes one. It has to be there, and one with room for the images that are kept at once.

    Use it in a `with` block, or call `close()`. It may be used from several threads, and in a process that was forked
    after it was made: that makes connections of its own. It does not pickle, for it holds a secret and connections:
    make one in each process, as in the initializer of a pool's workers.

    Certificates are checked with the authorities that certifi has. SSL_CERT_FILE (a file in PEM) and SSL_CERT_DIR (a
    folder that `openssl rehash` has prepared) name others in their place, for the service, for images and for an
    https proxy alike; they are read as the client is made. Where a company's proxy opens TLS, the file has to hold its
    certificate, and the public ones too if something is reached directly.

    Raises:
        InputError: No token, or a value that cannot be used.
    """

    @known_keywords
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
        proxy: str | httpx.Proxy | None = None,
        spool: str | os.PathLike[str] | None = None,
    ) -> None:
        io = Blocking(check_transport(transport, httpx.BaseTransport, proxy) or Pools(proxy))
        given = {"timeout": timeout, "retry": retry, "limiter": limiter, "headers": headers, "on_event": on_event}
        self._make(io, token, base_url, spool=spool, **given)

    @cached_property
    def raw(self) -> Raw:
        """The generated client, with the same retries, rate limiting and errors: `create_image.sync(client=client.raw,
        ...)`.
        """
        return raw(self._settings, self._io)

    def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
        format: Literal["png", "webp", "jpg"] | None = None,
        concurrency: int = 8,
        sidecar: bool = False,
    ) -> list[Path]:
        """Write the images of a result to a directory, which is made when missing; their paths, in order.

        Each file is written whole or not at all. Its extension follows from its content: raster images are WebP
        without loss unless the call asked for `image_format="png"`, vector images are SVG. `format` converts raster
        images, with Pillow. `name` may use `{image_id}` and `{index}` (from 1).
        So many images as `concurrency` says are fetched side by side. `sidecar` puts a file beside each image, called
        like it with `.jsonld` at the end, that says what `to_jsonld` does and is bound to the image by its SHA-256.

        Raises:
            ExpiredURLError: The URL no longer works; it lives about 24 hours.
            DownloadError: What came is not an image, is empty, cut short or larger than 512 MiB.
            FileExists: There is such a file already, and `overwrite` is False.
            All of them name in `saved` what was written before.
        """
        with ends_here():
            return run_now(
                self._downloads().save(images_of(result), directory, name, overwrite, format, concurrency, sidecar)
            )

    def fetch(self, image: Image) -> bytes:
        """The bytes of one image, which keeps them for its `to_pil()`. Raises as `save` does."""
        with ends_here():
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

    `transport` is an `httpx.AsyncBaseTransport`, such as `recraft.aiohttp_transport()` makes for hundreds of calls in
    flight.
    """

    @known_keywords
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
        proxy: str | httpx.Proxy | None = None,
        spool: str | os.PathLike[str] | None = None,
    ) -> None:
        io = Awaiting(check_transport(transport, httpx.AsyncBaseTransport, proxy) or AsyncPools(proxy))
        given = {"timeout": timeout, "retry": retry, "limiter": limiter, "headers": headers, "on_event": on_event}
        self._make(io, token, base_url, spool=spool, **given)

    @cached_property
    def raw(self) -> Raw:
        """As `Recraft.raw`, for the generated `asyncio` functions."""
        return async_raw(self._settings, self._io)

    async def save(
        self,
        result: ImageResult | Image | Iterable[Image],
        directory: str | os.PathLike[str] = ".",
        *,
        name: str = "{image_id}",
        overwrite: bool = False,
        format: Literal["png", "webp", "jpg"] | None = None,
        concurrency: int = 8,
        sidecar: bool = False,
    ) -> list[Path]:
        """As `Recraft.save`."""
        with ends_here():
            return await self._downloads().save(
                images_of(result), directory, name, overwrite, format, concurrency, sidecar
            )

    async def fetch(self, image: Image) -> bytes:
        """As `Recraft.fetch`."""
        with ends_here():
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
