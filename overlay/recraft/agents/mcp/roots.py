"""Files that clients may name: those in the folders that the operator allows, wherever links and `..` lead."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from recraft import InputError
from recraft.errors import shown


class Roots:
    """The allowed folders, by their real paths."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = [Path(os.path.realpath(folder)) for folder in folders]

    def __str__(self) -> str:
        return ", ".join(map(str, self.folders))

    def open(self, given: str, name: str) -> BinaryIO:
        """A file that is in one of the folders, opened. `name` is what the parameter is called.

        The path may be absolute, a file: URI, or seen from one of the folders. Nothing is said of what is elsewhere,
        not even whether it is there.
        """
        try:
            root, parts = self._place(_path(given, name), name)
            descriptor = _open(root, parts)
        except InputError:
            raise
        except (OSError, ValueError) as error:  # too long, or with characters that no file system has
            why = getattr(error, "strerror", None) or "this is no path"
            raise InputError(f"{name}: cannot read {shown(given)}: {why}. The allowed folders are {self}.") from None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise InputError(f"{name}: {shown(given)} is no file. Pass the path of one image.")
        return os.fdopen(descriptor, "rb")

    def _place(self, path: str, name: str) -> tuple[Path, tuple[str, ...]]:
        """The allowed folder that a path leads into, and the way from there."""
        for start in self.folders:
            real = Path(os.path.realpath(start / path))  # an absolute path stays what it is
            for root in self.folders:
                if real.is_relative_to(root) and (real != root) and (os.path.isabs(path) or real.exists()):
                    return root, real.relative_to(root).parts
        raise InputError(
            f"{name}: {shown(path)} is no file in the allowed folders, which are {self}. "
            "Put the image there, or ask for another --root."
        )


def _path(given: str, name: str) -> str:
    if "\0" in given:
        raise InputError(f"{name} is {shown(given)}; expected the path of an image.")
    if given[:5].lower() != "file:":
        return os.path.expanduser(given)
    parts = urlsplit(given)
    if parts.netloc not in ("", "localhost"):
        raise InputError(f"{name} is {shown(given)}; expected a file of this machine: file:///...")
    return url2pathname(parts.path)


def _open(root: Path, parts: tuple[str, ...]) -> int:
    """A descriptor of what is at the end of a way without links: where one took a place since, this fails."""
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if os.open not in os.supports_dir_fd:  # Windows
        return os.open(root.joinpath(*parts), flags)
    *folders, file = parts
    at = os.open(root, flags | os.O_DIRECTORY)
    try:
        for folder in folders:
            below = os.open(folder, flags | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = below
        return os.open(file, flags | os.O_NOFOLLOW, dir_fd=at)
    finally:
        os.close(at)
