"""A request body that knows how far it got."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

import httpx

T = TypeVar("T")

#: Bytes that one visit to a worker thread brings or takes, in pieces of `PIECE`: a visit costs more than a piece. What
#: is under way takes four times as much memory.
VISIT = 3 * 2**18
PIECE = 2**16


async def in_thread(function: Callable[..., T], *arguments: Any) -> T:
    """Call a function that blocks, on a worker thread."""
    from anyio import to_thread  # late: a blocking client does without

    return await to_thread.run_sync(function, *arguments)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """Bytes, or pieces that are made when they are sent, which `blocks` where it takes a disk.

    It can be sent again: its source is iterated anew.
    """

    def __init__(self, source: bytes | Iterable[bytes], *, blocks: bool = True) -> None:
        self._source, self._blocks = source, blocks
        self.begun = False  # whether a byte, or the end of an empty body, has been handed out
        self.on_whole: Callable[[], None] = lambda: None

    def begin(self, on_whole: Callable[[], None]) -> None:
        """Forget the attempt before. `on_whole` is called when the last byte has gone out."""
        self.begun, self.on_whole = False, on_whole

    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        if isinstance(self._source, bytes):
            if self._source:  # an empty piece costs a turn of the transport's machinery
                yield self._source
        else:
            yield from self._source
        self.on_whole()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.begun = True
        if isinstance(self._source, bytes):
            if self._source:  # an empty piece costs a turn of the transport's machinery
                yield self._source
        else:
            pieces = iter(self._source)

            def next_pieces() -> bytes:
                return b"".join(islice(pieces, VISIT // PIECE))

            while chunk := await in_thread(next_pieces) if self._blocks else next_pieces():
                yield chunk
        self.on_whole()
