"""`recraft mcp`: the tools of the API for models, as `recraft-mcp` serves them, with the token of a profile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from recraft import AsyncRecraft, InputError
from recraft.agents.mcp.settings import BUDGET, HELP, HOST, PORT, Settings, capabilities_of

from .clients import limiter
from .common import Common, documented, switch
from .profiles import access, need_token


@documented
def mcp(
    *,
    capability: Annotated[str, Parameter(help=HELP["capability"], show_default=False)] = "",
    output: Annotated[Path, Parameter(("--output", "-o"), help=HELP["output"], show_default=False)] = Path("~/recraft"),
    root: Annotated[
        list[Path] | None, Parameter(help=f"{HELP['root']} May be given again.", negative_iterable=())
    ] = None,
    budget: Annotated[float, Parameter(help=HELP["budget"])] = BUDGET,
    ask_images: Annotated[int | None, Parameter(help=HELP["ask_images"])] = None,
    http: Annotated[bool, switch(HELP["http"])] = False,
    host: Annotated[str, Parameter(help=HELP["host"])] = HOST,
    port: Annotated[int, Parameter(help=HELP["port"])] = PORT,
    common: Annotated[Common | None, Parameter("*")] = None,
) -> int:
    """Serve the API as tools for a model to an MCP client, on standard input and output or over HTTP.

    Before a call that may cost more than --ask-above, the client has to ask somebody.
    """
    common = common or Common()
    if common.dry_run:
        raise InputError("a server has no --dry-run; with --sandbox it sends nothing either.")
    try:
        from recraft.agents.mcp.options import of_sandbox, run
    except ModuleNotFoundError as missing:
        raise InputError(f"{missing.name} is not installed: pip install 'recraft-sdk[mcp]'") from None
    settings = Settings(
        output=output,
        roots=root or (),
        capabilities=capabilities_of(capability),
        budget=budget,
        ask_above=common.ask_above,
        ask_images=ask_images,
    )
    run(of_sandbox if common.sandbox else lambda: _client(common), settings, (host, port) if http else None)
    return 0


def _client(common: Common) -> AsyncRecraft:
    wanted = access(common.profile, common.base_url, os.environ)
    options: dict[str, Any] = {} if common.timeout is None else {"timeout": common.timeout}
    return AsyncRecraft(need_token(wanted), base_url=wanted.base_url, limiter=limiter(wanted.limiter), **options)
