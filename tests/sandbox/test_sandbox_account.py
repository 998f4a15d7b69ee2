"""Units and rate limits: what is charged, what is free, and when the account says no."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sandbox_support import Clock, client_for, message, send

from recraft.sandbox import Sandbox


@pytest.fixture
def limited(clock: Clock) -> Iterator[Sandbox]:
    with Sandbox(answers="vendored", clock=clock, balance=1_000_000) as sandbox:
        yield sandbox


@pytest.fixture
def client(limited: Sandbox) -> Iterator[httpx.Client]:
    with client_for(limited) as client:
        yield client


def test_a_call_that_is_turned_down_costs_nothing(sandbox: Sandbox, api: httpx.Client) -> None:
    before = sandbox.balance
    send(api, "createImage", n=9)
    api.post("/images/vectorize", files={"image": ("x.png", b"broken")})
    send(api, "createImage", style_id="00000000-0000-4000-8000-000000000009")
    assert sandbox.balance == before
    assert sandbox.ledger.charges == ()


def test_without_units_the_answer_is_402_and_nothing_is_taken(sandbox: Sandbox, api: httpx.Client) -> None:
    sandbox.balance = 79
    assert "80" in message(send(api, "createImage", n=2), 402)
    assert sandbox.balance == 79
    assert send(api, "createImage").status_code == 200
    assert sandbox.balance == 39
    assert send(api, "getCurrentUser").json()["credits"] == 39


def test_parallel_calls_never_spend_more_than_there_is(sandbox: Sandbox) -> None:
    sandbox.balance = 5 * 40
    with ThreadPoolExecutor(8) as pool, client_for(sandbox) as client:
        answers = list(pool.map(lambda _: send(client, "createImage").status_code, range(12)))
    assert sorted(answers) == [200] * 5 + [402] * 7
    assert sandbox.balance == 0
    assert sandbox.ledger.total_units == 200


def test_the_sixth_request_of_a_second_waits_for_the_first_to_leave_the_window(
    limited: Sandbox, client: httpx.Client, clock: Clock
) -> None:
    for _ in range(5):
        assert send(client, "getCurrentUser").status_code == 200
        clock.advance(0.125)
    refused = send(client, "getCurrentUser")
    assert "per second" in message(refused, 429)
    assert refused.headers["Retry-After"] == "1"
    clock.advance(0.375)
    assert send(client, "getCurrentUser").status_code == 200
    assert send(client, "getCurrentUser").status_code == 429


def test_no_second_anywhere_holds_more_than_five_requests(limited: Sandbox, client: httpx.Client, clock: Clock) -> None:
    for _ in range(60):
        send(client, "getCurrentUser")
        clock.advance(0.07)
    passed = [received.at for received in limited.ledger.requests if received.status == 200]
    assert all(later - earlier >= 1 - 1e-6 for earlier, later in zip(passed, passed[5:], strict=False))
    assert len(passed) > 15


def test_the_hundredth_image_passes_and_the_next_one_waits_a_minute(
    limited: Sandbox, client: httpx.Client, clock: Clock
) -> None:
    for _ in range(16):
        assert send(client, "createImage", n=6).status_code == 200
        clock.advance(1)
    assert send(client, "createImage", n=4).status_code == 200
    refused = send(client, "createImage")
    assert "images per minute" in message(refused, 429)
    assert refused.headers["Retry-After"] == "44"
    assert send(client, "getCurrentUser").status_code == 200, "the account can still be asked"
    clock.advance(44)
    assert send(client, "createImage", n=6).status_code == 200


def test_a_refused_call_uses_up_neither_units_nor_images(limited: Sandbox, client: httpx.Client) -> None:
    for _ in range(5):
        send(client, "createImage")
    assert send(client, "createImage").status_code == 429
    assert len(limited.ledger.charges) == 5


def test_downloads_are_not_limited(limited: Sandbox, client: httpx.Client) -> None:
    url = send(client, "createImage", size="16x16").json()["data"][0]["url"]
    assert {client.get(url).status_code for _ in range(8)} == {200}


def test_limits_can_be_turned_off(api: httpx.Client) -> None:
    assert {send(api, "createImage", n=6).status_code for _ in range(20)} == {200}


def test_a_time_scale_shortens_both_windows(clock: Clock) -> None:
    with Sandbox(answers="vendored", clock=clock, time_scale=0.1) as sandbox, client_for(sandbox) as client:
        for _ in range(5):
            send(client, "getCurrentUser")
        refused = send(client, "getCurrentUser")
        assert refused.status_code == 429
        assert float(refused.headers["Retry-After"]) == pytest.approx(0.1, abs=0.002)
        clock.advance(0.125)
        assert send(client, "getCurrentUser").status_code == 200


def test_the_rate_limits_of_a_sandbox_are_parameters(clock: Clock) -> None:
    with (
        Sandbox(answers="vendored", clock=clock, requests_per_second=1, images_per_minute=2) as sandbox,
        client_for(sandbox) as client,
    ):
        assert message(send(client, "createImage", n=3), 429)
        assert send(client, "getCurrentUser").status_code == 429
        clock.advance(1)
        assert send(client, "createImage", n=2).status_code == 200


@pytest.mark.parametrize("wrong", [{"answers": "other"}, {"time_scale": 0}, {"requests_per_second": 0}])
def test_settings_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Sandbox(**wrong)  # type: ignore[arg-type]
