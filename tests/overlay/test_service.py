"""`client.service`: two operations that stand at the root of the host, not under its version."""

from __future__ import annotations

import anyio
import httpx
import pytest

from recraft import AsyncRecraft, AuthenticationError, Recraft, ServiceStatus, UnexpectedResponse
from recraft.sandbox import Sandbox
from recraft_api.api.service import get_service_status
from recraft_api.api.service import ping as raw_ping

from .support import TOKEN


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


def test_the_sandbox_answers_them_at_its_root_over_a_real_socket(sandbox: Sandbox) -> None:
    with sandbox, Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        assert client.service.status() == ServiceStatus(service=True, generation=True)
        assert client.service.ping() is None
        assert client.users.me().credits  # the others stay where they were
        assert httpx.get(f"{sandbox.base_url}/ping").status_code in (401, 404)
    assert [entry.path for entry in sandbox.ledger.requests][:3] == ["/status", "/ping", "/v1/users/me"]


def test_they_are_awaited_by_the_asynchronous_client(sandbox: Sandbox) -> None:
    async def run() -> ServiceStatus:
        async with AsyncRecraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
            await client.service.ping()
            return await client.service.status()

    with sandbox:
        assert anyio.run(run).generation is True


def test_the_generated_functions_reach_them_through_raw(sandbox: Sandbox) -> None:
    with sandbox, Recraft(sandbox.token, base_url=sandbox.base_url, limiter=None) as client:
        answer = get_service_status.sync(client=client.raw)
        assert answer is not None
        assert answer.to_dict() == {"service": True, "generation": True}
        assert raw_ping.sync_detailed(client=client.raw).status_code == 200
    assert {entry.path for entry in sandbox.ledger.requests} == {"/status", "/ping"}


@pytest.mark.parametrize(
    ("base", "asked"),
    [
        ("https://api.test/v1", "https://api.test/status"),
        ("https://api.test/v1/", "https://api.test/status"),
        ("https://api.test", "https://api.test/status"),
        ("https://api.test/recraft/v1", "https://api.test/recraft/status"),
        ("https://api.test/recraft", "https://api.test/recraft/status"),
        ("https://api.test/notv1", "https://api.test/notv1/status"),
    ],
)
def test_the_version_alone_is_taken_from_the_base_url(base: str, asked: str) -> None:
    seen: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, json={"service": True})

    client = Recraft(TOKEN, base_url=base, limiter=None, transport=httpx.MockTransport(handle))
    assert client.service.status().service is True
    get_service_status.sync(client=client.raw)
    assert seen == [asked, asked]


def test_an_answer_of_another_shape_says_what_it_can() -> None:
    def client(body: object) -> Recraft:
        answer = httpx.MockTransport(lambda request: httpx.Response(200, json=body))
        return Recraft(TOKEN, base_url="https://api.test/v1", limiter=None, transport=answer)

    status = client({"service": "yes", "new": 1}).service.status()
    assert (status.service, status.generation) == (None, None)
    assert status.raw.additional_properties == {"new": 1}
    with pytest.raises(UnexpectedResponse):
        client([1]).service.status()


def test_a_wrong_token_is_refused_there_too(sandbox: Sandbox) -> None:
    with sandbox, Recraft("wrong", base_url=sandbox.base_url, limiter=None) as client:
        with pytest.raises(AuthenticationError):
            client.service.status()
