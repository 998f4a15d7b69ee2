"""What people read: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from recraft import errors
from recraft.errors import presentable

from .exits import Exit, exit_of

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: What to do about an error, by how it ends.
ADVICE = {
    Exit.AUTHENTICATION: "Keep a token with: recraft login",
    Exit.NO_UNITS: "recraft account says how many are left; buy more on the service's page.",
    Exit.IN_DOUBT: "Look at recraft account before you send it again.",
}


def is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()


def harmless(text: str) -> str:
    """Text for a terminal, without what would steer it: a server's words and a file's name may hold that."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def complain(text: str) -> None:
    """Say on standard error what is wrong."""
    say(text, "recraft:", "bold red")


def say(text: str, mark: str = "", style: str = "dim") -> None:
    """A line on standard error; on a terminal its mark, or all of it, is in colour."""
    if not is_terminal(sys.stderr):
        print(f"{mark} {text}".strip(), file=sys.stderr)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, highlight=False, soft_wrap=True)  # what is too long for a line can be copied whole
    for number, line in enumerate(_lines(harmless(f"{mark} {text}".strip()), console.width)):
        first = mark and not number and line.startswith(mark)
        console.print(Text.assemble((mark, style), line[len(mark) :]) if first else Text(line, "" if mark else style))


def _lines(text: str, width: int) -> list[str]:
    import textwrap  # late, as rich is

    wrap = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    return [line for paragraph in text.splitlines() for line in wrap.wrap(paragraph)]


def sentences(error: errors.RecraftError) -> str:
    """An error in words, with what to do about it."""
    text = error.message if error.message.rstrip().endswith((".", "!", "?")) else f"{error.message}."
    doubt = "It may have been served and charged." if error.maybe_charged and "charged" not in text else None
    return " ".join(filter(None, (text, doubt, ADVICE.get(exit_of(error)), *getattr(error, "__notes__", ()))))


def tell_error(error: errors.RecraftError, about: str = "") -> None:
    """Say what went wrong."""
    request = f" (request {error.request_id})" if error.request_id else ""
    complain(f"{f'{presentable(about)}: ' if about else ''}{sentences(error)}{request}")


def write(text: str) -> None:
    """A line on standard output."""
    print(harmless(text) if is_terminal(sys.stdout) else text)


def write_json(value: Any) -> None:
    """A result on standard output, as JSON in one line."""
    print(json.dumps(as_dict(value), ensure_ascii=False))


def as_dict(value: Any) -> Any:
    return value.to_dict() if hasattr(value, "to_dict") else value


def table(rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows on standard output: a table on a terminal, else a line each with tabs between its cells."""
    found = [{name: _cell(cell) for name, cell in row.items()} for row in rows]
    if not is_terminal(sys.stdout):
        for row in found:
            print("\t".join(row.values()))
        return
    from rich.console import Console
    from rich.table import Table

    columns = [name for name in (found[0] if found else ()) if any(row[name] for row in found)]
    made = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        made.add_column(name, overflow="fold")  # a name that is cut short names no file
    for row in found:
        made.add_row(*(harmless(row[name]) for name in columns))
    Console(highlight=False, markup=False).print(made)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return " ".join(str(value).split())


def money(units: float) -> str:
    """Units, and what they are in US dollars."""
    cents, rest = f"{units / 1000:,.3f}"[:-1], f"{units / 1000:,.3f}"[-1:].strip("0")
    return f"{units:,.10g} units ({cents}{rest} USD)"


def pictures(kept: list[tuple[str, Path]]) -> None:
    """The files that were written: their paths, on a terminal with what they are made of and how large they are."""
    if is_terminal(sys.stdout):
        table(
            {
                "file": path,
                "made of": presentable(label),
                "pixels": _pixels(path),
                "size": _size(path.stat().st_size),
            }
            for label, path in kept
        )
    else:
        for _, path in kept:
            write(str(path))


def _pixels(path: Path) -> str:
    """Width and height of a raster image, where Pillow can tell."""
    try:
        from PIL import Image

        with Image.open(path) as image:
            return f"{image.width} x {image.height}"
    except (ImportError, OSError):
        return ""


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


def summary(images: int, units: float) -> None:
    """What it came to, for a person."""
    if is_terminal(sys.stderr):
        say(f"{images} picture{'' if images == 1 else 's'}, {money(units)}")


def result(value: Any) -> None:
    """A result that is not kept as files."""
    from recraft import EnhancedPrompt, ImageResult, OptimizedColors  # late: --help does without

    match value:
        case None:
            if is_terminal(sys.stderr):
                say("done")
        case EnhancedPrompt():
            write(value.prompt)
        case OptimizedColors():
            table({"colour": given, "use": other} for given, other in value.mapping.items())
        case ImageResult():
            for image in value:
                write(image.url or "")
        case tuple():
            table(facts(each) for each in value)
        case _:
            for name, cell in facts(value).items():
                if cell is not None:
                    write(f"{name}\t{_cell(cell)}")


def facts(value: Any) -> dict[str, Any]:
    """What a result says, but for what it says of the call."""
    of_the_call = {"type", "raw", "request_id", "attempts", "seconds", "headers"}
    found = {name: cell for name, cell in value.to_dict().items() if name not in of_the_call}
    for name in ("balance_usd", "cost_usd"):
        if getattr(value, name, None) is not None:
            found[name] = getattr(value, name)
    if value.to_dict()["type"] == "Model":
        found["usd_an_image"] = price(value)
    return found


def price(model: Any) -> float | None:
    """What an image of a model costs in US dollars, by the service's list."""
    listed = (model.raw.to_dict() if model.raw is not None else {}).get("pricing") or {}
    try:
        return float(listed["image"])
    except (KeyError, TypeError, ValueError):
        return None
