"""What the live service is documented to refuse (2026-11-23), said with what would be right.

A model that is not documented is not judged. Files are held against their limits where they are read.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable

from recraft.sandbox import catalog
from recraft.sandbox.job import REFERENCES, Job
from recraft.sandbox.wire import Problem, invalid

_LONGEST = 10_000
_COLORS = 10


def check(job: Job) -> None:
    """Raise Problem 400 for the first thing that is wrong with a call."""
    if job.world.strict or not job.world.live:
        _prompt(job)
    if job.world.strict:
        _required(job)
        by_model = job.call.operation.makes_images and not job.facts.one
        for rule in _BY_MODEL if by_model else ():
            rule(job)


def _prompt(job: Job) -> None:
    model = job.model
    limit = job.facts.prompt_limit or (model.family.prompt_limit if model else _LONGEST)
    if not job.world.live and not job.text("model"):
        limit = _LONGEST  # which limit holds is known from the model alone
    empty = job.world.strict and job.call.fields.get("prompt") == ""
    if len(job.prompt) > limit or empty:
        raise invalid("prompt", f"prompt length should be in [1, {limit}], it has {len(job.prompt)} characters")


def _required(job: Job) -> None:
    for name in job.facts.required:
        if not job.given(name):
            raise invalid(name, "required field is missing")


def _model(job: Job) -> None:
    families, model = job.facts.families, job.model
    if families and model and model.family.name not in families:
        raise invalid("model", f"{model.id} does not do this; models of {', '.join(families)} do")


def _kind(job: Job) -> None:
    kind, found = job.facts.kind, "vector" if job.wants_vector else "raster"
    if kind and job.model and kind != found:
        right = "model recraftv4_1_vector" if kind == "vector" else "a raster model and style"
        where = f"this operation makes {kind} images, send {right}, or ask images/generations"
        raise Problem(400, "invalid_image_type", f"model: {job.model_id} makes {found} images here; {where}")


def _one_style(job: Job) -> None:
    names = [name for name in ("style", "style_id", *REFERENCES) if job.given(name)]
    if len(names) > 1:
        raise invalid(names[1], f"it excludes {names[0]}; send only one of them")
    model = job.model
    if model and model.family.needs_style and not names:
        raise invalid("style_id", f"{model.id} needs a style: send style_id or style references")


def _options(job: Job) -> None:
    model = job.model
    if model is None:
        return
    for option in dict.fromkeys(name for each in catalog.models().values() for name in sorted(each.family.takes)):
        if job.given(option) and option not in model.family.takes:
            what = f"Invalid style {job.text('style')!r}: " if option == "style" else ""
            raise invalid(option, f"{what}{model.id} does not take it; models of {catalog.families_taking(option)} do")


def _curated(job: Job) -> None:
    model, style = job.model, job.text("style")
    if model is None or not style or "style" not in model.family.takes:
        return
    known = catalog.curated(model.family.group)
    name = style.split("/")[0]
    if name not in known:
        close = difflib.get_close_matches(name, known, 3, 0.5) or list(known)[:3]
        raise invalid("style", f"Invalid style {style[:60]!r} for {model.id}; there is {', '.join(map(repr, close))}")
    if model.vector and known[name] == "raster":
        right = f"a vector style, or {model.id.removesuffix('_vector')}"
        raise invalid("style", f"{style!r} is a raster style and {model.id} makes SVG; send {right}")


def _own_style(job: Job) -> None:
    model, card = job.model, job.style_card()
    if model is None or card is None:
        return
    made_for = catalog.model(card.model)
    if made_for and made_for.family.group != model.family.group:
        raise invalid("style_id", f"the style was made for {card.model}, which is not of the kind of {model.id}")
    rigid = "style" not in model.family.takes  # V2 and V3 draw SVG with a raster id and a vector style
    if card.vector != model.vector and (rigid or model.vector):
        kinds = ("a vector", "a raster") if card.vector else ("a raster", "a vector")
        raise invalid("style_id", f"it is {kinds[0]} style, {model.id} is {kinds[1]} model; use the matching one")


def _colors(job: Job) -> None:
    colors = job.controls.get("colors") or []
    if len(colors) > _COLORS:
        raise invalid("controls.colors", f"{len(colors)} colours, at most {_COLORS} are taken")
    weights = [color.get("weight") or 0 for color in colors]
    if not all(isinstance(weight, int | float) and 0 <= weight <= 1 for weight in weights) or sum(weights) > 1 + 1e-9:
        raise invalid("controls.colors", f"the weights are {weights}; each must be 0 to 1, and their sum at most 1")


def _layout(job: Job) -> None:
    layout = job.call.fields.get("text_layout")
    for index, item in enumerate(layout if isinstance(layout, list) else []):
        where, box = f"text_layout[{index}]", item.get("bbox")
        if len(str(item.get("text", "")).split()) != 1:
            raise invalid(f"{where}.text", f"{item.get('text')!r}: one word for each item")
        if not isinstance(box, list) or len(box) != 4 or not all(isinstance(point, list) for point in box):
            raise invalid(f"{where}.bbox", "four points [x, y] are wanted, relative to the picture (0 to 1)")


_BY_MODEL: tuple[Callable[[Job], None], ...] = (
    _model,
    _kind,
    _one_style,
    _options,
    _curated,
    _own_style,
    _colors,
    _layout,
)
