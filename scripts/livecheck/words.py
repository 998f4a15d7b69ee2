"""What a report may repeat of an answer: never a token, a signature, an e-mail address or whose account it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, urlsplit

import attrs

from livecheck.answers import Answer
from recraft.errors import presentable

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s\"'<>:,;@]+@[^\s\"'<>:,;@]+")
_LONG = re.compile(r"[\w+/=~-]{40,}")
_KNOWN_SEGMENT = re.compile(r"rs:fit:\d{1,5}:\d{1,5}:\d|raw:\d|plain|abs:|external|images|")
_TELLING = ("content-type", "server", "cache-control", "expires", "retry-after")


@attrs.define
class Secrets:
    """What was learned that must not stand in a report."""

    token: str = attrs.field(repr=False)
    learned: set[str] = attrs.field(factory=set, repr=False)

    def learn_account(self, account: Any) -> None:
        """Id, address and name, and whatever else it says of a person."""
        told = dict(account, credits=None) if isinstance(account, dict) else account
        self.learned |= {str(value) for value in _leaves(told) if value and not isinstance(value, bool)}

    def learn_urls(self, body: Any) -> None:
        """The parts of every URL in an answer which may be a signature: its words may repeat one on its own."""
        texts = (value for value in _leaves(body) if isinstance(value, str))
        for parts in (_split(url) for text in texts for url in _URL.findall(text)):
            values = [pair.partition("=")[2] or pair for pair in parts.query.split("&")]
            segments = [*parts.path.split("/"), *values, parts.fragment, parts.password or ""]
            self.learned |= {part for part in segments if len(part) > 6 and not _plain(part)}

    def clean(self, text: str) -> str:
        """`text` on one short line, without any of them."""
        text = presentable(_EMAIL.sub("[e-mail]", text), self.token, *self.learned)
        return _LONG.sub(lambda found: f"[{len(found[0])} characters]", _EMAIL.sub("[e-mail]", text))


def said(answer: Answer) -> str:
    """Status, type and words of an answer that is no success; the shape of one that is."""
    body = answer.json
    if answer.ok:
        return f"{answer.status} {answer.type} {f'{len(answer.content):,} bytes' if body is None else shape(body)}"
    words = answer.text if body is None else json.dumps(body, ensure_ascii=False)
    return f"{answer.status} {answer.type} {words}"


def header_names(answer: Answer) -> str:
    """The names of all headers, and the values of those that say nothing of anybody."""
    return ", ".join(f"{name}: {value}" if name in _TELLING else name for name, value in answer.headers.items())


def shape(value: Any, depth: int = 4) -> str:
    """JSON by its keys and the kinds of its values; a list by its length and its first item."""
    if isinstance(value, dict):
        inside = ", ".join(f"{key}: {shape(item, depth - 1)}" for key, item in value.items()) if depth else "..."
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{len(value)} of {shape(value[0], depth - 1)}]" if value and depth else "[]"
    if isinstance(value, str):
        return "UUID" if UUID.fullmatch(value) else "URL" if "://" in value[:12] else "text"
    return {bool: "boolean", type(None): "null"}.get(type(value), "number")


def url_form(url: str) -> str:
    """A URL's form: its host, the parts of its path that are documented, and of all others the length."""
    parts = _split(url)
    path = [_segment(part) for part in parts.path.split("/")[1:]]
    query = ", ".join(map(_parameter, parts.query.split("&"))) if parts.query else "none"
    return f"{parts.scheme}, host {parts.hostname}, path {' / '.join(path)}, query {query}"


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # brackets in its host
        return SplitResult("", "", url, "", "")


def _parameter(pair: str) -> str:
    """Its name, unless that may be a signature without one."""
    name, equals, _ = pair.partition("=")
    return name if equals and name.isalpha() and len(name) <= 16 else f"({len(pair)} characters)"


def _segment(part: str) -> str:
    if UUID.fullmatch(part):
        return "(image id)"
    return (part or "(empty)") if _plain(part) else f"({len(part)} characters)"


def _plain(part: str) -> bool:
    return bool(_KNOWN_SEGMENT.fullmatch(part) or UUID.fullmatch(part))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _leaves(item)
    else:
        yield value
