"""What this package costs beside what it stands on, measured side by side on loopback. Ratios only: they outlive the machine.

python scripts/bench.py [--calls 400] [--rounds 5] [--megabytes 64]
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, ClassVar

SPAWN = multiprocessing.get_context("spawn")
TOKEN = "benchmark"

USER = {"id": "1", "email": "a@b.invalid", "name": "a", "credits": 7}
IMAGES = {
    "created": 1_800_000_000,
    "credits": 40,
    "data": [{"image_id": "e74c67ba-02ec-47ec-ae86-b17088cfac30", "url": "https://i.invalid/1.png"}],
}


class _Answers(BaseHTTPRequestHandler):
    """The least a server can do: read the body, and give a fixed answer."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    answers: ClassVar = {"GET": json.dumps(USER).encode(), "POST": json.dumps(IMAGES).encode()}

    def do_GET(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        while left > 0:
            left -= len(self.rfile.read(min(left, 1 << 20)))
        body = self.answers[self.command]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.wfile.write(head.encode() + body)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None: ...


def _serve(control: Connection) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    control.send(f"http://127.0.0.1:{server.server_address[1]}/v1")
    control.recv()


@contextlib.contextmanager
def server() -> Iterator[str]:
    """A small server in a process of its own: its base URL."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_serve, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        here.send(None)
        process.join()


def best(measure: Callable[[], float], rounds: int) -> float:
    return min(measure() for _ in range(rounds))


# --- import ------------------------------------------------------------------------------------------------------------

IMPORTS = {
    "import recraft": "import recraft",
    "import recraft, first client": "import recraft; recraft.Recraft('token').images",
    "import httpx": "import httpx",
    "import openai": "import openai",
}


def seconds_to_run(program: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - began


def imports(rounds: int) -> None:
    bare = best(functools.partial(seconds_to_run, "pass"), rounds)
    costs = {name: best(functools.partial(seconds_to_run, program), rounds) - bare for name, program in IMPORTS.items()}
    table("Import time over bare Python (httpx = 1)", costs, costs["import httpx"])


# --- sequential calls --------------------------------------------------------------------------------------------------


def callers(base_url: str) -> dict[str, dict[str, Callable[[], object]]]:
    """The same two calls through each client."""
    import httpx
    import openai

    from recraft import Recraft
    from recraft_api import AuthenticatedClient
    from recraft_api.api.images import create_image
    from recraft_api.api.users import get_current_user
    from recraft_api.models import GenerationRequest

    ours = Recraft(TOKEN, base_url=base_url, limiter=None)
    limited = Recraft(TOKEN, base_url=base_url, limiter=_wide_limiter())
    plain = httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {TOKEN}"})
    generated = AuthenticatedClient(base_url=base_url, token=TOKEN)
    other = openai.OpenAI(api_key=TOKEN, base_url=base_url)
    prompt = {"prompt": "a fox"}
    return {
        "users.me": {
            "httpx": lambda: plain.get("/users/me").json(),
            "generated sync()": lambda: get_current_user.sync(client=generated),
            "recraft": ours.users.me,
            "recraft with its limiter": limited.users.me,
            "openai": lambda: other.get("/users/me", cast_to=object),
        },
        "images.generate": {
            "httpx": lambda: plain.post("/images/generations", json=prompt).json(),
            "generated sync()": lambda: create_image.sync(client=generated, body=GenerationRequest.from_dict(prompt)),
            "recraft": lambda: ours.images.generate("a fox"),
            "recraft with its limiter": lambda: limited.images.generate("a fox"),
            "openai": lambda: other.images.generate(prompt="a fox"),
        },
    }


def _wide_limiter() -> Any:
    """As many limits as the real one has, and so short that none is ever reached."""
    from recraft import RateLimiter
    from recraft.limiter import Limit, MemoryStore

    return RateLimiter(
        (Limit(5, per=1e-6, of="requests"), Limit(100, per=1e-5, of="images")), margin=0.0, store=MemoryStore()
    )


def processor_seconds(act: Callable[[], object], calls: int) -> float:
    began = time.process_time()
    for _ in range(calls):
        act()
    return (time.process_time() - began) / calls


def sequential(base_url: str, calls: int, rounds: int) -> None:
    for operation, clients in callers(base_url).items():
        for act in clients.values():
            processor_seconds(act, 20)
        samples: dict[str, list[float]] = {name: [] for name in clients}
        for _ in range(rounds):  # turn by turn, so that a busy moment of the machine meets everybody
            for name, act in clients.items():
                samples[name].append(processor_seconds(act, calls // rounds))
        costs = {name: statistics.median(times) for name, times in samples.items()}
        table(f"Processor time of a client for each {operation} (httpx = 1)", costs, costs["httpx"])


# --- uploads -----------------------------------------------------------------------------------------------------------

UPLOADS = ("httpx files=, open file", "recraft, path", "recraft, open file", "httpx files=, bytes", "recraft, bytes")


def peak() -> int:
    """The most memory this process has held, in bytes."""
    import resource

    with contextlib.suppress(OSError):  # what getrusage says on Linux may be the parent's
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM:"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _upload(how: str, base_url: str, path: str, control: Connection) -> None:
    """Upload a file in a fresh process: the seconds it took, and by how many bytes the peak of memory grew."""
    import httpx

    from recraft import Recraft

    ours = Recraft(TOKEN, base_url=base_url, limiter=None)
    plain = httpx.Client(base_url=base_url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)
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
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "large.png"
        path.with_name("small.png").write_bytes(png)
        path.write_bytes(png + bytes(megabytes << 20))
        seconds: dict[str, float] = {}
        memory: dict[str, float] = {}
        for _ in range(rounds):
            for how in UPLOADS:
                here, there = SPAWN.Pipe()
                process = SPAWN.Process(target=_upload, args=(how, base_url, str(path), there))
                process.start()
                taken, grown = here.recv()
                process.join()
                seconds[how] = min(seconds.get(how, taken), taken)
                memory[how] = min(memory.get(how, grown), grown)
    table(f"Time of an upload of {megabytes} MiB (httpx with an open file = 1)", seconds, seconds[UPLOADS[0]])
    table(f"Peak memory of an upload of {megabytes} MiB (size of the file = 1)", memory, megabytes << 20, digits=3)


def table(title: str, costs: dict[str, float], unit: float, digits: int = 2) -> None:
    print(title)
    for name, cost in costs.items():
        print(f"  {name:<30} {cost / unit:8.{digits}f}")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calls", type=int, default=1000, help="calls of each kind and client (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (%(default)s)")
    parser.add_argument("--megabytes", type=int, default=64, help="size of the upload in MiB (%(default)s)")
    options = parser.parse_args()
    imports(options.rounds)
    with server() as base_url:
        sequential(base_url, options.calls, options.rounds)
        uploads(base_url, options.megabytes, options.rounds)


if __name__ == "__main__":
    main()
