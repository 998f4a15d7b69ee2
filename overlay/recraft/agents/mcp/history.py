"""What a server has made: results by number, each with the call it came from, the files, and what it was made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs

from recraft import ImageResult, InputError
from recraft.errors import shown

from .schemas import told

#: Where results are, as resources.
RESULTS = "recraft://results"

_ID = re.compile(r"recraft://results/(\d{1,9})(?:/(\d{1,9}))?")


@attrs.define
class Made:
    """A result with all that is known of it."""

    number: int
    tool: str
    arguments: Mapping[str, Any]
    result: ImageResult
    files: list[Path | None]
    at: datetime = attrs.field(factory=lambda: datetime.now(UTC))
    trouble: str | None = None  # why images have no file

    @property
    def id(self) -> str:
        return f"{RESULTS}/{self.number}"

    def summary(self) -> dict[str, Any]:
        """What is said of it in a list."""
        files = [None if path is None else str(path) for path in self.files]
        return {"id": self.id, "tool": self.tool, "at": self.at.isoformat(), "credits": self.result.credits} | {
            "images": [{"id": f"{self.id}/{place}", "file": file} for place, file in enumerate(files, 1)]
        }

    def made_of(self) -> list[str]:
        """The earlier images that it was made of."""
        given = [item for each in self.arguments.values() for item in (each if isinstance(each, list) else [each])]
        return [each for each in given if isinstance(each, str) and _ID.fullmatch(each)]


class History:
    """The results of a server, in the order they came."""

    def __init__(self) -> None:
        self._made: dict[int, Made] = {}

    def add(self, tool: str, arguments: Mapping[str, Any], result: ImageResult) -> Made:
        number = len(self._made) + 1
        self._made[number] = Made(number, tool, arguments, result, [None] * len(result))
        return self._made[number]

    def all(self) -> list[dict[str, Any]]:
        return [each.summary() for each in self._made.values()]

    def files(self) -> list[Path]:
        return [path for made in self._made.values() for path in made.files if path is not None]

    def find(self, given: str, name: str = "result") -> Made:
        """The result of this id, or the one that an image of this id is of. Raises InputError."""
        found = _ID.fullmatch(given)
        made = self._made.get(int(found[1])) if found else None
        if made is None:
            known = f"the last one is {RESULTS}/{len(self._made)}" if self._made else "nothing was made yet"
            raise InputError(f"{name}: there is no result {shown(given)}; {known}.")
        return made

    def file(self, given: str, name: str) -> Path:
        """The file of an earlier image. Raises InputError when it has none."""
        made = self.find(given, name)
        place = (_ID.fullmatch(given) or [None, None, None])[2]
        if place is None and len(made.files) > 1:
            raise InputError(f"{name}: {given} has {len(made.files)} images; name one of them, such as {given}/1.")
        number = int(place or 1)
        if not 1 <= number <= len(made.files):
            raise InputError(f"{name}: {made.id} has {len(made.files)} images; there is none of the number {number}.")
        path = made.files[number - 1]
        if path is None:
            raise InputError(f"{name}: {given} could not be saved. Call save_result with it first; that costs nothing.")
        return path

    def whole(self, given: str) -> dict[str, Any]:
        """All that is known of a result, and of those it was made of."""
        made = self.find(given)
        seen, waiting = {made.number}, [made]
        steps: list[Made] = []
        while waiting:
            steps.append(step := waiting.pop())
            for earlier in (self.find(each) for each in step.made_of()):
                if earlier.number not in seen:
                    seen.add(earlier.number)
                    waiting.append(earlier)
        steps.sort(key=lambda each: each.number)
        return {
            **made.summary(),
            "result": {**told(made.result), "images": [told(image) for image in made.result]},
            "history": [{**each.summary(), "arguments": dict(each.arguments)} for each in steps],
        }


def is_id(given: str) -> bool:
    """Whether an image is given by its id here."""
    return given.startswith(RESULTS)
