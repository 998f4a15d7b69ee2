"""`recraft save`: pictures that were made before."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from recraft import Image, ImageResult, InputError

from . import telling
from .common import STREAM, Common, FileName, Keeping, as_written, documented
from .exits import Exit


@documented
def save(
    *sources: Annotated[
        FileName,
        Parameter(
            help="Addresses, files with results in JSON, or - for standard input.",
            required=True,
            converter=as_written,
        ),
    ],
    keeping: Annotated[Keeping | None, Parameter("*")] = None,
    common: Annotated[Common | None, Parameter("*")] = None,
) -> int:
    """Fetch pictures from their addresses, or those of results that were kept as JSON.

    What --json wrote is a result, a line each. Addresses work for about 24 hours. It needs no token and costs nothing.
    """
    from .clients import opened
    from .keeping import keep, prepare
    from .places import Source, plan

    common, keeping = common or Common(), keeping or Keeping()
    found = [(source, result) for source in sources for result in _results(source)]
    planned = [
        Source(_called(source, number, len(found)), "", len(result)) for number, (source, result) in enumerate(found)
    ]
    places = plan(keeping.output, planned, "saved", force=keeping.force)
    if common.dry_run:
        for place, (_, result) in zip(places, found, strict=True):
            for index, _ in enumerate(result):
                telling.write(f"would save {place.folder / place.stem(index) if place.folder else '-'}")
        return Exit.OK
    kept: list[tuple[str, Path]] = []
    with opened(common, needs_token=False) as client:
        for place, (source, result) in zip(places, found, strict=True):
            prepare(place)
            kept += [(source, path) for path in keep(client, result, place, force=keeping.force)]
    if common.json:
        telling.write_json([str(path) for _, path in kept])
    elif keeping.output != STREAM:
        telling.pictures(kept)
    if keeping.show:
        from .pictures import show_files

        show_files([path for _, path in kept])
    return Exit.OK


def _results(source: str) -> Iterator[ImageResult]:
    if source.lower().startswith(("https://", "http://")):
        yield ImageResult([Image(source)])
        return
    try:
        text = sys.stdin.read() if source == STREAM else Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {source!r}: {getattr(error, 'strerror', None) or 'it is no text'}.") from None
    for number, line in enumerate(_documents(text), 1):
        try:
            yield ImageResult.from_dict(line)
        except InputError as error:
            raise InputError(f"{source}, result {number}: {error.message}") from None


def _documents(text: str) -> list[Any]:
    """The JSON of a text: one document, or one in each line."""
    try:
        return [json.loads(text)]
    except ValueError:
        try:
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        except ValueError:
            raise InputError("this is neither an address nor a result in JSON, as --json writes it.") from None


def _called(source: str, number: int, count: int) -> str:
    """What a result is named after: its file, with a number where there are several."""
    if source.lower().startswith(("https://", "http://")) or count == 1:
        return source
    path = Path("stdin" if source == STREAM else source)
    return str(path.with_name(f"{path.stem}-{number + 1}{path.suffix}"))
