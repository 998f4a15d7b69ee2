"""Pictures as files: each under the name that was settled, and none lost that was paid for."""

from __future__ import annotations

import json
import os
import re
import secrets
import sys
from pathlib import Path

from recraft import DownloadError, FileExists, Image, ImageResult, InputError, Recraft, RecraftError

from .places import Place
from .telling import is_terminal

_SAME = {"jpeg": "jpg"}

#: Names that `Recraft.save` takes.
_PLAIN = re.compile(r"[^\W.][\w-]{0,199}")


def prepare(place: Place) -> None:
    """Make the folder, and see that files can be written there, before anything is paid for."""
    if place.folder is None:
        if is_terminal(sys.stdout):
            raise InputError("standard output is this terminal. Give -o a file, or pipe the picture into something.")
        return
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot use {str(place.folder)!r} as a folder: {error.strerror}.") from None
    if not os.access(place.folder, os.W_OK | os.X_OK):
        raise InputError(f"cannot write to the folder {str(place.folder)!r}.")


def keep(client: Recraft, result: ImageResult, place: Place, *, force: bool) -> list[Path]:
    """Write the pictures of a result; their paths. What cannot be written is told how to be fetched later."""
    paths: list[Path] = []
    try:
        if place.folder is None:
            sys.stdout.buffer.write(client.fetch(result[0]))
            sys.stdout.buffer.flush()
            return []
        for index, image in enumerate(result):
            paths.append(_keep(client, image, place.folder, place.stem(index), place.suffix, force))
    except KeyboardInterrupt as stop:
        stop.add_note(_for_later(result, place))
        raise
    except (RecraftError, OSError) as error:
        told = error if isinstance(error, RecraftError) else DownloadError(f"{error.strerror or error}")
        told.saved = tuple(paths)
        told.add_note(_for_later(result, place))
        raise told from None
    return paths


def _keep(client: Recraft, image: Image, folder: Path, stem: str, suffix: str | None, force: bool) -> Path:
    wanted = _SAME.get((suffix or "").lower()[1:], (suffix or "").lower()[1:])
    format = wanted if wanted in ("png", "webp", "jpg") else None
    name = stem if _PLAIN.fullmatch(stem) else f"recraft-{secrets.token_hex(8)}"
    path = _save(client, image, folder, name, format, force)
    kind = path.suffix[1:]
    final = folder / f"{stem}{suffix if kind == wanted else path.suffix}"
    return path if final == path else _moved(path, final, force)


def _save(client: Recraft, image: Image, folder: Path, name: str, format: str | None, force: bool) -> Path:
    try:
        (path,) = client.save(image, folder, name=name, overwrite=force, format=format)  # type: ignore[arg-type]
    except FileExists:  # somebody else took the name since it was found free
        return _save(client, image, folder, f"{name}-{secrets.token_hex(3)}", format, force)
    except (DownloadError, InputError):
        if format is None:
            raise
        return _save(client, image, folder, name, None, force)  # as it came: better than not at all
    return path


def _moved(path: Path, final: Path, force: bool) -> Path:
    """Give a picture a name that `save` does not give."""
    if force:
        return path.replace(final)
    try:
        final.hardlink_to(path)
    except FileExistsError:
        return path.rename(final.with_stem(f"{final.stem}-{secrets.token_hex(3)}"))
    except OSError:  # a file system without hard links
        return path.rename(final)
    path.unlink()
    return final


def _for_later(result: ImageResult, place: Place) -> str:
    """How the pictures can be fetched later: from a file with the result. It holds signed addresses, so nobody else may
    read it.
    """
    import tempfile  # late: most pictures are kept at once

    for folder in (place.folder, None):
        try:
            number, path = tempfile.mkstemp(".json", "recraft-", folder)
            with open(number, "w", encoding="utf-8") as file:
                json.dump(result.to_dict(), file)
        except OSError:
            continue
        kept = folder / Path(path).name if folder else path
        return f"The pictures were made, and are there for 24 hours: recraft save {kept}"
    return "The pictures were made and cannot be kept: the disk takes no files."
