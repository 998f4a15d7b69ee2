"""Answers made readable: what stands beside paid pictures and cannot be read is left out, so none is lost to it."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from .errors import UnexpectedResponse

#: How many objects and lists deep an answer is kept. None that is described has a tenth of it; from about 300 on,
#: copying a result ends in a RecursionError, sooner in a program that is itself deep in calls.
DEEPEST = 64


def bounded(answer: Any) -> Any:
    """Parsed JSON without what is too deep to be pickled, copied or compared. The same object where nothing is."""
    level = [answer] if isinstance(answer, dict | list) else []
    for _ in range(DEEPEST):
        level = [inner for item in level for inner in _inside(item) if isinstance(inner, dict | list)]
        if not level:
            return answer
    return _pruned(answer, DEEPEST)


def repaired(answer: Any) -> Any:
    """The parsed answer of a call that makes images, such that the generated model can be built from it.

    Members that have a wrong type are left out; where there are none, it is the same object. Raises UnexpectedResponse
    when there is nothing that could be an image.
    """
    answer = bounded(answer)
    if not isinstance(answer, dict):
        raise UnexpectedResponse(f"the answer is {type(answer).__name__}, expected an object")
    listed, single = answer.get("data"), answer.get("image")
    changes: dict[str, Any] = {}
    if isinstance(listed, list):
        pictures = [_picture(item) for item in listed if isinstance(item, dict)]
        if len(pictures) != len(listed) or any(new is not old for new, old in zip(pictures, listed, strict=True)):
            changes["data"] = pictures or None
    elif listed is not None:
        changes["data"] = None
    if single is not None:
        picture = _picture(single) if isinstance(single, dict) else None
        if picture is not single:
            changes["image"] = picture
    if changes and changes.get("data", listed) is None and changes.get("image", single) is None:
        raise UnexpectedResponse(f"`{next(iter(changes))}` of the answer holds no image")
    for name in ("created", "credits"):
        if answer.get(name) is not None and not is_number(answer[name]):
            changes[name] = None
    if not _is_identifier(answer.get("style_id")):
        changes["style_id"] = None
    return {**answer, **changes} if changes else answer  # null is as good as absent


def inlined(answer: Any, files: Mapping[str, bytes]) -> Any:
    """An answer with the images that came beside it in it, as base64."""
    if not files or not isinstance(answer, dict):
        return answer

    def filled(item: Any) -> Any:
        data = files.get(str(item.get("image_id"))) if isinstance(item, dict) else None
        return item if data is None else {**item, "b64_json": base64.b64encode(data).decode()}

    listed = answer.get("data")
    changed = {"data": [filled(item) for item in listed]} if isinstance(listed, list) else {}
    return {**answer, **changed, **({"image": filled(answer["image"])} if "image" in answer else {})}


def is_number(value: Any) -> bool:
    """Whether arithmetic can use it: JSON may write 400 digits, and Python reads NaN and Infinity in it."""
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:
        return False


def _picture(item: dict[str, Any]) -> dict[str, Any]:
    """One image of an answer without members of a wrong type."""
    wrong = [name for name in ("url", "b64_json", "revised_prompt") if not isinstance(item.get(name), str | None)]
    if not _is_identifier(item.get("image_id")):
        wrong.append("image_id")
    if not isinstance(item.get("features"), dict | None):
        wrong.append("features")
    return {key: value for key, value in item.items() if key not in wrong} if wrong else item


def _is_identifier(value: Any) -> bool:
    """Whether the generated code reads it as a UUID, or as none."""
    try:
        return value is None or bool(UUID(value))
    except (ValueError, TypeError, AttributeError):
        return False


def _inside(item: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return item.values() if isinstance(item, dict) else item


def _pruned(value: Any, levels: int) -> Any:
    """`value` with so many levels of objects and lists."""
    if isinstance(value, list):
        return [_pruned(item, levels - 1) for item in value if levels > 1 or not isinstance(item, dict | list)]
    if isinstance(value, dict):
        kept = [(key, item) for key, item in value.items() if levels > 1 or not isinstance(item, dict | list)]
        return {key: _pruned(item, levels - 1) for key, item in kept}
    return value
