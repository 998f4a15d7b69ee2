"""Images of an answer in files without a name: out of memory, and gone with the image or the process, however it
ends.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from typing import IO

from .errors import redacted

#: Bytes that are copied at a time, through memory and past it.
PIECE, LEAP = 2**18, 2**20

_LOGGER = logging.getLogger("recraft")


class Spooled:
    """Bytes in such a file. Several threads, and forked processes, may read them at once."""

    def __init__(self, folder: str) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - lives as long as this object
        self._lock = threading.Lock()  # only where there is no way to read from a place without going there
        self._size = 0
        if self._file.fileno() > _most():
            self._file.close()
            raise OSError("half of the files that this process may open are open")

    def append(self, data: bytes | memoryview) -> None:
        """Add to them: all or, where that fails, nothing."""
        with memoryview(data) as left:
            at = 0
            while at < len(left):
                at += self._file.write(left[at:]) or 0
        self._size += len(data)

    def read_at(self, offset: int, count: int) -> bytes:
        count = min(count, self._size - offset)
        if hasattr(os, "pread"):
            return os.pread(self._file.fileno(), count, offset)
        with self._lock:
            self._file.seek(offset)
            return self._file.read(count) or b""

    def pieces(self) -> Iterator[bytes]:
        at = 0
        while at < self._size:
            piece = self.read_at(at, PIECE)
            if not piece:
                raise OSError("the file of an image is shorter than it was")
            yield piece
            at += len(piece)

    def read(self) -> bytes:
        """All of them."""
        return b"".join(self.pieces())

    def copy_into(self, file: IO[bytes]) -> None:
        """Put them at the start of a file that is empty."""
        at = 0
        if hasattr(os, "copy_file_range"):  # no byte comes to this process
            with contextlib.suppress(OSError):  # no real file, or one on a file system that cannot
                source, target = self._file.fileno(), file.fileno()
                while count := os.copy_file_range(source, target, min(LEAP, self._size - at), at, at):
                    at += count
        if at < self._size:
            file.writelines(self.pieces())

    def __len__(self) -> int:
        return self._size

    def __del__(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()


class Growing:
    """Bytes that come in: into a file of the folder while that takes them, else into memory.

    Where memory is all there is, `room` is set aside for them: a buffer that grows takes an eighth more than it holds.
    """

    def __init__(self, folder: str | None = None, room: int = 0) -> None:
        self._memory, self._file = io.BytesIO(), None if folder is None else self._spooled(folder)
        if room and self._file is None:
            self._memory.seek(room - 1)
            self._memory.write(b"\0")
            self._memory.seek(0)

    def write(self, data: bytes | memoryview) -> None:
        if self._file is not None:
            try:
                self._file.append(data)
                return
            except OSError as full:  # what comes is paid for
                _tell(full)
                self._memory.writelines(self._file.pieces())
                self._file = None
        self._memory.write(data)

    def whole(self) -> bytes | Spooled:
        """All that came."""
        if self._file is not None:
            return self._file
        self._memory.truncate()
        return self._memory.getvalue()  # shares the buffer, does not copy it

    def _spooled(self, folder: str) -> Spooled | None:
        try:
            return Spooled(folder)
        except OSError as gone:
            _tell(gone)
            return None


def whole(kept: bytes | Spooled) -> bytes:
    """The bytes, wherever they are."""
    return kept.read() if isinstance(kept, Spooled) else kept


def _tell(error: OSError) -> None:
    _LOGGER.warning("an image is kept in memory, not in the spool: %s", redacted(error.strerror or str(error)))


def _most() -> int:
    """The highest number of a file that is opened here: the others are for connections, and whatever else the process
    does.
    """
    try:
        import resource
    except ImportError:  # not on Windows
        return 2**31
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2**31 if limit == resource.RLIM_INFINITY else limit // 2
