"""What a batch costs beside its calls: time to its first call, memory, CPU for each job, and how full the account is.

Each measurement runs in a process of its own. The first three send to a transport that answers at once, so that all
that is measured is ours. The last one sends to a sandbox in another process that keeps the account's limits in real
time, and is compared with a perfect scheduler that takes the calls in the order in which they arrived, without any
safety margin.

    python scripts/bench_batch.py [--jobs 100000] [--calls 120] [--only start,memory,overhead,throughput]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import httpx

from bench_limiter import TOKEN, ideal, server
from recraft import Recraft, batch
from recraft.testing import make_result

SPAWN = multiprocessing.get_context("spawn")

#: An image, as an answer has it and as it is fetched.
ADDRESS, PICTURE = "http://127.0.0.1:9/a.png", make_result(1)[0].data or b""


class Instant(httpx.BaseTransport):
    """A service that answers at once. `first` is when the first call came; with `stops` it refuses the token then."""

    def __init__(self, *, stops: bool = False) -> None:
        self.first: float | None = None
        self._stops = stops

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        if request.url.path.endswith("users/me"):
            return httpx.Response(200, json={"id": "u", "email": "a@b.test", "credits": 10**6})
        if request.method == "GET":
            return httpx.Response(200, content=PICTURE)
        self.first = self.first or time.perf_counter()
        if self._stops:
            return httpx.Response(401, json={"code": "unauthorized", "message": "enough"})
        made = [{"image_id": str(json.loads(request.content)["random_seed"]).zfill(32), "url": ADDRESS}]
        return httpx.Response(200, json={"created": 1_700_000_000, "credits": 35, "data": made})


def client_of(transport: httpx.BaseTransport) -> Recraft:
    return Recraft(TOKEN, base_url="http://127.0.0.1:9/v1", limiter=None, transport=transport)


def lines(jobs: int) -> Iterator[dict[str, Any]]:
    for number in range(jobs):
        yield {"prompt": f"a fox, number {number}, in the snow", "size": "16:9", "random_seed": number}


def write(folder: Path, jobs: int) -> Path:
    path = folder / "manifest.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines(jobs))
    return path


def start(folder: Path, jobs: int) -> dict[str, float]:
    """Seconds from `run` to the first call: of a new folder, and of one whose journal is half done."""
    manifest, found = write(folder, jobs), {}
    for name in ("new", "half done"):
        transport = Instant(stops=True)
        with client_of(transport) as client:
            began = time.perf_counter()
            batch.run(manifest, folder / "out", client=client)
        assert transport.first is not None
        found[name] = transport.first - began
        with sqlite3.connect(folder / "out" / "journal.db") as db:
            db.execute("update jobs set state = 'done', credits = 35 where number % 2")
    return found


def memory(folder: Path, jobs: int) -> dict[str, float]:
    """MiB at the highest: of a client that has made a call, and of a batch, first call made, beside it."""
    with client_of(Instant()) as client:
        client.images.generate("a fox", random_seed=1)
    alone = peak()
    with client_of(Instant(stops=True)) as client:
        batch.run(write(folder, jobs), folder / "out", client=client)
    return {"client": alone, "batch": peak() - alone}


def peak() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)


def overhead(folder: Path, jobs: int) -> dict[str, float]:
    """Milliseconds of CPU for each job, beside those of the calls and downloads alone."""

    def alone(client: Recraft) -> None:
        for line in lines(jobs):
            client.save(client.images.generate(**line), folder / "alone", overwrite=True)

    def whole(client: Recraft) -> None:
        batch.run(lines(jobs), folder / "out", client=client)

    def measured(work: Callable[[Recraft], None]) -> float:
        with client_of(Instant()) as client:
            client.images.generate("a fox", random_seed=1)
            began = time.process_time()
            work(client)
            return (time.process_time() - began) / jobs * 1000

    calls = measured(alone)
    return {"calls": calls, "batch": measured(whole) - calls}


def throughput(folder: Path, calls: int) -> dict[str, float]:
    """How a batch fares against the account's limits, in real time."""
    counts = random.Random(19).choices((1, 2, 4), k=calls)
    jobs = [{"prompt": f"fox {number}", "n": n} for number, n in enumerate(counts)]
    with server(1.0) as (base_url, control), Recraft(TOKEN, base_url=base_url) as client:
        ends: list[float] = []
        began = time.perf_counter()
        batch.run(jobs, folder / "out", client=client, on_progress=lambda now: ends.append(time.perf_counter()))
        control.send(True)
        served = control.recv()
        best = ideal(served.order, 1.0)
        return {"seconds": ends[-1] - began, "ideal": best, "429s": served.statuses[429]}


def _in_folder(measure: Callable[[Path, int], dict[str, float]], count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), count)


def measured(measure: Callable[[Path, int], dict[str, float]], count: int) -> dict[str, float]:
    with ProcessPoolExecutor(1, SPAWN) as process:
        return process.submit(_in_folder, measure, count).result()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--jobs", type=int, default=100_000, help="how long the manifest is (%(default)s)")
    parser.add_argument("--calls", type=int, default=120, help="how many calls in real time (%(default)s)")
    parser.add_argument("--only", default="start,memory,overhead,throughput", help="which measurements (%(default)s)")
    options = parser.parse_args()
    wanted, jobs = options.only.split(","), options.jobs
    print(f"{'':<58} {'measured':>10} {'goal':>10}")

    def show(what: str, value: str, goal: str = "") -> None:
        print(f"{what:<58} {value:>10} {goal:>10}", flush=True)

    if "start" in wanted:
        found = measured(start, jobs)
        show(f"{jobs:,} jobs, a new folder: start to first call", f"{found['new']:.2f} s")
        show(f"{jobs:,} jobs, half of them done: start to first call", f"{found['half done']:.2f} s", "3 s")
    if "memory" in wanted:
        found = measured(memory, jobs)
        show(f"{jobs:,} jobs: memory over that of the client", f"{found['batch']:.1f} MiB", "60 MiB")
    if "overhead" in wanted:
        found = measured(overhead, 500)
        show(f"CPU for a job beyond its call ({found['calls']:.2f} ms)", f"{found['batch']:.2f} ms", "2 ms")
    if "throughput" in wanted:
        found = measured(throughput, options.calls)
        ratio, took = found["seconds"] / found["ideal"], f"{found['seconds']:.1f} s, ideal {found['ideal']:.1f} s"
        show(f"{options.calls} calls: {took}", f"{ratio:.3f} x", "1.02 x")
        show("answers 429", f"{found['429s']:.0f}", "0")


if __name__ == "__main__":
    main()
