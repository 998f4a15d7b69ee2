"""The installed command, as clients start it and reach it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from recraft.agents.mcp.options import main
from recraft.cli.entry import run
from recraft.sandbox import Fault, FaultPlan, Sandbox

from .server_support import World, words
from .test_tools import CALLS, every_tool

pytestmark = pytest.mark.anyio

#: The commands as they are installed.
OWN, CLI = (Path(sys.executable).with_name(name) for name in ("recraft-mcp", "recraft"))


@pytest.fixture
def sandbox(world: World) -> Iterator[Sandbox]:
    with Sandbox(limits=False, small_pictures=True, balance=100_000) as sandbox:
        yield sandbox


@pytest.fixture
def environment(world: World, sandbox: Sandbox) -> dict[str, str]:
    own = {"RECRAFT_API_TOKEN": sandbox.token, "RECRAFT_BASE_URL": sandbox.base_url, "RECRAFT_LIMITER": "none"}
    return {**os.environ, **own, "HOME": str(world.folder / "home")}


def arguments(world: World) -> list[str]:
    return ["--output", str(world.output), "--root", str(world.photos), "--ask-above", "100"]


@contextlib.contextmanager
def over_http(command: list[str], environment: dict[str, str]) -> Iterator[str]:
    """A server over HTTP; its address."""
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            found = re.search(r"http://\S+", process.stderr.readline())
            assert found is not None
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0


#: A tool of each kind: makes, changes, reads.
SOME = ("generate", "vectorize", "account")


@pytest.mark.slow  # every tool once, from a process of its own
@pytest.mark.parametrize(
    ("command", "names"), [([str(OWN)], CALLS), ([str(CLI), "mcp"], SOME)], ids=["recraft-mcp", "recraft mcp"]
)
async def test_every_tool_does_its_work_over_stdio(
    world: World, environment: dict[str, str], command: list[str], names: Iterable[str]
) -> None:
    server = StdioServerParameters(
        command=command[0], args=[*command[1:], *arguments(world)], env=environment, cwd=world.folder
    )
    async with Client(server) as client:
        assert await every_tool(client, names) == {}


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "names"), [("legacy", SOME), ("auto", CALLS)], ids=["legacy", "auto"])
async def test_every_tool_does_its_work_over_http(
    world: World, environment: dict[str, str], mode: str, names: Iterable[str]
) -> None:
    with over_http([str(OWN), *arguments(world), "--http", "--port", "0"], environment) as url:
        async with Client(url, mode=mode) as client:
            assert await every_tool(client, names) == {}


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_a_call_cancelled_over_http_is_kept_and_told_of(
    world: World, sandbox: Sandbox, environment: dict[str, str], mode: str
) -> None:
    sandbox.faults = FaultPlan([Fault(kind="latency", seconds=1.0, operation="createImage")])
    with over_http([str(OWN), *arguments(world), "--http", "--port", "0"], environment) as url:
        async with Client(url, mode=mode) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client.call_tool, "generate", CALLS["generate"])
                while not any(each.operation == "createImage" for each in sandbox.ledger.requests):
                    await anyio.sleep(0)
                group.cancel_scope.cancel()
            said = ""
            while "cancelled" not in said:
                said = words(await client.call_tool("service_ping", {}))
    assert "charged 70 units: its images are in recraft://results/1." in said
    assert len(list(world.output.iterdir())) == 2


@pytest.mark.slow
async def test_a_secret_keeps_others_out(world: World, environment: dict[str, str]) -> None:
    secret = "a-secret-of-the-operator"
    command = [str(OWN), *arguments(world), "--http", "--port", "0"]
    with over_http(command, {**environment, "RECRAFT_MCP_TOKEN": secret}) as url:
        body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        accept = {"Accept": "application/json, text/event-stream"}
        tokens: list[dict[str, str]] = [{}, *({"Authorization": f"Bearer {each}"} for each in ("no", secret))]
        statuses = [httpx.post(url, json=body, headers={**accept, **token}).status_code for token in tokens]
        assert statuses[:2] == [401, 401]
        assert statuses[2] != 401


@pytest.mark.slow
async def test_web_pages_from_elsewhere_are_refused(world: World, environment: dict[str, str]) -> None:
    with over_http([str(OWN), *arguments(world), "--http", "--port", "0"], environment) as url:
        body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        for headers in ({"Host": "attacker.example"}, {"Origin": "https://attacker.example"}):
            assert httpx.post(url, json=body, headers=headers).status_code in (403, 421)


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        (["--http", "--host", "0.0.0.0"], "others can reach 0.0.0.0"),
        (["--capability", "generation,nothing"], "there is no capability 'nothing'"),
        (["--budget", "-1"], "budget is -1.0; expected a number of 0 or more"),
        (["--budget", "nan"], "budget is nan"),
        (["--http", "--port", "99999"], "Choose another --port"),
        (["--output", "{file}/out"], "cannot use"),
    ],
)
def test_what_cannot_be_served_is_said(
    world: World, words_: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECRAFT_MCP_TOKEN", raising=False)
    given = [each.format(file=world.photos / "photo.png") for each in words_]
    assert main(["--sandbox", "--output", str(world.output), *given]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""  # it is the protocol's


def test_a_dry_run_serves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mcp", "--dry-run"]) == 2
    assert "with --sandbox it sends nothing either" in capsys.readouterr().err


def test_a_missing_token_is_said(
    world: World, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RECRAFT_API_TOKEN", raising=False)
    assert main(["--output", str(world.output)]) == 2
    assert "RECRAFT_API_TOKEN" in capsys.readouterr().err


@pytest.mark.slow
def test_without_the_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ModuleNotFoundError('no', name='mcp')")
    run = subprocess.run(
        [OWN], env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (2, "recraft-mcp: mcp is not installed: pip install 'recraft-sdk[mcp]'\n")


@pytest.mark.slow
async def test_a_token_never_stands_in_what_a_server_says(world: World, environment: dict[str, str]) -> None:
    async with Client(
        StdioServerParameters(
            command=str(OWN), args=arguments(world), env={**environment, "RECRAFT_API_TOKEN": "wrong" * 8}
        )
    ) as client:
        result = await client.call_tool("account", {})
    assert result.is_error
    assert "only its operator can mend that" in words(result)
    assert "wrongwrong" not in result.model_dump_json()


INSPECTOR = shutil.which("mcp-inspector")


@pytest.mark.slow
@pytest.mark.skipif(INSPECTOR is None, reason="no MCP Inspector: npm install -g @modelcontextprotocol/inspector")
def test_the_inspector_lists_and_calls_the_tools(world: World, environment: dict[str, str]) -> None:
    def inspect(*words: str) -> Any:
        command = [str(INSPECTOR), "--cli", str(OWN), *arguments(world), *words]
        return json.loads(subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60).stdout)

    assert {tool["name"] for tool in inspect("--method", "tools/list")["tools"]} == set(CALLS)
    for name in SOME:
        given = [f"--tool-arg={key}={value}" for key, value in CALLS[name].items()]
        answer = inspect("--method", "tools/call", "--tool-name", name, *given)
        assert not answer.get("isError"), answer
