"""The first call of a process, over a Python that does nothing: the processor time until it is answered."""

from __future__ import annotations

import importlib.util
import os
import resource
import statistics
import subprocess
import sys
import tempfile

from . import fresh, report

PROGRAMS = {
    "raw httpx": """
import httpx
client = httpx.Client(base_url={base_url!r})
client.post("/images/generations", json={{"prompt": "a fox"}}).json()
""",
    "recraft": """
from recraft import Recraft
Recraft("benchmark", base_url={base_url!r}).images.generate("a fox")
""",
    "openai": """
from openai import OpenAI
OpenAI(api_key="benchmark", base_url={base_url!r}).images.generate(prompt="a fox")
""",
    "import recraft": "import recraft",
}


def _processor(program: str, cache: str) -> float:
    """Seconds of processor time, with compiled files kept, as those of an installed package are."""
    left_out = ("PYTHONDONTWRITEBYTECODE", "SSL_CERT_FILE", "SSL_CERT_DIR")
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env={**environment, "PYTHONPYCACHEPREFIX": cache})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def firsts(base_url: str, rounds: int) -> None:
    programs = {"bare": "pass"} | {name: text.format(base_url=base_url) for name, text in PROGRAMS.items()}
    if importlib.util.find_spec("openai") is None:
        del programs["openai"]
    taken: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as cache:
        for number in range(rounds + 1):  # the first is for the cache
            for name, program in programs.items():
                seconds = _processor(program, cache)
                if number:
                    taken[name].append(seconds)
    bare = statistics.median(taken.pop("bare"))
    over = {name: [seconds - bare for seconds in each] for name, each in taken.items()}
    unit = statistics.median(over["raw httpx"])
    rows = [
        [name, fresh.spread([1e3 * each for each in seconds], ".0f"), f"{statistics.median(seconds) / unit:.2f}"]
        for name, seconds in over.items()
    ]
    heads = ["program", "processor, ms", "ratio"]
    report.table("First call of a process, over bare Python (raw httpx = 1)", heads, rows)
