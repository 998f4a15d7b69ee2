"""`recraft sandbox`: the service, invented, on this machine."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from recraft import InputError

from .common import documented, switch


@documented
def sandbox(
    *,
    port: Annotated[int, Parameter(help="TCP port, 0 for any free one.")] = 8000,
    host: Annotated[str, Parameter(help="Address to listen on.")] = "127.0.0.1",
    balance: Annotated[int, Parameter(help="API units on the account.")] = 10_000,
    limits: Annotated[bool, Parameter(help="Keep the rate limits.")] = True,
    answers: Annotated[Literal["live", "vendored"], Parameter(help="Shape of the answers.")] = "live",
    lenient: Annotated[bool, switch("Take all that the specification allows.")] = False,
    seed: Annotated[int, Parameter(help="Changes all pictures.")] = 0,
    page: Annotated[bool, Parameter(help="A page to watch it, at the root of the port.")] = True,
) -> int:
    """Start a sandbox: the service, invented, with a page to watch it, until Ctrl-C.

    It writes the RECRAFT_BASE_URL and RECRAFT_API_TOKEN to use.
    """
    try:
        from recraft.sandbox.__main__ import main
    except ImportError as missing:
        raise InputError(f"{missing.name} is not installed: pip install 'recraft-sdk[sandbox]'") from None
    arguments = [f"--port={port}", f"--host={host}", f"--balance={balance}", f"--answers={answers}", f"--seed={seed}"]
    arguments += ["--no-limits"] * (not limits) + ["--lenient"] * lenient + ["--no-page"] * (not page)
    return main(arguments)
