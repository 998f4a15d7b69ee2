"""An MCP server for the Recraft Images API: `recraft-mcp`, with the extra `[mcp]`.

    from recraft import AsyncRecraft
    from recraft.agents.mcp import RecraftServer, Settings

    server = RecraftServer(AsyncRecraft(), Settings(budget=2.0))
    app = server.streamable_http_app()

It uses public names of `recraft` only. Its tools are the helpers of a client, made from their signatures and from the
effective specification.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .server import RecraftServer as RecraftServer
    from .settings import Settings as Settings

__all__ = ["RecraftServer", "Settings", "main"]


def main() -> int:
    """Run the server of this process; its exit code."""
    try:
        from .options import main as run
    except ModuleNotFoundError as missing:
        if missing.name not in ("mcp", "mcp_types", "PIL"):
            raise
        print(f"recraft-mcp: {missing.name} is not installed: pip install 'recraft-sdk[mcp]'", file=sys.stderr)
        return 2
    return run()


def __getattr__(name: str) -> object:
    if name == "RecraftServer":
        from .server import RecraftServer  # late: `main` says what is missing where the extra is not installed

        return RecraftServer
    if name == "Settings":
        from .settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
