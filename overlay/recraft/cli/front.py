"""The front page: what `recraft` and `recraft --help` show.

It is written here, and not by cyclopts as the pages of the commands are: loading that and rich takes longer than all of
this page may.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap

from recraft.helpers.catalogue import USUAL, about, about_groups, helpers, plain

from .catalogue import ABOUT, ACCOUNT, EPILOGUE, GROUPS, IMAGES, OWN, TOOLS

#: The page is no wider than this, in characters: long lines are hard to read.
WIDEST = 100


def page() -> str:
    """Every command with a line or two about it, as wide as the terminal."""
    width = min(shutil.get_terminal_size().columns, WIDEST)
    bold = sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    sections = commands()
    indent = max(len(name) for section in sections.values() for name in section) + 4
    lines = ["Usage: recraft [OPTIONS] COMMAND", "", ABOUT]
    for heading, section in sections.items():
        lines += ["", f"\033[1m{heading}\033[0m" if bold else heading]
        for name, text in section.items():
            first = f"  {name}".ljust(indent)
            lines.append(textwrap.fill(text, width, initial_indent=first, subsequent_indent=" " * indent))
    return "\n".join([*lines, "", textwrap.fill(EPILOGUE, width)])


def commands() -> dict[str, dict[str, str]]:
    """The commands under their headings, each with what it does; a group of commands stands for all of them."""
    found: dict[str, dict[str, str]] = {IMAGES: {}, ACCOUNT: {}, TOOLS: {}}
    for own, (_, text) in OWN.items():
        name, *more = own.split()
        found[TOOLS].setdefault(name, GROUPS[name] if more else text)
    for helper in helpers().values():
        heading = IMAGES if helper.group == USUAL else ACCOUNT
        name, *more = helper.words
        found[heading].setdefault(name, plain(about_groups()[name]) if more else about(helper))
    return found
