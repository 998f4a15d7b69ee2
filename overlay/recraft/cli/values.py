"""What is written on a command line as what helpers take."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from recraft import InputError
from recraft.helpers.shape import Option

from .common import STREAM

_PARTS = re.compile(r"\(?\s*\d+\s*(?:,\s*\d+\s*)+\)?")


def value(option: Option, given: Any) -> Any:
    """A value of an option, all of them where it takes many."""
    if option.kind == "pairs":
        return pairs(given)
    if option.many:
        return [_one(option, each) for each in given]
    return _one(option, given)


def _one(option: Option, given: Any) -> Any:
    if option.kind == "image":
        return image(given)
    if option.kind not in ("text", "json"):
        return given
    if given == STREAM and option.positional:
        return _all_of_stdin(option.name).decode("utf-8", "replace").strip()
    if option.structured:
        return structured(option.name, given)
    return given


def image(given: str) -> Any:
    """An image: its path, its address, or the bytes of standard input."""
    return _all_of_stdin("the image") if given == STREAM else given


def structured(name: str, given: str) -> Any:
    """JSON, three numbers with commas, or text as it is."""
    if _PARTS.fullmatch(given):
        return [int(part) for part in re.findall(r"\d+", given)]
    if given.lstrip()[:1] not in ("{", "["):
        return given
    try:
        return json.loads(given)
    except ValueError as error:
        raise InputError(f"{name} begins as JSON does, and is none: {error}.") from None


def pairs(given: Iterable[str]) -> dict[str, Any]:
    """`key=value`, again and again. A value that is JSON is what it says, one after an @ a file, and any other text."""
    found: dict[str, Any] = {}
    for each in given:
        key, equals, text = each.partition("=")
        if not equals or not key:
            raise InputError(f"extra is {each!r}; expected key=value, or key=@file.")
        try:
            found[key] = Path(text[1:]) if text[:1] == "@" else json.loads(text)
        except ValueError:
            found[key] = text
    return found


def _all_of_stdin(name: str) -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise InputError(f"{name} is -, which is standard input, and that is this terminal. Pipe something into it.")
    return sys.stdin.buffer.read()


def check_one_stdin(given: Iterable[Any]) -> None:
    """Raise InputError when standard input is asked for twice: it can be read once."""
    if sum(each == STREAM for each in given) > 1:
        raise InputError("- is standard input, which can be read once; it is given more than once.")


def label(given: Any) -> str:
    """What an input is called: its file name, without the folder and the extension."""
    text = str(given)
    if text == STREAM:
        return "stdin"
    if text[:5].lower() == "data:":
        return "image"
    if re.match(r"https?://", text, re.I):
        text = re.split(r"[?#]", text)[0].rstrip("/")
    return Path(text).stem or "image"
