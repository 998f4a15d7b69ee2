"""`python -m recraft.sandbox`, and what is said when something is missing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import httpx
import pytest
from sandbox_support import client_for, send

from recraft.sandbox import Sandbox
from recraft.sandbox import __main__ as command_line
from recraft.sandbox.__main__ import main

HIDING = """
import importlib.abc, sys
class Hide(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            raise ImportError(name, name=name)
sys.meta_path.insert(0, Hide())
import recraft.sandbox
"""


def test_it_prints_where_it_is_and_what_to_export(capsys: pytest.CaptureFixture[str]) -> None:
    stop = threading.Event()
    stop.set()
    assert main(["--port", "0", "--token", "t-1", "--balance", "77", "--no-limits"], stop) == 0
    printed = capsys.readouterr().out
    assert "http://127.0.0.1:" in printed
    assert "77 units" in printed
    assert "export RECRAFT_API_TOKEN=t-1\n" in printed


@pytest.mark.parametrize(("arguments", "status"), [([], 200), (["--no-page"], 404)])
def test_it_shows_the_page_unless_it_is_told_not_to(
    arguments: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    class Asked(threading.Event):
        """The stop that comes when the page was asked for once."""

        def wait(self, timeout: float | None = None) -> bool:
            printed = capsys.readouterr().out
            address = printed.split()[3].removesuffix("v1")
            answer = httpx.get(address, headers={"Authorization": "Bearer sandbox-token"})
            assert answer.status_code == status
            assert (f"browser: {address}\n" in printed) == (status == 200)
            return True

    assert main(["--port", "0", *arguments], Asked()) == 0


def test_it_serves_until_it_is_told_to_stop() -> None:
    command = [sys.executable, "-m", "recraft.sandbox", "--port", "0", "--balance", "123"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(5)]
        exports = dict(
            line.removeprefix("export ").strip().split("=", 1) for line in lines if line.startswith("export")
        )
        headers = {"Authorization": f"Bearer {exports['RECRAFT_API_TOKEN']}"}
        assert httpx.get(f"{exports['RECRAFT_BASE_URL']}/users/me", headers=headers).json()["credits"] == 123
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.parametrize(("arguments", "status"), [([], 400), (["--lenient"], 200)])
def test_it_refuses_what_the_service_refuses_unless_it_is_lenient(arguments: list[str], status: int) -> None:
    made: list[Sandbox] = []

    class Kept(Sandbox):
        def close(self) -> None:
            made.append(self)
            super().close()

    stop = threading.Event()
    stop.set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command_line, "Sandbox", Kept)
        assert main(["--port", "0", "--answers", "live", *arguments], stop) == 0
    with client_for(made[0], transport=made[0].transport()) as client:
        assert send(client, "createImage", size="100x100").status_code == status


def test_a_taken_port_is_said_plainly(sandbox: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    port = sandbox.base_url.split(":")[2].split("/")[0]
    assert main(["--port", port]) == 1
    printed = capsys.readouterr().err
    assert f"cannot listen on 127.0.0.1:{port}" in printed
    assert "another --port" in printed


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_said_plainly(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", port]) == 1
    assert "another --port" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["PIL", "python_multipart"])
def test_a_missing_package_names_the_extra(name: str) -> None:
    command = [sys.executable, "-c", HIDING.format(name=name)]
    result = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    assert result.returncode == 1
    assert "pip install 'recraft-sdk[sandbox]'" in result.stderr.splitlines()[-1]


def test_an_ipv6_address_works_too() -> None:
    try:
        sandbox = Sandbox(host="::1").start()
    except OSError:
        pytest.skip("no IPv6 here")
    with sandbox, client_for(sandbox) as client:
        assert sandbox.base_url.startswith("http://[::1]:")
        assert send(client, "getCurrentUser").status_code == 200


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
