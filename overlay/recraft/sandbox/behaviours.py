"""What each operation does and costs, in one table keyed by verb and path.

An operation that is missing from the table makes pictures when its response has them (of its upload, or of its prompt);
any other answer is synthesised from the response schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PIL import ImageColor

from recraft.sandbox import catalog, drawing, shelf
from recraft.sandbox.job import REFERENCES, Job
from recraft.sandbox.synthesis import synthesize
from recraft.sandbox.wire import invalid

Behaviour = Callable[[Job], Any]

_RELEASED = 1_767_225_600
"""When every model of the list is said to be made: 2026-01-01."""


def enhance_prompt(job: Job) -> Any:
    prompt = job.prompt.strip()
    if not prompt and (job.world.strict or not job.world.live):
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


def list_styles(job: Job) -> Any:
    return _listed(job, "styles", [shelf.described(card) for card in job.world.styles.values()])


def get_style(job: Job) -> Any:
    return shelf.described(shelf.named(job))


def list_basic_styles(job: Job) -> Any:
    styles = [(name, f"recraft{group.lower()}") for group in ("V3", "V2") for name in catalog.curated(group)]
    return _listed(job, "styles", [{"style": name, "model": model} for name, model in styles])


def list_models(job: Job) -> Any:
    return _listed(job, "models", [_described(model) for model in catalog.models().values()])


def _described(model: catalog.Model) -> dict[str, Any]:
    return {
        "id": model.id,
        "name": model.id,
        "created": _RELEASED,
        "input_modalities": ["text"],
        "output_modalities": ["image"],
        "pricing": {"image": f"{model.units / 1000:.3f}"},
    }


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


_crisp, _creative = partial(drawing.upscale, creative=False), partial(drawing.upscale, creative=True)

BEHAVIOURS: Mapping[str, Behaviour] = {
    "POST /images/generations": drawing.generate,
    "POST /images/generations/raster": drawing.generate,
    "POST /images/generations/vector": drawing.generate,
    "POST /images/explore": drawing.generate,
    "POST /images/explore/similar": drawing.explore_similar,
    "POST /images/imageToImage": drawing.image_to_image,
    "POST /images/inpaint": drawing.masked_edit,
    "POST /images/outpaint": drawing.outpaint,
    "POST /images/replaceBackground": drawing.replace_background,
    "POST /images/generateBackground": drawing.masked_edit,
    "POST /images/variateImage": drawing.variate,
    "POST /images/eraseRegion": drawing.erase_region,
    "POST /images/removeBackground": drawing.remove_background,
    "POST /images/vectorize": drawing.vectorize,
    "POST /images/crispUpscale": _crisp,
    "POST /images/creativeUpscale": _creative,
    "POST /images/clarityUpscale": _crisp,
    "POST /images/generativeUpscale": _creative,
    "POST /images/refineDetails": drawing.refine,
    "POST /images/enhance": drawing.refine,
    "POST /prompts/enhance": enhance_prompt,
    "POST /styles": shelf.create,
    "GET /styles": list_styles,
    "GET /styles/{style_id}": get_style,
    "DELETE /styles/{style_id}": shelf.delete,
    "GET /styles/basic": list_basic_styles,
    "GET /users/me": current_user,
    "GET /models": list_models,
    "POST /colors/optimize": optimize_colors,
}


def answer(job: Job) -> Any:
    """The body of the answer (a value to be sent as JSON, or a whole `Reply`), None for an empty one."""
    operation = job.call.operation
    fallback: Behaviour = drawing.derived if operation.makes_images else synthesized
    return BEHAVIOURS.get(operation.key, fallback)(job)


def images(job: Job) -> int:
    """How many images the call counts for in the account's limit."""
    if not job.call.operation.makes_images:
        return 0
    return 1 if job.facts.one or job.call.operation.answers_one else job.count


def units(job: Job) -> int:
    """What the call costs: reading is free, the rest follows the price table."""
    extra = (catalog.facts("POST /styles").units or 0) if any(job.given(name) for name in REFERENCES) else 0
    if job.facts.units is not None:
        return job.facts.units
    if job.call.operation.makes_images:
        return job.price * images(job) + extra
    return 0 if job.call.operation.method in {"GET", "HEAD", "DELETE"} else catalog.unknown_price("call")


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
