"""Where the bytes of an upload come from: each can be read again, for another attempt, and gives the same bytes."""

from __future__ import annotations

import contextlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Callable
from typing import IO, Any, Protocol, cast

from .errors import InputError, presentable

#: How many bytes from the start are looked at to tell what a file is. SVG may begin with a long comment.
HEAD = 4096

#: The largest upload in bytes. The service takes some tens of megabytes at most; this is what a source without end,
#: such as a broken download, may put on the disk before it is given up.
LARGEST = 512 * 2**20

_PIECE = 2**16


class Source(Protocol):
    """Bytes that can be read again from any place."""

    size: int

    def read_at(self, offset: int, count: int) -> bytes: ...
    def close(self) -> None: ...


class Memory:
    def __init__(self, data: bytes) -> None:
        self._data, self.size = data, len(data)

    def read_at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]

    def close(self) -> None: ...


class PathSource:
    """A file by its path. It is open only while it is read: a thousand waiting calls do not hold a thousand files."""

    def __init__(self, path: str, field: str) -> None:
        self._path, self._field, self._file = path, field, cast("IO[bytes] | None", None)
        self._shown = shown = _path_to_show(path)
        if "://" in shown:
            raise InputError(
                f"{field} is {shown}; expected a path, or a URL that begins with http://, https:// or data:."
            )
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                raise InputError(f"{field} is a directory: {shown}. Pass the path of one image file.")
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{field} is not a regular file: {shown}. Open it and pass the open file instead.")
            self._version, self.size = _version(status), status.st_size
            self.read_at(0, 1)
            self.close()
        except FileNotFoundError:
            raise InputError(f"{field}: there is no file {shown} (looked in {os.getcwd()!r}).") from None
        except (OSError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            why = getattr(error, "strerror", None) or type(error).__name__
            raise InputError(f"{field}: cannot read {shown}: {why}.") from None

    def read_at(self, offset: int, count: int) -> bytes:
        if self._file is None:
            self._file = open(self._path, "rb")  # noqa: SIM115 - until close()
            self._refuse_changed()
        self._file.seek(offset)
        chunk = self._file.read(count)
        if len(chunk) == count:
            self._refuse_changed()
        return chunk

    def _refuse_changed(self) -> None:
        if self._file and _version(os.fstat(self._file.fileno())) != self._version:
            self.close()
            raise InputError(f"{self._field} was changed after the call began: {self._shown}.")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


class Descriptor:
    """A caller's open file from its current position on. Read by offset: position and closing stay the caller's."""

    def __init__(self, file: IO[bytes], field: str) -> None:
        if file.writable():
            file.flush()
        self._file, self._field, self._start = file, field, file.tell()
        status = os.fstat(file.fileno())
        self._version, self.size = _version(status), max(0, status.st_size - self._start)

    def read_at(self, offset: int, count: int) -> bytes:
        try:
            number = self._file.fileno()
        except ValueError:
            raise InputError(f"{self._field}: the open file was closed before the call had ended.") from None
        chunk = os.pread(number, count, self._start + offset)
        if len(chunk) == count and _version(os.fstat(number)) != self._version:
            raise InputError(f"{self._field} was changed after the call began. Pass its bytes if it has to change.")
        return chunk

    def close(self) -> None: ...


class Spool:
    """What has no bytes at offsets (a pipe, a download, a gzip member), kept: in memory while small, then in a file.

    It is read from its current position, to which it is set back where that is possible. `check` sees the first bytes
    as soon as they are there, so that what is no image is not read to its end.
    """

    def __init__(self, file: Any, field: str, check: Callable[[bytes], object]) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=2**20)  # noqa: SIM115 - lives as long as this object
        self.size = 0
        position = _position(file)
        try:
            self._fill(file.read, field, check)
        except BaseException:
            self._file.close()
            raise
        finally:
            if position is not None:
                with contextlib.suppress(Exception):  # a gzip member of a pipe says it can, and cannot: all was read
                    file.seek(position)

    def _fill(self, read: Callable[[int], Any], field: str, check: Callable[[bytes], object]) -> None:
        while True:
            known = self.size >= HEAD
            chunk = read(_PIECE if known else HEAD - self.size)
            if chunk is None:
                raise InputError(
                    f"{field}: the open file gives None, which is to say nothing yet: it does not block. "
                    "Make it block, or pass its bytes."
                )
            if not isinstance(chunk, bytes | bytearray | memoryview):
                what = "text" if isinstance(chunk, str) else type(chunk).__name__
                raise InputError(
                    f'{field}: the open file gives {what}, not bytes. Open it in binary mode: open(path, "rb").'
                )
            if not len(chunk):
                return
            self.size += self._file.write(chunk)
            refuse_too_large(self.size, field)
            if not known and self.size >= HEAD:
                check(self.read_at(0, HEAD))
                self._file.seek(0, os.SEEK_END)

    def read_at(self, offset: int, count: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(count)

    def close(self) -> None: ...  # attempts may follow; the file goes with this object


def refuse_too_large(size: int, field: str) -> None:
    if size > LARGEST:
        raise InputError(
            f"{field} is larger than {LARGEST // 2**20} MiB; the service takes far less. Make the image smaller."
        )


def is_plain_file(file: Any) -> bool:
    """Whether bytes at an offset of its descriptor are the bytes it gives (not so for gzip members and pipes)."""
    plain = (
        type(file) in (io.BufferedReader, io.BufferedRandom, io.FileIO)
        and type(getattr(file, "raw", file)) is io.FileIO
    )
    return (
        plain
        and hasattr(os, "pread")
        and file.seekable()
        and file.readable()
        and stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    )


def _position(file: Any) -> int | None:
    """Where a file stands, None when it cannot be set back there."""
    try:
        seekable = getattr(file, "seekable", None)
        return file.tell() if (seekable() if callable(seekable) else hasattr(file, "seek")) else None
    except Exception:
        return None


def _path_to_show(path: str) -> str:
    """A path for an error; a mistaken URL may be a signed one."""
    text = re.sub(r"(?<=[^:/])//+", "/", re.sub(r"(?<!\w)(\w{2,}):/+", r"\1://", path[:2000].strip()))
    text = presentable(text)
    return repr(text if len(text) <= 160 else f"{text[:60]}...{text[-90:]}")


def _version(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino
