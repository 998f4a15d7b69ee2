"""Time and memory of a large upload."""

from __future__ import annotations

import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from .fresh import peak
from .report import table
from .server import SPAWN

WAYS = ("httpx files=, open file", "recraft, path", "recraft, open file", "httpx files=, bytes", "recraft, bytes")


def _upload(how: str, base_url: str, path: str, control: Connection) -> None:
    """Upload a file in a fresh process: the seconds it took, and by how many bytes the peak of memory grew."""
    import httpx

    from recraft import Recraft

    ours = Recraft("benchmark", base_url=base_url, limiter=None)
    plain = httpx.Client(base_url=base_url, headers={"Authorization": "Bearer benchmark"}, timeout=60)
    small = Path(path).with_name("small.png").read_bytes()
    ours.images.remove_background(small)
    plain.post("/images/removeBackground", files={"image": small}).raise_for_status()

    before, began = peak(), time.perf_counter()
    if how.startswith("httpx"):
        with open(path, "rb") as file:
            image = file if "open" in how else file.read()
            plain.post("/images/removeBackground", files={"image": ("image.png", image)}).raise_for_status()
    elif how.endswith("path"):
        ours.images.remove_background(path)
    else:
        with open(path, "rb") as file:
            ours.images.remove_background(file if "open" in how else file.read())
    control.send((time.perf_counter() - began, peak() - before))


def uploads(base_url: str, megabytes: int, rounds: int) -> None:
    png = b"\x89PNG\r\n\x1a\n"
    seconds: dict[str, float] = {}
    memory: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "large.png"
        path.with_name("small.png").write_bytes(png)
        path.write_bytes(png + bytes(megabytes << 20))
        for _ in range(rounds):
            for how in WAYS:
                here, there = SPAWN.Pipe()
                process = SPAWN.Process(target=_upload, args=(how, base_url, str(path), there))
                process.start()
                taken, grown = here.recv()
                process.join()
                seconds[how] = min(seconds.get(how, taken), taken)
                memory[how] = min(memory.get(how, grown), grown)
    rows = [[how, f"{seconds[how] / seconds[WAYS[0]]:.2f}", f"{memory[how] / (megabytes << 20):.3f}"] for how in WAYS]
    title = f"Upload of {megabytes} MiB (time: httpx with an open file = 1; more memory at the peak: the file = 1)"
    table(title, ["how", "time", "memory"], rows)
