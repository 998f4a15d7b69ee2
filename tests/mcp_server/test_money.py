"""No call is paid for that should not be: budgets, questions, doubt, and calls that nobody waits for any more."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client
from mcp.server.mcpserver import Context
from mcp_types import InputRequiredResult

from recraft import Limit, MemoryStore, RateLimiter
from recraft.sandbox import Fault, FaultPlan

from .server_support import ERAS, Gate, World, answers, words

pytestmark = pytest.mark.anyio

FOX = {"prompt": "a fox", "model": "recraftv4_1"}  # 35 units an image, as the service lists it


async def test_parallel_calls_never_pass_the_budget(world: World) -> None:
    async with world.client(budget=0.1) as client:
        async with anyio.create_task_group() as group:
            results: list[Any] = []

            async def one() -> None:
                results.append(await client.call_tool("generate", FOX))

            for _ in range(8):
                group.start_soon(one)
    assert world.spent == 70
    assert sorted(result.is_error for result in results) == [False] * 2 + [True] * 6
    assert all("left of the budget" in words(result) for result in results)


async def test_a_call_that_may_fit_waits_for_those_under_way(world: World) -> None:
    gate = Gate(world.sandbox.transport(), "/images/generations")
    async with world.client(
        transport=gate, budget=0.3
    ) as client:  # one of unknown price may cost as much as the dearest
        async with anyio.create_task_group() as group:
            results: list[Any] = []

            async def one() -> None:
                results.append(await client.call_tool("generate", {"prompt": "a fox"}))

            group.start_soon(one)
            group.start_soon(one)
            await gate.arrived.acquire()
            assert gate.arrived.locked()  # the other one was not sent
            gate.open.set()
    assert [result.is_error for result in results] == [False, False]
    assert world.spent <= 300


@pytest.mark.parametrize("budget", [0.0, 0.2])
async def test_a_call_whose_price_nobody_told_does_not_go_out_where_it_could_pass_the_budget(
    world: World, budget: float
) -> None:
    async with world.client(budget=budget) as client:
        result = await client.call_tool("creative_upscale", {"image": "photo.png"})
        free = await client.call_tool("account", {})
    assert result.is_error
    assert "Nothing was charged." in words(result)
    assert world.spent == 0
    assert not free.is_error


async def test_what_makes_a_call_dearer_than_its_model_is_not_taken_at_the_price_of_the_model(world: World) -> None:
    """A vector style makes the raster model of V3 a vector one, at twice the price."""
    async with world.client(budget=0.05) as client:
        dear = await client.call_tool("generate", {"prompt": "a", "model": "recraftv3", "style": "Line art"})
        plain = await client.call_tool("generate", {"prompt": "a", "model": "recraftv3"})
    assert (dear.is_error, plain.is_error) == (True, False)
    assert world.spent == 40


async def test_a_budget_is_of_the_server_and_not_of_a_connection(world: World) -> None:
    server = world.server(budget=0.05)
    for wanted in (False, True):
        async with Client(server, mode="legacy") as client:
            assert (await client.call_tool("generate", FOX)).is_error is wanted
    assert world.spent == 35


async def test_without_a_list_of_prices_a_budget_lets_nothing_go(world: World) -> None:
    world.sandbox.faults = FaultPlan([Fault(kind="status", status=500, operation="listModels", times=None)])
    async with world.client() as client:
        assert (await client.call_tool("generate", FOX)).is_error
        assert world.spent == 0
        world.sandbox.faults = FaultPlan()
        assert not (await client.call_tool("generate", FOX)).is_error  # the list was asked for again
    world.sandbox.faults = FaultPlan([Fault(kind="status", status=500, operation="listModels", times=None)])
    async with world.client(budget=float("inf")) as client:
        assert not (await client.call_tool("generate", FOX)).is_error


@pytest.mark.parametrize("kind", ["html", "garbage", "wrong_type"])
async def test_a_call_in_doubt_says_so_in_words_and_counts_in_full(world: World, kind: Any) -> None:
    world.sandbox.faults = FaultPlan([Fault(kind=kind, operation="createImage", times=1)])
    async with world.client(budget=0.05) as client:
        result = await client.call_tool("generate", FOX)
        again = await client.call_tool("generate", FOX)
    if kind == "wrong_type":  # the right answer under a wrong name is read all the same
        assert not result.is_error
    else:
        assert result.is_error
        assert "may have been served and charged" in words(result)
        assert "Do not call it again by yourself" in words(result)
        assert result.meta is not None
        assert result.meta["recraft/error"]["maybe_charged"] is True
    assert again.is_error
    assert "0.01 USD are left" in words(again) or "0.02 USD are left" in words(again)
    assert world.calls("createImage") == 1


@pytest.mark.parametrize("credits", [-1000, 1e999, "free", None])
async def test_a_price_that_can_be_none_counts_as_the_most_the_call_may_cost(world: World, credits: Any) -> None:
    class Lies(Gate):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            answer = await super().handle_async_request(request)
            if not request.url.path.endswith(self._path):
                return answer
            said = {**json.loads(await answer.aread()), "credits": credits}
            return httpx.Response(200, content=json.dumps(said))

    lies = Lies(world.sandbox.transport(), "/images/generations")
    lies.open.set()
    server = world.server(transport=lies, budget=0.1)
    async with Client(server, mode="legacy") as client:
        await client.call_tool("generate", FOX)
        assert server.desk.money.left == pytest.approx(0.065)


async def test_a_refusal_of_the_service_costs_nothing_and_leaves_the_budget(world: World) -> None:
    body = b'{"code": "invalid_request_parameter", "message": "no"}'
    refused = Fault(
        kind="status",
        status=400,
        body=body,
        headers=(("Content-Type", "application/json"),),
        operation="createImage",
        times=1,
    )
    world.sandbox.faults = FaultPlan([refused])
    async with world.client(budget=0.04) as client:
        result = await client.call_tool("generate", FOX)
        assert result.is_error
        assert "Nothing was charged." in words(result)
        assert not (await client.call_tool("generate", FOX)).is_error


@pytest.mark.parametrize("mode", ERAS)
async def test_a_dear_call_is_made_when_somebody_agrees(world: World, mode: str) -> None:
    asked: list[str] = []
    server = world.server(ask_above=0.05)
    async with Client(server, mode=mode, elicitation_callback=answers("accept", True, asked)) as client:
        assert not (await client.call_tool("generate", FOX)).is_error
        assert asked == []
        assert not (await client.call_tool("generate", {**FOX, "n": 2})).is_error
    assert asked == ["generate: 2 images for 0.07 USD at most. Go on?"]
    assert world.spent == 105


@pytest.mark.parametrize("mode", ERAS)
@pytest.mark.parametrize(
    ("action", "go_on"), [("decline", None), ("cancel", None), ("accept", False), ("accept", None)]
)
async def test_a_dear_call_is_not_made_when_nobody_agrees(
    world: World, mode: str, action: str, go_on: bool | None
) -> None:
    server = world.server(ask_above=0.0)
    async with Client(server, mode=mode, elicitation_callback=answers(action, go_on)) as client:
        result = await client.call_tool("generate", FOX)
    assert result.is_error
    assert "Nothing was charged." in words(result)
    assert world.calls("createImage") == 0


@pytest.mark.parametrize("mode", ERAS)
@pytest.mark.parametrize("settings", [{"ask_above": 0.05}, {"ask_images": 1}])
async def test_a_client_that_cannot_ask_makes_no_dear_call(world: World, mode: str, settings: dict[str, Any]) -> None:
    async with world.client(mode, **settings) as client:
        assert not (await client.call_tool("generate", FOX)).is_error
        result = await client.call_tool("generate", {**FOX, "n": 2})
    assert result.is_error
    assert "this client cannot ask" in words(result)
    assert world.spent == 35


async def test_nobody_is_asked_about_a_call_that_cannot_be_made(world: World) -> None:
    asked: list[str] = []
    server = world.server(ask_above=0.0)
    async with Client(server, mode="legacy", elicitation_callback=answers("accept", True, asked)) as client:
        assert (await client.call_tool("generate", {**FOX, "n": 7})).is_error
        assert (await client.call_tool("vectorize", {"image": "nowhere.png"})).is_error
        assert not (await client.call_tool("account", {})).is_error
    assert asked == []


async def test_an_answer_counts_for_no_dearer_call(world: World) -> None:
    server = world.server(ask_above=0.0)
    async with Client(server, mode="2026-07-28", elicitation_callback=answers("accept", True)) as client:
        first = await client.session.call_tool("generate", FOX, allow_input_required=True)
        assert isinstance(first, InputRequiredResult)
        yes: Any = {"input_responses": {"go_on": {"action": "accept", "content": {"go_on": True}}}}
        with pytest.raises(Exception, match=r"(?i)state"):  # an answer to a question about another call
            await _again(client, {**FOX, "n": 6}, first.request_state, yes)
        unasked = await _again(client, FOX, None, yes)
        assert isinstance(unasked, InputRequiredResult)
    assert world.calls("createImage") == 0


async def _again(client: Client, arguments: dict[str, Any], state: str | None, answer: dict[str, Any]) -> Any:
    return await client.session.call_tool(
        "generate", arguments, request_state=state, allow_input_required=True, **answer
    )


async def cancelled(client: Client, gate: Gate, arguments: dict[str, Any]) -> None:
    """Make a call and cancel it when the service has it."""
    async with anyio.create_task_group() as group:

        async def one() -> None:
            await client.call_tool("generate", arguments)

        group.start_soon(one)
        await gate.arrived.acquire()
        group.cancel_scope.cancel()


@pytest.mark.parametrize("mode", ERAS)
async def test_a_call_cancelled_in_flight_is_kept_and_told_of(world: World, mode: str) -> None:
    gate = Gate(world.sandbox.transport(), "/images/generations")
    server = world.server(transport=gate, budget=0.05)
    async with Client(server, mode=mode) as client:
        await cancelled(client, gate, FOX)
        gate.open.set()
        await server.desk.finish()
        answer = await client.call_tool("account", {})
        assert "generate was cancelled after it had been sent." in words(answer)
        assert "charged 35 units: its images are in recraft://results/1." in words(answer)
        assert len(list(world.output.iterdir())) == 1
        assert (await client.call_tool("generate", FOX)).is_error  # it counts
        assert "cancelled" not in words(await client.call_tool("account", {}))
    assert world.spent == 35


async def test_a_call_whose_client_cannot_be_reached_any_more_is_kept_and_told_of(world: World) -> None:
    server = world.server()

    class Gone(Context[Any, Any]):
        async def report_progress(
            self, progress: float, total: float | None = None, message: str | None = None
        ) -> None:
            raise anyio.ClosedResourceError

    with pytest.raises(Exception, match="A mistake of this server: ClosedResourceError"):
        await server.call_tool("generate", FOX, Gone())
    await server.desk.finish()
    async with Client(server, mode="legacy") as client:
        assert "its images are in recraft://results/1" in words(await client.call_tool("account", {}))


async def test_a_server_that_ends_waits_for_the_calls_that_are_paid_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(world.sandbox.transport(), "/images/generations")
    server = world.server(transport=gate)
    finish = server.desk.finish

    async def finishing() -> None:
        gate.open.set()  # the service answers while the server ends
        await finish()

    monkeypatch.setattr(server.desk, "finish", finishing)
    async with Client(server, mode="legacy") as client:
        await cancelled(client, gate, FOX)
    assert len(list(world.output.iterdir())) == 1


async def test_a_call_cancelled_in_flight_that_fails_says_what_may_have_been_charged(world: World) -> None:
    world.sandbox.faults = FaultPlan([Fault(kind="html", operation="createImage", times=None)])
    gate = Gate(world.sandbox.transport(), "/images/generations")
    server = world.server(transport=gate)
    async with Client(server, mode="legacy") as client:
        await cancelled(client, gate, FOX)
        gate.open.set()
        await server.desk.finish()
        assert "may have been served and charged" in words(await client.call_tool("account", {}))


async def test_a_call_cancelled_before_it_was_sent_is_not_sent_and_costs_nothing(world: World) -> None:
    limiter = RateLimiter([Limit(1, 600.0, "images")], store=MemoryStore())
    server = world.server(limiter=limiter, budget=0.07, note_every=0.01)
    waits = asyncio.Event()

    async def told(progress: float, total: float | None, message: str | None) -> None:
        if message and "Nothing was charged so far" in message:
            waits.set()

    async with Client(server, mode="legacy") as client:
        await client.call_tool("generate", FOX)
        async with anyio.create_task_group() as group:

            async def one() -> None:
                await client.call_tool("generate", FOX, progress_callback=told)

            group.start_soon(one)
            await waits.wait()
            group.cancel_scope.cancel()
        with anyio.fail_after(60):  # it would wait 600 s for its turn
            await server.desk.finish()
        assert server.desk.money.left == pytest.approx(0.035)
        assert "cancelled" not in words(await client.call_tool("account", {}))
    assert world.calls("createImage") == 1


async def test_progress_is_told_while_the_answer_is_awaited(world: World) -> None:
    gate = Gate(world.sandbox.transport(), "/images/generations")
    notes: list[str] = []

    async def told(progress: float, total: float | None, message: str | None) -> None:
        notes.append(message or "")
        if len(notes) == 3:
            gate.open.set()

    async with world.client(transport=gate, note_every=0.01) as client:
        assert not (await client.call_tool("generate", FOX, progress_callback=told)).is_error
    assert len(notes) >= 3
