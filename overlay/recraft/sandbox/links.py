"""Links to pictures: a path that holds a signature, in the live service's form or with the signature in the query.

The live form is `/<signature>/rs:fit:<width>:<height>:0/raw:1/plain/abs://external/images/<image id>`: the format shows
in the answer's Content-Type alone, and the time when the link ends is not in it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

from attrs import field, frozen

from recraft.sandbox.wire import Problem, path_of

_ID = r"(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
_QUERIED = re.compile(rf"/images/{_ID}\.(?P<kind>png|webp|svg)")
_LIVE = re.compile(rf"/(?P<signature>[^/]*)/(?P<rest>rs:fit:\d+:\d+:0/raw:1/plain/abs://external/images/{_ID})")


@frozen
class Link:
    """What a link says: the picture, kind of file and end (None: not said), what was signed, and the signature."""

    id: UUID
    kind: str | None
    expires: int | None
    signed: str = field(repr=False)
    signature: str = field(repr=False)


@frozen
class Signer:
    """Makes links and knows its own again."""

    secret: bytes = field(repr=False)
    live: bool

    def path(self, picture: UUID, kind: str, size: tuple[int, int], expires: int) -> str:
        """The path (and query) of a link that ends at `expires`, in seconds since the epoch."""
        if self.live:
            rest = f"rs:fit:{size[0]}:{size[1]}:0/raw:1/plain/abs://external/images/{picture}"
            return f"/{self._sign(rest, expires)}/{rest}"
        path = f"/images/{picture}.{kind}"
        return f"{path}?Expires={expires}&Signature={self._sign(path, expires)}"

    def verify(self, link: Link, expires: int) -> None:
        """Raises Problem 403 for a signature that is not this signer's for that end."""
        if not hmac.compare_digest(link.signature.encode(), self._sign(link.signed, expires).encode()):
            raise Problem(403, "access_denied", "the signature of the image URL is wrong", of_a_file=True)

    def _sign(self, signed: str, expires: int) -> str:
        digest = hmac.new(self.secret, f"{signed} {expires}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def read_link(target: str) -> Link:
    """What a request target says as a link. Raises Problem 404 when it is none."""
    parts = urlsplit(target)
    path = unquote(parts.path)
    if live := _LIVE.fullmatch(path):
        return Link(UUID(live["id"]), None, None, live["rest"], live["signature"])
    if not (queried := _QUERIED.fullmatch(path)):
        raise Problem(404, "not_found", "no such image", of_a_file=True)
    query = parse_qs(parts.query)
    expires, signature = query.get("Expires", [""])[0], query.get("Signature", [""])[0]
    end = int(expires) if re.fullmatch(r"\d{1,15}", expires) else -1
    return Link(UUID(queried["id"]), queried["kind"], end, path, signature)


def is_download(path: str) -> bool:
    """Whether a decoded path is that of a link and not of an operation."""
    return _QUERIED.fullmatch(path) is not None or _LIVE.fullmatch(path) is not None


def shown(target: str) -> str:
    """The path of a request target without its query and without a signature, to be kept and printed."""
    path = path_of(target)
    live = _LIVE.fullmatch(path)
    return f"/***/{live['rest']}" if live else path


def expired() -> Problem:
    """What a link answers after its time."""
    return Problem(403, "url_expired", "the image URL has expired", of_a_file=True)
