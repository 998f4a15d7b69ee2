"""Images on their way out: fetched without the token, checked to be images, and written whole or not at all."""

from __future__ import annotations

import base64
import binascii
import contextlib
import functools
import io
import itertools
import os
import re
import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import attrs
import httpx

from .._spool import Spooled
from ..errors import (
    DownloadError,
    ExpiredURLError,
    FileExists,
    InputError,
    RecraftError,
    TimedOut,
    forgotten_await,
    presentable,
    shown,
)
from ..inputs import EXTENSIONS, HEAD, sniff
from ..results import Image, ImageResult
from ..retry import Failure, RetryPolicy, sort_exception, sort_status
from . import io as flows
from .body import Body
from .clock import Deadline, clock
from .converting import Convert, converter
from .exchange import Exchange, TooLarge
from .settings import USER_AGENT, Settings, is_loopback
from .sidecars import ENDING, record

#: The largest image that is downloaded, in bytes.
MAX_IMAGE = 512 * 2**20

#: How many redirects a download follows, each to https only.
MAX_REDIRECTS = 3

_UNSAFE = re.compile(r"[^\w.-]+")


def images_of(result: ImageResult | Image | Iterable[Image]) -> list[Image]:
    """The images of whatever was passed to `save`."""
    items: list[Any] = list(result) if isinstance(result, Iterable) and not isinstance(result, Image) else [result]
    if wrong := [item for item in items if not isinstance(item, Image)]:
        raise InputError(
            f"save takes a result, an image or a list of images, not {type(wrong[0]).__name__}."
            + forgotten_await(wrong[0])
        )
    return items


def one_image(image: Any) -> Image:
    """The image that was passed to `fetch`."""
    if isinstance(image, ImageResult):
        raise InputError(
            f"fetch takes one image, and this result has {len(image)}: fetch(result[0]), or save(result, ...)."
        )
    if not isinstance(image, Image):
        raise InputError(f"fetch takes an image of a result, not {type(image).__name__}." + forgotten_await(image))
    return image


