"""One image in every form a caller may hold it."""

from __future__ import annotations

import gzip
import io
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((96, 64), 80).save(buffer, "PNG")
    return buffer.getvalue()


PNG = _png()


def piped(data: bytes) -> Any:
    """The reading end of a pipe, which can be read once."""
    out, into = os.pipe()

    def write() -> None:
        with open(into, "wb") as file:
            file.write(data)

    threading.Thread(target=write, daemon=True).start()
    return open(out, "rb")


def _path(directory: Path) -> Path:
    path = directory / "image.png"
    path.write_bytes(PNG)
    return path


def _open(directory: Path) -> Any:
    return _path(directory).open("rb")


def _from_its_middle(directory: Path) -> Any:
    path = directory / "album"
    path.write_bytes(b"what comes before" + PNG)
    file = path.open("rb")
    file.seek(17)
    return file


def _unpacking(directory: Path) -> Any:
    path = directory / "image.png.gz"
    path.write_bytes(gzip.compress(PNG))
    return gzip.open(path, "rb")


class _ReadOnly:
    """What a web framework or an archive hands out: `read`, and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._file = io.BytesIO(data)

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)


FORMS: dict[str, Callable[[Path], Any]] = {
    "path": _path,
    "path as text": lambda directory: str(_path(directory)),
    "open file": _open,
    "open file from its middle": _from_its_middle,
    "bytes": lambda directory: PNG,
    "BytesIO": lambda directory: io.BytesIO(PNG),
    "pipe": lambda directory: piped(PNG),
    "gzip member": _unpacking,
    "read() only": lambda directory: _ReadOnly(PNG),
    "PIL image": lambda directory: Image.open(io.BytesIO(PNG)),
}

#: The forms that carry the file's own bytes.
VERBATIM = [name for name in FORMS if name != "PIL image"]
