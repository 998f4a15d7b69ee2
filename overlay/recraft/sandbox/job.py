"""One valid call on its way to an answer: what a behaviour may read (fields, uploads, sizes) and make (pictures)."""

from __future__ import annotations

import base64
import binascii
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from uuid import UUID

from attrs import define, field, frozen
from PIL import Image

from recraft.sandbox.contract import Call, Contract
from recraft.sandbox.forms import FilePart
from recraft.sandbox.gallery import Gallery, Picture, is_download
from recraft.sandbox.pictures import DEFAULT_SIDE, MAX_SIDE, decode, draw_svg, encode, paint, trace
from recraft.sandbox.scene import Rgb, Scene, compose
from recraft.sandbox.wire import Problem, Request, invalid

_SIZE = re.compile(r"(\d{1,5})\s*([x:])\s*(\d{1,5})")
_DATA_URL = re.compile(r"data:([^,;]*)((?:;[^,;]*)*),", re.IGNORECASE)
_MAX_RATIO = 4


@frozen
class StyleCard:
    """A custom style: what it was made with, and the colours of its reference images."""

    id: UUID
    style: str
    created: float
    colors: tuple[Rgb, ...]


@define
class World:
    """What outlives a call."""

    contract: Contract
    gallery: Gallery
    live: bool
    seed: int
    styles: dict[UUID, StyleCard] = field(factory=dict)
    style_numbers: Iterator[int] = field(factory=lambda: itertools.count(1), repr=False)


