"""Made pictures, handed out by link.

A picture is drawn when it is first looked at: a caller who only counts calls never waits for a painter.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterator
from uuid import UUID

from attrs import define, field, frozen

from recraft.sandbox.links import Signer, expired, read_link
from recraft.sandbox.pictures import MEDIA_TYPES
from recraft.sandbox.wire import Problem, Reply, Request


@define
class Picture:
    """One picture: `kind` is png, webp or svg; `bytes()` draws it on the first call. `maker` is the operation's id.

    `expires` is when the link to it ends, in seconds since the epoch.
    """

    id: UUID
    kind: str
    size: tuple[int, int]
    maker: str
    _draw: Callable[[], bytes] = field(repr=False)
    expires: int = 0
    _drawn: bytes | None = field(default=None, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, repr=False, eq=False)

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]

    def bytes(self) -> bytes:
        with self._lock:
            if self._drawn is None:
                self._drawn = self._draw()
            return self._drawn


@frozen
class Gallery:
    """Keeps pictures. `lifetime` of a link is in seconds."""

    signer: Signer
    lifetime: float
    _pictures: dict[UUID, Picture] = field(factory=dict, repr=False)
    _numbers: Iterator[int] = field(factory=itertools.count, repr=False)  # its next() is atomic, so ids never clash

    def add(self, kind: str, size: tuple[int, int], maker: str, draw: Callable[[], bytes]) -> Picture:
        """Take in a picture that `draw` will make."""
        digest = hashlib.sha256(self.signer.secret + next(self._numbers).to_bytes(8, "big")).digest()
        picture = Picture(UUID(bytes=digest[:16], version=4), kind, size, maker, draw)
        self._pictures[picture.id] = picture
        return picture

    def find(self, picture_id: UUID) -> Picture | None:
        return self._pictures.get(picture_id)

    def link(self, picture: Picture, origin: str, now: float) -> str:
        """A signed URL that works until `now` + lifetime (whole seconds)."""
        picture.expires = int(now + self.lifetime)
        return origin + self.signer.path(picture.id, picture.kind, picture.size, picture.expires)

    def open(self, target: str, now: float) -> Picture:
        """The picture behind a link.

        Raises Problem: 403 when it has expired or was not signed by this gallery, 404 when there is no such picture.
        """
        link = read_link(target)
        picture = self.find(link.id)
        expires = link.expires if link.expires is not None else picture.expires if picture else 0
        self.signer.verify(link, expires)
        if now >= expires:
            raise expired()
        if picture is None or link.kind not in {None, picture.kind}:
            raise Problem(404, "not_found", "no such image", of_a_file=True)
        return picture

    def download(self, request: Request) -> Reply:
        """Answer a request for an image URL. Raises Problem like `open`."""
        if request.method not in {"GET", "HEAD"}:
            headers = {"Allow": "GET, HEAD"}
            raise Problem(405, "method_not_allowed", "an image can only be read", headers, of_a_file=True)
        picture = self.open(request.target, request.now)
        return Reply(200, (("Content-Type", picture.media_type),), picture.bytes())
