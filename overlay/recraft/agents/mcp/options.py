"""The command line of a server, `recraft-mcp`, and how a server is run."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

from recraft import AsyncRecraft, InputError, RecraftWarning

from .serving import serve
from .settings import ASK_ABOVE, BUDGET, HELP, HOST, PORT, Settings, capabilities_of

ABOUT = (
    "An MCP server for the Recraft Images API, on standard input and output unless --http is given. The API token is "
    "in RECRAFT_API_TOKEN."
)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser("recraft-mcp", description=ABOUT)
    usual = " (default: %(default)s)"
    made.add_argument("--capability", default="", metavar="NAMES", help=HELP["capability"])
    made.add_argument("--output", type=Path, default=Path("~/recraft"), metavar="FOLDER", help=HELP["output"])
    made.add_argument("--root", type=Path, action="append", default=[], metavar="FOLDER", help=HELP["root"])
    made.add_argument("--budget", type=float, default=BUDGET, metavar="USD", help=HELP["budget"] + usual)
    made.add_argument("--ask-above", type=float, default=ASK_ABOVE, metavar="USD", help=HELP["ask_above"] + usual)
    made.add_argument("--ask-images", type=int, metavar="N", help=HELP["ask_images"])
    made.add_argument("--http", action="store_true", help=HELP["http"])
    made.add_argument("--host", default=HOST, help=HELP["host"] + usual)
    made.add_argument("--port", type=int, default=PORT, help=HELP["port"] + usual)
    made.add_argument(
        "--sandbox", action="store_true", help="Call a private sandbox: no token, no network, invented pictures."
    )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the client has gone, or Ctrl-C. 0, or 2 for what cannot be."""
    given = parser().parse_args(arguments)
    try:
        settings = Settings(
            output=given.output,
            roots=given.root,
            capabilities=capabilities_of(given.capability),
            budget=given.budget,
            ask_above=given.ask_above,
            ask_images=given.ask_images,
        )
        run(of_sandbox if given.sandbox else AsyncRecraft, settings, (given.host, given.port) if given.http else None)
    except InputError as error:
        print(f"recraft-mcp: {error.message}", file=sys.stderr)
        return 2
    return 0


def run(make: Callable[[], AsyncRecraft], settings: Settings, http: tuple[str, int] | None = None) -> None:
    """Serve with a client that `make` makes. Raises InputError as that and `serve` do."""
    warnings.simplefilter("ignore", RecraftWarning)  # the model is told of it
    with contextlib.suppress(KeyboardInterrupt):  # calls under way were waited for
        asyncio.run(serve(make(), settings, http))


def of_sandbox() -> AsyncRecraft:
    """A client of a sandbox of its own."""
    try:
        from recraft.sandbox import Sandbox
    except ImportError as missing:
        raise InputError(f"{missing.name} is not installed: pip install 'recraft-sdk[sandbox]'") from None
    sandbox = Sandbox(limits=False, small_pictures=True)
    return AsyncRecraft(sandbox.token, transport=sandbox.transport(), limiter=None)
