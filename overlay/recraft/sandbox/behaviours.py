"""What each operation does and costs, in one table keyed by operationId.

The prices are made up and round: the vendor's change too often to repeat, and callers should read `credits` anyway. An
operation that is missing from the table gets an answer synthesised from its response schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from attrs import frozen
from PIL import ImageColor

from recraft.sandbox import drawing, edits
from recraft.sandbox.contract import Call
from recraft.sandbox.job import Job, StyleCard
from recraft.sandbox.pictures import decode
from recraft.sandbox.scene import Rgb
from recraft.sandbox.synthesis import synthesize
from recraft.sandbox.wire import Problem, invalid

MAX_REFERENCES = 5
BASIC_STYLES = ("realistic_image", "digital_illustration", "vector_illustration", "logo_raster", "icon", "any")


@frozen
class Behaviour:
    """How to answer one operation; `price` in units, per image when the call makes images."""

    run: Callable[[Job], Any]
    price: int = 0
    makes_images: bool = False

    def images(self, call: Call) -> int:
        """How many images the call counts for in the account's limit."""
        count = call.fields.get("n")
        return 0 if not self.makes_images else int(count) if isinstance(count, int) else 1

    def units(self, call: Call) -> int:
        return self.price * (self.images(call) if self.makes_images else 1)


def enhance_prompt(job: Job) -> Any:
    prompt = job.prompt.strip()
    if not prompt:
        raise invalid("prompt", "it must not be empty")
    enhanced = (
        f"{prompt}, in warm evening light, a clear subject against a calm background, fine detail, balanced colours"
    )
    if job.world.live:
        return {"enhanced_prompt": enhanced, "credits": job.credits}
    return {"prompt": enhanced}


def current_user(job: Job) -> Any:
    return {
        "id": str(UUID(int=job.world.seed % (1 << 128), version=4)),
        "email": "sandbox@sandbox.invalid",
        "credits": job.balance,
    }


