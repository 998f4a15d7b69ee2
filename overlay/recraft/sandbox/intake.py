"""What came with a call: files and URLs, read and held against the limits before anything is made of them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from attrs import frozen
from PIL import Image

from recraft.sandbox import vectors
from recraft.sandbox.forms import FilePart
from recraft.sandbox.gallery import Gallery
from recraft.sandbox.limits import FileLimits
from recraft.sandbox.links import is_download
from recraft.sandbox.pictures import decode
from recraft.sandbox.wire import Problem, invalid, path_of

_DATA_URL = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),", re.IGNORECASE)


@frozen
class Uploads:
    """The pictures of a call. `limits` is None when any that can be read is taken; `svg` lets SVG in.

    `lenient` takes a mask of any size, too: nothing in the specification says which one it has.
    """

    fields: Mapping[str, Any]
    gallery: Gallery
    now: float
    limits: FileLimits | None
    svg: bool
    lenient: bool = False

    def picture(self, name: str) -> Image.Image:
        """An uploaded picture: the part `name`, or what `<name>_url` points to. Raises Problem 400 naming the field."""
        field_name, data = self.files(name)[0]
        return self.read(field_name, data)

    def image(self) -> Image.Image:
        """The one picture of a call that is about one, by either of its names."""
        field_name, data = self.files("image", "file")[0]
        return self.read(field_name, data)

    def mask(self, image: Image.Image) -> Image.Image:
        """The mask for an image. Raises Problem 400 for another size and, with limits, for values between 0 and 255."""
        field_name, data = self.files("mask")[0]
        mask = decode(field_name, data, self.limits)
        if image.size != mask.size:
            if self.lenient:
                return mask.resize(image.size, Image.Resampling.NEAREST)
            sizes = f"{mask.width}x{mask.height}, the image is {image.width}x{image.height}"
            raise invalid(field_name, f"{sizes}; both must have the same size")
        if self.limits and not _black_and_white(mask):
            wanted = "every pixel must be 0 (keep) or 255 (edit), grayscale, nothing between and nothing transparent"
            raise invalid(field_name, f"it is not pure black and white; {wanted} (a JPEG never is)")
        return mask

    def is_svg(self) -> bool:
        """Whether the picture of the call is SVG that is taken as such."""
        return self.svg and vectors.is_svg(self.files("image", "file")[0][1])

    def read(self, name: str, data: bytes) -> Image.Image:
        """Bytes as a picture, within the limits."""
        if self.svg and vectors.is_svg(data):
            if self.limits:
                self.limits.check_bytes(name, data)
            return vectors.read_svg(name, data)
        return decode(name, data, self.limits)

    def files(self, *names: str) -> list[tuple[str, bytes]]:
        """All uploads under these names (`image`, `image_url`, `image_urls`), each with the name of its field."""
        found = self.given(*names)
        if not found:
            raise invalid(names[0], "required field is missing")
        return found

    def given(self, *names: str) -> list[tuple[str, bytes]]:
        """Like `files`, but there may be none."""
        found: list[tuple[str, bytes]] = []
        for name in [spelled for base in names for spelled in (base, f"{base}_url", f"{base}_urls")]:
            value = self.fields.get(name)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, FilePart):
                    found.append((name, item.data))
                elif isinstance(item, str):
                    found.append((name, self._fetch(name, item)))
        return found

    def _fetch(self, name: str, url: str) -> bytes:
        """What a URL in a JSON body points to: a data URL, or an image this sandbox made. It never goes out."""
        if url[:5].lower() == "data:":
            return _decode_data_url(name, url)
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and is_download(path_of(url)):
            try:
                return self.gallery.open(f"{parts.path}?{parts.query}", self.now).bytes()
            except Problem as problem:
                raise invalid(name, problem.message) from None
        raise invalid(name, "the sandbox is offline: give a data: URL or the URL of an image it made")


def _black_and_white(mask: Image.Image) -> bool:
    colors = mask.getcolors(2)  # with transparency they have a fourth channel, and so are neither
    return colors is not None and all(color in {(0, 0, 0), (255, 255, 255)} for _, color in colors)


def _decode_data_url(name: str, url: str) -> bytes:
    matched = _DATA_URL.match(url)
    if not matched:
        raise invalid(name, "the data: URL has no comma")
    raw = unquote_to_bytes(url[matched.end() :])
    if not matched[2].lower().endswith(";base64"):
        return raw
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        raise invalid(name, "the data: URL is not base64") from None
