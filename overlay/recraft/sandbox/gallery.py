"""Made pictures and the signed links to them.

A picture is drawn when it is first looked at: a caller who only counts calls never waits for a painter.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from attrs import define, field, frozen

from recraft.sandbox.pictures import MEDIA_TYPES
from recraft.sandbox.wire import Problem, Reply, Request

_PATH = re.compile(r"/images/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(?P<kind>png|webp|svg)")


@define
class Picture:
    """One picture: `kind` is png, webp or svg; `bytes()` draws it on the first call."""

    id: UUID
    kind: str
    _draw: Callable[[], bytes] = field(repr=False)
    _drawn: bytes | None = field(default=None, repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, repr=False, eq=False)

    def bytes(self) -> bytes:
        with self._lock:
            if self._drawn is None:
                self._drawn = self._draw()
            return self._drawn


@frozen
class Gallery:
    """Keeps pictures and signs links to them. `lifetime` is in seconds; `secret` makes the signatures."""

    secret: bytes = field(repr=False)
    lifetime: float
    _pictures: dict[UUID, Picture] = field(factory=dict, repr=False)
    _numbers: Iterator[int] = field(factory=itertools.count, repr=False)  # its next() is atomic, so ids never clash

    def add(self, kind: str, draw: Callable[[], bytes]) -> Picture:
        """Take in a picture that `draw` will make."""
        digest = hashlib.sha256(self.secret + next(self._numbers).to_bytes(8, "big")).digest()
        picture = Picture(UUID(bytes=digest[:16], version=4), kind, draw)
        self._pictures[picture.id] = picture
        return picture

    def find(self, picture_id: UUID) -> Picture | None:
        return self._pictures.get(picture_id)

    def link(self, picture: Picture, origin: str, now: float) -> str:
        """A signed URL that works until `now` + lifetime (whole seconds since the epoch)."""
        path, expires = f"/images/{picture.id}.{picture.kind}", int(now + self.lifetime)
        return f"{origin}{path}?Expires={expires}&Signature={self._sign(path, expires)}"

    def open(self, target: str, now: float) -> Picture:
        """The picture behind a link.

        Raises Problem: 403 when it has expired or was not signed by this gallery, 404 when there is no such picture.
        """
        parts = urlsplit(target)
        matched = _PATH.fullmatch(parts.path)
        if not matched:
            raise Problem(404, "not_found", "no such image")
        query = parse_qs(parts.query)
        expires, signature = query.get("Expires", [""])[0], query.get("Signature", [""])[0]
        if not re.fullmatch(r"\d{1,15}", expires) or not hmac.compare_digest(
            signature.encode(), self._sign(parts.path, int(expires)).encode()
        ):
            raise Problem(403, "access_denied", "the signature of the image URL is wrong")
        if now >= int(expires):
            raise expired()
        picture = self.find(UUID(matched["id"]))
        if picture is None or picture.kind != matched["kind"]:
            raise Problem(404, "not_found", "no such image")
        return picture

    def download(self, request: Request) -> Reply:
        """Answer a request for an image URL. Raises Problem like `open`."""
        if request.method not in {"GET", "HEAD"}:
            raise Problem(405, "method_not_allowed", "an image can only be read", {"Allow": "GET, HEAD"})
        picture = self.open(request.target, request.now)
        return Reply(200, (("Content-Type", MEDIA_TYPES[picture.kind]),), picture.bytes())

    def _sign(self, path: str, expires: int) -> str:
        return hmac.new(self.secret, f"{path} {expires}".encode(), hashlib.sha256).hexdigest()[:40]


def is_download(path: str) -> bool:
    """Whether a path is that of an image link and not of an operation."""
    return _PATH.fullmatch(path) is not None


def expired() -> Problem:
    """What a link answers after its time."""
    return Problem(403, "url_expired", "the image URL has expired")