class _Into:
    """Puts the body of a success into a file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._wanted = file, False

    def begin(self, head: httpx.Response) -> None:
        self._wanted = head.is_success

    def take(self, data: bytes) -> None:
        if self._wanted:
            self._file.write(data)


@attrs.frozen
class Downloads:
    """How images are fetched: through the client's connections, and with nothing of its account."""

    io: flows.IO
    policy: RetryPolicy
    timeouts: Mapping[str, float | None]
    local: bool  # whether the API is on this machine, and so may be its images
    secret: str = attrs.field(repr=False)  # never to be logged, should a host repeat it
    limit: int | None = None  # bytes of one image, MAX_IMAGE when None
    keeps_alive: bool = True  # whether its connections may serve again

    @classmethod
    def of(cls, io: flows.IO, settings: Settings) -> Downloads:
        return cls(io, settings.policy, settings.timeouts, settings.local, settings.token)

    async def save(
        self,
        images: list[Image],
        directory: str | os.PathLike[str],
        name: str,
        overwrite: bool,
        format: str | None,
        concurrency: int,
        sidecar: bool = False,
    ) -> list[Path]:
        """Write each image to `directory`; the paths, in order."""
        target, most = _target(directory), check_concurrency(concurrency)
        convert = converter(format)
        stems = list(_stems(images, name))
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as caught:
            raise InputError(f"cannot use {str(target)!r} as a directory: {caught.strerror}") from None
        writing = _Writing(self, target, overwrite, convert, sidecar)
        flows = [functools.partial(writing.one, *each) for each in zip(itertools.count(), images, stems)]
        try:
            await self.io.together(flows, most)
        finally:
            writing.end()
        if writing.error is not None:
            error = writing.error
            error.saved = tuple(writing.paths)
            if len(images) > 1:
                place = len(writing.paths)
                error.message = f"{stems[place]} (image {place + 1} of {len(images)}): {error.message}"
            error.__context__ = None  # it holds the signed URL, and so do the frames below
            raise error.with_traceback(None) from None
        return writing.paths

    async def fetch(self, image: Image) -> bytes:
        """The bytes of one image, which keeps them."""
        data = await self.look(image)
        if not image._is_here:
            image._keep("_fetched", data)
        return data

    async def look(self, image: Image) -> bytes:
        """The bytes of one image, checked to be an image."""
        buffer = io.BytesIO()
        try:
            await self.into(image, buffer)
        except RecraftError as error:
            error.__context__ = None  # it holds the signed URL, and so do the frames below
            raise error.with_traceback(None) from None
        return buffer.getvalue()

    async def into(self, image: Image, file: IO[bytes]) -> str:
        """Put the bytes of an image into `file`; its media type."""
        attempts = 0
        if (data := image._came_with) is not None:
            await self.io.run(
                lambda: data.copy_into(file) if isinstance(data, Spooled) else file.write(data), blocks=True
            )
        elif image.b64_json is not None:
            await self.io.run(lambda: _decode(image.b64_json or "", file), blocks=True)
        elif image.url:
            attempts = await self._download(image.url, file)
        else:
            raise DownloadError("the image has neither a URL nor its bytes")
        return _checked(file, attempts)

    async def _download(self, url: str, file: IO[bytes]) -> int:
        """Stream an image into `file`, in how many attempts: fetching changes nothing, so every temporary failure is
        tried again.
        """
        deadline, attempts = Deadline(self.policy.deadline), 0
        while True:
            attempts += 1
            file.seek(0)
            file.truncate()
            failure, error = await self._attempt(url, file, deadline)
            if error is None:
                return attempts
            error.attempts = attempts
            wait = self.policy.wait_before_retry(failure, attempts=attempts, idempotent=True, jitter=0.5)
            if wait is None or wait >= deadline.left():
                raise error
            await self.io.sleep(wait)

    async def _attempt(self, url: str, file: IO[bytes], deadline: Deadline) -> tuple[Failure, RecraftError | None]:
        for _ in range(MAX_REDIRECTS + 1):
            exchange = self._exchange(url, file, deadline)
            try:
                head = await self.io.exchange(exchange)
            except TooLarge:
                return Failure("final", "TooLarge"), DownloadError(
                    f"the image is larger than {self.limit or MAX_IMAGE} bytes"
                )
            except httpx.DecodingError:
                text = "the image could not be fetched: it came compressed, which was not asked for"
                return Failure("final", "DecodingError"), DownloadError(text)
            except (httpx.HTTPError, httpx.InvalidURL) as caught:
                failure = sort_exception(caught, may_have_arrived=True)
                kind = TimedOut if failure.timed_out else DownloadError
                at = f" at the proxy {exchange.stopped_at}" if exchange.stopped_at else ""
                text = f"the image could not be fetched: {failure.reason}{at}: {presentable(str(caught))}"
                return failure, kind(text, maybe_charged=False)
            if not head.has_redirect_location:
                return _judge(head)
            try:
                url = str(httpx.URL(url).join(head.headers["location"]))
            except (httpx.InvalidURL, UnicodeError, ValueError):
                return Failure("final", "redirects"), DownloadError("the image's URL redirects to what is no URL")
        return Failure("final", "redirects"), DownloadError(
            f"the image's URL redirects more than {MAX_REDIRECTS} times"
        )

    def _exchange(self, url: str, file: IO[bytes], deadline: Deadline) -> Exchange:
        body = Body(b"")
        address = self._safe(url)
        request = httpx.Request(
            "GET",
            address,
            headers={
                "host": address.netloc.decode("ascii"),
                "user-agent": USER_AGENT,
                "accept": "image/*",
                "accept-encoding": "identity",
                **({} if self.keeps_alive else {"connection": "close"}),
            },
            stream=body,
            extensions={"timeout": deadline.shorten(self.timeouts)},
        )
        # Straight to the transport: httpx.Client logs the URL, and with it the signature.
        return Exchange(
            request,
            body,
            _Into(file),
            limit=self.limit or MAX_IMAGE,
            seconds=deadline.left(),
            secret=self.secret,
            taking_blocks=True,
        )

    def _safe(self, url: str) -> httpx.URL:
        """The URL when it may be fetched: https, or http on this machine when the API is there too, without user
        information.
        """
        address = _address(url)
        if address is None:
            raise DownloadError("the image's URL is not a URL")
        plain = address.scheme == "http" and self.local and is_loopback(address.host)
        if (
            not (address.scheme == "https" or plain)
            or not address.host
            or address.userinfo
            or "@" in address.netloc.decode()
        ):
            raise DownloadError(
                f"the image's URL is refused: {presentable(address.scheme) or 'no scheme'}://"
                f"{presentable(address.host)}; "
                "only https is fetched, and http from this machine when base_url is there"
            )
        return address


@attrs.frozen
class _Fetched:
    """An image that is written, what it will be called, and its sidecar."""

    part: Path
    name: str
    beside: Path | None = None


