"""Images on their way in: whatever the caller has becomes an `Upload` that can be sent, and sent again, byte for byte.

What an image is, is decided by its first bytes and never by its name, and no name of the caller's goes on the wire.
"""

from __future__ import annotations

import base64
import binascii
import inspect
import io
import os
import re
import stat
import struct
import tempfile
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import unquote_to_bytes

from .errors import InputError, presentable

if TYPE_CHECKING:
    from recraft_api.inputs import ImageInput

#: How many bytes from the start are looked at to tell what a file is. SVG may begin with a long comment.
HEAD = 4096

#: File name extension for each type of image that is told apart.
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/svg+xml": "svg",
}

_SVG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:\s|<\?xml.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+<svg[\s>/]", re.S | re.I
)
_EXPECTED = "PNG, JPEG, WebP, GIF, AVIF or SVG"


def sniff(head: bytes) -> str | None:
    """The media type of an image by its first bytes, None when it is none of PNG, JPEG, WebP, GIF, AVIF and SVG."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[4:8] == b"ftyp" and (head[8:12] in (b"avif", b"avis") or b"avif" in head[16:64]):
        return "image/avif"
    return "image/svg+xml" if _SVG.match(head) else None


class Source(Protocol):
    """Bytes that can be read again from any place."""

    size: int

    def read_at(self, offset: int, count: int) -> bytes: ...
    def close(self) -> None: ...


class Upload:
    """One image to send: a binary file for httpx, with its type and a neutral name. Reading it again gives the same bytes."""

    def __init__(self, source: Source, field: str) -> None:
        self._source = source
        self._position = 0
        if source.size == 0:
            raise InputError(
                f"{field} is empty: 0 bytes. If it is an open file that was just written, go back to its start with seek(0)."
            )
        try:
            head = source.read_at(0, HEAD)
        finally:
            source.close()  # a call may wait long for its turn; what is open then is not needed
        media_type = sniff(head)
        if media_type is None:
            raise InputError(
                f"{field} is not an image of a type the API takes: its first bytes are {head[:12]!r}, "
                f"expected {_EXPECTED}. Convert it, for example with Pillow."
            )
        self.media_type = media_type
        self.size = source.size
        self.name = f"{re.sub(r'[^0-9A-Za-z]+', '-', field).strip('-')}.{EXTENSIONS[media_type]}"  # file[1]: file-1.png

    def read(self, size: int = -1) -> bytes:
        wanted = self.size - self._position if size < 0 else min(size, self.size - self._position)
        if wanted <= 0:
            self._source.close()  # a file is open only while it is being sent; it opens again for another attempt
            return b""
        chunk = self._source.read_at(self._position, wanted)
        if len(chunk) != wanted:
            raise InputError(f"{self.name} became shorter while it was being sent. Nothing was charged.")
        self._position += wanted
        return chunk

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self.size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        self._source.close()

    def data_url(self) -> str:
        """The whole image as a `data:` URL."""
        self.seek(0)
        try:
            return f"data:{self.media_type};base64,{base64.b64encode(self.read()).decode()}"
        finally:
            self.close()

    def pixels(self) -> tuple[int, int] | None:
        """Width and height in pixels, None when Pillow is not installed or cannot tell."""
        try:
            from PIL import Image
        except ImportError:
            return None
        self.seek(0)
        try:
            with Image.open(cast("IO[bytes]", self)) as image:
                return image.size
        except Exception:  # a damaged image is for the service to judge
            return None
        finally:
            self.seek(0)
            self.close()


class _Memory:
    def __init__(self, data: bytes) -> None:
        self._data, self.size = data, len(data)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]

    def close(self) -> None: ...


class _Path:
    """A file by its path. It is open only while it is read, so that a thousand waiting calls do not hold a thousand files."""

    def __init__(self, path: str | os.PathLike[str], field: str) -> None:
        self._path, self._field, self._file = path, field, cast("IO[bytes] | None", None)
        shown = presentable(
            re.sub(r"^(\w+):/+", r"\1://", os.fsdecode(path).strip())
        )  # a mistaken URL may be a signed one
        shown = shown if len(shown) <= 120 else f"{shown[:60]}..."
        if "://" in shown:
            raise InputError(
                f"{field} is {shown!r}; expected a path, or a URL that begins with http://, https:// or data:."
            )
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                raise InputError(f"{field} is a directory: {shown!r}. Pass the path of one image file.")
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{field} is not a regular file: {shown!r}. Open it and pass the open file instead.")
            self._version, self.size = _version(status), status.st_size
            self.read_at(0, 1)
            self.close()
        except FileNotFoundError:
            raise InputError(f"{field}: there is no file {shown!r} (looked in {os.getcwd()!r}).") from None
        except (OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            why = getattr(error, "strerror", None) or type(error).__name__
            raise InputError(f"{field}: cannot read {shown!r}: {why}.") from None

    def read_at(self, offset: int, count: int) -> bytes:
        if self._file is None:
            self._file = open(self._path, "rb")  # noqa: SIM115 - until close()
            if _version(os.fstat(self._file.fileno())) != self._version:
                self.close()
                raise InputError(f"{self._field} was changed after the call began: {os.fspath(self._path)!r}.")
        self._file.seek(offset)
        return self._file.read(count)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class _Descriptor:
    """A caller's open file from its current position on. Read by offset: its position and its being open stay the caller's."""

    def __init__(self, file: IO[bytes]) -> None:
        if file.writable():
            file.flush()
        self._file, self._start = file, file.tell()
        self.size = max(0, os.fstat(file.fileno()).st_size - self._start)

    def read_at(self, offset: int, count: int) -> bytes:
        try:
            return os.pread(self._file.fileno(), count, self._start + offset)
        except ValueError:
            raise InputError("an open file that was passed was closed before the call had ended.") from None

    def close(self) -> None: ...


class _Spool:
    """What can be read only once (a pipe, a download, a gzip member), kept: in memory while small, then in a temporary file."""

    def __init__(self, read: Callable[[int], Any], field: str) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 - lives until close()
        self.size = 0
        while chunk := read(2**16):
            if not isinstance(chunk, bytes | bytearray | memoryview):
                self._file.close()
                what = "text" if isinstance(chunk, str) else type(chunk).__name__
                raise InputError(
                    f'{field}: the open file gives {what}, not bytes. Open it in binary mode: open(path, "rb").'
                )
            self.size += self._file.write(chunk)

    def read_at(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(count)

    def close(self) -> None: ...  # attempts may follow; the file goes with this object


def is_url(value: object) -> bool:
    """Whether an image is given as an http(s) or data URL."""
    return isinstance(value, str) and value[:8].lower().startswith(("http://", "https://", "data:"))


def upload(image: ImageInput, field: str) -> Upload:
    """Make an `Upload` of a path, bytes, an open binary file, a PIL image, a numpy array or a data URL.

    `field` is what the parameter is called, for error messages. Raises InputError for anything that is not an image of a type
    the API takes, before anything is sent.
    """
    return Upload(_source(image, field), field)


def _source(image: Any, field: str) -> Source:
    if isinstance(image, str) and image[:5].lower() == "data:":
        return _Memory(decode_data_url(image, field))
    if isinstance(image, str | os.PathLike):
        if not os.fspath(image):
            raise InputError(f"{field} is an empty string. Pass the path of an image file, or the image itself.")
        return _Path(image, field)
    if isinstance(image, bytes | bytearray | memoryview):
        return _Memory(bytes(image))
    if hasattr(image, "__array_interface__") and hasattr(image, "dtype"):
        return _Memory(png_from_array(image, field))
    if hasattr(image, "save") and hasattr(image, "mode"):
        return _Memory(_png_from_pillow(image, field))
    if isinstance(image, io.BytesIO) and not image.closed:
        return _Memory(image.getvalue()[image.tell() :])
    read = getattr(image, "read", None)
    if isinstance(image, io.TextIOBase):
        raise InputError(f'{field} is a file opened as text. Open it in binary mode: open(path, "rb").')
    if inspect.iscoroutinefunction(read):
        raise InputError(
            f"{field} is an asynchronous file. Pass its path, or the bytes that `await file.read()` gives."
        )
    if callable(read):
        if getattr(image, "closed", False):
            raise InputError(f"{field} is a closed file. Pass its path, or an open file.")
        return _Descriptor(image) if _is_plain_file(image) else _Spool(read, field)
    if hasattr(image, "images") or hasattr(image, "b64_json"):
        raise InputError(
            f"{field} is a result of this package: pass its bytes, client.fetch(image), or its address, image.url."
        )
    raise InputError(
        f"{field} must be a path, bytes, an open binary file, a PIL image, a numpy array or a URL, not {type(image).__name__}."
    )


def decode_data_url(url: str, field: str) -> bytes:
    """The bytes of a `data:` URL (RFC 2397)."""
    header, comma, data = url.partition(",")
    if not comma:
        raise InputError(f"{field} is a data URL without a comma: {header[:40]!r}. Expected data:image/png;base64,....")
    if not header.lower().rstrip().endswith(";base64"):
        return unquote_to_bytes(data)
    try:
        return base64.b64decode("".join(unquote_to_bytes(data).decode("ascii").split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(f"{field} is a data URL whose base64 is broken: {error}.") from None


def png_from_array(array: Any, field: str) -> bytes:
    """A PNG of an array of uint8, H x W (grey), H x W x 3 (RGB) or H x W x 4 (RGBA)."""
    shape = tuple(array.shape)
    colour_type = {2: 0, 3: {3: 2, 4: 6}.get(shape[2]) if len(shape) == 3 else None}.get(len(shape))
    if colour_type is None or str(array.dtype) != "uint8" or 0 in shape:
        raise InputError(
            f"{field} is an array of shape {shape} and type {array.dtype}; expected uint8 of shape (H, W), (H, W, 3) or (H, W, 4). "
            "For floats from 0 to 1 use (array * 255).round().astype('uint8')."
        )
    height, width = shape[:2]
    row = width * (shape[2] if len(shape) == 3 else 1)
    data = array.tobytes()
    lines = b"".join(b"\0" + data[start : start + row] for start in range(0, height * row, row))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 6)) + chunk(b"IEND", b"")


def _png_from_pillow(image: Any, field: str) -> bytes:
    buffer = io.BytesIO()
    try:
        (image if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else image.convert("RGB")).save(
            buffer, "PNG"
        )
    except Exception as error:
        raise InputError(f"{field}: Pillow cannot write this image as PNG: {error}") from None
    return buffer.getvalue()


def _is_plain_file(file: Any) -> bool:
    """Whether bytes at an offset of its descriptor are the bytes it gives (not so for gzip members, pipes and wrappers)."""
    if not (
        hasattr(os, "pread") and isinstance(file, io.BufferedReader | io.BufferedRandom | io.FileIO) and file.seekable()
    ):
        return False
    raw = getattr(file, "raw", file)
    return isinstance(raw, io.FileIO) and file.readable() and stat.S_ISREG(os.fstat(file.fileno()).st_mode)


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino
