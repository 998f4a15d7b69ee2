"""Images on their way out: fetched or decoded, checked, and written whole or not at all. Flows, see `_effects`.

Downloads never carry the token, take https only (http to this machine, for a sandbox), follow few redirects, and stop at a size limit.
No name that a server chose decides where a file goes.
"""

from __future__ import annotations

import base64
import binascii
import functools
import io
import math
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import attrs
import httpx

from ._clock import clock
from ._effects import Body, Exchange, Flow, Run, Sleep, TooLarge
from ._settings import is_loopback
from .errors import DownloadError, ExpiredURLError, FileExists, InputError, RecraftError, TimedOut, presentable
from .inputs import EXTENSIONS, HEAD, sniff
from .results import Image, ImageResult
from .retry import Failure, RetryPolicy, sort_exception, sort_status

#: The largest image that is downloaded, in bytes.
MAX_IMAGE = 512 * 2**20

#: How many redirects a download follows, each to https only.
MAX_REDIRECTS = 3

_UNSAFE = re.compile(r"[^\w.-]+")


@attrs.frozen(kw_only=True)
class Downloads:
    """How images are fetched: the transport without a token, the policy, and the timeouts in seconds."""

    transport: httpx.BaseTransport | httpx.AsyncBaseTransport
    policy: RetryPolicy
    timeout: dict[str, float | None]
    user_agent: str


def images_of(result: ImageResult | Image | Iterable[Image]) -> list[Image]:
    """The images of whatever was passed to `save`."""
    items: list[Any] = list(result) if isinstance(result, Iterable) and not isinstance(result, Image) else [result]
    if wrong := [item for item in items if not isinstance(item, Image)]:
        raise InputError(f"save takes a result, an image or a list of images, not {type(wrong[0]).__name__}.")
    return items


def one_image(image: Any) -> Image:
    """The image that was passed to `fetch`."""
    if isinstance(image, ImageResult):
        raise InputError(
            f"fetch takes one image, and this result has {len(image)}: fetch(result[0]), or save(result, ...)."
        )
    if not isinstance(image, Image):
        raise InputError(f"fetch takes an image of a result, not {type(image).__name__}.")
    return image


def save(
    images: list[Image], directory: str | os.PathLike[str], name: str, overwrite: bool, how: Downloads
) -> Flow[list[Path]]:
    """Write each image to `directory`; the paths, in order."""
    if not isinstance(directory, str | os.PathLike):
        raise InputError(f"directory is {directory!r:.80}; expected a path.")
    target = Path(directory)
    stems = list(_stems(images, name))
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot use {str(target)!r} as a directory: {error.strerror}") from None
    paths: list[Path] = []
    for image, stem in zip(images, stems, strict=True):
        # Next to its final place, so that taking its name stays within one file system.
        part = target / f".recraft-{secrets.token_hex(8)}.part"
        try:
            with open(part, "xb+") as file:
                media_type = yield from _fetch(image, file, how)
                file.flush()
                yield Run(functools.partial(os.fsync, file.fileno()), blocking=True)
            paths.append(_place(part, target / f"{stem}.{EXTENSIONS[media_type]}", overwrite))
        except RecraftError as error:
            error.saved = tuple(paths)
            if len(images) > 1:
                error.message = f"{stem} (image {len(paths) + 1} of {len(images)}): {error.message}"
                error.args = (error.message,)
            raise error.with_traceback(None) from None  # the frames below hold the signed URL
        except OSError as caught:
            failed = DownloadError(f"{stem} cannot be written to {str(target)!r}: {caught.strerror or caught}")
            failed.saved = tuple(paths)
            raise failed from None
        finally:
            part.unlink(missing_ok=True)
    return paths


def fetch(image: Image, how: Downloads) -> Flow[bytes]:
    """The bytes of one image, checked to be an image."""
    buffer = io.BytesIO()
    try:
        yield from _fetch(image, buffer, how)
    except RecraftError as error:
        raise error.with_traceback(None) from None  # the frames below hold the signed URL
    return buffer.getvalue()


def _stems(images: list[Image], template: str) -> Iterator[str]:
    """File names without extension, safe on every file system and different from each other."""
    used: set[str] = set()
    for index, image in enumerate(images, 1):
        identifier = str(image.image_id or f"image-{index}")
        try:
            stem = template.format(image_id=identifier, index=index)
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            raise InputError(
                f"name {template!r} is not a template: {error}. It may use {{image_id}} and {{index}}."
            ) from None
        if stem.rpartition(".")[2].lower() in (*EXTENSIONS.values(), "jpeg"):
            raise InputError(f"name gives {stem!r}; leave the extension out, it follows from the content.")
        if stem != _UNSAFE.sub("_", stem) or stem.startswith(".") or not stem or len(stem) > 200:
            raise InputError(
                f"name gives {stem!r}; use letters, digits, '.', '_' and '-' only, and pass folders as the directory."
            )
        unique, count = stem, 2
        while unique.lower() in used:
            unique, count = f"{stem}-{count}", count + 1
        used.add(unique.lower())
        yield unique


def _place(part: Path, path: Path, overwrite: bool) -> Path:
    """Give a finished file its name."""
    if overwrite:
        part.replace(path)
        return path
    try:
        path.hardlink_to(part)  # unlike a rename, this fails when the name is taken
    except FileExistsError:
        raise FileExists(
            f"{str(path)!r} is there already. Pass overwrite=True, another name or another directory."
        ) from None
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExists(
                f"{str(path)!r} is there already. Pass overwrite=True, another name or another directory."
            ) from None
        part.rename(path)
    return path


