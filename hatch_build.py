"""What a package index shows of README.md: there, none of the files that the page links to stand beside it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


def description(readme: str, source: str | None, version: str) -> str:
    """The page with every link to a file of the project made absolute, below `source` at the tag of this version.

    Without an address the link would lead nowhere: its words stay, with the name of the file in the source
    distribution.
    """

    def linked(found: re.Match[str]) -> str:
        words, file, anchor = found[1], found[2], found[3] or ""
        if source:
            return f"[{words}]({source.rstrip('/')}/blob/v{version}/{file}{anchor})"
        return words if words.strip("`") == file else f"{words} (`{file}`)"

    return re.sub(r"\[([^\]]+)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)", linked, readme)


class Description(MetadataHookInterface):
    def update(self, metadata: dict[str, Any]) -> None:
        readme = (Path(self.root) / "README.md").read_text("utf-8")
        source = metadata.get("urls", {}).get("Source")
        text = description(readme, source, metadata["version"])
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
