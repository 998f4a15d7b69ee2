"""Every operation of the spec answers, charges and follows its own response schema."""

from __future__ import annotations

import uuid

import httpx
import jsonschema
import pytest
from sandbox_support import REQUESTS, client_for, file, send

from recraft.sandbox import Sandbox
from recraft.sandbox.contract import Contract
from recraft.sandbox.sandbox import _shipped_contract, shipped_spec
from recraft.sandbox.service import Answers

CONTRACT = Contract(shipped_spec())
VENDORED = sorted(REQUESTS)


def test_the_table_of_requests_has_every_vendored_operation() -> None:
    assert len(REQUESTS) == 19
    assert set(REQUESTS) <= {operation.id for operation in CONTRACT.operations}


@pytest.mark.parametrize("operation", VENDORED)
def test_every_operation_answers_as_its_schema_says(either: httpx.Client, operation: str) -> None:
    answer = send(either, operation)
    assert answer.status_code == 200, answer.text
    schema = next(known.answer for known in CONTRACT.operations if known.id == operation)
    jsonschema.validate(answer.json(), schema)
    assert answer.json().keys() <= schema["properties"].keys()


@pytest.mark.parametrize("answers", ["vendored", "live"])
def test_no_call_changes_what_other_sandboxes_take_and_give(answers: Answers) -> None:
    """Those of a process share the contract."""
    sandbox = Sandbox(answers=answers, strict=False, limits=False, balance=100_000, small_pictures=True)
    with client_for(sandbox, transport=sandbox.transport()) as client:
        for operation in VENDORED:
            assert send(client, operation).status_code == 200
        for path in ("styles", "styles/basic", "models"):
            assert client.get(path).status_code == 200
    live = answers == "live"
    assert _shipped_contract(live).operations == Contract(shipped_spec(), live=live).operations


@pytest.mark.parametrize("operation", VENDORED)
def test_what_an_answer_says_it_cost_is_what_the_account_lost(
    sandbox: Sandbox, api: httpx.Client, operation: str
) -> None:
    before = sandbox.balance
    answer = send(api, operation)
    charged = before - sandbox.balance
    assert charged == sandbox.ledger.total_units
    if operation == "getCurrentUser":
        assert charged == 0
        assert answer.json()["credits"] == before
    else:
        assert charged > 0
        assert answer.json().get("credits", charged) == charged


@pytest.mark.parametrize("operation", [name for name in VENDORED if REQUESTS[name][1].startswith("/images")])
def test_every_image_can_be_downloaded_through_the_wire_it_came_from(either: httpx.Client, operation: str) -> None:
    answer = send(either, operation)
    uuid.UUID(answer.json()["data"][0]["image_id"])
    content = file(either, answer)
    svg = operation in {"createVectorImage", "vectorizeImage"}
    assert content.startswith(b"<svg" if svg else b"\x89PNG")


def test_n_images_are_n_different_pictures_at_n_times_the_price(sandbox: Sandbox, api: httpx.Client) -> None:
    one, three = send(api, "createImage"), send(api, "createImage", n=3)
    assert three.json()["credits"] == 3 * one.json()["credits"]
    assert len({file(api, three, index) for index in range(3)}) == 3
    assert [charge.images for charge in sandbox.ledger.charges] == [1, 3]


def test_an_image_comes_inline_when_asked_for(api: httpx.Client) -> None:
    import base64

    image = send(api, "createImage", response_format="b64_json").json()["data"][0]
    assert "url" not in image
    assert base64.b64decode(image["b64_json"]) == file(api, send(api, "createImage"))


def test_a_style_can_be_used_after_it_was_made_and_changes_the_picture(api: httpx.Client) -> None:
    style = send(api, "createStyle").json()["id"]
    styled = send(api, "createImage", style_id=style)
    assert file(api, styled) != file(api, send(api, "createImage"))


def test_an_unknown_style_is_turned_down_by_name(api: httpx.Client) -> None:
    answer = send(api, "createImage", style_id=str(uuid.uuid4()))
    assert answer.status_code == 400
    assert "style_id" in answer.json()["message"]


def test_an_enhanced_prompt_still_begins_with_the_prompt(api: httpx.Client) -> None:
    enhanced = send(api, "enhancePrompt").json()["prompt"]
    assert enhanced.startswith("a fox")
    assert len(enhanced) > len("a fox")


async def _ask(sandbox: Sandbox) -> tuple[httpx.Response, httpx.Response]:
    headers = {"Authorization": f"Bearer {sandbox.token}"}
    async with httpx.AsyncClient(base_url="https://x/v1", headers=headers, transport=sandbox.transport()) as client:
        answer = await client.post("/images/generations", json={"prompt": "a fox"})
        return answer, await client.get(answer.json()["data"][0]["url"], headers={"Authorization": ""})


def test_the_transport_serves_async_clients_too(sandbox: Sandbox) -> None:
    import asyncio

    answer, download = asyncio.run(_ask(sandbox))
    assert answer.json()["data"][0]["url"].startswith("https://sandbox.invalid/")
    assert download.content.startswith(b"\x89PNG")
