"""What importing costs, over a Python that imports nothing."""

from __future__ import annotations

import functools
import subprocess
import sys
import time

from .report import best, table

PROGRAMS = {
    "import recraft": "import recraft",
    "import recraft, first client": "import recraft; recraft.Recraft('token').images",
    "import httpx": "import httpx",
    "import openai": "import openai",
}


def _seconds_to_run(program: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - began


def imports(rounds: int) -> None:
    bare = best(functools.partial(_seconds_to_run, "pass"), rounds)
    costs = {
        name: best(functools.partial(_seconds_to_run, program), rounds) - bare for name, program in PROGRAMS.items()
    }
    rows = [[name, f"{cost / costs['import httpx']:.2f}"] for name, cost in costs.items()]
    table("Import time over bare Python (httpx = 1)", ["program", "ratio"], rows)
