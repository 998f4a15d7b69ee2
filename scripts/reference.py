"""Write `docs/reference.md` from the signatures and the documentation of what callers use: what `help()` shows, as a
page.

python scripts/reference.py            write the page
python scripts/reference.py --check    fail with a diff when the page is not what this would write
"""

from __future__ import annotations

import argparse
import difflib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import recraft
from recraft._core.binding import Namespace

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference.md"
WIDTH = 120

START = """\
# Reference

Every method of a client, as `help()` shows it. `make reference` writes this page from the signatures: do not edit it.
On a `Recraft` a method returns what stands behind the arrow, on an `AsyncRecraft` an awaitable of it; names, parameters
and documentation are the same. What is left out of a call is not sent, and the service decides. Statements with a date
come from the service's own documentation.
"""
OF_THE_CLIENT = ("with_options", "save", "fetch", "close")


def page() -> str:
    """The whole page."""
    with recraft.Recraft("token") as client:
        names = sorted(dir(client), key=lambda name: (name != "images", name))  # what is used most comes first
        public = {name: getattr(client, name) for name in names if not name.startswith(("_", "raw"))}
        groups = {name: group for name, group in public.items() if isinstance(group, Namespace)}
        helpers = {name: list(_methods(name, group)) for name, group in groups.items()}
        parts = [START, _contents(helpers), *_client(client)]
        for name, group in groups.items():
            parts.append(f"## client.{name}\n\n{_prose(_summary(group))}\n")
            parts += [_described(helper, method) for helper, method in helpers[name]]
    parts += [_names()]
    return "\n".join(parts)


def _methods(group: str, namespace: Any) -> Iterator[tuple[str, Any]]:
    """The helpers of a group in the order in which they are written, by the names users write."""
    for name in vars(type(namespace)):
        if not name.startswith("_"):
            yield f"{group}.{name}", getattr(namespace, name)


def _contents(helpers: dict[str, list[tuple[str, Any]]]) -> str:
    rows = [
        f"| [`{name}({_required(method)})`](#{name.replace('.', '')}) | {_summary(method)} |"
        for methods in helpers.values()
        for name, method in methods
    ]
    return "\n".join(["| Method | What it does |", "|---|---|", *rows, ""])


def _required(method: Any) -> str:
    parameters = inspect.signature(method).parameters.values()
    return ", ".join(each.name for each in parameters if each.default is each.empty)


def _client(client: Any) -> Iterator[str]:
    yield "## The clients\n"
    yield _described("Recraft", type(client), inspect.signature(type(client)))
    for name in OF_THE_CLIENT:
        yield _described(f"client.{name}", getattr(client, name))


def _described(name: str, method: Any, signature: inspect.Signature | None = None) -> str:
    """One method: its heading, its call, and its documentation."""
    signature = signature or inspect.signature(method)
    written = [part for part in (inspect.getdoc(method) or "").split("\n\n") if part]
    documentation = "\n\n".join(_paragraph(part, signature) for part in written)
    return f"### {name}\n\n```text\n{_call(name, signature)}\n```\n\n{documentation}\n"


def _call(name: str, signature: inspect.Signature) -> str:
    """The call on as many lines as it needs. An option that may be left out is named below it."""
    shown: list[str] = []
    starred = False
    options = [each for each in signature.parameters.values() if repr(each.default) == "..."]
    for each in signature.parameters.values():
        if each in options:
            continue
        if each.kind is each.KEYWORD_ONLY and not starred:
            shown, starred = [*shown, "*"], True
        shown.append(_parameter(each))
    shown += ["**options"] if options else []
    returns = _type(signature.return_annotation)
    arrow = "" if signature.return_annotation in (signature.empty, None) or returns == "None" else f" -> {returns}"
    line = f"{name}({', '.join(shown)}){arrow}"
    if len(line) <= WIDTH:
        return line
    return f"{name}(\n" + "".join(f"    {each},\n" for each in shown) + f"){arrow}"


def _parameter(parameter: inspect.Parameter) -> str:
    default = "" if parameter.default is parameter.empty else f" = {_default(parameter.default)}"
    return f"{parameter.name}: {_type(parameter.annotation)}{default}"


def _default(value: Any) -> str:
    """A default as somebody would write it, or what kind of thing it is where nobody would."""
    text = repr(value)
    if text.startswith("<"):
        return "..."
    return re.sub(r"\(.*\)$", "(...)", text, flags=re.S) if len(text) > 30 else text


def _type(annotation: Any) -> str:
    text = str(annotation)
    return text[1:-1] if text[:1] in "'\"" and text[-1:] == text[:1] else text


def _paragraph(text: str, signature: inspect.Signature) -> str:
    """A paragraph of a docstring as Markdown: prose, or a heading with a line for each name below it."""
    heading, _, below = text.partition("\n")
    if not below.startswith("    ") or not heading.endswith(":"):
        return _prose(text)
    items: list[str] = []
    for line in textwrap.dedent(below).splitlines():
        if line.startswith(" ") and items:
            items[-1] += f" {line.strip()}"
        else:
            items.append(line)
    return f"{heading}\n\n" + "\n".join(_item(item, signature) for item in items)


def _item(text: str, signature: inspect.Signature) -> str:
    name, colon, about = text.partition(": ")
    if not colon or not name.isidentifier():
        return _filled(f"- {text}", "  ")
    parameter = signature.parameters.get(name)
    kind = "" if parameter is None else _type(parameter.annotation)
    shown = f" (`{kind}`)" if kind and kind != about else ""
    return _filled(f"- `{name}`{shown}: {f'`{about}`' if kind == about else about}", "  ")


def _names() -> str:
    """The public names, with the first sentence that their documentation has."""
    things = {name: getattr(recraft, name) for name in dir(recraft) if not name.startswith("_")}
    lines = [_filled(f"- `{name}`: {_summary(thing)}", "  ") for name, thing in things.items() if callable(thing)]
    return "## Everything in `recraft`\n\n" + "\n".join(lines) + "\n"


def _summary(thing: Any) -> str:
    first = (inspect.getdoc(thing) or "").partition("\n\n")[0]
    return re.split(r"(?<=\.)\s", " ".join(first.split()), maxsplit=1)[0]


def _prose(text: str) -> str:
    return text if text.startswith((" ", "-")) else _filled(" ".join(text.split()), "")


def _filled(text: str, indent: str) -> str:
    """Lines of at most 120 characters. Markdown takes a line break in a code span for a space."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when the page is another")
    check = parser.parse_args(None if arguments is None else list(arguments)).check
    written, wanted = PAGE.read_text("utf-8") if PAGE.exists() else "", page()
    if not check:
        PAGE.write_text(wanted, "utf-8")
        return 0
    lines = difflib.unified_diff(written.splitlines(), wanted.splitlines(), "docs/reference.md", "make reference", n=1)
    print("\n".join(lines), end="")
    if written != wanted:
        print("\ndocs/reference.md is not what the signatures say: run `make reference`", file=sys.stderr)
    return int(written != wanted)


if __name__ == "__main__":
    sys.exit(main())
