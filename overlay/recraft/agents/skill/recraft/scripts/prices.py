"""Say what is left on the account, and what each model costs now, as the service tells it. Costs nothing.

Usage: python3 prices.py [options of recraft, such as --profile NAME]
"""

import json
import subprocess
import sys
from typing import Any


def told(*command: str) -> dict[str, Any]:
    """What a recraft command says in JSON; its own error and exit code when it fails."""
    run = subprocess.run(["recraft", *command, *sys.argv[1:], "--json"], stdout=subprocess.PIPE, check=False)
    if run.returncode:
        sys.exit(run.returncode)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def main() -> None:
    account = told("account")
    units = account.get("credits")
    print("balance: unknown" if units is None else f"balance: {units:g} units ({units / 1000:.2f} USD)")
    for model in told("models")["items"]:
        prices = model["raw"]["rest"].get("pricing") or {}
        said = ", ".join(f"{value} USD per {what}" for what, value in prices.items())
        print(f"{model['id']}: {said or 'no price told'}")


if __name__ == "__main__":
    main()
