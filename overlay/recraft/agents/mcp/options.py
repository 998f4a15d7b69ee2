"""The command line of a server, for `recraft-mcp`."""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
from collections.abc import Sequence
from pathlib import Path

from recraft import AsyncRecraft, InputError

from .serving import serve
from .settings import ASK_ABOVE, BUDGET, Settings


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        "recraft-mcp",
        description="An MCP server for the Recraft Images API, on standard input and output unless --http is given. "
        "The token is in RECRAFT_API_TOKEN.",
    )
    add = made.add_argument
    add("--capability", default="", metavar="NAMES", help="capabilities to offer, with commas (default: all)")
    add("--output", type=Path, metavar="FOLDER", help="where pictures are saved (default: ~/recraft)")
    add("--root", type=Path, action="append", default=[], metavar="FOLDER", help="a folder whose images may be read")
    add("--budget", type=float, default=BUDGET, metavar="USD", help="what all calls may cost (default: %(default)s)")
    add("--no-budget", dest="budget", action="store_const", const=math.inf, help="let calls cost anything")
    add(
        "--ask-above",
        type=float,
        default=ASK_ABOVE,
        metavar="USD",
        help="have the client ask somebody before a call that may cost more (default: %(default)s)",
    )
    add("--ask-images", type=int, metavar="N", help="have it ask before a call that makes more images")
    add("--http", action="store_true", help="serve over HTTP")
    add("--host", default="127.0.0.1", help="address to listen on with --http (default: %(default)s)")
    add("--port", type=int, default=8765, help="port to listen on with --http (default: %(default)s)")
    add("--sandbox", action="store_true", help="call a private sandbox: no token, no network, invented pictures")
    return made


def settings_of(given: argparse.Namespace) -> Settings:
    """Raises InputError."""
    named = tuple(name.strip() for name in given.capability.split(",") if name.strip())
    output = {} if given.output is None else {"output": given.output}
    return Settings(
        **output,
        roots=given.root,
        capabilities=named,
        budget=given.budget,
        ask_above=given.ask_above,
        ask_images=given.ask_images,
    )


def main(arguments: Sequence[str] | None = None, client: AsyncRecraft | None = None) -> int:
    """Serve until the client has gone. 0, or 2 for what cannot be."""
    given = parser().parse_args(arguments)
    try:
        settings = settings_of(given)
        client = client or (_of_sandbox() if given.sandbox else AsyncRecraft())
        asyncio.run(serve(client, settings, (given.host, given.port) if given.http else None))
    except InputError as error:
        print(f"recraft-mcp: {error.message}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        pass
    return 0


def _of_sandbox() -> AsyncRecraft:
    from recraft.sandbox import Sandbox  # late: it brings Pillow with it

    sandbox = Sandbox(limits=False, small_pictures=True)
    return AsyncRecraft(sandbox.token, transport=sandbox.transport(), limiter=None)
