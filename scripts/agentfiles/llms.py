"""`llms.txt` (https://llmstxt.org) and `llms-full.txt`: the documentation for models, from the list of all pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_ROW = re.compile(r"^\| \[([^\]]+)\]\(([^)#]+)\) \| (.*) \|$")
#: What users need; the other parts of the list are for maintainers.
PARTS = ("Guides", "Reference")


def files(root: Path) -> dict[str, str]:
    """Both files by their names."""
    docs = root / "docs"
    start = (root / "README.md").read_text("utf-8")
    about = next(line for line in start.split("\n\n")[1:] if line and line[0].isalpha())
    about = " ".join(about.split()).rpartition(".")[0] + "."
    rows = list(dict.fromkeys(_rows((docs / "README.md").read_text("utf-8"))))
    lines = [f"- [{title}]({page}): {words}".rstrip(": ") for title, page, words in rows]
    lines += ["- [All methods and their options](reference.md)", "- [All commands](command-line.md)"]
    short = f"# recraft-sdk\n\n> {about}\n\n- [Start](../README.md): the first call\n\n## Guides\n\n"
    pages = [root / "README.md", *(docs / page for _, page, _ in rows)]
    whole = [f"<!-- {page.relative_to(root)} -->\n\n{page.read_text('utf-8').strip()}\n" for page in pages]
    return {"llms.txt": short + "\n".join(lines) + "\n", "llms-full.txt": "\n\n".join(whole)}


def _rows(text: str) -> Iterator[tuple[str, str, str]]:
    """The pages of the list that are for users: title, path and what is in it."""
    part = ""
    for line in text.splitlines():
        if line.startswith("## "):
            part = line[3:]
        elif part in PARTS and (found := _ROW.match(line)) and found[2].endswith(".md"):
            yield found[1], found[2], found[3]
