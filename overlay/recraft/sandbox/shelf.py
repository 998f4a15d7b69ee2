"""Custom styles: made from pictures, kept, listed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from recraft.sandbox import catalog, edits, limits
from recraft.sandbox.forms import FilePart
from recraft.sandbox.job import REFERENCES, Job, StyleCard
from recraft.sandbox.pictures import decode
from recraft.sandbox.scene import Rgb
from recraft.sandbox.wire import Problem, invalid

_FILES = ("file", "images", "image")
_OLD = 5  # how many images a style takes by the vendored document


def create(job: Job) -> Any:
    card = _add(job, job.uploads.given(*_FILES, *_other_parts(job)), _model(job), job.text("style", "any"))
    answer = {"id": str(card.id), "credits": job.credits}
    return {**described(card), **answer} if job.world.live else answer


def from_references(job: Job) -> StyleCard | None:
    """The style that a generation makes on its way from the pictures it brings; None when it brings none."""
    if not any(job.given(name) for name in REFERENCES):
        return None
    return _add(job, job.uploads.given("style_references", "style_reference"), job.model_id, "any")


def named(job: Job) -> StyleCard:
    """The style in the request's path. Raises Problem 404 when there is none."""
    text = str(next(iter(job.call.parameters.values()), ""))
    try:
        card = job.world.styles.get(UUID(text))
    except ValueError:
        card = None
    if card is None:
        raise Problem(404, "style_not_found", f"there is no style {text[:60]}")
    return card


def described(card: StyleCard) -> dict[str, Any]:
    created = datetime.fromtimestamp(card.created, UTC).isoformat().replace("+00:00", "Z")
    return {
        "id": str(card.id),
        "style": card.style,
        "substyle": "",
        "creation_time": created,
        "is_private": True,
        "credits": 0,
    }


def delete(job: Job) -> Any:
    card = named(job)
    del job.world.styles[card.id]
    return {"id": str(card.id)} if job.call.operation.answer else None


def _other_parts(job: Job) -> list[str]:
    """Parts of another name that hold files: the service is documented to take any name."""
    fields = job.call.fields.items() if job.world.live else ()
    named = {name: value if isinstance(value, list) else [value] for name, value in fields if name not in _FILES}
    return [name for name, items in named.items() if any(isinstance(item, FilePart) for item in items)]


def _add(job: Job, pictures: Sequence[tuple[str, bytes]], model: str, style: str) -> StyleCard:
    sources = _sources(job)
    if not pictures and not sources:
        raise invalid(_FILES[0], "required field is missing")
    if job.world.strict:
        _check(pictures, model, style)
    elif not job.world.live and len(pictures) > _OLD:
        raise invalid(pictures[0][0], f"{len(pictures)} images, a style takes 1 to {_OLD}")
    bounds = limits.STYLE_IMAGES if job.world.strict else None
    colors: list[Rgb] = [color for source in sources for color in source.colors]
    for name, data in pictures:
        colors += edits.leading_colors(decode(name, data, bounds), 3)[: max(1, 6 // len(pictures))]
    style_id = UUID(int=(job.world.seed % (1 << 64) << 32) + next(job.world.style_numbers), version=4)
    card = StyleCard(style_id, style, model, job.request.now, tuple(colors))
    job.world.styles[style_id] = card
    return card


def _check(pictures: Sequence[tuple[str, bytes]], model: str, style: str) -> None:
    limits.check_together(pictures)
    documented = catalog.model(model)
    if documented is None:
        return
    family = documented.family
    if len(pictures) > family.style_images:
        count = f"Number of images must be between 0 and {family.style_images}"
        raise invalid(pictures[0][0], f"{count} for {model}, {len(pictures)} were sent")
    if style not in family.style_bases:
        raise invalid("style", f"Invalid style {style!r} for {model}; it takes {', '.join(family.style_bases)}")


def _model(job: Job) -> str:
    """The model a style is made for: as asked, or the newest that takes its base."""
    style = job.text("style", "any")
    if style == "vector_illustration":
        return job.text("model", "recraftv4_styles_vector")
    fitting = [name for name in ("recraftv4_styles", "recraftv3", "recraftv2") if _takes(name, style)]
    return job.text("model", (fitting or ["recraftv4_styles"])[0])


def _takes(name: str, style: str) -> bool:
    model = catalog.model(name)
    return model is not None and style in model.family.style_bases


def _sources(job: Job) -> list[StyleCard]:
    found = []
    given = job.call.fields.get("source_styles") or []
    for text in given if isinstance(given, list) else [given]:
        try:
            found.append(job.world.styles[UUID(str(text))])
        except (KeyError, ValueError):
            raise Problem(400, "style_not_found", f"source_styles: there is no style {str(text)[:60]}") from None
    return found