class _Writing:
    """One `save` under way. Images are fetched side by side and get their names in order: at any moment those that are
    there are the first ones, and nothing comes after one that failed.
    """

    def __init__(
        self, downloads: Downloads, target: Path, overwrite: bool, convert: Convert | None, sidecar: bool
    ) -> None:
        self._downloads, self._target, self._overwrite, self._convert = downloads, target, overwrite, convert
        self._sidecar = sidecar
        self._lock = threading.Lock()
        self._ready: dict[int, _Fetched | RecraftError] = {}  # what is fetched, and waits for those before it
        self._parts: set[Path] = set()
        self._failed = False  # no image is begun any more
        self._over = False  # nor does one get its name
        self.paths: list[Path] = []
        self.error: RecraftError | None = None

    async def one(self, place: int, image: Image, stem: str) -> None:
        """Fetch one image, unless one before it has failed already."""
        if self._failed or self._over:
            return
        part = self._part()
        outcome: _Fetched | RecraftError
        try:
            outcome = await self._fetch(image, part, stem)
        except RecraftError as error:
            outcome, self._failed = error, True
        except OSError as caught:
            outcome, self._failed = self._unwritten(stem, caught), True
        with self._lock:
            self._ready[place] = outcome
            while not self._over and len(self.paths) in self._ready:
                self._settle(self._ready.pop(len(self.paths)))
            if self._over:
                self._sweep()

    def _part(self) -> Path:
        """A name for a file while it is written: next to its final place, so that taking its name stays within one
        file system.
        """
        part = self._target / f".recraft-{secrets.token_hex(8)}.part"
        self._parts.add(part)
        return part

    async def _fetch(self, image: Image, part: Path, stem: str) -> _Fetched:
        """Write an image to `part`, with the extension that its content asks for in its name."""
        io = self._downloads.io
        with open(part, "xb+") as file:
            media_type = await self._downloads.into(image, file)
            if self._convert is not None:
                media_type = await io.run(functools.partial(self._convert, file, media_type), blocks=True)
            file.flush()
            await io.run(functools.partial(os.fsync, file.fileno()), blocks=True)
            name = f"{stem}.{EXTENSIONS[media_type]}"
            if not self._sidecar:
                return _Fetched(part, name)
            about = await io.run(functools.partial(record, image, file, name, media_type), blocks=True)
        beside = self._part()
        with open(beside, "xb") as file:
            file.write(about)
            file.flush()
            await io.run(functools.partial(os.fsync, file.fileno()), blocks=True)
        return _Fetched(part, name, beside)

    def _settle(self, outcome: _Fetched | RecraftError) -> None:
        """Give the next image in their order its name, or end with what went wrong."""
        if isinstance(outcome, RecraftError):
            self.error, self._over = outcome, True
            return
        try:
            self.paths.append(self._placed(outcome))
        except RecraftError as error:
            self.error, self._over = error, True
        except OSError as caught:
            self.error, self._over = self._unwritten(outcome.name, caught), True

    def _placed(self, fetched: _Fetched) -> Path:
        """Give an image its name, and its sidecar before: no image is there without, and none that is not ours gets
        one.
        """
        path = self._target / fetched.name
        beside = path.with_name(f"{path.name}{ENDING}")
        if fetched.beside is not None:
            _place(fetched.beside, beside, self._overwrite)
        try:
            _place(fetched.part, path, self._overwrite)
        except BaseException:
            if fetched.beside is not None and not self._overwrite:
                beside.unlink(missing_ok=True)
            raise
        for part in (fetched.part, fetched.beside):
            if part is not None:
                part.unlink(missing_ok=True)
                self._parts.discard(part)
        return path

    def _unwritten(self, name: str, caught: OSError) -> DownloadError:
        return DownloadError(f"{name} cannot be written to {str(self._target)!r}: {caught.strerror or caught}")

    def end(self) -> None:
        """Leave nothing half-written, whatever threads are still at work."""
        with self._lock:
            self._over = True
        self._sweep()

    def _sweep(self) -> None:
        for part in list(self._parts):
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def check_concurrency(count: int) -> int:
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise InputError(f"concurrency is {shown(count)}; expected how many images are fetched at a time, from 1.")
    return count


def _address(url: str) -> httpx.URL | None:
    """A URL in parts, None when it is none.

    UnicodeError, from half a surrogate pair or an impossible host, is a ValueError.
    """
    try:
        url.encode("utf-8")
        address = httpx.URL(url)
        address.host.encode("idna")
    except (ValueError, httpx.InvalidURL):
        return None
    return address if (address.port or 0) < 2**16 else None


