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
import struct
import zlib
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import unquote_to_bytes

from ._sources import HEAD as HEAD
from ._sources import Descriptor, Memory, PathSource, Source, Spool, is_plain_file, refuse_too_large
from .errors import InputError, forgotten_await, reason, shown

if TYPE_CHECKING:
    from recraft_api.inputs import ImageInput

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


class Upload:
    """One image to send: a binary file, with its type and a neutral name. Reading it again gives the same bytes."""

    def __init__(self, source: Source, field: str) -> None:
        self._source, self._field = source, field
        self._position = 0
        if source.size == 0:
            raise InputError(
                f"{field} is empty: 0 bytes. If it is an open file that was just written, "
                "go back to its start with seek(0)."
            )
        refuse_too_large(source.size, field)
        try:
            head = source.read_at(0, HEAD)
        finally:
            source.close()  # a call may wait long for its turn; what is open then is not needed
        self.media_type = _media_type(head, field)
        self.size = source.size
        extension = EXTENSIONS[self.media_type]
        self.name = f"{re.sub(r'[^0-9A-Za-z]+', '-', field).strip('-')}.{extension}"  # file[1]: file-1.png

    def read(self, size: int = -1) -> bytes:
        wanted = self.size - self._position if size < 0 else min(size, self.size - self._position)
        if wanted <= 0:
            self._source.close()  # a file is open only while it is being sent; it opens again for another attempt
            return b""
        try:
            chunk = self._source.read_at(self._position, wanted)
        except InputError:
            raise
        except Exception as error:
            raise InputError(f"{self._field} could not be read to its end: {reason(error)}.") from None
        if len(chunk) != wanted:
            raise InputError(f"{self._field} became shorter while it was being sent. Nothing was charged.")
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

    @property
    def in_memory(self) -> bool:
        """Whether reading it can wait for nothing."""
        return isinstance(self._source, Memory)

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


def is_url(value: object) -> bool:
    """Whether an image is given as an http(s) or data URL."""
    if not isinstance(value, str):
        return False
    return str.__getitem__(value, slice(8)).lower().startswith(("http://", "https://", "data:"))


def upload(image: ImageInput, field: str) -> Upload:
    """Make an `Upload` of a path, bytes, an open binary file, a PIL image, a numpy array or a data URL.

    `field` is what the parameter is called, for error messages. Raises InputError for anything that is not an image of
    a type the API takes, before anything is sent.
    """
    try:
        return Upload(_source(image, field), field)
    except InputError:
        raise
    except Exception as error:  # whatever an object of the caller's raises when it is read
        raise InputError(
            f"{field} cannot be read: {shown(image)}: {reason(error)}. Pass its path or its bytes."
        ) from None


def _media_type(head: bytes, field: str) -> str:
    media_type = sniff(head)
    if media_type is None:
        raise InputError(
            f"{field} is not an image of a type the API takes: its first bytes are {head[:12]!r}, "
            f"expected {_EXPECTED}. Convert it, for example with Pillow."
        )
    return media_type


def _source(image: Any, field: str) -> Source:
    if isinstance(image, str | os.PathLike):
        text = str.__str__(os.fsdecode(os.fspath(image)))  # a subclass may read as something else
        if text[:5].lower() == "data:" and isinstance(image, str):
            return Memory(decode_data_url(text, field))
        if not text:
            raise InputError(f"{field} is an empty string. Pass the path of an image file, or the image itself.")
        return PathSource(text, field)
    if isinstance(image, bytes | bytearray | memoryview):
        return Memory(bytes(image))
    if hasattr(image, "__array_interface__") and hasattr(image, "dtype"):
        return Memory(png_from_array(image, field))
    if hasattr(image, "save") and hasattr(image, "mode"):
        return Memory(_png_from_pillow(image, field))
    if type(image) is io.BytesIO and not image.closed:
        return Memory(image.getvalue()[image.tell() :])
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
        if is_plain_file(image):
            return Descriptor(image, field)
        return Spool(image, field, lambda head: _media_type(head, field))
    if hasattr(image, "images") or hasattr(image, "b64_json"):
        raise InputError(
            f"{field} is a result of this package: pass its bytes, client.fetch(image), or its address, image.url."
        )
    expected = "a path, bytes, an open binary file, a PIL image, a numpy array or a URL"
    raise InputError(
        f"{field} must be {expected}, not {type(image).__name__}: {shown(image)}." + forgotten_await(image)
    )


def decode_data_url(url: str, field: str) -> bytes:
    """The bytes of a `data:` URL (RFC 2397)."""
    header, comma, data = url.partition(",")
    if not comma:
        raise InputError(f"{field} is a data URL without a comma: {header[:40]!r}. Expected data:image/png;base64,....")
    try:
        content = unquote_to_bytes(data)
        if not header.lower().rstrip().endswith(";base64"):
            return content
        return base64.b64decode(b"".join(content.split()), validate=True)
    except UnicodeEncodeError:
        raise InputError(f"{field} is a data URL that holds half of a surrogate pair, which no text can.") from None
    except binascii.Error as error:
        raise InputError(f"{field} is a data URL whose base64 is broken: {error}.") from None


def png_from_array(array: Any, field: str) -> bytes:
    """A PNG of an array of uint8, H x W (grey), H x W x 3 (RGB) or H x W x 4 (RGBA)."""
    shape = tuple(array.shape)
    colour_type = {2: 0, 3: {3: 2, 4: 6}.get(shape[2]) if len(shape) == 3 else None}.get(len(shape))
    if colour_type is None or str(array.dtype) != "uint8" or 0 in shape:
        raise InputError(
            f"{field} is an array of shape {shape} and type {array.dtype}; "
            "expected uint8 of shape (H, W), (H, W, 3) or (H, W, 4). "
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
        raise InputError(f"{field}: Pillow cannot write this image as PNG: {reason(error)}") from None
    return buffer.getvalue()
