"""Where pictures go, and that nothing is in the way: all of it is settled before anything is paid for."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from recraft import InputError

from .common import STREAM
from .values import label

#: What pictures are written as; `jpeg` is what some people call `jpg`.
EXTENSIONS = ("png", "webp", "jpg", "jpeg", "svg", "gif", "avif")

#: How much of a prompt goes into a file's name, in characters.
LONGEST = 40


class Source(NamedTuple):
    """What a call makes its pictures of.

    Attributes:
        input: The image as it was given, None for a call that makes pictures of a prompt alone.
        prompt: The prompt.
        images: How many pictures will come.
    """

    input: str | None
    prompt: str
    images: int


class Place(NamedTuple):
    """Where the pictures of a call go.

    Attributes:
        folder: The folder, None for standard output.
        stems: The names of its pictures, without extension.
        suffix: The extension that was asked for, such as `.png`, None when it follows from the picture.
    """

    folder: Path | None
    stems: tuple[str, ...] = ()
    suffix: str | None = None

    def stem(self, index: int) -> str:
        """The name of the picture at this index, also when more come than were expected."""
        return self.stems[index] if index < len(self.stems) else f"{self.stems[-1]}-{index + 1}"


def plan(output: str | None, sources: Sequence[Source], command: str, *, force: bool) -> list[Place]:
    """Where the pictures of each call go. Raises InputError when a file is in the way or two would have one name."""
    if output == STREAM:
        if (count := sum(source.images for source in sources)) != 1:
            raise InputError(f"standard output takes one picture, and {count} come. Give -o a folder.")
        return [Place(None)]
    folder, name = _target(output)
    taken = _taken(folder)
    if name is not None:
        if (count := sum(source.images for source in sources)) != 1:
            raise InputError(f"-o {output} names one file, and {count} pictures come. Give -o a folder, such as out/.")
        places = [Place(folder, (name.stem,), name.suffix)]
        in_the_way = [str(folder / name)] if name.name in taken.get(name.stem, ()) else []
    else:
        places = _in_folder(folder, sources, command, taken)
        named = [stem for place, source in zip(places, sources, strict=True) if source.input for stem in place.stems]
        in_the_way = [str(folder / each) for stem in named for each in taken.get(stem, ())]
        if twice := [stem for stem, count in Counter(named).items() if count > 1]:
            raise InputError(f"{len(twice)} names would be given twice, such as {twice[0]!r}. Rename the inputs.")
    if in_the_way and not force:
        more = f" and {len(in_the_way) - 1} more are" if len(in_the_way) > 1 else " is"
        raise InputError(f"{in_the_way[0]}{more} there already. Nothing was sent. Give another -o, or --force.")
    return places


def _target(output: str | None) -> tuple[Path, Path | None]:
    """The folder that -o names, and the file when it names one."""
    path = Path(output or ".").expanduser()
    if path.is_dir() or (output or "").endswith(("/", os.sep)) or path.suffix[1:].lower() not in EXTENSIONS:
        return path, None
    return path.parent, Path(path.name)


def _taken(folder: Path) -> dict[str, list[str]]:
    """The pictures in a folder by their names without extension."""
    found: dict[str, list[str]] = {}
    if folder.is_dir():
        for name in os.listdir(folder):
            stem, _, extension = name.rpartition(".")
            if extension.lower() in EXTENSIONS:
                found.setdefault(stem, []).append(name)
    return found


def _in_folder(folder: Path, sources: Sequence[Source], command: str, taken: dict[str, list[str]]) -> list[Place]:
    places = []
    for source in sources:
        if source.input is None:
            stems = _numbered(slug(source.prompt), source.images, set(taken))
        else:
            beside = source.input != STREAM and Path(source.input).parent.resolve() == folder.resolve()
            stem = f"{label(source.input)}-{command}" if beside else label(source.input)
            stems = [stem] if source.images == 1 else [f"{stem}-{number + 1}" for number in range(source.images)]
        places.append(Place(folder, tuple(stems)))
    return places


def _numbered(stem: str, count: int, taken: set[str]) -> list[str]:
    """The next free names: of a prompt there may be pictures already, and there is always room for more."""
    numbers = [int(each) for name in taken if (each := name.removeprefix(f"{stem}-")).isdecimal() and each != name]
    last = max([*numbers, int(stem in taken)])
    if count == 1 and not last:
        return [stem]
    return [f"{stem}-{last + number + 1}" for number in range(count)]


def slug(prompt: str) -> str:
    """A prompt as a file's name: its first words."""
    words = re.findall(r"[^\W_]+", prompt.lower())
    text = ""
    for word in words:
        if text and len(text) + 1 + len(word) > LONGEST:
            break
        text = f"{text}-{word}" if text else word[:LONGEST]
    return text or "image"
