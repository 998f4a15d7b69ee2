"""Run one recraft command that makes images, once; keep its result, and say what was made and what it cost.

Usage: python3 make.py --max-units N [--results FILE] -- COMMAND [ARGUMENTS...]

    --max-units N   Nothing is sent when fewer units than this are on the account, and a cost above it is told.
    --results FILE  Where results are kept, a line each (default: recraft-results.jsonl): `recraft save FILE` fetches
                    the images again within 24 hours. It holds signed addresses: do not read it out.

The exit code is the command's own. After 7 (in doubt) the balance is compared with what it was.
"""

import argparse
import json
import os
import subprocess
import sys

IN_DOUBT = 7


def balance() -> float | None:
    """The API units on the account, None when it cannot be told."""
    run = subprocess.run(["recraft", "account", "--json"], capture_output=True, text=True, check=False)
    told: dict[str, float | None] = json.loads(run.stdout) if run.returncode == 0 else {}
    return told.get("credits")


def keep(text: str, path: str) -> None:
    """Add the results of a command to a file that only its owner may read; they hold signed addresses."""
    with open(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as file:
        file.write(text if text.endswith("\n") else f"{text}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--max-units", type=float, required=True)
    parser.add_argument("--results", default="recraft-results.jsonl")
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    before = balance()
    if before is not None and before < given.max_units:
        sys.exit(f"{before:g} units are left, fewer than the {given.max_units:g} allowed for: nothing was sent")
    run = subprocess.run(["recraft", *given.command, "--json"], stdout=subprocess.PIPE, text=True, check=False)
    results = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if results:
        keep(run.stdout, given.results)
    spent = sum(result.get("credits") or 0 for result in results)
    images = sum(len(result.get("images", ())) for result in results)
    print(
        f"{images} images, {spent:g} units ({spent / 1000:.3f} USD); kept in {given.results}"
        if results
        else "no result"
    )
    if spent > given.max_units:
        print(f"that is more than the {given.max_units:g} units allowed for: tell the user, and make no more")
    if run.returncode == IN_DOUBT:
        after = balance()
        if before is not None and after is not None:
            print(f"in doubt: {before - after:g} units left the account since before. Do not send it again by yourself")
        else:
            print("in doubt: it may have been paid for. Do not send it again by yourself")
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