def create_style(job: Job) -> Any:
    references = job.uploads("file", "images", "image")
    if len(references) > MAX_REFERENCES:
        raise invalid(references[0][0], f"{len(references)} images, a style takes 1 to {MAX_REFERENCES}")
    colors: list[Rgb] = []
    for name, data in references:
        colors += edits.leading_colors(decode(name, data), 3)[: max(1, 6 // len(references))]
    style_id = UUID(int=(job.world.seed % (1 << 64) << 32) + next(job.world.style_numbers), version=4)
    card = StyleCard(style_id, job.text("style", "any"), job.request.now, tuple(colors))
    job.world.styles[style_id] = card
    answer = {"id": str(style_id), "credits": job.credits}
    return {**_style(card), **answer} if job.world.live else answer


def list_styles(job: Job) -> Any:
    return _listed(job, "styles", [_style(card) for card in job.world.styles.values()])


def get_style(job: Job) -> Any:
    return _style(_named_style(job))


def delete_style(job: Job) -> Any:
    card = _named_style(job)
    del job.world.styles[card.id]
    return {"id": str(card.id)} if job.call.operation.answer else None


def list_basic_styles(job: Job) -> Any:
    return _listed(job, "styles", [{"style": name, "model": "recraftv3"} for name in BASIC_STYLES])


def list_models(job: Job) -> Any:
    names = job.world.contract.enum_of("GenerationRequest", "model") or ["recraftv3"]
    return _listed(job, "models", [{"id": name, "name": name, "input_modalities": ["text"]} for name in names])


def optimize_colors(job: Job) -> Any:
    """The heaviest colours up to the limit stay; each of the others becomes the nearest of them."""
    given = sorted(job.call.fields["colors"], key=lambda color: -float(color.get("weight", 1.0)))
    colors = list(dict.fromkeys(color["hex"] for color in given))
    for color in colors:
        _channels(color)  # an unreadable one is turned down before anything is compared
    kept = colors[: int(job.call.fields["num_colors_limit"])]
    mapping = [{"from": color, "to": min(kept, key=lambda other: _distance(color, other))} for color in colors]
    return synthesize(job.call.operation.answer, {"mapping": mapping, "credits": job.credits}, job.request.now)


def _distance(one: str, other: str) -> int:
    return sum((a - b) ** 2 for a, b in zip(_channels(one), _channels(other), strict=True))


def _channels(color: str) -> tuple[int, ...]:
    try:
        return ImageColor.getrgb(color)[:3]
    except ValueError:
        raise invalid("colors", f"{color[:20]!r} is not a colour such as #ff8800") from None


def synthesized(job: Job) -> Any:
    answer = job.call.operation.answer
    known = {"credits": job.credits, "created": int(job.request.now)}
    return synthesize(answer, known, job.request.now) if answer else None


_vector, _raster = partial(drawing.generate, vector=True), partial(drawing.generate, vector=False)
_crisp, _creative = partial(drawing.upscale, creative=False), partial(drawing.upscale, creative=True)

BEHAVIOURS: Mapping[str, Behaviour] = {
    "createImage": Behaviour(drawing.generate, 40, True),
    "createRasterImage": Behaviour(_raster, 40, True),
    "createVectorImage": Behaviour(_vector, 80, True),
    "exploreImages": Behaviour(drawing.generate, 40, True),
    "exploreSimilarImages": Behaviour(drawing.explore_similar, 40, True),
    "imageToImage": Behaviour(drawing.image_to_image, 40, True),
    "inpaintImage": Behaviour(drawing.masked_edit, 40, True),
    "outpaintImage": Behaviour(drawing.outpaint, 40, True),
    "replaceBackground": Behaviour(drawing.replace_background, 40, True),
    "generateBackground": Behaviour(drawing.masked_edit, 40, True),
    "variateImage": Behaviour(drawing.variate, 40, True),
    "eraseRegion": Behaviour(drawing.erase_region, 20, True),
    "removeBackground": Behaviour(drawing.remove_background, 10, True),
    "vectorizeImage": Behaviour(drawing.vectorize, 10, True),
    "crispUpscale": Behaviour(_crisp, 5, True),
    "creativeUpscale": Behaviour(_creative, 250, True),
    "enhancePrompt": Behaviour(enhance_prompt, 4),
    "createStyle": Behaviour(create_style, 40),
    "getCurrentUser": Behaviour(current_user),
    "listStyles": Behaviour(list_styles),
    "getStyle": Behaviour(get_style),
    "deleteStyle": Behaviour(delete_style),
    "listBasicStyles": Behaviour(list_basic_styles),
    "listModels": Behaviour(list_models),
    "optimizeColors": Behaviour(optimize_colors, 2),
}


def behaviour_of(call: Call) -> Behaviour:
    """The table's entry, or a synthesised answer: reading is free, anything else costs a round 10 units."""
    known = BEHAVIOURS.get(call.operation.id)
    return known or Behaviour(synthesized, 0 if call.operation.method in {"GET", "HEAD", "DELETE"} else 10)


def _named_style(job: Job) -> StyleCard:
    text = str(next(iter(job.call.parameters.values()), ""))
    try:
        card = job.world.styles.get(UUID(text))
    except ValueError:
        card = None
    if card is None:
        raise Problem(404, "style_not_found", f"there is no style {text[:60]}")
    return card


def _style(card: StyleCard) -> dict[str, Any]:
    created = datetime.fromtimestamp(card.created, UTC).isoformat().replace("+00:00", "Z")
    return {
        "id": str(card.id),
        "style": card.style,
        "substyle": "",
        "creation_time": created,
        "is_private": True,
        "credits": 0,
    }


def _listed(job: Job, name: str, items: list[dict[str, Any]]) -> Any:
    """A list in the shape the spec gives it: bare, or under its only array property; of texts where it wants texts."""
    schema = job.call.operation.answer
    if schema.get("type") != "array":
        lists = {key: sub for key, sub in schema.get("properties", {}).items() if sub.get("type") == "array"}
        name, inner = next(iter(lists.items()), (name, {}))
        return {name: _fitted(items, inner)}
    return _fitted(items, schema)


def _fitted(items: list[dict[str, Any]], schema: Mapping[str, Any]) -> list[Any]:
    wanted = schema.get("items", {})
    if wanted.get("type") == "string":
        return [next(iter(item.values())) for item in items]
    properties = wanted.get("properties", {})
    return [{key: value for key, value in item.items() if not properties or key in properties} for item in items]
