"""The command line: `recraft`, with the extra `[cli]`.

Its commands are the helpers of a client, made from their signatures and from the effective specification. It uses
public names of `recraft` only. A module is imported when a command needs it: `recraft --help` must not take longer than
importing httpx does.
"""

from __future__ import annotations

import gc
import io
import os
import sys


def main() -> int:
    """Run the command line of this process; its exit code."""
    gc.set_threshold(100_000)  # while everything is loaded there is no garbage, and looking for it takes a while
    _have_streams()
    _take_every_name()
    if all(token in ("--help", "-h") for token in sys.argv[1:]):
        from .front import page

        print(page())
        return 0
    try:
        from .entry import run

        return run(sys.argv[1:])
    except ModuleNotFoundError as missing:
        if missing.name not in ("cyclopts", "platformdirs", "rich"):
            raise
        print(f"recraft: {missing.name} is not installed: pip install 'recraft-sdk[cli]'", file=sys.stderr)
        return 2


def _have_streams() -> None:
    """Have somewhere to write to where whoever started this closed it (`>&-`): a picture is paid for by then."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def _take_every_name() -> None:
    """Let standard output take the name of any file: a picture is paid for when its name is written."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            whole = stream.encoding.lower().replace("-", "") == "utf8" and stream is sys.stdout
            stream.reconfigure(errors="surrogateescape" if whole else "backslashreplace")
