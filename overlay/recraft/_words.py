"""Foreign text and foreign values made fit for an error or a log: short, on one line, and without secrets.

A signature may stand in the path of a URL as well as in its query. So no more of any URL is repeated than its scheme,
its host, and the id of an image where it ends the path.
"""

from __future__ import annotations

import re
import reprlib

#: How much of a server's own words an error repeats, in characters.
MESSAGE_LENGTH = 300

#: How much of a value an error repeats, in characters.
VALUE_LENGTH = 80

#: A secret that is shorter may be a part of ordinary words, and is taken out only where it is a word of its own.
#: Real tokens are several times as long.
LONG_SECRET = 8

#: A secret of so few characters is a word of every other sentence (`a`, `is`), and nothing that it could keep secret:
#: it is taken out only where something says that a token follows.
TINY_SECRET = 3

# How JSON, Python and HTTP write these when they escape them, once or several times. Each pattern takes linear time.
_ESCAPED = re.compile(r"(?<!\\)\\+(/|\?|u002f|u003a|u003d|u003f|u0040)|%(?:25)*(2f|3a|3d|3f|40)", re.IGNORECASE)
_PLAIN = {"2f": "/", "3a": ":", "3d": "=", "3f": "?", "40": "@"}

_URL = re.compile(r"((?<![a-z0-9+.-])[a-z0-9+.-]+:)?//+([^/?#\\]*)([^?#]*)(.*)", re.IGNORECASE)
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[\w.-]+)(?::\d{1,5}(?!\w))?", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_BEARER = re.compile(r"\bbearer(?:\s|%20|\+)+[^\s\"']+", re.IGNORECASE)
_NAMED = re.compile(r"(?<![\w-])[\w-]*(?:sig|signature|token|credential)s?=[^\s&]*", re.IGNORECASE)
_RELATIVE = re.compile(r"""(\blocation['"]?[,:]\s*(?:b?['"])?)/(?!/)\S*""", re.IGNORECASE)  # where a header says so
_START, _END = r"(?<!\w)(?<!\w[-'’])", r"(?!\w|[-'’]\w)"
_ANNOUNCED = r"(?i:(\b(?:\w*token|\w*key|authorization|credentials?)['\"]?\s*[:=]\s*['\"]?|\bbearer\s+['\"]?))"
_CLOSING = "'\")]}>,;:"


def presentable(text: str, *secrets: str) -> str:
    """`text` fit for an error: one short line without secrets, control characters, or more of a URL than its host."""
    if len(text) > (enough := 50 * MESSAGE_LENGTH):
        text = text[:enough].rpartition(" ")[0] or text[:enough]  # a secret cut in two would not be known any more
    text = _on_one_line(redacted(text, *secrets))
    return text if len(text) <= MESSAGE_LENGTH else text[: MESSAGE_LENGTH - 1] + "…"


def redacted(text: str, *secrets: str) -> str:
    """`text`, however long, without these secrets, what follows a question mark, and all but the host of URLs.

    A secret of `LONG_SECRET` characters is taken out wherever it stands. A shorter one, such as a test has, never out
    of a word, one with a hyphen or an apostrophe included; and one of `TINY_SECRET` characters only behind what
    announces a token, such as `Bearer`, `token=` or `api_key: "`.
    """
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        quoted = re.escape(secret)
        if len(secret) >= LONG_SECRET:
            text = text.replace(secret, "[token]")
        elif len(secret) <= TINY_SECRET:
            text = re.sub(rf"{_ANNOUNCED}{quoted}{_END}", r"\1[token]", text)
        else:
            text = re.sub(rf"{_START}{quoted}{_END}", "[token]", text)
    text = _RELATIVE.sub(r"\1/...", _BEARER.sub("[token]", text))
    return re.sub(r"\S+", lambda word: _reduced(word[0]), text)


def shown(value: object) -> str:
    """`value` as an error repeats it, in at most 80 characters. Raises nothing, whatever and however large it is."""
    try:
        text = _on_one_line(redacted(_SHORT.repr(value)))
    except Exception:  # its own repr fails, or it is a number of thousands of digits
        text = f"<{type(value).__name__}>"
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 3] + "..."


def reason(error: BaseException) -> str:
    """What an exception says, with its kind. Raises nothing."""
    try:
        text = presentable(str(error))
    except Exception:
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def forgotten_await(value: object) -> str:
    """What to add to an error about `value`, where it is something to wait for: its result was meant."""
    return " Did you forget await?" if hasattr(type(value), "__await__") else ""


class _Short(reprlib.Repr):
    """A repr that looks at a small part of a value only, however large it is."""

    def repr_str(self, x: str, level: int) -> str:
        # Redacted before it is cut: the second half of a URL is not known as one.
        return repr(redacted(x[: 8 * VALUE_LENGTH])[: 2 * VALUE_LENGTH])

    def repr_bytes(self, x: bytes, level: int) -> str:
        return repr(x[: 2 * VALUE_LENGTH])


_SHORT = _Short()
_SHORT.maxother = _SHORT.maxlong = 8 * VALUE_LENGTH


def _reduced(word: str) -> str:
    """A word with no more of a URL in it than scheme, host and image id, and without queries and signatures."""
    plain = _ESCAPED.sub(lambda found: _PLAIN.get((found[1] or found[2])[-2:].lower(), found[1]), word)
    if found := _URL.search(plain):
        return _reduced_url(plain, found)
    address, ask, query = plain.partition("?")
    if ask and query.strip(_CLOSING):
        return f"{_NAMED.sub('[...]', address)}?...{_closing(query)}"
    return _NAMED.sub("[...]", plain) if _NAMED.search(plain) else word


def _reduced_url(word: str, found: re.Match[str]) -> str:
    before, (scheme, authority, path, query) = word[: found.start()], found.groups()
    if inside := re.search(r"[/?]", before):  # a relative address that holds an absolute one
        start, more = before[: inside.start()], True
    else:
        host = _host(authority, path)
        left = authority.rpartition("@")[2][len(host) :] + path + query
        start, more = f"{before}{scheme or ''}//{host or '...'}", bool(host and left.strip(_CLOSING + "."))
    start = _NAMED.sub("[...]", start) if "=" in start else start
    if not more:
        return start + _closing(word)
    last = path.rpartition("/")[2].rstrip(_CLOSING)
    return f"{start}/...{f'/{last}' if _UUID.fullmatch(last) else ''}{_closing(word)}"


def _host(authority: str, path: str) -> str:
    """Host and port, "" when it is not clear what of it is a password."""
    _, user, address = authority.rpartition("@")
    found = _HOST.match(address)
    return "" if found is None or ("@" in path and not user) else found[0]


def _closing(text: str) -> str:
    """The quotes, brackets and marks at the end, which belong to the text around a URL."""
    return text[len(text.rstrip(_CLOSING)) :][:4]


def _on_one_line(text: str) -> str:
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
