"""A document that is one file, or a folder with the files that an API was split into."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from specfile import reading
from specfile.structure import METHODS, SpecError, mapping, pointer

#: What a document keeps its vendored files as, in `spec/`.
FILE: Final = "openapi.yaml"
FOLDER: Final = "openapi"
_SUFFIXES: Final = (".yaml", ".yml", ".json")
#: Mappings of names that parts of an API share: what two files say of one name must be the same.
_SHARED: Final = ("paths", "components", "webhooks")


def vendored(spec_dir: Path) -> Path:
    """The vendored document: a file, or the folder of its files where it came in several."""
    folder = spec_dir / FOLDER
    return folder if folder.is_dir() else spec_dir / FILE


def files(path: str | Path) -> list[Path]:
    """The files of a document, in the order of their names. Raises SpecError for a folder without any."""
    path = Path(path)
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix in _SUFFIXES)
    if not found:
        raise SpecError(f"{path} holds no {', '.join(_SUFFIXES)} file; give an OpenAPI file, or a folder of them")
    return found


def gathered(paths: Sequence[Path], folder: Path) -> Path:
    """The document that `paths` are, which where they are several are copied into one folder, below `folder`."""
    if len(paths) == 1:
        return paths[0]
    target = folder / FOLDER
    target.mkdir()
    for path in (part for each in paths for part in files(each)):
        if (target / path.name).exists():
            raise SpecError(f"two files are called {path.name}; they stand in one folder, so rename one of them")
        if path.suffix not in _SUFFIXES:
            raise SpecError(f"{path} ends with none of {', '.join(_SUFFIXES)}; rename it")
        try:
            shutil.copyfile(path, target / path.name)
        except OSError as error:
            raise SpecError(f"{path} cannot be read ({error.strerror}); give the path of an OpenAPI file") from None
    return target


def vendor(path: Path, spec_dir: Path) -> None:
    """Put a document in the place of the vendored one, byte for byte."""
    parts = files(path)
    shutil.rmtree(spec_dir / FOLDER, ignore_errors=True)
    (spec_dir / FILE).unlink(missing_ok=True)
    if len(parts) == 1:
        shutil.copyfile(parts[0], spec_dir / FILE)
        return
    (spec_dir / FOLDER).mkdir()
    for part in parts:
        shutil.copyfile(part, spec_dir / FOLDER / part.name)


def sha256(path: str | Path) -> str:
    """The hex digest of the file's bytes, as the provenance file records it; of several, that of their digests."""
    parts = files(path)
    if len(parts) == 1:
        return reading.sha256(parts[0])
    text = "".join(f"{digest}\n" for digest in sorted(map(reading.sha256, parts)))
    return hashlib.sha256(text.encode()).hexdigest()


def lines(path: str | Path) -> dict[str, int]:
    """The line of each place of a document that is one file, by its JSON pointer; nothing for several."""
    parts = files(path)
    return reading.lines(parts[0]) if len(parts) == 1 else {}


def load(path: str | Path) -> dict[str, Any]:
    """Read a document, whose files, where there are several, become one.

    What is equal in two of them is there once; `info` and the texts beside it are those of the first. Raises SpecError
    for what `reading.load` refuses, and where two files say different things of one name.
    """
    parts = files(path)
    if len(parts) == 1:
        return reading.load(parts[0])
    documents = {each.name: _named(each) for each in parts}
    merged: dict[str, Any] = {}
    origins: dict[str, str] = {}
    problems: list[str] = []
    for name, document in documents.items():
        _localise(document, set(documents))
        problems += _merge(merged, document, name, origins)
    if problems:
        raise SpecError(*problems)
    return merged


def _named(path: Path) -> dict[str, Any]:
    try:
        return reading.load(path)
    except SpecError as error:
        raise SpecError(*(f"{path.name}: {problem}" for problem in error.problems)) from None


def _merge(merged: dict[str, Any], document: dict[str, Any], name: str, origins: dict[str, str]) -> Iterator[str]:
    """Add a file to those before it; `origins` says which one a place came from."""
    for key in ("servers", "security"):  # what one file says for all of its operations, none of another's may get
        if merged and (key in merged) != (key in document):
            yield f"{origins.get('/openapi', 'a file')} and {name} differ in having `{key}` at the top; give it to both"
            return
    for key, value in document.items():
        at: tuple[str, ...] = (key,)
        if key == "info":
            merged.setdefault(key, value)
        elif key == "tags" and isinstance(value, list):
            known = merged.setdefault(key, [])
            named = [mapping(tag).get("name") for tag in known]
            known += [tag for tag in value if mapping(tag).get("name") not in named]
        elif key in _SHARED and isinstance(value, dict):
            for inner, item in value.items():
                yield from _members(merged.setdefault(key, {}).setdefault(inner, {}), item, (*at, inner), name, origins)
        else:
            yield from _member(merged, key, value, at, name, origins)


def _members(
    target: dict[str, Any], found: Any, at: tuple[str, ...], name: str, origins: dict[str, str]
) -> Iterator[str]:
    """What stands under a path or a kind of components. Operations of one path may stand in several files."""
    beside = [key for key in mapping(found) if at[0] == "paths" and key not in METHODS]
    known = [key for key in target if at[0] == "paths" and key not in METHODS]
    if target and sorted(beside) != sorted(known):  # parameters of a path are those of each of its operations
        origin = origins[pointer(at)]
        yield f"{origin} and {name} say different things beside the methods of {at[1]}: {known} and {beside}"
        return
    origins.setdefault(pointer(at), name)
    for key, value in mapping(found).items():
        yield from _member(target, key, value, (*at, key), name, origins)


def _member(
    target: dict[str, Any], key: str, value: Any, at: tuple[str, ...], name: str, origins: dict[str, str]
) -> Iterator[str]:
    origin = origins.setdefault(pointer(at), name)
    if key not in target:
        target[key] = value
    elif json.dumps(target[key], sort_keys=True) != json.dumps(value, sort_keys=True):
        yield f"{origin} and {name} say different things at {pointer(at)}; rename one of the two, or make them equal"


def _localise(value: Any, names: set[str]) -> None:
    """Point references to files beside this one into the document that they become."""
    if isinstance(value, dict):
        reference = value.get("$ref")
        found = re.fullmatch(r"(?:\./)?([^#/]+)(#/.+)", reference) if isinstance(reference, str) else None
        if found and found.group(1) in names:
            value["$ref"] = found.group(2)
        for child in value.values():
            _localise(child, names)
    elif isinstance(value, list):
        for child in value:
            _localise(child, names)
