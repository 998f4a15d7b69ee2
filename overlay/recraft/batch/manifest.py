"""Manifests: what is to be done, one call a line, read one line at a time.

A job is known by its `id`, or by its content where it has none; never by its line.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeAlias
from uuid import UUID

import attrs

from recraft import InputError
from recraft.errors import reason, shown

from .errors import Mistake
from .operations import USUAL, Operation, operation

Manifest: TypeAlias = str | os.PathLike[str] | Iterable[Mapping[str, Any]]

#: How long an id may be, in characters.
LONGEST_ID = 200


@attrs.frozen
class Job:
    """One call to make.

    Attributes:
        id: Its name, given or made of its content; unique in a folder.
        operation: The operation's full name, such as `images.generate`.
        arguments: What it is called with, as plain JSON data; files by their paths as the manifest has them.
        line: Where it stands in the manifest, from 1.
        content: A hash of operation and arguments.
        named: Whether the manifest gave the id.
    """

    id: str
    operation: str
    arguments: Mapping[str, Any] = attrs.field(repr=False)
    line: int
    content: str = attrs.field(repr=False)
    named: bool = attrs.field(default=False, repr=False)

    @property
    def images(self) -> int:
        """How many images it asks for."""
        count = self.arguments.get("n", 1)
        return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 1


@attrs.frozen
class Source:
    """A manifest that can be read, and the folder that its paths are seen from."""

    rows: Iterator[tuple[int, Mapping[str, Any] | Mistake]]
    base: Path
    holds: Literal["text", "json", "anything"]  # of a CSV file's cells nothing is known but their text

    def jobs(self) -> Iterator[Job | Mistake]:
        """Its jobs, and a mistake for each line that is none."""
        for line, row in self.rows:
            if isinstance(row, Mistake):
                yield row
                continue
            try:
                yield _job(line, row, self.holds)
            except InputError as error:
                yield Mistake(line, error.message)


def read(manifest: Manifest) -> Source:
    """Open a manifest. Raises InputError when it cannot be read at all."""
    if isinstance(manifest, str | os.PathLike):
        path = Path(manifest)
        kind = path.suffix.lower()
        if kind not in (".jsonl", ".ndjson", ".csv"):
            raise InputError(f"the manifest is {shown(path.name)}; expected a .jsonl or a .csv file, or dicts.")
        if not path.is_file():
            raise InputError(f"there is no manifest {shown(str(path))}.")
        base = path.absolute().parent
        return Source(_csv(path), base, "text") if kind == ".csv" else Source(_jsonl(path), base, "json")
    if isinstance(manifest, Mapping) or not isinstance(manifest, Iterable):
        raise InputError(f"the manifest is {shown(manifest)}; expected a path, or an iterable of dicts.")
    return Source(_dicts(manifest), Path.cwd(), "anything")


def _jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Mistake]]:
    with open(path, "rb") as file:
        for line, raw in enumerate(file, 1):
            if not (raw := raw.removeprefix(b"\xef\xbb\xbf") if line == 1 else raw).strip():
                continue
            try:
                row = _JSON.decode(raw.decode().strip())
            except UnicodeDecodeError:
                yield line, Mistake(line, "this is not UTF-8.")
            except (ValueError, RecursionError) as error:
                yield line, Mistake(line, f"this is not JSON: {reason(error)}.")
            else:
                is_dict = isinstance(row, dict)
                yield line, row if is_dict else Mistake(line, f"this is {shown(row)}; expected an object.")


def _csv(path: Path) -> Iterator[tuple[int, Mapping[str, Any] | Mistake]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        last = 0
        try:
            header = next(reader, [])
            if len(set(header)) != len(header) or not all(header):
                yield 1, Mistake(1, f"the header is {shown(header)}; expected different names, none of them empty.")
                return
            last = reader.line_num
            for cells in reader:
                line, last = last + 1, reader.line_num  # a cell may go over several lines
                if len(cells) > len(header):
                    yield line, Mistake(line, f"{len(cells)} cells under a header of {len(header)}.")
                elif any(cells):
                    yield line, {name: cell for name, cell in zip(header, cells, strict=False) if cell != ""}
        except csv.Error as error:
            yield last + 1, Mistake(last + 1, f"this is not CSV: {reason(error)}.")
        except UnicodeDecodeError:
            yield last + 1, Mistake(last + 1, "from here on, this is not UTF-8.")


def _dicts(rows: Iterable[Any]) -> Iterator[tuple[int, Mapping[str, Any] | Mistake]]:
    for line, row in enumerate(rows, 1):
        yield line, row if isinstance(row, Mapping) else Mistake(line, f"this is {shown(row)}; expected a dict.")


def _job(line: int, row: Mapping[str, Any], holds: str) -> Job:
    rest = {name: value for name, value in row.items() if value is not None}
    identifier, wanted = rest.pop("id", None), operation(rest.pop("operation", f"{USUAL}.generate"))
    if odd := [name for name in rest if not isinstance(name, str)]:
        raise InputError(f"a parameter is named {shown(odd[0])}; expected a string.")
    arguments = {name: wanted.typed(name, value) if holds == "text" else value for name, value in rest.items()}
    wanted.check_complete(arguments)
    try:
        text = _CANONICAL.encode([wanted.name, arguments])
    except InputError:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"the values are not what JSON can carry: {reason(error)}.") from None
    content = sha256(text.encode()).hexdigest()
    named = identifier is not None
    return Job(
        _identifier(identifier) if named else content[:16],
        wanted.name,
        json.loads(text)[1] if holds == "anything" else arguments,
        line,
        content,
        named,
    )


def _identifier(given: Any) -> str:
    text = str(given) if isinstance(given, int | UUID) and not isinstance(given, bool) else given
    if not isinstance(text, str) or not text.strip() or not text.isprintable() or len(text) > LONGEST_ID:
        raise InputError(f"id is {shown(given)}; expected a printable name of 1 to {LONGEST_ID} characters.")
    return text


def _plain(value: Any) -> Any:
    """What JSON does not know but helpers take, as they take it from JSON too."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "id") and isinstance(value.id, UUID):  # a Style
        return str(value.id)
    what = "bytes" if isinstance(value, bytes | bytearray) else shown(value)
    raise InputError(f"a value is {what}; expected what JSON can carry, and images as paths or addresses.")


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_JSON = json.JSONDecoder(parse_constant=_refuse)

#: ASCII, as half a surrogate pair is refused later, with a better text than a codec's.
_CANONICAL = json.JSONEncoder(sort_keys=True, default=_plain, allow_nan=False)


def operation_of(job: Job) -> Operation:
    """The operation of a job."""
    return operation(job.operation)