def _target(directory: str | os.PathLike[str]) -> Path:
    if not isinstance(directory, str | os.PathLike):
        raise InputError(f"directory is {directory!r:.80}; expected a path.")
    try:
        os.fsencode(directory)
        target = Path(directory)
    except (ValueError, TypeError):
        target = Path("\0")
    if "\0" in str(target):
        raise InputError("directory holds characters that no path can: a NUL, or half of a surrogate pair.")
    return target


def _stems(images: list[Image], template: str) -> Iterator[str]:
    """File names without extension, safe on every file system and different from each other."""
    used: set[str] = set()
    for index, image in enumerate(images, 1):
        identifier = str(image.image_id or f"image-{index}")
        try:
            stem = _named(template, identifier, index)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            raise InputError(
                f"name {template!r:.80} is not a template: {error}. It may use {{image_id}} and {{index}}."
            ) from None
        if stem.rpartition(".")[2].lower() in (*EXTENSIONS.values(), "jpeg"):
            raise InputError(f"name gives {stem!r:.80}; leave the extension out, it follows from the content.")
        if stem != _UNSAFE.sub("_", stem) or stem.startswith(".") or not stem or len(stem) > 200:
            raise InputError(
                f"name gives {stem!r:.80}; use letters, digits, '.', '_' and '-' only, at most 200, "
                "and pass folders as the directory."
            )
        unique, count = stem, 2
        while unique.lower() in used:
            unique, count = f"{stem}-{count}", count + 1
        used.add(unique.lower())
        yield unique


def _named(template: str, image_id: str, index: int) -> str:
    # A width such as {index:999999999999} would fill the memory before anybody could look at the name, and so would one
    # that is put together inside, as in {index:9{index}{index}}.
    if not isinstance(template, str) or re.search(r"\d{4}|:[^}]*\{", template.replace("{{", "").partition("{")[2]):
        raise ValueError("a width is a number of at most three digits")
    return template.format(image_id=image_id, index=index)


def _place(part: Path, path: Path, overwrite: bool) -> Path:
    """Give a finished file its name."""
    if overwrite:
        part.replace(path)
        return path
    try:
        try:
            path.hardlink_to(part)  # unlike a rename, this fails when the name is taken
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: the name is claimed first, and the claim replaced
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            try:
                part.replace(path)
            except OSError:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise FileExists(
            f"{str(path)!r} is there already. Pass overwrite=True, another name or another directory."
        ) from None
    return path


def _checked(file: IO[bytes], attempts: int) -> str:
    """The media type of the image in `file`. Raises DownloadError when it is not a whole image."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    if not size:
        raise DownloadError("the image is empty: 0 bytes", attempts=attempts)
    media_type = sniff(head)
    if media_type is None:
        page = head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))
        what = "a web page" if page else f"{head[:12]!r}..."
        raise DownloadError(f"what came is not an image but {what} ({size} bytes)", attempts=attempts)
    file.seek(max(0, size - HEAD))
    if not _is_whole(media_type, size, head, file.read()):
        raise DownloadError(f"the image is cut short: its last part is missing ({size} bytes)", attempts=attempts)
    return media_type


def _is_whole(media_type: str, size: int, head: bytes, tail: bytes) -> bool:
    """Whether an image goes on to its own end, where its type says what that is: a wrong Content-Length cuts it in
    silence.
    """
    match media_type:
        case "image/png":
            return b"IEND" in tail
        case "image/jpeg":
            return b"\xff\xd9" in tail
        case "image/webp":
            return size >= int.from_bytes(head[4:8], "little") + 8
        case "image/gif":
            return tail.rstrip(b"\0").endswith(b";")
        case "image/svg+xml":
            return b"</svg" in tail or tail.rstrip().endswith(b"/>")
    return True


def _decode(encoded: str, file: IO[bytes]) -> None:
    """base64 to bytes, a piece at a time: a whole image in memory three times over is too much."""
    try:
        for start in range(0, len(encoded), 2**20):
            file.write(base64.b64decode(encoded[start : start + 2**20], validate=True))
    except (binascii.Error, ValueError):
        raise DownloadError("the image's base64 is broken or cut short") from None


def _judge(head: httpx.Response) -> tuple[Failure, RecraftError | None]:
    if head.is_success:
        return Failure("final", ""), None
    failure = sort_status(head.status_code, head.headers, wall=clock.wall())
    if head.status_code in (401, 403, 404, 410):
        text = f"the image's URL is no longer valid ({head.status_code}); it lives about 24 hours."
        return failure, ExpiredURLError(f"{text} Save images soon after making them.", status=head.status_code)
    text = f"the image could not be fetched: {head.status_code}"
    return failure, DownloadError(text, status=head.status_code, retry_after=failure.retry_after)
