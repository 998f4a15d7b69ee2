"""The page in a real browser: headless Chromium, driven over its debugging pipe."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any

import pytest
from sandbox_support import client_for, send

from recraft.sandbox import Fault, FaultPlan, Sandbox

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (Debian: apt-get install chromium)"),
    pytest.mark.xdist_group("browser"),
]

UNTIL = """new Promise((resolve, reject) => {{
  const end = Date.now() + 10000;
  (function look() {{
    let found = null;
    try {{ found = {condition}; }} catch {{}}
    if (found) resolve(found);
    else if (Date.now() > end) reject(new Error(document.body.innerText));
    else setTimeout(look, 20);
  }})();
}})"""


class Tab:
    """One tab: opens pages and runs scripts in them."""

    def __init__(self, commands: IO[bytes], answers: IO[bytes]) -> None:
        self._commands, self._answers, self._numbers = commands, answers, itertools.count(1)
        self._session: str | None = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def open(self, url: str) -> None:
        self._call("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href.startsWith('http')")

    def run(self, script: str) -> Any:
        """What an expression comes to, its promise awaited."""
        done = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def until(self, condition: str) -> Any:
        """Wait until an expression holds; its value is returned."""
        return self.run(UNTIL.format(condition=condition))

    def resize(self, width: int, height: int) -> None:
        self._call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        self._commands.flush()
        while True:
            answer = json.loads(self._read())
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _read(self) -> bytes:
        text = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            assert byte, "the browser is gone"
            text += byte
        return bytes(text)


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    profile = tmp_path_factory.mktemp("chromium")
    command_in, command_out = os.pipe()
    answer_in, answer_out = os.pipe()
    # Chromium reads commands at descriptor 3 and answers at 4. It cannot make its sandbox inside most containers.
    flags = f"--headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe --user-data-dir={profile}"
    shell = f"exec {CHROMIUM} {flags} about:blank 3<&{command_in} 4>&{answer_out}"
    process = subprocess.Popen(
        ["bash", "-c", shell], pass_fds=(command_in, answer_out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(command_in)
    os.close(answer_out)
    with os.fdopen(command_out, "wb") as commands, os.fdopen(answer_in, "rb") as answers:
        watchdog = threading.Timer(90, process.kill)  # a browser that hangs must not hang the suite
        watchdog.start()
        try:
            yield Tab(commands, answers)
        finally:
            watchdog.cancel()
            process.kill()
            process.wait(10)


@pytest.fixture
def watched() -> Iterator[Sandbox]:
    with Sandbox(page=True, small_pictures=True) as sandbox:
        yield sandbox


def home(sandbox: Sandbox) -> str:
    return sandbox.base_url.removesuffix("v1")


def test_the_ledger_is_shown_while_it_is_written(tab: Tab, watched: Sandbox) -> None:
    tab.open(home(watched))
    tab.until("document.querySelector('#state').textContent === 'live'")
    assert tab.run("document.querySelector('#nothing').hidden") is False
    with client_for(watched) as client:
        answer = send(client, "createImage", prompt="a <img src=x onerror=boom()> fox", n=2, size="16:9")
    price = answer.json()["credits"]
    tab.until("document.querySelectorAll('#log .pictures img').length === 2")
    text = tab.run("document.querySelector('#log').innerText")
    for part in ("200", "createImage", "a <img src=x onerror=boom()> fox", f"{price} units"):
        assert part in text
    sizes = "[...document.images].map((each) => `${each.naturalWidth}x${each.naturalHeight}`)"
    assert tab.until(f"{sizes}.every((each) => each !== '0x0') && {sizes}") == ["448x256"] * 2
    assert tab.run("document.querySelector('#balance').textContent") == f"{10_000 - price:,}"
    assert "2 of 100" in tab.run("document.querySelector('#images').innerText")
    assert tab.run("performance.getEntriesByType('resource').every((each) => each.name.startsWith(location.origin))")


def test_a_limit_is_shown_as_free_again_when_its_window_is_over(tab: Tab, watched: Sandbox) -> None:
    tab.open(home(watched))
    with client_for(watched) as client:
        for _ in range(4):
            send(client, "getCurrentUser")
    tab.until("document.querySelectorAll('#log > li').length === 4")
    tab.until("document.querySelector('#requests').innerText.includes('0 of 5')")


def test_a_fault_set_on_the_page_strikes_and_is_taken_back(tab: Tab, watched: Sandbox) -> None:
    watched.faults = FaultPlan([Fault("html", operation="enhancePrompt")])
    tab.open(home(watched))
    tab.until("document.querySelectorAll('#rules li').length === 1")
    tab.run("""(() => {
      const form = document.querySelector('#fault');
      form.kind.value = 'rate_limited';
      form.kind.dispatchEvent(new Event('change'));
      form.operation.value = 'getCurrentUser';
      form.retry_after.value = '7';
      form.querySelector('button').click();
    })()""")
    tab.until("document.querySelectorAll('#rules li').length === 2")
    with client_for(watched) as client:
        answer = send(client, "getCurrentUser")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")
    tab.until("document.querySelector('#rules').innerText.includes('1 of 1')")
    tab.run("document.querySelectorAll('#rules button')[1].click()")
    tab.until("document.querySelectorAll('#rules li').length === 1")
    assert [rule.kind for rule in watched.faults.rules] == ["html"]


@pytest.mark.parametrize("kind", ["latency", "status", "reset_after_body", "expired"])
def test_a_fault_is_asked_for_what_it_takes_and_for_nothing_else(tab: Tab, watched: Sandbox, kind: str) -> None:
    taken = {"latency": ["seconds"], "status": ["status", "served"], "reset_after_body": ["charged"], "expired": []}
    tab.open(home(watched))
    tab.until("document.querySelector('#fault').kind.options.length > 5")
    tab.run(
        f"(() => {{ const kind = document.querySelector('#fault').kind; kind.value = '{kind}'; kind.onchange(); }})()"
    )
    asked = tab.run("[...document.querySelectorAll('[data-for]')].filter((e) => !e.hidden).map((e) => e.dataset.for)")
    assert asked == taken[kind]


def test_the_page_says_when_the_sandbox_is_gone(tab: Tab) -> None:
    with Sandbox(page=True) as sandbox:
        tab.open(home(sandbox))
        tab.until("document.querySelector('#state').textContent === 'live'")
    tab.until("document.querySelector('#state').textContent === 'not running'")


@pytest.mark.parametrize("width", [320, 390, 860, 1280])
def test_nothing_hangs_over_the_edge_of_a_screen(tab: Tab, watched: Sandbox, width: int) -> None:
    with client_for(watched) as client:
        send(client, "createImage", prompt="fox." * 100, n=3, size="2:1")
        send(client, "createImage", size="123x4")
    tab.resize(width, 800)
    tab.open(home(watched))
    tab.until("document.querySelectorAll('#log > li').length === 2")
    assert tab.run("document.documentElement.scrollWidth") <= width


class Elsewhere(BaseHTTPRequestHandler):
    """A web page of another origin, on this machine even."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>elsewhere</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_a_page_of_another_origin_reads_nothing_and_sets_nothing(
    tab: Tab, watched: Sandbox, elsewhere: str, mode: str
) -> None:
    with client_for(watched) as client:
        made = send(client, "createImage", prompt="a secret fox").json()["data"][0]["image_id"]
    tab.open(elsewhere)
    at = f"{home(watched)}_sandbox"
    read = f"fetch('{at}/state', {{mode: '{mode}'}}).then((answer) => answer.text()).catch(() => '')"
    assert tab.run(read) == ""
    rule = json.dumps({"add": {"kind": "html"}})
    for kind in ("text/plain", "application/json"):
        options = f"{{mode: '{mode}', method: 'POST', headers: {{'Content-Type': '{kind}'}}, body: '{rule}'}}"
        tab.run(f"fetch('{at}/faults', {options}).then(() => 0).catch(() => 0)")
    assert watched.faults.rules == ()
    load = "new Promise((done) => {{ const image = new Image(); image.onload = () => done('shown'); {rest} }})"
    rest = f"image.onerror = () => done('refused'); image.src = '{at}/pictures/{made}';"
    assert tab.run(load.format(rest=rest)) == "refused"
