"""What this package costs beside what it stands on, on loopback. Ratios: they outlive the machine.

python scripts/bench.py [imports] [firsts] [calls] [flight] [waiting] [uploads] [transfers] [saving] [--calls 2000]
    [--rounds 40] [--few 5] [--megabytes 64] [--plot bench.png]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import calls, firsts, flight, imports, report, saving, server, transfers, uploads, waiting

PARTS = ("imports", "firsts", "calls", "flight", "waiting", "uploads", "transfers", "saving")

#: Calls in flight at once.
TOGETHER = [1, 20, 50, 100, 500]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--calls", type=int, default=2000, help="calls of each kind and client (%(default)s)")
    parser.add_argument("--rounds", type=int, default=40, help="in how many rounds they are made (%(default)s)")
    parser.add_argument("--few", type=int, default=5, help="rounds of everything that takes long (%(default)s)")
    parser.add_argument("--megabytes", type=int, default=64, help="size of uploads and downloads in MiB (%(default)s)")
    parser.add_argument("--plot", type=Path, default=Path("bench.png"), help="where `flight` is drawn (%(default)s)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; expected any of {', '.join(PARTS)}")
    parts = options.parts or PARTS
    print(report.machine() + "\n", flush=True)
    if "imports" in parts:
        imports.imports(options.few)
    if {"calls", "uploads"} & set(parts):
        with server.server() as base_url:
            if "calls" in parts:
                calls.calls(base_url, options.calls, options.rounds)
            if "uploads" in parts:
                uploads.uploads(base_url, options.megabytes, options.few)
    with server.quick_server(options.megabytes) as base_url:
        if "firsts" in parts:
            firsts.firsts(base_url, options.few)
        if "flight" in parts:
            taken = flight.flight(base_url, TOGETHER, options.calls, options.few)
            report.plot("Processor time of a call by calls in flight, ms (medians, middle halves)", taken, options.plot)
        if "waiting" in parts:
            waiting.waiting(base_url, options.few)
        if "transfers" in parts:
            transfers.transfers(base_url, options.megabytes, options.few)
        if "saving" in parts:
            saving.saving(base_url, options.few)


if __name__ == "__main__":
    main()