@frozen
class Job:
    """A call with everything a behaviour needs. `credits` is its price in units, already reserved."""

    world: World
    call: Call
    request: Request
    credits: int
    balance: int

    def text(self, name: str, default: str = "") -> str:
        """A text field. An empty one counts as not given."""
        return str(self.call.fields.get(name) or default)

    def whole(self, *names: str, default: int = 0) -> int:
        """The first of these whole-number fields that was given."""
        return next((int(self.call.fields[name]) for name in names if self.call.fields.get(name) is not None), default)

    def share(self, name: str, default: float) -> float:
        """A number field."""
        value = self.call.fields.get(name)
        return default if value is None else float(value)

    @property
    def count(self) -> int:
        return self.whole("n", default=1)

    @property
    def vector(self) -> bool:
        """Whether model or style ask for SVG."""
        return self.text("model").endswith("_vector") or self.text("style").startswith("vector_illustration")

    @property
    def prompt(self) -> str:
        """The prompt within its limit: 10,000 characters, 1,000 for the V2 and V3 models (vendor documentation)."""
        prompt, old = self.text("prompt"), self.text("model").startswith(("recraftv2", "recraftv3"))
        limit = 1_000 if old else 10_000
        if len(prompt) > limit:
            raise invalid("prompt", f"{len(prompt)} characters, at most {limit} for this model")
        return prompt

    def size(self, default: tuple[int, int] = (DEFAULT_SIDE, DEFAULT_SIDE)) -> tuple[int, int]:
        """The asked size in pixels: `WxH` as it is, a ratio `w:h` with a long side of 1,024."""
        text = self.text("size")
        return read_size(text) if text else default

    def scene(
        self, width: int, height: int, index: int = 0, about: str = "", palette: Sequence[Rgb] = ()
    ) -> Callable[[], Scene]:
        """What composes the scene this call asks for: its prompt, model, style, colours and seed, checked now.

        `palette` is used when the call names neither colours nor a style of its own.
        """
        controls = self.call.fields.get("controls") or {}
        colors = [_rgb(color) for color in controls.get("colors") or ()]
        background = controls.get("background_color")
        card = self.style_card()
        if card and not colors:
            colors = list(card.colors)
        colors = colors or list(palette)
        words = (self.prompt, about, self.text("style"), self.text("substyle"), self.text("negative_prompt"))
        seed = self.whole("random_seed", default=self.world.seed)
        variant = f"{seed}/{self.text('model')}/{index}"
        behind = _rgb(background) if background else None
        return lambda: compose("/".join(words), width, height, colors, behind, variant)

    def style_card(self) -> StyleCard | None:
        """The style that `style_id` names. Raises Problem 400 when there is none."""
        text = self.text("style_id")
        if not text:
            return None
        card = self.world.styles.get(UUID(text))
        if card is None:
            raise Problem(400, "style_not_found", f"style_id: there is no style {text}")
        return card

    def upload(self, name: str) -> Image.Image:
        """An uploaded picture: the part `name`, or what `<name>_url` points to. Raises Problem 400 naming the field."""
        field_name, data = self.uploads(name)[0]
        return decode(field_name, data)

    def uploads(self, *names: str) -> list[tuple[str, bytes]]:
        """All uploads under these names (`image`, `image_url`, `image_urls`), each with the name of its field."""
        found: list[tuple[str, bytes]] = []
        for name in [spelled for base in names for spelled in (base, f"{base}_url", f"{base}_urls")]:
            value = self.call.fields.get(name)
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, FilePart):
                    found.append((name, item.data))
                elif isinstance(item, str):
                    found.append((name, self._fetch(name, item)))
        if not found:
            raise invalid(names[0], "required field is missing")
        return found

    def make(self, draw: Callable[[], Image.Image], *, vector: bool | None = None) -> Picture:
        """A raster picture drawn later, as SVG when the call asks for vector (or `vector` says so)."""
        if self.vector if vector is None else vector:
            return self.world.gallery.add("svg", lambda: trace(draw()).encode())
        kind = self.text("image_format", "png")
        return self.world.gallery.add(kind, lambda: encode(draw(), kind))

    def make_scene(self, scene: Callable[[], Scene], *, vector: bool) -> Picture:
        """A picture of a scene and nothing else; as SVG it has the scene's own shapes."""
        if vector:
            return self.world.gallery.add("svg", lambda: draw_svg(scene()).encode())
        return self.make(lambda: paint(scene()), vector=False)

    def answer(self, pictures: list[Picture], *, single: bool = False) -> dict[str, Any]:
        """The body that hands pictures over. `single` operations answer one object in the live service's shape."""
        images = [self._image(picture) for picture in pictures]
        shape = {"image": images[0]} if single and self.world.live else {"data": images}
        return {"created": int(self.request.now), "credits": self.credits, **shape}

    def _image(self, picture: Picture) -> dict[str, Any]:
        if self.text("response_format") == "b64_json":
            return {"image_id": str(picture.id), "b64_json": base64.b64encode(picture.bytes()).decode()}
        link = self.world.gallery.link(picture, self.request.origin, self.request.now)
        return {"image_id": str(picture.id), "url": link}

    def _fetch(self, name: str, url: str) -> bytes:
        """What a URL in a JSON body points to: a data URL, or an image this sandbox made. It never goes out."""
        if url[:5].lower() == "data:":
            return _decode_data_url(name, url)
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and is_download(parts.path):
            try:
                return self.world.gallery.open(f"{parts.path}?{parts.query}", self.request.now).bytes()
            except Problem as problem:
                raise invalid(name, problem.message) from None
        raise invalid(name, "the sandbox is offline: give a data: URL or the URL of an image it made")


def read_size(text: str) -> tuple[int, int]:
    """`WxH` or `w:h` in pixels. Raises Problem 400 naming `size`."""
    matched = _SIZE.fullmatch(text.strip())
    if not matched:
        raise invalid("size", f"{text[:40]!r} is neither WxH (1024x1024) nor a ratio w:h (16:9)")
    width, height, ratio = int(matched[1]), int(matched[3]), matched[2] == ":"
    if not width or not height or (ratio and max(width, height) > _MAX_RATIO * min(width, height)):
        raise invalid("size", f"{text!r} is out of range, ratios go from 1:{_MAX_RATIO} to {_MAX_RATIO}:1")
    if ratio:
        long = max(width, height)
        return round(DEFAULT_SIDE * width / long), round(DEFAULT_SIDE * height / long)
    if max(width, height) > MAX_SIDE:
        raise invalid("size", f"{text!r} is too large, at most {MAX_SIDE} pixels a side")
    return width, height


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


def _rgb(color: Any) -> Rgb:
    r, g, b = (int(part) for part in color["rgb"])
    return r, g, b
