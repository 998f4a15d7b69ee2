"""What this package costs beside what it stands on, on loopback. Ratios: they outlive the machine.

python scripts/bench.py [imports] [calls] [uploads] [--calls 2000] [--rounds 40] [--megabytes 64]
"""

from __future__ import annotations

import argparse

from benchmarks import calls, imports, report, server, uploads

PARTS = ("imports", "calls", "uploads")

#: Rounds of what takes long and is measured by its best: imports and uploads.
FEW = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all when none is named")
    parser.add_argument("--calls", type=int, default=2000, help="calls of each kind and client (%(default)s)")
    parser.add_argument("--rounds", type=int, default=40, help="in how many rounds they are made (%(default)s)")
    parser.add_argument("--megabytes", type=int, default=64, help="size of the upload in MiB (%(default)s)")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; expected any of {', '.join(PARTS)}")
    parts = options.parts or PARTS
    print(report.machine() + "\n", flush=True)
    if "imports" in parts:
        imports.imports(FEW)
    with server.server() as base_url:
        if "calls" in parts:
            calls.calls(base_url, options.calls, options.rounds)
        if "uploads" in parts:
            uploads.uploads(base_url, options.megabytes, FEW)


if __name__ == "__main__":
    main()
