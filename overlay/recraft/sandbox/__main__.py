"""`python -m recraft.sandbox`: the sandbox as a server of its own, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from urllib.parse import urljoin

from recraft.sandbox import Sandbox


def main(arguments: Sequence[str] | None = None, stop: threading.Event | None = None) -> int:
    """Run until `stop` is set, Ctrl-C or SIGTERM. Returns 0, or 1 when the port cannot be opened."""
    options = _parser().parse_args(arguments)
    sandbox = Sandbox(
        options.token,
        balance=options.balance,
        limits=not options.no_limits,
        host=options.host,
        port=options.port,
        answers=options.answers,
        strict=not options.lenient,
        seed=options.seed,
        page=options.page,
    )
    try:
        sandbox.start()
    except (OSError, OverflowError) as error:
        print(
            f"cannot listen on {options.host}:{options.port}: {error}\nchoose another --port (0 takes a free one)",
            file=sys.stderr,
        )
        return 1
    if stop is None:
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
    print(f"Recraft sandbox at {sandbox.base_url} with {options.balance} units (Ctrl-C stops it)")
    if options.page:
        print(f"Watch it in a browser: {urljoin(sandbox.base_url, '/')}")
    print()
    print(f"export RECRAFT_BASE_URL={sandbox.base_url}\nexport RECRAFT_API_TOKEN={sandbox.token}", flush=True)
    try:
        stop.wait()
    except KeyboardInterrupt:
        pass
    finally:
        sandbox.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m recraft.sandbox", description="An offline stand-in for the Recraft Images API."
    )
    parser.add_argument("--port", type=int, default=8000, help="TCP port, 0 for any free one (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--token", default="sandbox-token", help="the token that is accepted (default: %(default)s)")
    parser.add_argument("--balance", type=int, default=10_000, help="API units on the account (default: %(default)s)")
    parser.add_argument("--no-limits", action="store_true", help="no rate limits")
    parser.add_argument(
        "--answers",
        choices=("vendored", "live"),
        default="live",
        help="shape of the answers (default: %(default)s)",
    )
    parser.add_argument("--lenient", action="store_true", help="take all that the specification allows")
    parser.add_argument("--seed", type=int, default=0, help="changes all pictures (default: %(default)s)")
    parser.add_argument("--no-page", dest="page", action="store_false", help="no page for people at the root")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
