"""The ledger has every request as it arrived and every charge, and no secret."""

from __future__ import annotations

import httpx
from sandbox_support import Clock, client_for, send

from recraft.sandbox import Fault, FaultPlan, Sandbox


def test_a_request_is_kept_as_it_arrived(sandbox: Sandbox, either: httpx.Client, clock: Clock) -> None:
    either.post("/images/generations?x=1", json={"prompt": "a fox"}, headers={"X-Mine": "1"})
    (received,) = sandbox.ledger.requests
    assert (received.index, received.at, received.method) == (0, clock.now, "POST")
    assert (received.path, received.operation, received.status) == ("/v1/images/generations", "createImage", 200)
    assert received.header("x-mine") == "1"
    assert received.body == b'{"prompt":"a fox"}'
    assert received.fault is None


def test_charges_name_their_request(sandbox: Sandbox, inside: httpx.Client) -> None:
    send(inside, "getCurrentUser")
    send(inside, "createImage", n=2)
    send(inside, "enhancePrompt")
    first, second = sandbox.ledger.charges
    assert (first.request, first.operation, first.units, first.images) == (1, "createImage", 80, 2)
    assert (second.request, second.operation, second.units, second.images) == (2, "enhancePrompt", 10, 0)
    assert sandbox.ledger.total_units == 90


def test_it_says_who_was_authorized_without_the_token(sandbox: Sandbox) -> None:
    for token in ("sandbox-token", "wrong"):
        with client_for(sandbox, token) as client:
            send(client, "getCurrentUser")
    httpx.get(f"{sandbox.base_url}/users/me", headers={"Cookie": "a=b"})
    seen = [(received.authorized, received.had_authorization, received.status) for received in sandbox.ledger.requests]
    assert seen == [(True, True, 200), (False, True, 401), (False, False, 401)]
    names = {name.lower() for received in sandbox.ledger.requests for name, _ in received.headers}
    assert not names & {"authorization", "cookie"}


def test_nothing_that_can_be_printed_shows_a_secret(sandbox: Sandbox, either: httpx.Client) -> None:
    url = send(either, "createImage", size="16x16").json()["data"][0]["url"]
    either.get(url)
    either.post("/images/generations", json={"prompt": "x", "image_url": url})
    signature = url.split("Signature=")[1]
    shown = repr([sandbox, sandbox.ledger, sandbox.ledger.requests, sandbox.ledger.charges, sandbox.faults])
    shown += repr(sandbox.transport()) + repr(sandbox._desk.service)
    assert sandbox.token not in shown
    assert signature not in shown
    assert signature not in sandbox.ledger.requests[1].path


def test_clearing_forgets_and_keeps_counting(sandbox: Sandbox, inside: httpx.Client) -> None:
    send(inside, "createImage")
    sandbox.ledger.clear()
    assert (sandbox.ledger.requests, sandbox.ledger.charges, sandbox.ledger.total_units) == ((), (), 0)
    send(inside, "createImage")
    assert [received.index for received in sandbox.ledger.requests] == [1]
    assert sandbox.ledger.charges[0].request == 1


def test_requests_that_lead_nowhere_are_kept_too(sandbox: Sandbox, inside: httpx.Client) -> None:
    sandbox.faults = FaultPlan([Fault("garbage", operation="createImage")])
    inside.get("/nope")
    inside.request("BREW", "/users/me")
    assert [(received.operation, received.status) for received in sandbox.ledger.requests] == [(None, 404), (None, 405)]


def test_each_answer_carries_the_index_of_its_request(sandbox: Sandbox, either: httpx.Client) -> None:
    answers = [send(either, "getCurrentUser") for _ in range(3)]
    assert [answer.headers["X-Request-Id"] for answer in answers] == ["sandbox-0", "sandbox-1", "sandbox-2"]
