"""Compare the real service with what this project assumes of it, and write a report that may be shown to anybody: no
token, no signed URL, nothing of the account.

It needs a token in RECRAFT_API_TOKEN and asks before it spends. By the documented prices it costs at most 60 API units
(0.06 USD), and the first call that costs more than documented is the last that is paid for. No call is ever sent again;
one whose answer was lost counts as charged.

Exit codes: 0 done, 1 it could not be done, 2 nothing was sent, 130 interrupted.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx

import recraft
from livecheck import calls, checks
from livecheck.assumptions import ASSUMPTIONS, EXPECTED_UNITS, Assumption
from livecheck.budget import LIMIT, Budget
from livecheck.lab import Lab, NotChecked
from livecheck.report import VERDICTS, Finding, Report, Verdict
from recraft_api.operations import SERVER


def finding(lab: Lab, assumption: Assumption) -> Finding:
    """Check one. Whatever comes, a check that fails over it takes no other one with it."""
    verdict: Verdict
    try:
        seen = assumption.check(lab)
        verdict, what = ("confirmed" if seen.agrees else "different"), seen.what
    except NotChecked as error:
        verdict, what = "not checked", str(error)
    except Exception as error:
        verdict, what = "different", f"the check could not read the answer: {type(error).__name__}: {error}"
    facts = (assumption.id, assumption.assumed, assumption.source, assumption.units)
    return Finding(*facts, verdict, lab.secrets.clean(what))


def run(lab: Lab, report: Report) -> int:
    """Check all, and keep the report up to date."""
    try:
        account = lab.answer(calls.ACCOUNT)
        lab.secrets.learn_account(account.json)  # before anything is written
        if account.status == 401:
            print("error: the service does not accept the token in RECRAFT_API_TOKEN", file=sys.stderr)
            return 1
        for assumption in ASSUMPTIONS:
            report.findings.append(found := finding(lab, assumption))
            print(f"{found.verdict:<12} {found.id}: {found.seen}")
            _note(lab, report)
        report.ended = "all done"
        return 0
    except NotChecked as error:
        print(f"error: GET /users/me: {lab.secrets.clean(str(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        report.ended = "interrupted"
        print("\ninterrupted", file=sys.stderr)
        return 130
    finally:
        if lab.made(calls.STYLE):  # an interrupted run leaves nothing on the account either
            with contextlib.suppress(NotChecked):
                checks.style_can_be_deleted(lab)
        _note(lab, report)
        lab.http.close()


def _note(lab: Lab, report: Report) -> None:
    report.spent, report.requests = lab.budget.spent, lab.sent
    report.write()


def agreed(host: str) -> bool:
    """Ask. Nobody who cannot be asked has agreed."""
    print(f"This calls {host} with your token. It costs {EXPECTED_UNITS:g} units when all is as assumed, and by the")
    print(f"documented prices at most {LIMIT:g} ({LIMIT / 1000:.2f} USD). A call that costs more is the last one paid.")
    if not sys.stdin.isatty():
        print("error: nothing was sent: there is no terminal to ask at; YES=1 (--yes) agrees.", file=sys.stderr)
        return False
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        if input("Go on? [y/N] ").strip().lower() in {"y", "yes"}:
            return True
    print("Nothing was sent.")
    return False


def main(
    arguments: list[str] | None = None, *, transport: httpx.BaseTransport | None = None, pause: float = 0.3
) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--yes", action="store_true", help="spend without asking")
    parser.add_argument("--limits", action="store_true", help="also see what the rate limit answers (costs nothing)")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, default=Path("live-report"), help="where the report goes (%(default)s)"
    )
    options = parser.parse_args(arguments)
    token = os.environ.get("RECRAFT_API_TOKEN", "").strip()
    if not token:
        print(
            "error: needs an API token in the environment variable RECRAFT_API_TOKEN; your Recraft profile has it.",
            file=sys.stderr,
        )
        return 2
    base_url = os.environ.get("RECRAFT_BASE_URL", "").strip() or SERVER
    try:
        recraft.Recraft(token, base_url=base_url).close()  # a token only goes where the package would send it
        report = Report(
            options.out,
            f"{datetime.now(UTC):%Y-%m-%d}",
            recraft.__version__,
            urlsplit(base_url).hostname or "",
            LIMIT,
        )
        if not (options.yes or agreed(report.host)):
            return 2
        report.write()  # a folder that cannot be written is found out before anything is spent
    except (recraft.InputError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    began = time.monotonic()
    budget = Budget(planned=EXPECTED_UNITS)
    lab = Lab.open(token, base_url, transport, budget=budget, limits=options.limits, pause=pause)
    code = run(lab, report)
    print(f"\n{', '.join(f'{report.count(verdict)} {verdict}' for verdict in VERDICTS)}; ", end="")
    print(f"{report.spent:g} units, {time.monotonic() - began:.0f} s. Look at {options.out / 'live-report.md'}.")
    return code


if __name__ == "__main__":
    sys.exit(main())