def _fetch(image: Image, file: IO[bytes], how: Downloads) -> Flow[str]:
    """Put the bytes of an image into `file`; its media type."""
    attempts = 0
    if image.b64_json is not None:
        yield Run(lambda: _decode(image.b64_json or "", file), blocking=True)
    elif image.url:
        attempts = yield from _download(image, file, how)
    else:
        raise DownloadError("the image has neither a URL nor its bytes")
    file.seek(0, os.SEEK_END)
    size = file.tell()
    file.seek(0)
    head = file.read(HEAD)
    if not size:
        raise DownloadError("the image is empty: 0 bytes", attempts=attempts)
    media_type = sniff(head)
    if media_type is None:
        what = (
            "a web page"
            if head.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html"))
            else f"{head[:12]!r}..."
        )
        raise DownloadError(f"what came is not an image but {what} ({size} bytes)", attempts=attempts)
    file.seek(max(0, size - HEAD))
    if not _is_whole(media_type, size, head, file.read()):
        raise DownloadError(f"the image is cut short: its last part is missing ({size} bytes)", attempts=attempts)
    return media_type


def _is_whole(media_type: str, size: int, head: bytes, tail: bytes) -> bool:
    """Whether an image goes on to its own end, where its type says what that is: a wrong Content-Length cuts it in silence."""
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


def _download(image: Image, file: IO[bytes], how: Downloads) -> Flow[int]:
    """Stream an image into `file`, in how many attempts: fetching changes nothing, so every temporary failure is tried again."""
    started, attempts = clock.now(), 0
    while True:
        attempts += 1
        file.seek(0)
        file.truncate()
        failure, error = yield from _attempt(image.url or "", file, how, started)
        if error is None:
            return attempts
        error.attempts = attempts
        wait = how.policy.wait_before_retry(failure, attempts=attempts, idempotent=True, jitter=0.5)
        if wait is None or wait >= _left(how.policy, started):
            raise error
        yield Sleep(wait)


def _attempt(url: str, file: IO[bytes], how: Downloads, started: float) -> Flow[tuple[Failure, RecraftError | None]]:
    for _ in range(MAX_REDIRECTS + 1):
        body = Body(httpx.ByteStream(b""))
        left = _left(how.policy, started)
        timeout = {key: left if value is None else min(value, left) for key, value in how.timeout.items()}
        safe = _safe(url)
        try:
            request = httpx.Request(
                "GET",
                safe,
                headers={"user-agent": how.user_agent, "accept": "image/*", "accept-encoding": "identity"},
                extensions={"timeout": {key: None if value == math.inf else value for key, value in timeout.items()}},
            )
            request.stream = body
            # Straight to the transport: httpx.Client logs the URL, and with it the signature.
            head: httpx.Response = yield Exchange(
                how.transport,
                request,
                body,
                _writer(file),
                MAX_IMAGE,
                left,
                timeout.get("read") or math.inf,
                blocking=True,
            )
        except TooLarge:
            return Failure("final", "TooLarge"), DownloadError(f"the image is larger than {MAX_IMAGE} bytes")
        except (httpx.HTTPError, httpx.InvalidURL) as caught:
            failure = sort_exception(caught, sent_whole=True)
            kind = TimedOut if failure.timed_out else DownloadError
            return failure, kind(f"the image could not be fetched: {failure.reason}: {presentable(str(caught))}")
        location = head.headers.get("location")
        if not (head.has_redirect_location and location):
            return _judge(head)
        try:
            target = httpx.URL(url).join(location)
        except httpx.InvalidURL:
            return Failure("final", "redirects"), DownloadError("the image's URL redirects to what is no URL")
        if target.scheme != "https" and not is_loopback(httpx.URL(url).host):
            return Failure("final", "redirects"), DownloadError("the image's URL redirects to an address without https")
        url = str(target)
    return Failure("final", "redirects"), DownloadError(f"the image's URL redirects more than {MAX_REDIRECTS} times")


def _judge(head: httpx.Response) -> tuple[Failure, RecraftError | None]:
    if head.is_success:
        return Failure("final", ""), None
    failure = sort_status(head.status_code, head.headers, wall=clock.wall())
    if head.status_code in (401, 403, 404, 410):
        text = f"the image's URL is no longer valid ({head.status_code}); it lives about 24 hours. Save images soon after making them."
        return failure, ExpiredURLError(text, status=head.status_code)
    text = f"the image could not be fetched: {head.status_code}"
    return failure, DownloadError(text, status=head.status_code, retry_after=failure.retry_after)


def _writer(file: IO[bytes]) -> Callable[[httpx.Response, bytes], None]:
    def write(response: httpx.Response, chunk: bytes) -> None:
        if response.is_success:
            file.write(chunk)

    return write


def _safe(url: str) -> str:
    """The URL when it may be fetched: https, or http on this machine, without user information."""
    try:
        parts = urlsplit(url)
        host, with_user, _ = parts.hostname or "", parts.username is not None, parts.port
    except ValueError:
        raise DownloadError("the image's URL is not a URL") from None
    if (
        parts.scheme not in ("https", "http")
        or (parts.scheme == "http" and not is_loopback(host))
        or not host
        or with_user
    ):
        raise DownloadError(
            f"the image's URL is refused: {parts.scheme or 'no scheme'}://{host}; only https is fetched"
        )
    return url


def _left(policy: RetryPolicy, started: float) -> float:
    return math.inf if policy.deadline is None else max(0.001, started + policy.deadline - clock.now())


__all__: list[Any] = ["MAX_IMAGE", "Downloads", "fetch", "images_of", "save"]
