"""A request as people may see it: its fields as short texts, without tokens, signatures and bulk."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from recraft.sandbox.forms import FilePart, read_parts
from recraft.sandbox.wire import Problem, Request

LONGEST = 600
"""Characters of one text that are shown."""

_HIDDEN = "***"
_DATA = re.compile(r"data:([\w.+-]{0,40}/?[\w.+-]{0,40})[^,\s\"']{0,80},[^\s\"']*", re.IGNORECASE)
_URL = re.compile(r"\b[a-z][a-z0-9+.-]{0,30}:(?:\\*/){2}[^\s\"'<>]*", re.IGNORECASE)
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_OPAQUE = re.compile(rf"(?P<id>(?<![\w-]){_UUID}(?![\w-]))|[\w-]{{32,}}")
_WHOLE_WORD = 8  # a shorter token is hidden only where it stands alone: "t" is part of many words


class Shown:
    """Makes texts fit to be shown; `token` is the secret that must not be in them."""

    def __init__(self, token: str) -> None:
        written = {token, quote(token, safe=""), json.dumps(token)[1:-1], json.dumps(token, ensure_ascii=False)[1:-1]}
        patterns = [re.escape(each) for each in sorted(written, key=len, reverse=True) if each]
        if len(token) < _WHOLE_WORD:
            patterns = [rf"(?<!\w){each}(?!\w)" for each in patterns]
        self._token = re.compile("|".join(patterns) or r"(?!)")

    def text(self, text: str) -> str:
        """A text without the token, without what a URL may sign with, and without files written as text."""
        text = _DATA.sub(lambda found: f"data:{found[1]}, {_size(len(found[0]))}", text)
        text = self._token.sub(_HIDDEN, _URL.sub(_without_signature, text))
        text = _OPAQUE.sub(lambda found: found["id"] or _HIDDEN, text)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]} … ({len(text)} characters)"

    def fields(self, request: Request) -> list[tuple[str, str]]:
        """Names and values of what was sent, in its order; a request that cannot be read has none."""
        media = (request.header("content-type") or "").split(";")[0].strip().lower()
        pairs: Iterable[tuple[str, Any]] = ()
        try:
            if media == "multipart/form-data":
                pairs = read_parts(request.header("content-type") or "", request.body)
            elif request.body:
                sent = json.loads(request.body)
                pairs = sent.items() if isinstance(sent, dict) else [("body", sent)]
        except (Problem, ValueError, RecursionError):
            return [("body", f"{_size(len(request.body))}, not readable")]
        return [(self.text(str(name)), self._value(value)) for name, value in pairs]

    def _value(self, value: Any) -> str:
        if isinstance(value, FilePart) and value.is_file:
            return self.text(f"{value.filename or 'file'}, {_size(len(value.data))}")
        if isinstance(value, FilePart):
            value = value.data.decode("utf-8", "replace")
        return self.text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _without_signature(found: re.Match[str]) -> str:
    """Scheme and host of a URL, and the id of the picture that it leads to."""
    url = found[0].replace("\\", "")
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return _HIDDEN
    picture = re.search(_UUID, parts.path)
    rest = f"/{_HIDDEN}/{picture[0]}" if picture else f"/{_HIDDEN}" if parts.path.strip("/") or parts.query else ""
    return f"{parts.scheme}://{host}{rest}"


def _size(count: int) -> str:
    if count < 1024:
        return f"{count} bytes"
    return f"{count / 1024:.0f} KB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"
