"""One valid call on its way to an answer: what a behaviour may read (fields, uploads, sizes) and make (pictures)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

from attrs import define, field, frozen
from PIL import Image

from recraft.sandbox import catalog, sizes
from recraft.sandbox.catalog import Facts, Model, Size
from recraft.sandbox.contract import Call, Contract
from recraft.sandbox.envelope import entry, multipart
from recraft.sandbox.gallery import Gallery, Picture
from recraft.sandbox.intake import Uploads
from recraft.sandbox.limits import FileLimits
from recraft.sandbox.pictures import DEFAULT_SIDE, draw_svg, encode, paint, trace
from recraft.sandbox.scene import Rgb, Scene, compose
from recraft.sandbox.wire import Problem, Reply, Request, invalid

REFERENCES = ("style_references", "style_reference_urls")


@frozen
class StyleCard:
    """A custom style: what it was made with, and the colours of its reference images."""

    id: UUID
    style: str
    model: str
    created: float
    colors: tuple[Rgb, ...]

    @property
    def vector(self) -> bool:
        return self.model.endswith("_vector") or catalog.style_kind(self.style) == "vector"


@define
class World:
    """What outlives a call. `strict` refuses what the live service is documented to refuse; `small` draws small."""

    contract: Contract
    gallery: Gallery
    live: bool
    strict: bool
    seed: int
    small: bool = False
    styles: dict[UUID, StyleCard] = field(factory=dict)
    style_numbers: Iterator[int] = field(factory=lambda: itertools.count(1), repr=False)


@frozen
class Job:
    """A call with everything a behaviour needs. `credits` is its price in units, already reserved.

    `made` gathers the pictures of the answer.
    """

    world: World
    call: Call
    request: Request
    credits: int = 0
    balance: int = 0
    made: list[Picture] = field(factory=list, repr=False)

    def text(self, name: str, default: str = "") -> str:
        """A text field. An empty one counts as not given."""
        return str(self.call.fields.get(name) or default)

    def whole(self, *names: str, default: int = 0) -> int:
        """The first of these whole-number fields that was given."""
        return next((int(self.share(name, 0)) for name in names if self.call.fields.get(name) is not None), default)

    def share(self, name: str, default: float) -> float:
        """A number field. Raises Problem 400 if it is none: what the spec does not know was not checked before."""
        value = self.call.fields.get(name)
        try:
            return default if value is None else float(value)
        except (TypeError, ValueError, OverflowError):
            raise invalid(name, f"a number is wanted, got {str(value)[:40]!r}") from None

    def given(self, path: str) -> bool:
        """Whether a field was sent with something in it; `controls.no_text` looks inside."""
        value: Any = self.call.fields
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        return value not in (None, "", [])

    @property
    def controls(self) -> dict[str, Any]:
        value = self.call.fields.get("controls")
        return value if isinstance(value, dict) else {}

    @property
    def facts(self) -> Facts:
        """What is documented of the operation."""
        return catalog.facts(self.call.operation.key)

    @property
    def count(self) -> int:
        return self.whole("n", default=1)

    @property
    def prompt(self) -> str:
        return self.text("prompt")

    @property
    def model_id(self) -> str:
        """The model that was asked for, or the one that follows from style and operation."""
        if self.text("model"):
            return self.text("model")
        if any(self.given(name) for name in REFERENCES):
            return "recraftv4_styles_vector" if self.facts.kind == "vector" else "recraftv4_styles"
        card = self.style_card()
        if card and not self.facts.families:
            return card.model
        style = self.text("style").split("/")[0]
        if style and not self.facts.families:  # a name that both know means V3
            newer = style in catalog.curated("V3") or style not in catalog.curated("V2")
            return "recraftv3" if newer else "recraftv2"
        return self.facts.default

    @property
    def model(self) -> Model | None:
        """The model as it is documented; None for a name that is not."""
        return catalog.model(self.model_id)

    @property
    def wants_vector(self) -> bool:
        """Whether model or style ask for SVG: a raster model with a vector style makes SVG too."""
        card = self.style_card()
        styled = catalog.style_kind(self.text("style")) == "vector" or (card is not None and card.vector)
        return styled or (self.model.vector if self.model else self.model_id.endswith("_vector"))

    @property
    def vector(self) -> bool:
        """Whether the answer is SVG: the operation's word counts most."""
        return self.facts.kind == "vector" if self.facts.kind else self.wants_vector

    @property
    def price(self) -> int:
        """Units for one image of this call."""
        model = self.model
        if model and self.vector and not model.vector:
            model = catalog.model(f"{model.id}_vector") or model
        return model.units if model else catalog.unknown_price("vector" if self.vector else "raster")

    def size(self, default: Size | None = None) -> Size:
        """The size to draw, in pixels: as asked; without that the default, or what fits the prompt."""
        return self.drawn(self._asked(default))

    def drawn(self, size: Size) -> Size:
        """The size at which a picture of this size is drawn: smaller where all pictures are."""
        return sizes.small(size) if self.world.small else size

    def image(self) -> Image.Image:
        """The uploaded picture of the call, at the size to work on."""
        return self.shrunk(self.uploads.image())

    def image_and_mask(self) -> tuple[Image.Image, Image.Image]:
        """The uploaded picture and its mask, held against each other and then made the size to work on."""
        image = self.uploads.image()
        return self.shrunk(image), self.shrunk(self.uploads.mask(image))

    def shrunk(self, image: Image.Image) -> Image.Image:
        size = self.drawn(image.size)
        return image if size == image.size else image.resize(size, Image.Resampling.BOX)

    def _asked(self, default: Size | None) -> Size:
        text = self.text("size")
        if not self.world.live:
            return sizes.read_size(text) if text else default or (DEFAULT_SIDE, DEFAULT_SIDE)
        if text:
            return sizes.of_model(text, self.model, strict=self.world.strict)
        return default or sizes.suggested(self.prompt, self.model)

    @property
    def uploads(self) -> Uploads:
        """The files and URLs of the call."""
        facts, world = self.facts, self.world
        limits = FileLimits(facts.megabytes, facts.least_side) if world.strict else None
        lenient = world.live and not world.strict
        svg = lenient or (world.live and facts.svg)
        return Uploads(self.call.fields, world.gallery, self.request.now, limits, svg, lenient)

    def scene(
        self, width: int, height: int, index: int = 0, about: str = "", palette: Sequence[Rgb] = ()
    ) -> Callable[[], Scene]:
        """What composes the scene this call asks for: its prompt, model, style, colours and seed, checked now.

        `palette` is used when the call names neither colours nor a style of its own.
        """
        controls = self.controls
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
        try:
            card = self.world.styles.get(UUID(text))
        except ValueError:
            card = None
        if card is None:
            raise Problem(400, "style_not_found", f"style_id: there is no style {text[:60]}; GET /styles lists yours")
        return card

    def make(self, draw: Callable[[], Image.Image], size: Size, *, vector: bool | None = None) -> Picture:
        """A picture of this size drawn later: SVG when the call asks for vector (or `vector` says so)."""
        if self.vector if vector is None else vector:
            return self._add("svg", size, lambda: trace(draw(), 80 if self.world.small else 224).encode())
        kind = self.text("image_format", "webp" if self.world.live else "png")
        if kind not in {"png", "webp"}:  # where the spec does not know the field, nobody has looked at it yet
            raise invalid("image_format", f"{kind[:20]!r} is neither png nor webp")
        return self._add(kind, size, lambda: encode(draw(), kind))

    def make_scene(self, scene: Callable[[], Scene], size: Size) -> Picture:
        """A picture of a scene and nothing else; as SVG it has the scene's own shapes."""
        if self.vector:
            return self._add("svg", size, lambda: draw_svg(scene()).encode())
        return self.make(lambda: paint(scene()), size, vector=False)

    def _add(self, kind: str, size: Size, draw: Callable[[], bytes]) -> Picture:
        picture = self.world.gallery.add(kind, size, self.call.operation.id, draw)
        self.made.append(picture)
        return picture

    def answer(self, pictures: list[Picture], **more: Any) -> dict[str, Any] | Reply:
        """The body that hands pictures over, in the shape of the operation; `more` stands beside them."""
        operation = self.call.operation
        single = operation.answers_one or (self.facts.one and self.world.live)

        def shape(images: list[dict[str, Any]]) -> dict[str, Any]:
            found = {"image": images[0]} if single else {"data": images}
            return {"created": int(self.request.now), "credits": self.credits, **found, **more}

        form = self.text("response_format", "url")
        if form == "multipart":
            return multipart(pictures, shape)
        link, request = self.world.gallery.link, self.request
        return shape(
            [entry(each, None if form == "b64_json" else link(each, request.origin, request.now)) for each in pictures]
        )


def _rgb(color: Any) -> Rgb:
    r, g, b = (int(part) for part in color["rgb"])
    return r, g, b
